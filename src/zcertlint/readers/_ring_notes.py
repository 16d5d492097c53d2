"""What the readers of key rings from other sources than RACDCERT share: marks, problems, owners, rows."""

from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.model.facts import Answer, Facts, Problem, Unread
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.text.decode import open_line
from zcertlint.text.envelope import Exchange, transcript_of
from zcertlint.text.source import Source, Span

__all__ = ["UNDERSTOOD", "UNREAD", "Notes", "owner_of"]

UNDERSTOOD, UNREAD = 1, 2
# RACF's internal IDs as R_datalib returns them, and the names of RACF, ACF2 and Top Secret.
_AUTHORITIES = {"irrcerta", "certauth"}
_SITES = {"irrsitec", "site", "sitecert", "certsite"}


def owner_of(name: str) -> Owner | None:
    """The owner of a certificate as any of the products names it; None where nothing stands."""
    lower = name.strip().lower()
    if lower in _AUTHORITIES:
        return Owner(OwnerKind.CERTAUTH)
    if lower in _SITES:
        return Owner(OwnerKind.SITE)
    return Owner.of_user(name.strip()) if lower else None


class Notes:
    """What is noted while one input is read; ``marks`` holds one byte for each line."""

    def __init__(self, source: Source) -> None:
        transcript = transcript_of(source)
        self.path = source.path
        self.lines = source.lines
        self.open_line = open_line(source)
        self.texts = [text.lstrip("> ") if text[:1] == ">" else text for text in transcript.texts]
        self.exchanges = transcript.exchanges
        self.marks = bytearray(len(source.lines))
        self.certificates: list[Certificate] = []
        self.stores: list[Store] = []
        self.answers: list[Answer] = []
        self.problems: list[Problem] = []

    def span(self, index: int, text: str | None = None) -> Span:
        """The place of a line (index from 0), or of ``text`` in it."""
        if text is None:
            return Span(self.path, index + 1, None, self.texts[index] or None)
        return Span(self.path, index + 1, (self.lines[index].find(text) + 1) or None, text)

    def problem(self, code: str, index: int, expected: str, hint: str) -> None:
        """Something that could not be used; the rest of the input still is."""
        self.problems.append(Problem(code, self.span(index), expected, hint, fatal=False))

    def row(self, index: int, owner: Owner, label: str, usage: Usage, *, default: bool | None) -> Connection:
        """One certificate of a key ring, named at ``index``."""
        return Connection(f"{owner}/{label}", owner, label, usage, default, self.span(index, label))

    def ring(self, index: int, user: str, name: str, rows: tuple[Connection, ...]) -> None:
        """A key ring that is shown whole."""
        span = self.span(index, name)
        self.stores.append(
            Store(ring_id(user, name), StoreKind.KEY_RING, user.upper(), name, StoreState.SHOWN, rows, span)
        )

    def in_batch(self, exchange: Exchange) -> bool:
        """Whether READY stands in front of a command."""
        above = (self.lines[here].strip() for here in range(exchange.at - 1, -1, -1))
        return next(filter(None, above), "").endswith("READY")

    def facts(self, kind: str) -> Facts:
        """Everything noted."""
        read, unread = self.marks.count(UNDERSTOOD), self.marks.count(UNREAD)
        return Facts(
            kind,
            self.path,
            certificates=tuple(self.certificates),
            stores=tuple(self.stores),
            answers=tuple(self.answers),
            problems=tuple(self.problems),
            unread=tuple(
                Unread(Span(self.path, n)) for n, mark in enumerate(self.marks, 1) if mark == UNREAD
            ),
            lines=(read, len(self.lines) - read - unread, unread),
            marks=bytes(self.marks),
        )
