"""E4: more names than RACDCERT can write. The key and the request come from outside of z/OS: told, not written."""

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.advice import name_of
from zcertlint.fixes.builders._reissue import data_sets
from zcertlint.fixes.commands.base import find, rings_of
from zcertlint.fixes.commands.issuing import signer_words
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import plan_key
from zcertlint.fixes.quote import certificate_owner, day, quote_label, shown
from zcertlint.fixes.signing import Signing
from zcertlint.model.certificate import AltNames, Certificate, KeyKind
from zcertlint.model.deployment import Deployment

__all__ = ["key_from_outside"]

_LISTS_OF_NAMES = (
    "RACDCERT of z/OS 3.2 takes lists of names in ALTNAME (AIP, ADOMAIN, AEMAIL, AURI): GENREQ, then GENCERT from that"
    " request with every name, the old ones too. Label, key and key rings stay. Its manual has the exact form, which is"
    " not confirmed here, so no job of ours holds it. For names that RACF cannot encode, or from another CA:"
)
_BITS = 2048
_LABEL_MAX = 32


def key_from_outside(
    certificate: Certificate,
    names: AltNames | None,
    sign: Signing | None,
    deployment: Deployment,
    options: FixOptions,
) -> tuple[str, ...]:
    """How a certificate gets more names of one type than a plan can write.

    Args:
        certificate: that lacks names.
        names: all that the new one must have; None where not all are known.
        sign: who signs, and until when; None where that is not in RACF, or not shown.
        deployment: tells the key rings, and which label is free.
        options: names of data sets, and the release: whether RACDCERT takes lists of names, and ADD the algorithms of
            OpenSSL 3 (z/OS 3.2).
    """
    lists = options.since(3, 2)
    try:
        steps = _steps(certificate, names, sign, deployment, options)
    except UnsafeValueError as unsafe:
        steps = [f"The key and a request with all names are made outside of z/OS; {unsafe}."]
    return (*((_LISTS_OF_NAMES,) if lists else ()), *steps)


def _steps(
    certificate: Certificate,
    names: AltNames | None,
    sign: Signing | None,
    deployment: Deployment,
    options: FixOptions,
) -> list[str]:
    user = certificate_owner(certificate.owner) if certificate.owner is not None else "ID(user)"
    stem = data_sets(options, plan_key("outside", certificate.id, str(names)))[1].removesuffix(".CSR")
    signer = signer_words(sign.owner, *sign.place) if sign is not None else "SIGNWITH(...)"
    end = f"NOTAFTER(DATE({day(sign.not_after)}))" if sign is not None else "NOTAFTER(...)"
    old, new = _labels(certificate, deployment)
    rings = [ring.title for ring, _row in rings_of(deployment.database, certificate.id)]
    on = ", ".join(map(shown, rings)) or "every key ring of the old one"
    lists = options.since(3, 2)
    legacy = "" if lists else " -legacy" if lists is False else " -legacy (needed before z/OS 3.2)"
    return [
        f"1. With openssl, outside of z/OS, {_request(certificate, names)}.",
        f"2. Upload the request as text into the VB data set {stem}.CSR.",
        (
            f"3. RACDCERT {user} GENCERT('{stem}.CSR') {signer} {end} WITHLABEL('tmp'), without ALTNAME: the names of"
            " the request are copied. LIST shows Private Key NO."
        ),
        (
            f"4. RACDCERT {user} EXPORT(LABEL('tmp')) DSN('{stem}.CERT') FORMAT(CERTB64), and download it. With a CA"
            " outside of RACF steps 2 to 4 are the CA's."
        ),
        (
            f"5. openssl pkcs12 -export{legacy}, with the chain of the CA; upload it in binary into the VB data set"
            f" {stem}.P12."
        ),
        f"6. RACDCERT {user} DELETE(LABEL('tmp')): it has no key and no ring, and ADD would meet IRRD109I.",
        (
            f"7. Type RACDCERT {user} ADD('{stem}.P12') PASSWORD(...) WITHLABEL({new}) TRUST yourself: a password"
            " stands in no job. Then delete the data set: it holds the private key."
        ),
        (
            f"8. LIST must show Private Key YES; CONNECT {new} beside {old} on {on}, with its usage and DEFAULT,"
            f" refresh, change every setting that names {old}, restart, and REMOVE {old} after the soak."
        ),
    ]


def _request(certificate: Certificate, names: AltNames | None) -> str:
    """Step 1."""
    key = certificate.key
    bits = key.bits if key is not None and key.kind is KeyKind.RSA and (key.bits or 0) > _BITS else _BITS
    subject = f" and the subject {shown(certificate.subject.text)}" if certificate.subject is not None else ""
    if names is None:
        return f"make a key and a request with all names{subject}: those of {name_of(certificate)} first"
    words = [f"DNS:{shown(name)}" for name in names.dns] + [f"IP:{shown(ip)}" for ip in names.ips]
    words += [f"email:{shown(name)}" for name in names.emails] + [f"URI:{shown(name)}" for name in names.uris]
    return (
        f"a key and a request with all names{subject}: openssl req -new -newkey rsa:{bits} -keyout new.key"
        f' -out new.csr -addext "subjectAltName={",".join(words)}"'
    )


def _labels(certificate: Certificate, deployment: Deployment) -> tuple[str, str]:
    """The old label and a free one, quoted."""
    owner, label = certificate.owner, certificate.label
    if owner is None or label is None:
        return "the old one", "'new'"
    for suffix in (" NEW", *(f" NEW{number}" for number in range(2, 100))):
        free = label[: _LABEL_MAX - len(suffix)].rstrip(" ") + suffix
        if find(deployment.database, owner, free) is None:
            return quote_label(label), quote_label(free)
    return quote_label(label), "'new'"
