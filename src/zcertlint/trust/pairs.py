"""Which signatures in a chain a side accepts, where its configuration or its product tells (signature algorithm pairs).

Source: facts on AT-TLS, SignaturePairs (the default of System SSL, return codes 467 and 468), RFC 8446, 4.2.3 (the
codes). Known is ZSS only: it calls by System SSL, whose list is the default or that of zowe.environments. What AT-TLS
does for others stands in its policy.
"""

from collections.abc import Iterable, Iterator

from zcertlint.model.certificate import Certificate, KeyKind
from zcertlint.model.deployment import Endpoint, Link, Stack
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = ["Pairs", "outside", "pairs_of"]

_VARIABLES = ("GSK_TLS_CERT_SIG_ALG_PAIRS", "GSK_TLS_SIG_ALG_PAIRS")
_DEFAULT = frozenset(
    ("0601", "0603", "0501", "0503", "0401", "0403", "0402", "0301", "0303", "0302", "0201", "0203", "0202")
)
_WITH_13 = frozenset(("0804", "0805", "0806"))  # RSASSA-PSS, only where TLS 1.3 is on
_HASHES = {"sha1": "02", "sha224": "03", "sha256": "04", "sha384": "05", "sha512": "06"}
_KINDS = {"RSA": "01", "DSA": "02", "ECDSA": "03"}
_PSS = {"sha256": "0804", "sha384": "0805", "sha512": "0806"}
_EDWARDS = {"1.3.101.112": "0807", "1.3.101.113": "0808"}
_WORD = lazy(r"(sha\d+)(RSAPSS|RSA|ECDSA|DSA)")
_LIST = lazy(r"(?:[0-9A-Fa-f]{4})+")


@dataclass(frozen=True, slots=True)
class Pairs:
    """The signature algorithms that a side accepts, as TLS numbers them, and the setting that says so."""

    accepted: frozenset[str]
    setting: Setting | None = None


def pairs_of(
    client: Endpoint, link: Link, zowe: Settings | None, versions: frozenset[str] | None
) -> Pairs | None:
    """What the client of a link accepts; None where that is not known.

    Args:
        client: the endpoint.
        link: its call.
        zowe: the settings.
        versions: the TLS versions that the client allows.
    """
    if client.product != "zowe" or link.stack is not Stack.SYSTEM_SSL or client.attls_out or zowe is None:
        return None
    for name in _VARIABLES:
        entry = zowe.at("zowe", "environments", name)
        if entry is not None and entry.value not in {None, ""}:
            text = zowe.text(f"zowe.environments.{name}") or ""
            if not _LIST.fullmatch(text):
                return None  # ZW143 leaves the link open
            return Pairs(frozenset(text[i : i + 4].upper() for i in range(0, len(text), 4)), entry)
    if versions is None:
        return None
    return Pairs(_DEFAULT | _WITH_13 if "TLSv1.3" in versions else _DEFAULT)


def outside(path: Iterable[Certificate], pairs: Pairs) -> Iterator[tuple[Certificate, bool | None]]:
    """The certificates whose signature, or key where the first one is used, the list leaves out.

    False: it is left out; None: a listing shows no name for the algorithm, and it may be.
    """
    for position, certificate in enumerate(path):
        signed = _signed(certificate, pairs)
        if signed is not True:
            yield certificate, signed
        elif position == 0 and not _key_fits(certificate, pairs):
            yield certificate, False


def _signed(certificate: Certificate, pairs: Pairs) -> bool | None:
    word = certificate.signature
    if word is None or word.lower().startswith("md"):
        return True  # CP102 speaks of what everybody refuses
    if word.upper() == "UNKNOWN":
        # RACDCERT LIST has no word for RSASSA-PSS.
        return True if pairs.accepted >= _WITH_13 else None
    code = _EDWARDS.get(word)
    found = _WORD.fullmatch(word)
    if found is not None:
        digest, kind = found[1], found[2]
        code = _PSS.get(digest, "") if kind == "RSAPSS" else _HASHES.get(digest, "") + _KINDS[kind]
    return True if code is None else code in pairs.accepted


def _key_fits(certificate: Certificate, pairs: Pairs) -> bool:
    kind = certificate.key.kind if certificate.key is not None else None
    match kind:
        case KeyKind.RSA:
            return any(code.endswith("01") or code in _WITH_13 for code in pairs.accepted)
        case KeyKind.EC:
            return any(code.endswith("03") for code in pairs.accepted)
        case KeyKind.ED25519:
            return "0807" in pairs.accepted
        case KeyKind.ED448:
            return "0808" in pairs.accepted
        case _:
            return True
