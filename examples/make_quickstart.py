"""Writes the evidence of ``examples/quickstart`` and ``examples/healthy``.

Run once, by hand, from the top of a checkout with the development packages::

    .venv/bin/python examples/make_quickstart.py

The story is fixed (names, dates, who is connected to what); the keys are random and are thrown away, so the
files are committed and nothing has to be run to read them. ``zowe.yaml``, ``zcertlint.yaml`` and the settings
of z/OSMF are written by hand.

The site: Zowe v3 runs as ZWESVUSR behind zowe.acme.example, z/OSMF as IZUSVR at 10.1.1.2, z/OS 2.5. The
listings of ``quickstart`` were taken on 2026-11-21 before anything was repaired, those of ``healthy`` after.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

EXAMPLES = Path(__file__).resolve().parent
sys.path.insert(0, str(EXAMPLES.parent / "src"))
sys.path.insert(0, str(EXAMPLES.parent / "tests"))

from support.listings import print_list, print_listring, systsprt  # noqa: E402
from zcertlint.model.certificate import Certificate, Moment, Owner, OwnerKind, TrustStatus  # noqa: E402
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id  # noqa: E402
from zcertlint.readers._x509 import certificate_from_der  # noqa: E402
from zcertlint.text.source import Span  # noqa: E402

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
CERTAUTH = Owner(OwnerKind.CERTAUTH)
ZOWE = Owner.of_user("ZWESVUSR")
ZOSMF = Owner.of_user("IZUSVR")
ZOWE_RING = "ZoweKeyring"
ZOSMF_RING = "IZUKeyring.IZUDFLT"


@dataclass(frozen=True, slots=True)
class Entity:
    """A certificate of the story with its key, as RACF holds both."""

    owner: Owner
    label: str
    certificate: x509.Certificate
    key: PrivateKey
    rings: tuple[tuple[str, str], ...] = ()

    @property
    def pem(self) -> bytes:
        """The certificate alone, as EXPORT FORMAT(CERTB64) writes it."""
        return self.certificate.public_bytes(Encoding.PEM)

    def record(self) -> Certificate:
        """What RACDCERT LIST knows of it."""
        ident = f"{self.owner}/{self.label}"
        known = certificate_from_der(self.certificate.public_bytes(Encoding.DER), ident, Span(ident))
        return replace(
            known,
            id=ident,
            owner=self.owner,
            label=self.label,
            not_before=Moment(self.certificate.not_valid_before_utc, local=True),
            not_after=Moment(self.certificate.not_valid_after_utc, local=True),
            trust=TrustStatus.TRUST,
            private_key=True,
            rings=self.rings,
            files=(),
        )

    def on(self, *rings: tuple[str, str]) -> "Entity":
        """The same, connected to these rings."""
        return replace(self, rings=rings)


def name(common: str, unit: str, *, organization: str | None = "Acme Corporation") -> x509.Name:
    """A distinguished name, most general part first, as RACDCERT encodes SUBJECTSDN."""
    parts = []
    if organization:
        parts += [(NameOID.COUNTRY_NAME, "US"), (NameOID.ORGANIZATION_NAME, organization)]
    parts += [(NameOID.ORGANIZATIONAL_UNIT_NAME, unit), (NameOID.COMMON_NAME, common)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def day(text: str, *, last: bool = False) -> datetime:
    """A date; RACF's certificates start at 00:00:00 and end at 23:59:59."""
    start = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return start.replace(hour=23, minute=59, second=59) if last else start


