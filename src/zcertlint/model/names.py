"""Distinguished names, as X.509 encodes them and as RACF prints them."""

import re

from zcertlint.records import dataclass

__all__ = ["RACF_KEYWORDS", "Name", "racf_text"]

# What RACF prints before a value; a period is a separator only in front of one of these
# (periods inside values are not escaped). Source: facts on RACDCERT LIST, 2.2.
RACF_KEYWORDS = (
    "CN", "T", "OU", "O", "L", "SP", "S", "ST", "C", "DC", "UID", "MAIL", "EMAIL", "STREET", "PC", "SN", "G",
    "DNQUALIFIER",
)  # fmt: skip

_OID_TO_KEYWORD = {
    "2.5.4.3": "CN",
    "2.5.4.12": "T",
    "2.5.4.11": "OU",
    "2.5.4.10": "O",
    "2.5.4.7": "L",
    "2.5.4.8": "SP",
    "2.5.4.6": "C",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
    "1.2.840.113549.1.9.1": "MAIL",
    "2.5.4.9": "STREET",
    "2.5.4.17": "PC",
    "2.5.4.4": "SN",
    "2.5.4.42": "G",
    "2.5.4.46": "DNQUALIFIER",
    "2.5.4.5": "SERIALNUMBER",
}
_SPLIT = re.compile(r"[.+](?=(?:" + "|".join(RACF_KEYWORDS) + r"|SERIALNUMBER)=)")
_SPACES = re.compile(r"\s+")
_SHOWN_BYTES = 256  # RACF displays at most this much of a subject


def racf_text(rdns: tuple[tuple[tuple[str, str], ...], ...]) -> str:
    """An X.509 name (most general RDN first, as encoded) in the form that RACF prints.

    Most specific first, joined with periods, values as they are.
    """
    parts = [f"{_OID_TO_KEYWORD.get(oid, oid)}={value}" for rdn in reversed(rdns) for oid, value in rdn]
    return ".".join(parts)


@dataclass(frozen=True, slots=True)
class Name:
    """A subject or issuer name.

    Attributes:
        text: the name as RACF prints it (``CN=x.OU=y.O=z.C=GB``).
        rdns: the name as X.509 holds it, as (OID, value) pairs, most general first; None when only a
            listing shows the name.
    """

    text: str
    rdns: tuple[tuple[tuple[str, str], ...], ...] | None = None

    @classmethod
    def from_rdns(cls, rdns: tuple[tuple[tuple[str, str], ...], ...]) -> "Name":
        """The name of a certificate file."""
        return cls(racf_text(rdns), rdns)

    @property
    def key(self) -> str:
        """What two spellings of one name have in common: case, runs of blanks and the MAIL keyword differ.

        X.509 compares without regard to case and inner blanks (RFC 5280, 7.1).
        """
        parts = _SPLIT.split(self.text)
        words = []
        for raw in parts:
            part = _SPACES.sub(" ", raw.strip()).casefold()
            keyword, sep, value = part.partition("=")
            if sep and keyword in {"mail", "email"}:
                part = value
            elif sep and keyword in {"st", "s"}:
                part = f"sp={value}"
            words.append(part)
        return ".".join(words)[:_SHOWN_BYTES]

    def same_as(self, other: "Name") -> bool:
        """Whether both are one name, compared in the most exact form that both have."""
        if self.rdns is not None and other.rdns is not None:
            return _canonical(self.rdns) == _canonical(other.rdns)
        return self.key == other.key

    @property
    def common_name(self) -> str | None:
        """The most specific CN, or None when the name has none."""
        if self.rdns is not None:
            values = [value for rdn in self.rdns for oid, value in rdn if oid == "2.5.4.3"]
            return values[-1] if values else None
        for part in _SPLIT.split(self.text):
            if part[:3].upper() == "CN=":
                return part[3:]
        return None

    @property
    def empty(self) -> bool:
        """Whether the certificate has no such name at all."""
        return not self.text

    def __str__(self) -> str:
        """The name as RACF prints it."""
        return self.text


def _canonical(
    rdns: tuple[tuple[tuple[str, str], ...], ...],
) -> tuple[frozenset[tuple[str, str]], ...]:
    return tuple(
        frozenset((oid, _SPACES.sub(" ", value.strip()).casefold()) for oid, value in rdn) for rdn in rdns
    )
