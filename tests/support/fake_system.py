"""A z/OS system that answers the commands of a collection: certificates, key rings, data sets of EXPORT."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from support.listings import print_list, print_listring
from support.pki import Issued
from zcertlint.model.certificate import Certificate, Moment, Owner, OwnerKind, TrustStatus
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.text.source import Span

__all__ = ["FakeSystem", "Held", "echoed"]

_HERE = Span("system")
_HOME = """\
MVS TCP/IP NETSTAT CS V2R5       TCPIP Name: TCPIP           12:52:35
Home address list:
Address          Link             Flg
-------          ----             ---
10.1.1.2         OSA1             P
127.0.0.1        LOOPBACK
"""
_DENIED = "IRRD101I You are not authorized to issue the RACDCERT command.\n"


@dataclass(frozen=True)
class Held:
    """A certificate in the database."""

    owner: Owner
    label: str
    made: Issued
    key: bool = True

    @property
    def id(self) -> str:
        return f"{self.owner}/{self.label}"

    def record(self, rings: tuple[tuple[str, str], ...]) -> Certificate:
        """As LIST knows it: local times, no encoding."""
        model = self.made.model
        assert model.not_before is not None
        assert model.not_after is not None
        return replace(
            model,
            id=self.id,
            owner=self.owner,
            label=self.label,
            trust=TrustStatus.TRUST,
            private_key=self.key,
            not_before=Moment(model.not_before.at, local=True),
            not_after=Moment(model.not_after.at, local=True),
            rings=rings,
            der=None,
        )


@dataclass
class FakeSystem:
    """What is on the system.

    Attributes:
        held: the certificates. rings: (owner, name) to ids, the first PERSONAL and DEFAULT as its owner is no CA.
        release: of z/OS. denied: owners whose listings are refused.
        asked: every command answered so far. data_sets: what EXPORT wrote, by data set as given.
    """

    held: tuple[Held, ...]
    rings: dict[tuple[str, str], tuple[str, ...]]
    release: str = "2.5"
    denied: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)
    data_sets: dict[str, str] = field(default_factory=dict)

    def answer(self, command: str) -> str:
        """The answer to a command that reads; anything else is an error of the test."""
        assert re.match(
            r"RACDCERT (?:\S+ )?(?:LIST|EXPORT|LISTMAP)|RACDCERT LISTRING|NETSTAT HOME$|SETROPTS LIST$|RLIST ",
            command,
        ), f"not a command that only reads: {command}"
        assert command not in self.asked, f"asked twice: {command}"
        self.asked.append(command)
        if found := re.fullmatch(r"RACDCERT LISTRING\((.*)\) ID\((.*)\)", command):
            return self._rings(found[2], found[1])
        if found := re.fullmatch(r"RACDCERT (\S+) LIST(?:\(LABEL\('(.*)'\)\))?", command):
            return self._list(_owner(found[1]), found[2])
        if found := re.fullmatch(
            r"RACDCERT (\S+) EXPORT\(LABEL\('(.*)'\)\) DSN\((.*)\) FORMAT\(CERTB64\)", command
        ):
            assert found[3] not in self.data_sets, f"{found[3]} is written twice"
            held = next(h for h in self.held if h.id == f"{found[1]}/{_label(found[2])}")
            self.data_sets[found[3]] = held.made.pem
            return ""
        if command == "NETSTAT HOME":
            return _HOME
        return "ICH13003I NOT FOUND\n"

    def _rings(self, user: str, wanted: str) -> str:
        if f"ID({user})" in self.denied:
            return _DENIED
        found = [self._ring(*key) for key in self.rings if key[0] == user and wanted in {"*", key[1]}]
        if not found and wanted != "*":
            return f"IRRD114I Ring {wanted} does not exist.\n"
        return print_listring(user, found)

    def _ring(self, user: str, name: str) -> Store:
        rows: list[Connection] = []
        for ident in self.rings[user, name]:
            held = next(h for h in self.held if h.id == ident)
            ca = held.owner.kind is OwnerKind.CERTAUTH
            usage = Usage.CERTAUTH if ca else Usage.PERSONAL
            rows.append(Connection(ident, held.owner, held.label, usage, not rows and not ca, _HERE))
        ident = ring_id(user, name)
        return Store(ident, StoreKind.KEY_RING, user, name, StoreState.SHOWN, tuple(rows), _HERE)

    def _list(self, owner: Owner, label: str | None) -> str:
        if str(owner) in self.denied:
            return _DENIED
        label = None if label is None else _label(label)
        found = [h for h in self.held if h.owner == owner and label in {None, h.label}]
        if not found and label is not None:
            return f"IRRD107I No matching certificate was found for {owner}.\n"
        return print_list(owner, [h.record(self._on(h.id)) for h in found], release=self.release)

    def _on(self, ident: str) -> tuple[tuple[str, str], ...]:
        return tuple(key for key, rows in self.rings.items() if ident in rows)


def _label(quoted: str) -> str:
    return quoted.replace("''", "'")


def _owner(text: str) -> Owner:
    return Owner.of_user(text[3:-1]) if text.startswith("ID(") else Owner(OwnerKind[text])


def echoed(lines: Iterable[str], commands: Iterable[str], system: FakeSystem) -> str:
    """SYSTSPRT: READY, each line of SYSTSIN as it stands, and the answer where a command is whole."""
    out: list[str] = []
    waiting = iter(commands)
    for line in lines:
        if not out or not out[-1].endswith("+\n"):
            out.append("READY\n")
        out.append(f"{line.rstrip()}\n")
        if not line.endswith("+"):
            out.append(system.answer(next(waiting)))
    return "".join([*out, "READY\nEND\n"])
