"""The tables of RACDCERT LISTRING."""

import re

from zcertlint.model.certificate import Owner
from zcertlint.model.facts import AnswerKind
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.readers._racdcert_command import Asked, owner_of
from zcertlint.readers._racdcert_scan import (
    LONGEST_LABEL,
    LONGEST_RING,
    UNDERSTOOD,
    Scan,
    heading_owner,
    piece,
)
from zcertlint.text.commands import heading
from zcertlint.text.patterns import lazy

__all__ = ["TABLE", "RingSection"]

TABLE = re.compile(r"Certificate\s+Label\s+Name\s+Cert\s+Owner\s+USAGE\s+DEFAULT", re.IGNORECASE)
_CUT_TABLE = lazy(r"Certificate\s+Label\s+Name", re.IGNORECASE)
# Anchored at the right, so the right-most owner counts: a label may hold blanks and the word CERTAUTH, and
# hand-edited copies are ragged.
_ROW = re.compile(
    r"(?P<label>.*\S)\s+(?P<owner>CERTAUTH|SITE|ID\([^)]*\))\s+(?P<usage>PERSONAL|CERTAUTH|SITE)\s+"
    r"(?P<default>YES|NO)(?:\s+\W.*|\s{2,}.*)?\Z",
    re.IGNORECASE,
)
_DASHES = re.compile(r"-[-\s]{3,}\Z")
_EMPTY = "no certificates connected"
_OTHERS = (
    "digital certificate", "mapping information", "irrd", "label:", "chain information", "summary of certificates",
    "certificate:",
)  # fmt: skip


def _is_label(text: str) -> bool:
    """Whether it is short enough, and no row itself: of two rows in one line."""
    return len(text) <= LONGEST_LABEL and _ROW.match(text) is None


