"""Reads what R_datalib's users print of a key ring, record by record.

A ring is shown only where its owner and name are told, every record is whole, and each has one of the three
usages. ``OTHER`` is what is neither PERSONAL nor CERTAUTH: most likely SITE, which is no reason to say so.
"""

import re
from collections.abc import Mapping

from zcertlint.model.certificate import Certificate, Owner, TrustStatus
from zcertlint.model.facts import Answer, AnswerKind, Facts
from zcertlint.model.store import Connection, Usage
from zcertlint.readers._ring_notes import UNDERSTOOD, UNREAD, Notes, owner_of
from zcertlint.readers._ring_tables_asked import Asked, asked_by, refusal, titled
from zcertlint.text.commands import heading
from zcertlint.text.envelope import Exchange
from zcertlint.text.source import Source

__all__ = ["read_tables"]

_FIELD = re.compile(r"(Certificate|Owner|Usage|Status|Default):(?:\s(.*)|)\Z", re.IGNORECASE)
_FIELDS = ("certificate", "owner", "usage", "status", "default")
_AMS = re.compile(
    r"(?P<word>Subject|Issuer|Owner)\s+(?P<value>\S.*)|Self signed|Valid date range\s.*"
    r"|Usage:(?P<usage>\w+)\s+Status:(?P<status>\w+)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"Note: more (?:matching )?certificates are available|Warning: More than \d+ cert", re.IGNORECASE
)
_PROMPT = re.compile(r"[^\s|]{0,80}(?:[$#%]|: ?>|>)\Z")  # of a shell, below the last record
_OTHERS = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information|IRRD\d|KEYRING LABEL|-----BEGIN",
    re.IGNORECASE,
)
_HINT = "Put the command, such as 'keyring-util LISTRING OWNER RING', above the table"


def read_tables(source: Source, kind: str) -> Facts:
    """Every table of the input."""
    notes = Notes(source)
    for exchange in notes.exchanges:
        command = exchange.command
        # A title that follows READY looks like a command.
        asked = asked_by(command) or titled(command) if command is not None else Asked()
        if asked is None and exchange.closed and notes.in_batch(exchange):
            continue  # nobody put a table between READY and READY
        section = _Section(notes, asked or Asked(), exchange.at)
        for index in range(exchange.at, exchange.start if asked and asked.command else exchange.at):
            notes.marks[index] = UNDERSTOOD
        section.run(exchange)
    return notes.facts(kind)


