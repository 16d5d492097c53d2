"""Where certificates are kept and used from: key rings, PKCS#12 and PEM files."""

from dataclasses import field
from enum import Enum

from zcertlint.model.certificate import Owner
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Connection", "Store", "StoreKind", "StoreState", "Usage", "may_be", "ring_id"]


class Usage(Enum):
    """How a certificate is connected to a key ring."""

    PERSONAL = "PERSONAL"
    CERTAUTH = "CERTAUTH"
    SITE = "SITE"


class StoreKind(Enum):
    """The kind of a store."""

    KEY_RING = "key ring"
    PKCS12 = "PKCS12"
    PEM = "PEM"


class StoreState(Enum):
    """What is known of a store's contents."""

    SHOWN = "shown"  # all its entries are known
    MISSING = "missing"  # it is shown not to exist
    NOT_SHOWN = "not shown"  # no input shows it


@dataclass(frozen=True, slots=True)
class Connection:
    """One entry of a store.

    Attributes:
        certificate: the id of the certificate.
        owner, label: as the listing names it; for a file store the label is the alias.
        usage: PERSONAL, CERTAUTH or SITE; in a file store an entry with a key is PERSONAL.
        default: whether it is the ring's DEFAULT; None when not shown.
    """

    certificate: str
    owner: Owner | None
    label: str | None
    usage: Usage
    default: bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class Store:
    """A key ring or a keystore file.

    Attributes:
        id: ``ring:OWNER/NAME`` or ``store:PATH``.
        owner, name: of a key ring (the name is case-sensitive); for a file, None and the path.
        connections: in the order of the listing; empty and SHOWN is an empty ring.
        span: where its contents, or its absence, are shown; else where it is asked for.
        reason: for NOT_SHOWN, why (the message that stood in place of a listing), else None.
        new_ciphers: for PKCS12, whether it is encrypted by PBES2 (AES), which old readers refuse; else None.
        undecided: characters of its name and labels that may be others, as the code page of the listing is open.
        namesakes: None where something says whose it is. Else its owner is only the usual user of a server, and
            these are the ids of the rings of this name that inputs show under other users.
    """

    id: str
    kind: StoreKind
    owner: str | None
    name: str
    state: StoreState
    connections: tuple[Connection, ...] = ()
    span: Span = field(default=Span(""))
    reason: str | None = None
    new_ciphers: bool | None = None
    undecided: frozenset[str] = frozenset()
    namesakes: tuple[str, ...] | None = None

    @property
    def shown(self) -> bool:
        """Whether its contents are known."""
        return self.state is StoreState.SHOWN

    def holds(self, certificate: str) -> bool:
        """Whether the certificate of this id is an entry of it."""
        return any(row.certificate == certificate for row in self.connections)

    @property
    def title(self) -> str:
        """``ZWESVUSR/ZoweKeyring`` or the path."""
        return self.id.partition(":")[2]

    @property
    def virtual(self) -> str | None:
        """Whose certificates a virtual key ring is made of (``USER/*``, ``*AUTH*/*``); None for any other store."""
        if self.kind is not StoreKind.KEY_RING or self.name != "*" or self.owner is None:
            return None
        return {"*AUTH*": "CERTAUTH", "*SITE*": "SITE"}.get(self.owner, f"ID({self.owner})")

    @property
    def list_command(self) -> str:
        """The command that shows the contents; of a file, the one that fetches it."""
        if self.kind is StoreKind.KEY_RING:
            if self.owner == "*TOKEN*":
                return f"RACDCERT LISTTOKEN({self.name})"
            if self.virtual is not None:  # RACF lists no such ring
                return f"RACDCERT {self.virtual} LIST"
            return f"RACDCERT LISTRING({self.name}) ID({self.owner})"
        fetch = "zowe zos-files download uss-file"
        if self.kind is StoreKind.PEM:
            return "; ".join(f'{fetch} "{name}"' for name in self.name.split(","))
        return f'{fetch} "{self.name}" --binary'


def ring_id(owner: str, name: str) -> str:
    """The identifier of a key ring."""
    return f"ring:{owner.upper()}/{name}"


def may_be(one: str, other: str, undecided: frozenset[str]) -> bool:
    """Whether two names that differ may be one: only where a character stands that the code page leaves open."""
    return (
        one != other
        and len(one) == len(other)
        and all(a == b or a in undecided or b in undecided for a, b in zip(one, other, strict=True))
    )
