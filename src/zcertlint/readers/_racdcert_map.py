"""The filters of RACDCERT LISTMAP."""

from zcertlint.model.certificate import Owner, TrustStatus
from zcertlint.model.facts import AnswerKind, NameFilter
from zcertlint.model.names import Name
from zcertlint.readers._racdcert_command import Asked
from zcertlint.readers._racdcert_scan import LONGEST_LABEL, UNDERSTOOD, Scan, heading_owner, piece

__all__ = ["MapSection"]

_NAMES = {"issuer's name filter": "issuer", "subject's name filter": "subject", "criteria": "criteria"}
_OTHERS = ("digital certificate", "digital ring", "irrd", "certificate label name")


class MapSection:
    """Reads from a heading, or from a first ``Label:``, to the next thing that is no LISTMAP."""

    def __init__(self, scan: Scan, asked: Asked) -> None:
        self._scan = scan
        self._user: str | None = None if asked.owner is None else asked.owner.user
        self._multi = asked.multi
        self._asked = asked
        self._unknown: list[int] = []
        self._last = 0
        self._shown = 0
        self._whole = True
        self._users: set[str | None] = set()  # whose filters were shown; None for MULTIID
        self._forget()

    def _forget(self) -> None:
        self._at: int | None = None
        self._label = ""
        self._status: TrustStatus | None = None
        self._pieces: dict[str, list[str]] = {}
        self._field = ""
        self._cut = False

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
                    self._field = ""
            index += 1
        self._finish()
        self._scan.settle(self._unknown, self._last)
        if index == end and not self._scan.open_end and not self._unknown:
            self._claim(first)
        return index

    def _line(self, index: int, text: str) -> bool | None:
        if text[0] == ">":
            value = piece(text)
            if not self._field or value is None:
                # Behind a gap it belongs to something else.
                self._cut = self._cut or bool(self._field) or index - 1 == self._last
                return False
            self._pieces.setdefault(self._field, []).append(value)
            self._cut = self._cut or index == self._scan.tail
            return True
        key, colon, value = text.partition(":")
        key = key.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold()
        if key.startswith("mapping information"):
            self._finish()
            return self._heading(text)
        if not colon:
            return None if key.startswith(_OTHERS) else False
        if key == "label":
            self._finish()
            self._at, self._label = index, value.strip()
            if len(self._label) > LONGEST_LABEL or self._scan.at_edge(index):
                self._label = ""
            return bool(self._label)
        if self._at is not None and key == "status" and value.strip().upper() in TrustStatus.__members__:
            if self._status is not None or self._pieces or self._field:
                return False  # of something else
            self._status = TrustStatus[value.strip().upper()]
            return True
        if self._at is not None and key in _NAMES:
            self._field = _NAMES[key]
            # The label of the next filter is missing.
            self._cut = self._cut or self._field in self._pieces
            return True
        return None if key == "ring" or key.startswith(_OTHERS) else False

    def _heading(self, text: str) -> bool:
        whole, owner = heading_owner(text)
        if whole:
            self._user = owner.user if isinstance(owner, Owner) else None
            self._multi = text.upper().endswith(" MULTIID:")
        return whole

    def _finish(self) -> None:
        """The filter that was being read is over."""
        at = self._at
        pieces = {name: "".join(parts) for name, parts in self._pieces.items()}
        if at is None:
            return
        scan = self._scan
        whole = bool(self._label) and not self._cut and {"issuer", "subject"} <= pieces.keys()
        if not whole or (self._multi and "criteria" not in pieces):
            self._whole = False
            scan.problem(
                "IN002",
                at,
                f"the whole filter {self._label}; it ends before its last line",
                f"List it again, with RACDCERT LISTMAP {'MULTIID' if self._multi else 'ID(user)'}",
            )
        if whole and self._user is None and not self._multi:
            self._whole = False
            scan.problem(
                "IN008",
                at,
                f"the user of the filter {self._label}, which nothing in the listing tells",
                "Keep the heading 'Mapping information for ...' above the listing",
            )
        elif whole:
            entry = NameFilter(
                None if self._multi else self._user,
                self._label,
                self._status,
                Name(pieces["issuer"]) if pieces["issuer"] else None,
                Name(pieces["subject"]) if pieces["subject"] else None,
                pieces.get("criteria"),
                scan.span(at, self._label),
            )
            scan.add(scan.filters, entry, at)
            self._shown += 1
            self._users.add(entry.user)
        self._forget()

    def _claim(self, first: int) -> None:
        """An echoed LISTMAP without a label and with a whole answer shows all filters of its owner."""
        asked = self._asked
        if not (asked.function == "LISTMAP" and asked.everything and self._shown and self._whole):
            return
        if len(self._users) != 1:
            return
        user = next(iter(self._users))
        if asked.multi != (user is None) or (asked.owner is not None and asked.owner.user != user):
            return
        owner = None if user is None else Owner.of_user(user)
        name = "MULTIID" if user is None else None
        self._scan.answer(AnswerKind.ALL_MAPPINGS, asked, first, owner=owner, name=name)
