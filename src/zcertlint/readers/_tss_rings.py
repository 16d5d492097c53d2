"""The key rings of a Top Secret listing: a label, then two lines for each certificate.

A ring is shown only where the ACID is told (by the command or ACCESSORID) and every row is whole. How an empty
ring looks is not known, so a ring without rows is not shown. ``DIGICERT`` names a certificate inside Top
Secret; everything else, R_datalib and Zowe too, knows it by its label.
"""

import re

from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.facts import Answer, AnswerKind, Facts
from zcertlint.model.store import Connection, Usage
from zcertlint.readers._ring_notes import UNDERSTOOD, UNREAD, Notes, owner_of
from zcertlint.text.commands import heading
from zcertlint.text.envelope import Exchange
from zcertlint.text.source import Source

__all__ = ["read_listings"]

_COMMAND = re.compile(r"(?:\S*[$#%>]\s*)?(?:tso\s+|tsocmd\s+)?[\"']?\s*TSS\s+(?P<verb>\w+)", re.IGNORECASE)
_LIST = re.compile(
    r"TSS\s+(?:LIS(?:T)?|CHKCERT)\s*\(\s*(?P<acid>[A-Z0-9#@$]{1,8})\s*\)(?P<rest>.*)", re.IGNORECASE
)
_ACID = re.compile(r"ACCESSORID\s*=\s*(?P<acid>[A-Z0-9#@$]{1,8})(?:\s.*)?\Z", re.IGNORECASE)
_RING = re.compile(r"KEYRING\s+LABEL\s*=\s*(?P<name>\S.*)\Z", re.IGNORECASE)
_PART = re.compile(r"(?P<word>ACID|DIGICERT|DEFAULT|USAGE)\s*\((?P<value>[^()]*)\)\s*", re.IGNORECASE)
_LABEL = re.compile(r"LABLCERT\s*\((?P<value>.*)\)\Z", re.IGNORECASE)
_HALF_A_ROW = re.compile(r"(?:ACID|DIGICERT|LABLCERT|USAGE|DEFAULT)\s*\(", re.IGNORECASE)
_LIKE_A_ROW = re.compile(r"ACID|DIGIC|LABLC|USAGE|DEFAU|[()]", re.IGNORECASE)
_DONE = re.compile(r"TSS\d{4}[A-Z]\s+\w+\s+FUNCTION\s+SUCCESSFUL", re.IGNORECASE)
_FAILED = re.compile(r"TSS\d{4}[A-Z]\s+\w+\s+FUNCTION\s+FAILED", re.IGNORECASE)
_OTHERS = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information|IRRD\d|ICH\d|-----BEGIN|Summary of cert",
    re.IGNORECASE,
)
_USAGES = {
    "PERSONAL": Usage.PERSONAL,
    "CERTAUTH": Usage.CERTAUTH,
    "CERTSITE": Usage.SITE,
    "SITE": Usage.SITE,
}
_ROW = ("ACID", "DIGICERT", "DEFAULT", "USAGE", "LABLCERT")
_READS = "this is a Top Secret listing, of which only key rings are read (TSS LIST(acid) KEYRING(ALL))"


def read_listings(source: Source, kind: str) -> Facts:
    """Every key ring of the input."""
    notes = Notes(source)
    for exchange in notes.exchanges:
        asked = _COMMAND.match(exchange.command) if exchange.command is not None else None
        if exchange.command is not None and (
            asked is None or asked["verb"].upper() not in {"LIS", "LIST", "CHKCERT"}
        ):
            continue
        _Listing(notes, exchange).run()
    return notes.facts(kind)


