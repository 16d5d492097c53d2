"""Certificates and chains made for tests, and the model's view of a client that meets a server.

Keys are made once per process and shared by number: a certificate is cheap, an RSA key is not.
"""

import datetime as dt
import hashlib
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import (
    Basis,
    Database,
    Deployment,
    Endpoint,
    Link,
    Located,
    Role,
    Stack,
    Verify,
)
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.readers._x509 import certificate_from_der
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge
from zcertlint.trust.judgement import LinkJudgement

__all__ = ["Issued", "Meeting", "PrivateKey", "Spec", "issue", "judgement", "key", "named", "self_signed"]

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

_CURVES: dict[str, ec.EllipticCurve] = {"EC256": ec.SECP256R1(), "EC384": ec.SECP384R1()}
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip
_EXTENDED = {
    "serverAuth": ExtendedKeyUsageOID.SERVER_AUTH,
    "clientAuth": ExtendedKeyUsageOID.CLIENT_AUTH,
    "codeSigning": ExtendedKeyUsageOID.CODE_SIGNING,
    "anyExtendedKeyUsage": ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
}
_HASHES: dict[str, hashes.SHA256 | hashes.SHA384 | hashes.SHA512] = {
    "SHA256": hashes.SHA256(),
    "SHA384": hashes.SHA384(),
    "SHA512": hashes.SHA512(),
}
# sha256WithRSAEncryption and sha1WithRSAEncryption are of one length, so one may take the other's place.
_SHA256_RSA = bytes.fromhex("06092a864886f70d01010b")
_SHA1_RSA = bytes.fromhex("06092a864886f70d010105")


@cache
def key(kind: str, number: int) -> PrivateKey:  # noqa: ARG001 (the number is what the cache tells apart)
    """The test run's key of this kind (``RSA2048``, ``EC256``, ``ED25519``) and number."""
    if kind.startswith("RSA"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    if kind == "ED25519":
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key(_CURVES[kind])


def named(common_name: str | None, organization: str = "zcertlint tests") -> x509.Name:
    """A subject with an organization and, unless it is None, a CN."""
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization)]
    if common_name is not None:
        parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name))
    return x509.Name(parts)


@dataclass(frozen=True, slots=True)
class Spec:
    """What a certificate shall contain; the defaults are those of a server's certificate without a name.

    Attributes:
        ca: basicConstraints CA; None leaves the extension out. path_length: its pathLenConstraint.
        usage: key usages as cryptography names them; None leaves the extension out. extended: likewise.
        dns, ips: subject alternative names; without any the extension is left out.
        own_id: whether it has a subject key identifier; issuer_id: whether it names its issuer's.
        digest: of its signature (``SHA1`` only under an RSA key; not asked for under Ed25519).
        excluded, permitted: DNS names, or networks, that its name constraints exclude or permit.
        unknown: a critical extension that nobody knows. broken: a signature that does not verify.
    """

    subject: x509.Name
    key: PrivateKey
    start: dt.datetime
    end: dt.datetime
    ca: bool | None = None
    path_length: int | None = None
    usage: tuple[str, ...] | None = None
    extended: tuple[str, ...] | None = None
    dns: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    own_id: bool = True
    issuer_id: bool = True
    digest: str = "SHA256"
    excluded: tuple[str, ...] = ()
    permitted: tuple[str, ...] = ()
    unknown: bool = False
    broken: bool = False


@dataclass(frozen=True)
class Issued:
    """A certificate that was made, with its key."""

    certificate: x509.Certificate
    key: PrivateKey

    @cached_property
    def der(self) -> bytes:
        """Its encoding."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @cached_property
    def pem(self) -> str:
        """Its PEM block."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")

    @property
    def key_pem(self) -> str:
        """The key as an unencrypted PKCS#8 block."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode("ascii")

    @cached_property
    def model(self) -> Certificate:
        """The certificate as the product reads it; one encoding has one id."""
        ident = f"file:{hashlib.sha256(self.der).hexdigest()[:16]}#1"
        return certificate_from_der(self.der, ident, Span(ident))


def issue(spec: Spec, issuer: Issued | None = None) -> Issued:
    """The certificate of this specification, signed by ``issuer``, else by itself."""
    signer = issuer.key if issuer is not None else spec.key
    parent = issuer.certificate.subject if issuer is not None else spec.subject
    builder = x509.CertificateBuilder(
        parent, spec.subject, spec.key.public_key(), x509.random_serial_number(), spec.start, spec.end
    )
    for extension, critical in _extensions(spec, signer):
        builder = builder.add_extension(extension, critical=critical)
    if isinstance(signer, ed25519.Ed25519PrivateKey):
        return Issued(_spoilt(builder.sign(signer, None), spec), spec.key)
    if spec.digest == "SHA1":
        if not isinstance(signer, rsa.RSAPrivateKey):
            raise TypeError("SHA1 is made under an RSA key only")
        return Issued(_with_sha1(builder.sign(signer, hashes.SHA256()), signer), spec.key)
    return Issued(_spoilt(builder.sign(signer, _HASHES[spec.digest]), spec), spec.key)


def _spoilt(made: x509.Certificate, spec: Spec) -> x509.Certificate:
    if not spec.broken:
        return made
    der = made.public_bytes(serialization.Encoding.DER)
    return x509.load_der_x509_certificate(der[:-1] + bytes([der[-1] ^ 1]))


def self_signed(spec: Spec) -> Issued:
    """A root, or a server's certificate that it signed itself."""
    return issue(spec)


