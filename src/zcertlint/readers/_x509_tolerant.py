"""A certificate as pyasn1 reads it: slow, but it decodes what cryptography refuses.

Each extension is decoded on its own, so that a bad one hides no other. An extension that stands twice has
no one meaning and counts as not decodable.
"""

import ipaddress
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, cast

from pyasn1.codec.ber import decoder as ber
from pyasn1.type import base
from pyasn1_modules import rfc3279, rfc4055, rfc5280

from zcertlint.model.certificate import Absent, AltNames, Key, KeyKind, Moment
from zcertlint.model.names import Name
from zcertlint.readers._x509_tables import CURVES, EXTENDED_USAGES, KEY_USAGES, SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zcertlint.readers._x509_tables import Constraints

__all__ = ["Tolerant"]

_RSA = {"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.7"}
_EC = "1.2.840.10045.2.1"
_DSA = "1.2.840.10040.4.1"
_EDWARDS = {"1.3.101.112": KeyKind.ED25519, "1.3.101.113": KeyKind.ED448}
_PSS = "1.2.840.113549.1.1.10"
_HASHES = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_TIME = re.compile(r"(\d\d|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:[.,]\d+)?)?(?:Z|([+-])(\d\d)(\d\d))?")
_PIVOT = 50  # RFC 5280, 4.1.2.5.1: two digits from 50 on are of the 1900s


class Tolerant:
    """One certificate, decoded with pyasn1.

    Raises:
        Exception: whatever pyasn1 raises when the bytes are no certificate.
    """

    def __init__(self, der: bytes) -> None:
        cert = ber.decode(der, asn1Spec=rfc5280.Certificate())[0]
        self._cert = cast("Mapping[str, base.Asn1Item]", cert)
        self._tbs = cast("Mapping[str, base.Asn1Item]", cert["tbsCertificate"])
        self._extensions: dict[str, list[bytes]] = {}
        if self._tbs["extensions"].isValue:
            for entry in cast("Iterable[Mapping[str, base.Asn1Item]]", self._tbs["extensions"]):
                self._extensions.setdefault(str(entry["extnID"]), []).append(bytes(entry["extnValue"]))

    def subject(self) -> Name:
        """The subject."""
        return _name(self._tbs["subject"])

    def issuer(self) -> Name:
        """The issuer."""
        return _name(self._tbs["issuer"])

    def serial(self) -> int:
        """The serial number."""
        return int(self._tbs["serialNumber"])

    def not_before(self) -> Moment:
        """The start of validity."""
        return _moment(self._tbs["validity"]["notBefore"])

    def not_after(self) -> Moment:
        """The end of validity."""
        return _moment(self._tbs["validity"]["notAfter"])

    def key(self) -> Key:
        """The public key's kind and size."""
        info = self._tbs["subjectPublicKeyInfo"]
        oid = str(info["algorithm"]["algorithm"])
        parameters = info["algorithm"]["parameters"]
        if oid in _RSA:
            spec = rfc3279.RSAPublicKey()
            key = ber.decode(info["subjectPublicKey"].asOctets(), asn1Spec=spec)[0]
            modulus = int(key["modulus"])
            if modulus <= 0:
                raise ValueError("no modulus")
            return Key(KeyKind.RSA, modulus.bit_length())
        if oid == _EC:
            curve = ber.decode(bytes(parameters))[0]
            kind, bits = CURVES.get(str(curve), (KeyKind.OTHER, None))
            return Key(kind, bits)
        if oid == _DSA:
            dss = ber.decode(bytes(parameters), asn1Spec=rfc3279.Dss_Parms())[0]
            return Key(KeyKind.DSA, int(dss["p"]).bit_length())
        return Key(_EDWARDS.get(oid, KeyKind.OTHER))

    def signature(self) -> str:
        """The signature's algorithm in RACF's words, else its OID."""
        algorithm = self._cert["signatureAlgorithm"]
        oid = str(algorithm["algorithm"])
        if oid != _PSS:
            return SIGNATURES.get(oid, oid)
        if not algorithm["parameters"].isValue:
            return "sha1RSAPSS"
        parameters = ber.decode(bytes(algorithm["parameters"]), asn1Spec=rfc4055.RSASSA_PSS_params())[0]
        used = str(parameters["hashAlgorithm"]["algorithm"])
        return f"{_HASHES[used]}RSAPSS" if used in _HASHES else oid

    def alt_names(self) -> AltNames:
        """All subject alternative names; an address of an impossible length names nothing."""
        value = self._extension("2.5.29.17")
        if value is None:
            return AltNames()
        found: dict[str, list[str]] = {
            "dNSName": [],
            "iPAddress": [],
            "rfc822Name": [],
            "uniformResourceIdentifier": [],
        }
        for entry in ber.decode(value, asn1Spec=rfc5280.SubjectAltName())[0]:
            kind = entry.getName()
            if kind == "iPAddress":
                packed = bytes(entry["iPAddress"])
                if len(packed) in {4, 16}:
                    found[kind].append(str(ipaddress.ip_address(packed)))
            elif kind in found:
                found[kind].append(str(entry[kind]))
        return AltNames(
            dns=tuple(found["dNSName"]),
            ips=tuple(found["iPAddress"]),
            emails=tuple(found["rfc822Name"]),
            uris=tuple(found["uniformResourceIdentifier"]),
        )

    def key_usage(self) -> frozenset[str] | Absent:
        """RFC 5280 names of the key usages."""
        value = self._extension("2.5.29.15")
        if value is None:
            return Absent.ABSENT
        bits = tuple(ber.decode(value, asn1Spec=rfc5280.KeyUsage())[0])
        return frozenset(name for name, bit in zip(KEY_USAGES, bits, strict=False) if bit)

    def extended_usage(self) -> frozenset[str] | Absent:
        """Names, else OIDs, of the extended key usages."""
        value = self._extension("2.5.29.37")
        if value is None:
            return Absent.ABSENT
        oids = [str(oid) for oid in ber.decode(value, asn1Spec=rfc5280.ExtKeyUsageSyntax())[0]]
        return frozenset(EXTENDED_USAGES.get(oid, oid) for oid in oids)

    def constraints(self) -> "Constraints":
        """Whether it is a CA by its basic constraints, and its path length."""
        value = self._extension("2.5.29.19")
        if value is None:
            return False, None
        decoded = ber.decode(value, asn1Spec=rfc5280.BasicConstraints())[0]
        length = decoded["pathLenConstraint"]
        return bool(decoded["cA"]), int(length) if length.isValue else None

    def subject_key_id(self) -> str | Absent:
        """Upper-case hex."""
        value = self._extension("2.5.29.14")
        if value is None:
            return Absent.ABSENT
        return bytes(ber.decode(value, asn1Spec=rfc5280.SubjectKeyIdentifier())[0]).hex().upper()

    def authority_key_id(self) -> str | Absent:
        """Upper-case hex."""
        value = self._extension("2.5.29.35")
        if value is None:
            return Absent.ABSENT
        found = ber.decode(value, asn1Spec=rfc5280.AuthorityKeyIdentifier())[0]["keyIdentifier"]
        return bytes(found).hex().upper() if found.isValue else Absent.ABSENT

    def _extension(self, oid: str) -> bytes | None:
        values = self._extensions.get(oid, [])
        if len(values) > 1:
            raise ValueError(f"the extension {oid} stands twice")
        return values[0] if values else None