class _Listing:
    """One answer."""

    def __init__(self, notes: Notes, exchange: Exchange) -> None:
        self._notes = notes
        self._exchange = exchange
        self._acid: str | None = None
        self._asked = exchange.command
        self._last = -1
        self._near = -1  # the last of the lines that follow the last one that was understood
        self._unknown: list[int] = []
        self._told = False
        self._forget()
        if exchange.command is not None:
            self._command(exchange.command)
            for index in range(exchange.at, exchange.start):
                notes.marks[index] = UNDERSTOOD

    def _forget(self) -> None:
        """No key ring is being read."""
        self._at: int | None = None
        self._name = ""
        self._rows: list[Connection] = []
        self._row: dict[str, tuple[str, int]] = {}
        self._cut: int | None = None

    def _command(self, command: str) -> None:
        found = _LIST.search(command)
        self._acid = found["acid"].upper() if found else None
        self._asked = command

    def run(self) -> None:
        """Read the lines of the answer."""
        notes, exchange = self._notes, self._exchange
        if exchange.lost_columns is not None and exchange.first_column > 2:  # noqa: PLR2004 (1: carriage control)
            if exchange.command is not None:
                self._refuse(exchange.lost_columns, "expected a listing from column 1 on")
            return
        started = exchange.command is not None
        for index in range(exchange.start, exchange.end):
            text = notes.texts[index]
            if not text:
                continue
            if started and (_OTHERS.match(text) or heading(text) not in {None, "TSS"}):
                break
            if self._line(index, text):
                started = True
                self._last = index
                notes.marks[index] = UNDERSTOOD
            elif started:
                self._strange(index, text)
        # A listing has no last line of its own: where READY stands in front, READY ends it.
        if not exchange.closed and exchange.command is not None and notes.in_batch(exchange):
            self._cut = self._cut or self._at
        self._finish()
        self._settle()

    def _line(self, index: int, text: str) -> bool:
        """Whether the line is understood."""
        if ring := _RING.match(text):
            self._finish()
            self._at, self._name = index, ring["name"].strip()
            return True
        if heading := _ACID.match(text):
            self._finish()
            self._acid = heading["acid"].upper()
            return True
        if _LIST.search(text) and _COMMAND.match(text):
            self._finish()
            self._command(text)
            return True
        if _DONE.match(text):
            self._finish()
            self._acid = None
            return True
        if _FAILED.match(text):
            self._finish()
            self._notes.problem(
                "IN008", index, "expected a listing, Top Secret refused it", "Look the message up"
            )
            return True
        return self._at is not None and self._parts(index, text)

    def _parts(self, index: int, text: str) -> bool:
        """A line of a row: every word of it is known, and they come in their order."""
        place = 0
        while part := _PART.match(text, place):
            self._enter(index, part["word"].upper(), part["value"])
            place = part.end()
        if label := _LABEL.match(text, place):
            self._enter(index, "LABLCERT", label["value"])
            place = len(text)
        if place == len(text):
            return True
        if place:
            self._cut = index
        return False

    def _enter(self, index: int, word: str, value: str) -> None:
        if word == "ACID" and self._row:
            self._cut = index
            self._row = {}
        if word != _ROW[len(self._row)]:
            self._cut = index
            return
        self._row[word] = (value.strip(), index)
        if len(self._row) == len(_ROW):
            self._take()
            self._row = {}

    def _take(self) -> None:
        owner = owner_of(self._row["ACID"][0])
        label, at = self._row["LABLCERT"]
        usage = _USAGES.get(self._row["USAGE"][0].upper())
        default = {"YES": True, "NO": False}.get(self._row["DEFAULT"][0].upper())
        if owner is None or not label or usage is None or default is None:
            self._cut = at
        else:
            self._rows.append(self._notes.row(at, owner, label, usage, default=default))

    def _strange(self, index: int, text: str) -> None:
        beside = index - 1 in {self._last, self._near}
        self._near = index if beside else self._near
        self._unknown.append(index)
        if self._at is not None and (
            self._row or _HALF_A_ROW.search(text) or (beside and _LIKE_A_ROW.search(text))
        ):
            self._cut = index

    def _refuse(self, index: int, expected: str) -> None:
        """A listing of which something is missing."""
        notes = self._notes
        acid = self._acid
        notes.problem(
            "IN002", index, expected, f"List it again, with TSS LIST({acid or 'acid'}) KEYRING(ALL)"
        )
        owner = Owner(OwnerKind.ID, acid) if acid else None
        place = notes.span(index)
        notes.answers.append(
            Answer(AnswerKind.TRUNCATED, owner, self._name or None, "", self._asked, place, "LISTRING")
        )

    def _finish(self) -> None:
        """The ring that was being read is over."""
        at = self._at
        if at is None:
            return
        notes = self._notes
        inside = any(at < index < self._last for index in self._unknown)
        if inside or self._row or self._last == notes.open_line:
            self._cut = self._cut or at
        if self._cut is not None:
            self._refuse(self._cut, f"expected all rows of the key ring {self._name}")
        elif not self._rows:
            notes.problem(
                "IN008",
                at,
                f"expected the certificates of the key ring {self._name}, none is shown",
                "List it again",
            )
        elif self._acid is None:
            notes.problem(
                "IN008",
                at,
                f"expected to be told whose key ring {self._name} is",
                "Keep the command TSS LIST(acid) KEYRING(ALL) above the listing",
            )
        else:
            notes.ring(at, self._acid, self._name, tuple(self._rows))
        self._forget()

    def _settle(self) -> None:
        """Lines that were not understood: all in the answer of a command, else those inside and right below."""
        notes = self._notes
        below = self._last + 1
        for index in self._unknown:
            if self._exchange.command is not None or index < self._last or index == below:
                notes.marks[index] = UNREAD
                if not self._told:
                    self._told = True
                    notes.problem("IN008", index, _READS, "Look at the other lines yourself")
            below += index == below