def usages(*, signs: bool) -> x509.KeyUsage:
    """KEYUSAGE(CERTSIGN) or KEYUSAGE(HANDSHAKE)."""
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def new_rsa() -> rsa.RSAPrivateKey:
    """RSA SIZE(2048)."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def authority(label: str, subject: x509.Name) -> Entity:
    """A self-signed CA, as RACDCERT CERTAUTH GENCERT makes it."""
    key = new_rsa()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .serial_number(1)
        .not_valid_before(day("2024-01-15"))
        .not_valid_after(day("2034-01-14", last=True))
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usages(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Entity(CERTAUTH, label, builder.sign(key, hashes.SHA256()), key)


def server(
    signer: Entity,
    owner: Owner,
    label: str,
    subject: x509.Name,
    *,
    serial: int,
    valid: tuple[str, str],
    names: Iterable[str] = (),
    key: PrivateKey | None = None,
) -> Entity:
    """A server certificate, as RACDCERT GENCERT … SIGNWITH makes it."""
    key = key or new_rsa()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer.certificate.subject)
        .serial_number(serial)
        .not_valid_before(day(valid[0]))
        .not_valid_after(day(valid[1], last=True))
        .public_key(key.public_key())
        .add_extension(usages(signs=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False
        )
    )
    alternative = [general_name(text) for text in names]
    if alternative:
        builder = builder.add_extension(x509.SubjectAlternativeName(alternative), critical=False)
    return Entity(owner, label, builder.sign(signer.key, hashes.SHA256()), key)


def general_name(text: str) -> x509.GeneralName:
    """IP(…) or DOMAIN(…) of ALTNAME."""
    try:
        return x509.IPAddress(ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def ring(user: str, ring_name: str, entries: Iterable[tuple[Entity, Usage, bool]]) -> Store:
    """A key ring with its rows in the order of connection."""
    rows = tuple(
        Connection(f"{e.owner}/{e.label}", e.owner, e.label, usage, default, Span(ring_name))
        for e, usage, default in entries
    )
    ident = ring_id(user, ring_name)
    return Store(ident, StoreKind.KEY_RING, user, ring_name, StoreState.SHOWN, rows, Span(ring_name))


def listed(owner: Owner, entity: Entity) -> tuple[str, str]:
    """``RACDCERT … LIST(LABEL('…'))`` and its answer."""
    command = f"RACDCERT {owner} LIST(LABEL('{entity.label}'))"
    return command, print_list(owner, [entity.record()], release="2.5")


def all_listed(owner: Owner, *entities: Entity) -> tuple[str, str]:
    """``RACDCERT … LIST`` and its answer."""
    return f"RACDCERT {owner} LIST", print_list(owner, [e.record() for e in entities], release="2.5")


def rings_listed(store: Store) -> tuple[str, str]:
    """``RACDCERT ID(…) LISTRING(*)`` and its answer."""
    return f"RACDCERT ID({store.owner}) LISTRING(*)", print_listring(str(store.owner), [store])


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """The files of one evidence folder, with LF line ends."""
    folder.mkdir(parents=True, exist_ok=True)
    for file_name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / file_name).write_bytes(data)


def main() -> None:
    """Write both folders."""
    on_zowe, on_zosmf = ("ZWESVUSR", ZOWE_RING), ("IZUSVR", ZOSMF_RING)
    zowe_ca = authority("Acme Zowe CA", name("Acme Zowe CA", "Mainframe Security")).on(on_zowe)
    zosmf_ca = authority(
        "zOSMFCA", name("z/OSMF CertAuth for Security Domain", "IZUDFLT", organization=None)
    ).on(on_zosmf)
    gateway = server(
        zowe_ca, ZOWE, "Zowe Server", name("zowe.acme.example", "Zowe"),
        serial=2, valid=("2025-11-01", "2027-10-31"), key=ec.generate_private_key(ec.SECP256R1()),
    ).on(on_zowe)  # fmt: skip
    desktop = server(
        zowe_ca, ZOWE, "Zowe Desktop", name("Zowe Desktop", "Zowe"),
        serial=3, valid=("2025-11-01", "2027-10-31"), names=["desktop.acme.example"],
    ).on(on_zowe)  # fmt: skip
    zss = server(
        zowe_ca, ZOWE, "Zowe ZSS", name("zowe.acme.example", "Zowe ZSS"),
        serial=4, valid=("2024-11-01", "2026-10-31"), names=["zowe.acme.example"],
    ).on(on_zowe)  # fmt: skip
    zosmf = server(
        zosmf_ca, ZOSMF, "DefaultzOSMFCert.IZUDFLT", name("zosmf.acme.example", "IZUDFLT"),
        serial=2, valid=("2024-10-01", "2026-09-30"), names=["zosmf.acme.example"],
    ).on(on_zosmf)  # fmt: skip

    zowe_ring = ring("ZWESVUSR", ZOWE_RING, [
        (zowe_ca, Usage.CERTAUTH, False),
        (gateway, Usage.PERSONAL, True),
        (desktop, Usage.PERSONAL, False),
        (zss, Usage.PERSONAL, False),
    ])  # fmt: skip
    zosmf_ring = ring(
        "IZUSVR", ZOSMF_RING, [(zosmf, Usage.PERSONAL, True), (zosmf_ca, Usage.CERTAUTH, False)]
    )
    write(EXAMPLES / "quickstart" / "evidence", {
        # 'Zowe ZSS' is on the ring and was not listed: its certificate is known from a PEM file only.
        "zwesvusr.txt": systsprt([rings_listed(zowe_ring), listed(ZOWE, gateway), listed(ZOWE, desktop)]),
        "certauth.txt": systsprt([all_listed(CERTAUTH, zowe_ca, zosmf_ca)]),
        "izusvr.txt": systsprt([rings_listed(zosmf_ring), all_listed(ZOSMF, zosmf)]),
        "zowe-desktop.pem": desktop.pem,
        "zowe-zss.pem": zss.pem,
        "zosmf.pem": zosmf.pem,
    })  # fmt: skip

    both = (on_zowe, on_zosmf)
    zowe_ca, zosmf_ca = zowe_ca.on(*both), zosmf_ca.on(*both)
    gateway = server(
        zowe_ca, ZOWE, "Zowe Server RSA", name("zowe.acme.example", "Zowe"),
        serial=5, valid=("2026-11-21", "2028-11-20"), names=["zowe.acme.example"],
    ).on(on_zowe)  # fmt: skip
    zosmf = server(
        zosmf_ca, ZOSMF, "DefaultzOSMFCert.IZUDFLT", name("zosmf.acme.example", "IZUDFLT"),
        serial=3, valid=("2026-11-21", "2028-11-20"), names=["zosmf.acme.example"], key=zosmf.key,
    ).on(on_zosmf)  # fmt: skip
    zowe_ring = ring("ZWESVUSR", ZOWE_RING, [
        (zowe_ca, Usage.CERTAUTH, False),
        (gateway, Usage.PERSONAL, True),
        (zosmf_ca, Usage.CERTAUTH, False),
    ])  # fmt: skip
    zosmf_ring = ring("IZUSVR", ZOSMF_RING, [
        (zosmf, Usage.PERSONAL, True),
        (zosmf_ca, Usage.CERTAUTH, False),
        (zowe_ca, Usage.CERTAUTH, False),
    ])  # fmt: skip
    write(EXAMPLES / "healthy" / "evidence", {
        "zwesvusr.txt": systsprt([rings_listed(zowe_ring), all_listed(ZOWE, gateway)]),
        "certauth.txt": systsprt([all_listed(CERTAUTH, zowe_ca, zosmf_ca)]),
        "izusvr.txt": systsprt([rings_listed(zosmf_ring), all_listed(ZOSMF, zosmf)]),
        "acme-zowe-ca.pem": zowe_ca.pem,
        "zosmfca.pem": zosmf_ca.pem,
        "zowe.pem": gateway.pem,
        "zosmf.pem": zosmf.pem,
    })  # fmt: skip


if __name__ == "__main__":
    main()