class _Section:
    """The tables of one answer; each has the ring that was named last before it."""

    def __init__(self, notes: Notes, asked: Asked, at: int) -> None:
        self._notes = notes
        self._asked = asked
        self._told_at = at
        self._forget()

    def _forget(self) -> None:
        """No table is being read."""
        self._at: int | None = None
        self._style = ""  # whose layout it has
        self._last = 0
        self._rows: list[Connection] = []
        self._trust: list[Certificate] = []
        self._record: dict[str, tuple[str, int]] = {}  # the fields of keyring-util so far
        self._subject: int | None = None  # where a record of checkAMS began
        self._named: tuple[str, str, int] | None = None  # its owner, label and place
        self._columns: tuple[str, ...] | None = None
        self._unknown: list[int] = []
        self._cut: int | None = None
        self._other: int | None = None

    def run(self, exchange: Exchange) -> None:
        """Read the lines of an exchange."""
        texts = self._notes.texts
        for index in range(exchange.start, exchange.end):
            text = texts[index]
            if text:
                self._line(index, text)
        self._finish()

    def _line(self, index: int, text: str) -> None:
        marks = self._notes.marks
        if _OTHERS.match(text) or heading(text) is not None:
            self._finish()
            self._asked = Asked()
        elif asked := asked_by(text) or titled(text):
            self._finish()
            self._asked, self._told_at = asked, index
            marks[index] = UNDERSTOOD if asked.command else 0
        elif text.lower().rstrip(":") == "summary of certificates":
            self._finish()
            marks[index] = UNDERSTOOD
        elif refused := refusal(text):
            self._finish()
            marks[index] = UNDERSTOOD
            self._refused(index, *refused)
            self._asked = Asked()  # a table below it is another ring's
        elif self._known(index, text):
            self._last = index
            marks[index] = UNDERSTOOD
        elif self._at is not None and (self._record or not _PROMPT.match(text)):
            self._strange(index, text)

    def _refused(self, index: int, codes: str, kind: AnswerKind | None) -> None:
        """R_datalib's codes in place of a table; what was printed before them is not all."""
        asked, notes = self._asked, self._notes
        if kind is not None and asked.owner and asked.command and asked.exact:
            notes.answers.append(
                Answer(kind, asked.owner, asked.name, "", asked.command, notes.span(index), "LISTRING")
            )
        else:
            what = f"expected the certificates of {asked.title}, R_datalib answered {codes}"
            notes.problem("IN008", index, what, "List the key ring with RACDCERT LISTRING")

    def _known(self, index: int, text: str) -> bool:
        """Whether the line is part of a table, which it then enters."""
        if _NOTE.match(text):
            self._cut = index
            return self._at is not None
        if text[0] == "|":
            return self._cells(index, text)
        if field := _FIELD.match(text):
            return self._field(index, field[1].lower(), (field[2] or "").strip())
        return self._ams(index, text)

    def _begin(self, index: int, style: str) -> None:
        """A record begins; one of another layout begins another table."""
        if self._at is not None and self._style != style:
            self._finish()
        if self._at is None:
            self._at, self._style = index, style

    def _field(self, index: int, word: str, value: str) -> bool:
        """A line of keyring-util or zowex: five fields in their order make a record."""
        if word == "certificate":
            if (self._at is None or self._style != "fields") and not self._owner_follows(index):
                return False
            self._begin(index, "fields")
            if self._record:
                self._cut = index
            self._record = {}
        elif self._at is None:
            if not self._asked.command:
                return False
            self._begin(index, "fields")  # the first line of the first record is missing
        if len(self._record) >= len(_FIELDS) or word != _FIELDS[len(self._record)]:
            self._cut = index
            return False
        self._record[word] = (value, index)
        if len(self._record) == len(_FIELDS):
            values = {name: entry[0] for name, entry in self._record.items()}
            self._take(self._record["certificate"][1], values)
            self._record = {}
        return True

    def _owner_follows(self, index: int) -> bool:
        below = next((text for text in self._notes.texts[index + 1 : index + 4] if text), "")
        return below.lower().startswith("owner:")

    def _cells(self, index: int, text: str) -> bool:
        """A line of a Markdown table."""
        cells = [cell.strip().strip("`*").strip() for cell in text.strip().strip("|").split("|")]
        names = tuple("certificate" if cell.lower() in {"label", "alias"} else cell.lower() for cell in cells)
        if {"certificate", "owner", "usage"} <= set(names) and len(set(names)) == len(names):
            self._finish()
            self._begin(index, "cells")
            self._columns = names
            return True
        if self._columns is None:
            return False
        if all(cell and not cell.strip(":-") for cell in cells):
            return True
        if len(cells) != len(self._columns):
            self._cut = index
            return False
        return self._take(index, dict(zip(self._columns, cells, strict=True)))

    def _ams(self, index: int, text: str) -> bool:
        """A line of checkAMS: subject, issuer, dates, owner with label, usage with status."""
        found = _AMS.fullmatch(text)
        if found is None:
            return False
        if found["usage"]:
            if self._named is None:
                return False
            owner, label, at = self._named
            self._named = self._subject = None
            values = {
                "owner": owner,
                "certificate": label,
                "usage": found["usage"],
                "status": found["status"],
            }
            return self._take(at, values)
        word = (found["word"] or "").lower()
        if word == "owner":
            below = next((line for line in self._notes.texts[index + 1 : index + 4] if line), "")
            if "/" not in found["value"] or not below.lower().startswith("usage:"):
                return False
            self._begin(index, "checkAMS")
            self._cut = index if self._named else self._cut
            owner, _, label = found["value"].partition("/")
            self._named = (owner, label.strip(), index)
            return True
        if word == "subject" and (self._style == "checkAMS" or self._in_ams(index)):
            self._begin(index, "checkAMS")
            self._cut = index if self._subject is not None else self._cut
            self._subject = index
            return True
        return self._style == "checkAMS"

    def _in_ams(self, index: int) -> bool:
        below = next((text for text in self._notes.texts[index + 1 : index + 4] if text), "")
        return below.lower().startswith("issuer ")

    def _take(self, index: int, values: Mapping[str, str]) -> bool:
        """A whole record."""
        owner, label = owner_of(values["owner"]), values["certificate"]
        if owner is None or not label or not _an_owner(owner):
            self._cut = index
            return False
        usage = Usage.__members__.get(values["usage"].upper())
        status = TrustStatus.__members__.get(values.get("status", "").upper())
        default = {"YES": True, "NO": False}.get(values.get("default", "").upper())
        if usage is None:
            self._other = index
        else:
            self._rows.append(self._notes.row(index, owner, label, usage, default=default))
        if status is not None:
            place = self._notes.span(index, label)
            self._trust.append(
                Certificate(
                    f"{owner}/{label}", owner, label, trust=status, spans=(("id", place), ("trust", place))
                )
            )
        return True

    def _strange(self, index: int, text: str) -> None:
        """A line that is no part of a table, inside one or below one."""
        beside = index - 1 in {self._last, *self._unknown[-1:]}
        self._unknown.append(index)
        if (
            self._record
            or self._named
            or (beside and text.lower().startswith(("cert", "owne", "usag", "stat", "defa")))
        ):
            self._cut = index

    def _finish(self) -> None:
        """The table that was being read is over."""
        at = self._at
        if at is None:
            return
        notes = self._notes
        inside = [index for index in self._unknown if index < self._last or index == self._last + 1]
        for index in inside:
            notes.marks[index] = UNREAD
        half = self._record or self._named or self._subject is not None
        if half or self._last == notes.open_line or any(index < self._last for index in inside):
            self._cut = self._cut or at
        notes.certificates += self._trust
        if self._asked.user is not None:
            notes.marks[self._told_at] = UNDERSTOOD
        self._conclude(at)
        self._forget()
        self._asked = Asked()  # the next table needs a name of its own

    def _conclude(self, at: int) -> None:
        """The ring, or why it is not shown."""
        notes, asked = self._notes, self._asked
        if self._cut is not None or asked.filtered:
            what = f"expected the whole table of {asked.title}"
            hint = "List it again, without filters and limits, and copy all of it"
            notes.problem("IN002", self._cut or at, what, hint)
            kind, place = AnswerKind.TRUNCATED, notes.span(at)
            notes.answers.append(Answer(kind, asked.owner, asked.name, "", asked.command, place, "LISTRING"))
        elif asked.user is None or asked.name is None:
            notes.problem("IN008", at, "expected to be told whose key ring this table shows", _HINT)
        elif self._other is not None:
            what = f"expected PERSONAL, CERTAUTH or SITE as the usage of each certificate of {asked.title}"
            hint = f"RACDCERT LISTRING({asked.name}) ID({asked.user}) tells it"
            notes.problem("IN008", self._other, what, hint)
        elif asked.name == "*":
            notes.problem(
                "IN008", at, "expected the table of a key ring, * is none", "Name a ring in the command"
            )
        elif not self._rows:
            notes.problem("IN008", at, "expected the rows of a table, there are none", _HINT)
        else:
            notes.ring(self._told_at, asked.user, asked.name, tuple(self._rows))


def _an_owner(owner: Owner) -> bool:
    """Whether it can be a user ID: a cell with prose in it is none."""
    return owner.user is None or re.fullmatch(r"[A-Z0-9#@$]{1,8}", owner.user) is not None