class RingSection:
    """Reads from a heading, a ``Ring:`` or a table to the next thing that is no LISTRING."""

    def __init__(self, scan: Scan, asked: Asked) -> None:
        self._scan = scan
        self._asked = asked
        self._owner: Owner | None = asked.owner if asked.function == "LISTRING" else None
        self._unknown: list[int] = []
        self._last = 0
        self._shown = 0
        self._whole = True
        self._owners: set[Owner | None] = set()
        self._forget()

    def _forget(self) -> None:
        """No ring is being read."""
        self._at: int | None = None  # where the ring began
        self._name = ""
        self._pieces: list[str] = []  # of the name
        self._name_at = 0
        self._naming = False
        self._table = self._empty = self._cut = False
        self._margin = ""
        self._doubt = False  # a line below the table's heading was not understood
        self._touching = -1  # the line that cut it, as it stands below a row without a blank line
        self._rows: list[tuple[int, re.Match[str]]] = []

    def run(self, index: int, end: int) -> int:
        """Read on from ``index``; returns the index of the first line that is not part of it."""
        texts, marks = self._scan.texts, self._scan.marks
        first = index
        while index < end:
            text = texts[index]
            if text:
                known = self._line(index, text)
                if known is None:
                    break
                if known:
                    marks[index] = UNDERSTOOD
                    self._last = index
                else:
                    self._unknown.append(index)
            index += 1
        # A table has no last line of its own: where READY stands at the start, READY ends it; elsewhere at
        # least a line end does.
        if self._rows and index == end:
            self._cut = self._cut or self._scan.open_end or self._rows[-1][0] == self._scan.tail
        self._finish()
        self._scan.settle(self._unknown, self._last)
        self._claim(first, whole=index == end and not self._scan.open_end)
        return index

    def _line(self, index: int, text: str) -> bool | None:
        if self._table and (row := _ROW.match(text)) and _is_label(row["label"]):
            self._rows.append((index, row))
            self._cut = self._cut or self._doubt
            return True
        lower = text.casefold()
        if lower.startswith("digital ring information"):
            self._finish()
            whole, self._owner = heading_owner(text)
            return whole
        if lower.startswith("ring:"):
            return self._ring(index, text)
        if text[0] == ">" and self._naming:
            return self._take_name(index, text)
        if _CUT_TABLE.match(text):
            return self._heading(index, text)
        if self._table and not self._rows and _DASHES.match(text):
            return True
        if _EMPTY in lower and self._at is not None:
            self._empty, self._naming = True, False
            return True
        if lower.startswith(_OTHERS) or heading(text) not in {None, "RACDCERT"}:
            return None
        self._strange(index, text)
        return False

    def _ring(self, index: int, text: str) -> bool:
        self._finish()
        self._at, self._name_at, self._naming = index, index, True
        value = text[5:].strip()
        return not value or self._take_name(index, value)

    def _take_name(self, index: int, text: str) -> bool:
        value = piece(text)
        if value is None:
            self._cut = True
            return False
        if not self._pieces:
            self._name_at = index
        self._pieces.append(value)
        return True

    def _heading(self, index: int, text: str) -> bool:
        if self._empty:  # of the next ring
            self._finish()
        if self._at is None:  # only the table was pasted
            self._at = self._name_at = index
            asked = self._asked
            if asked.function == "LISTRING" and asked.name != "*":
                self._name = asked.name or ""
        elif self._table:
            self._cut = True
        self._table, self._naming = True, False
        self._margin = self._indent(index)
        if TABLE.match(text):
            return True
        self._cut = True
        return False

    def _indent(self, index: int) -> str:
        """What stands in front of a line: blanks and the marks of a quote."""
        line = self._scan.lines[index].expandtabs()
        return line[: len(line) - len(line.lstrip(" >"))]

    def _strange(self, index: int, text: str) -> None:
        """A line that is no row: when it may be what is left of one, the ring is not known to be whole."""
        if self._at is None or self._empty:
            return
        if not self._table:
            self._cut = self._cut or self._naming
            return
        if text[0] == "|":
            return  # a table of another kind
        remark = text.startswith(("<", "*", "="))
        adjacent = index - 1 == self._last and not remark
        self._doubt = self._doubt or not remark
        has_owner = re.search(r"\b(?:CERTAUTH|SITE)\b|\bID\(", text) is not None
        if has_owner or adjacent or self._like_a_row(index):
            self._touching = -1 if has_owner or self._cut else index
            self._cut = True

    def _like_a_row(self, index: int) -> bool:
        """Behind a blank line: as far in as the rows are, and they are not at the margin."""
        return self._margin != "" and self._indent(index) == self._margin

    def _finish(self) -> None:
        """The ring that was being read is over."""
        at = self._at
        if at is None:
            return
        self._name = self._name or "".join(self._pieces)
        if len(self._name) > LONGEST_RING:
            self._name = ""
        owner = self._owner
        self._owners.add(owner)
        scan = self._scan
        if self._cut or not self._name or not (self._rows or self._empty) or (self._rows and self._empty):
            self._refuse(at)
        elif owner is None or owner.user is None:
            self._whole = False
            scan.problem(
                "IN008",
                self._name_at,
                f"the owner of the key ring {self._name}, which nothing in the listing tells",
                "Keep the heading 'Digital ring information for user ...' or the command above the table",
            )
        else:
            self._shown += 1
            scan.add(scan.stores, self._store(owner.user, StoreState.SHOWN), at)
        self._forget()

    def _store(self, user: str, state: StoreState) -> Store:
        """The ring with the rows that were read."""
        return Store(
            ring_id(user, self._name),
            StoreKind.KEY_RING,
            user,
            self._name,
            state,
            tuple(self._connection(index, row) for index, row in self._rows),
            self._scan.span(self._name_at, self._name),
        )

    def _refuse(self, at: int) -> None:
        self._whole = False
        scan, owner = self._scan, self._owner
        user = owner.user if owner and owner.user else "user"
        if self._name and self._rows and owner and owner.user:
            scan.add(scan.cut, self._store(owner.user, StoreState.NOT_SHOWN), at)
        name = self._name or "*"
        what = f"the whole table of the key ring {self._name}" if self._name else "the name of the key ring"
        hint = f"List it again, with RACDCERT LISTRING({name}) ID({user})"
        if self._rows and self._touching == self._rows[-1][0] + 1:
            hint += (
                f". Line {self._touching + 1} stands below the last row without a blank line or READY, and may be"
                " what is left of another row"
            )
        scan.problem("IN002", at, what, hint)
        scan.answer(
            AnswerKind.TRUNCATED, self._asked, at, owner=owner, name=self._name or None, function="LISTRING"
        )

    def _connection(self, index: int, row: re.Match[str]) -> Connection:
        label = row["label"]
        word = row["owner"].upper()
        owner = Owner.of_user(word[3:-1].strip()) if word.startswith("ID(") else owner_of(word)
        return Connection(
            f"{owner}/{label}",
            owner,
            label,
            Usage[row["usage"].upper()],
            row["default"].upper() == "YES",
            self._scan.span(index, label),
        )

    def _claim(self, first: int, *, whole: bool) -> None:
        """An echoed ``LISTRING(*)`` with a whole answer shows all rings of its owner."""
        asked = self._asked
        if not (asked.function == "LISTRING" and asked.everything and self._shown and self._whole and whole):
            return
        owners = {owner for owner in (*self._owners, asked.owner) if owner is not None}
        if len(owners) == 1:
            self._scan.answer(AnswerKind.ALL_RINGS, asked, first, owner=owners.pop())