def _extensions(spec: Spec, signer: PrivateKey) -> Iterable[tuple[x509.ExtensionType, bool]]:
    if spec.ca is not None:
        yield x509.BasicConstraints(ca=spec.ca, path_length=spec.path_length if spec.ca else None), True
    if spec.usage is not None:
        yield x509.KeyUsage(**{name: name in spec.usage for name in _USAGES}), True
    if spec.extended is not None:
        yield x509.ExtendedKeyUsage([_EXTENDED[name] for name in spec.extended]), False
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in spec.dns]
    names += [x509.IPAddress(ipaddress.ip_address(ip)) for ip in spec.ips]
    if names:
        yield x509.SubjectAlternativeName(names), False
    if spec.excluded or spec.permitted:
        trees = ([_subtree(text) for text in texts] or None for texts in (spec.permitted, spec.excluded))
        yield x509.NameConstraints(*trees), True
    if spec.unknown:
        yield x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00"), True
    if spec.own_id:
        yield x509.SubjectKeyIdentifier.from_public_key(spec.key.public_key()), False
    if spec.issuer_id:
        yield x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False


def _subtree(text: str) -> x509.GeneralName:
    return x509.IPAddress(ipaddress.ip_network(text)) if "/" in text else x509.DNSName(text)


def _with_sha1(made: x509.Certificate, signer: rsa.RSAPrivateKey) -> x509.Certificate:
    """The same certificate signed with SHA-1, which cryptography no longer makes."""
    signed = made.tbs_certificate_bytes.replace(_SHA256_RSA, _SHA1_RSA, 1)
    der = made.public_bytes(serialization.Encoding.DER)
    outer = der.replace(made.tbs_certificate_bytes, signed, 1).replace(_SHA256_RSA, _SHA1_RSA, 1)
    signature = signer.sign(signed, padding.PKCS1v15(), hashes.SHA1())
    return x509.load_der_x509_certificate(outer.replace(made.signature, signature, 1))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A client that trusts some certificates calls a server that sends some: the case of every oracle.

    Attributes:
        name: for messages. leaf: what the server presents. sent: what it sends beside the leaf, in order.
        trusted: the client's trust store. host: the name that the client calls.
        known: certificates that the inputs show besides, which must not change a verdict.
    """

    name: str
    leaf: Issued
    sent: tuple[Issued, ...]
    trusted: tuple[Issued, ...]
    host: str
    known: tuple[Issued, ...] = ()

    def judged(self, stack: Stack, as_of: dt.datetime, *, names: bool) -> LinkJudgement:
        """What the product says of it, with the client's stack."""
        return judgement(
            self.leaf.model,
            [made.model for made in self.sent],
            [made.model for made in self.trusted],
            known=[made.model for made in self.known],
            host=self.host,
            stack=stack,
            as_of=as_of,
            verify=Verify.STRICT if names else Verify.CHAIN,
        )


def judgement(
    leaf: Certificate,
    sent: Sequence[Certificate],
    trusted: Sequence[Certificate],
    *,
    host: str | None,
    stack: Stack,
    as_of: dt.datetime,
    verify: Verify,
    known: Sequence[Certificate] = (),
) -> LinkJudgement:
    """The product's judgement on one client and one server whose stores are shown."""
    certificates = {made.id: made for made in (leaf, *sent, *trusted, *known)}
    stores = {
        "store:server": _store("store:server", [leaf], sent),
        "store:client": _store("store:client", [], trusted),
    }
    server = Endpoint(
        "server", "test", Role.SERVER, stack, keystore="store:server", certificate=leaf.id, names=()
    )
    client = Endpoint("client", "test", Role.CLIENT, stack, truststore="store:client")
    link = Link(
        "client -> server",
        "client",
        "server",
        Located(host) if host is not None else None,
        443,
        verify,
        Basis.CONFIGURED,
        Span("test"),
        stack,
    )
    deployment = Deployment(
        Database(certificates, stores), {"server": server, "client": client}, {link.id: link}
    )
    return Judge(deployment, as_of).judge(link)


def _store(ident: str, personal: Sequence[Certificate], cas: Sequence[Certificate]) -> Store:
    rows = [Connection(c.id, None, c.id, Usage.PERSONAL, True, Span(ident)) for c in personal]
    rows += [Connection(c.id, None, c.id, Usage.CERTAUTH, False, Span(ident)) for c in cas]
    return Store(ident, StoreKind.PEM, None, ident, StoreState.SHOWN, tuple(rows), Span(ident))