def _name(name: base.Asn1Item) -> Name:
    rdns: Sequence[Iterable[Mapping[str, base.Asn1Item]]] = name["rdnSequence"]
    return Name.from_rdns(
        tuple(tuple((str(pair["type"]), _attribute(bytes(pair["value"]))) for pair in rdn) for rdn in rdns)
    )


def _attribute(encoded: bytes) -> str:
    """The text of a name's attribute, whose bytes may break the rules of their type."""
    content = ber.decode(b"\x04" + encoded[1:])[0].asOctets()
    match encoded[0]:
        case 0x1E:
            return _decoded(content, "utf-16-be")
        case 0x1C:
            return _decoded(content, "utf-32-be")
        case 0x0C | 0x12 | 0x13 | 0x14 | 0x15 | 0x16 | 0x1A | 0x1B:
            return _decoded(content, "utf-8")
        case _:
            return "#" + encoded.hex().upper()


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _moment(choice: base.Asn1Item) -> Moment:
    """UTCTime or GeneralizedTime, with or without seconds and zone."""
    kind = choice.getName()
    found = _TIME.fullmatch(str(choice[kind]))
    if found is None:
        raise ValueError("no time")
    year = int(found[1])
    if kind == "utcTime":
        if len(found[1]) != 2:  # noqa: PLR2004
            raise ValueError("no UTCTime")
        year += 1900 if year >= _PIVOT else 2000
    zone = UTC
    if found[7]:
        shift = timedelta(hours=int(found[8]), minutes=int(found[9]))
        zone = timezone(shift if found[7] == "+" else -shift)
    fields = [int(found[number]) for number in (2, 3, 4, 5)]
    at = datetime(year, *fields, int(found[6] or 0), tzinfo=zone)  # type: ignore[misc, arg-type]
    return Moment(at.astimezone(UTC))
