"""Which lines of a transcript are LISTUSER and LISTGRP, and the messages in place of a listing."""

import re

from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Group, Security, User
from zcertlint.readers._listuser_group import GroupDraft
from zcertlint.readers._listuser_user import UserDraft
from zcertlint.readers._security_sheet import Sheet, lost_columns, unechoed, verb_of
from zcertlint.text.envelope import Exchange, transcript_of
from zcertlint.text.source import Source

__all__ = ["read_users"]

_USER_VERBS = frozenset(("LISTUSER", "LU"))
_GROUP_VERBS = frozenset(("LISTGRP", "LG"))
_USER = re.compile(
    r"USER=(?P<id>[^\s=]{1,8})(?:\Z|\s+NAME=(?P<name>.*?)(?:\s+OWNER=(?P<owner>\S+)(?P<whole>\s+CREATED=.*)?)?\Z)",
    re.IGNORECASE,
)
_GROUP = re.compile(r"INFORMATION FOR GROUP (?P<id>\S{1,8})\Z", re.IGNORECASE)
_FIRST = re.compile(f"{_USER.pattern}|{_GROUP.pattern.replace('<id>', '<group>')}", re.IGNORECASE)
# A command that the envelope does not tell from prose: typed without READY above it.
_TYPED = re.compile(
    r"(?:\S*[$#]\s+)?(?:tsocmd\s+)?[\"']?(?:LISTUSER|LU|LISTGRP|LG)\s+[\w$#@(*]", re.IGNORECASE
)
_MESSAGE = re.compile(r"(?P<id>ICH3[02]0\d\dI|ICH51003I|IRR52\d{3}I)\b\s*(?P<text>.*)", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"UNABLE TO LOCATE\s+(?P<kind>USER|GROUP|CONNECT)\s+ENTRY\s+(?P<name>\S+)\Z", re.IGNORECASE
)
_DENIED = re.compile(r"NOT AUTHORIZED TO LIST\b(?:.*\bGROUP)?\s+(?P<name>\S+)\Z", re.IGNORECASE)
_SEGMENT = re.compile(r"You are not authorized to view (?P<segment>\S+) segments", re.IGNORECASE)
_OTHER = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information|CLASS\s+NAME\Z|(?:INITIAL )?ATTRIBUTES = "
    r"|Home address list|(?:\S+\s+)?(?:MVS TCP/IP\s+)?O?NETSTAT CS\b|Certificate Label Name|READY\Z",
    re.IGNORECASE,
)


def read_users(kind: str, source: Source) -> Facts:
    """Every user, group and message."""
    scripts = transcript_of(source)
    sheet = Sheet(source, scripts.texts)
    users: list[User] = []
    groups: list[Group] = []
    for found in scripts.exchanges:
        exchange = unechoed(sheet, found, _FIRST)
        if exchange.command is None or verb_of(exchange) in _USER_VERBS | _GROUP_VERBS:
            _Reader(sheet, exchange, users, groups).read()
    return sheet.facts(kind, Security(users=tuple(users), groups=tuple(groups)))


class _Reader:
    """One answer, or a piece of text in which one may stand."""

    def __init__(self, sheet: Sheet, exchange: Exchange, users: list[User], groups: list[Group]) -> None:
        self._sheet = sheet
        self._exchange = exchange
        self._users, self._groups = users, groups
        self._own = exchange.command is not None
        self._draft: UserDraft | GroupDraft | None = None

    def read(self) -> None:
        sheet, exchange = self._sheet, self._exchange
        if self._own:
            if lost_columns(sheet, exchange):
                sheet.echo(exchange)
                return
            sheet.echo(exchange)
        blank = foreign = False
        for index in range(exchange.start, exchange.end):
            text = sheet.text(index)
            if not text:
                blank = blank or not sheet.lines[index].strip()  # a prompt between two screens is no gap
                continue
            if self._begins(index, text) or self._message(index, text):
                sheet.use(index)
                foreign = False
            elif _OTHER.match(text):
                self._finish(open_end=False)
                foreign = True
            elif not foreign:
                self._line(index, text, after_blank=blank)
            blank = False
        self._finish(open_end=not exchange.closed)

    def _line(self, index: int, text: str, *, after_blank: bool) -> None:
        sheet, draft = self._sheet, self._draft
        if draft is not None and draft.line(index, text, after_blank=after_blank):
            sheet.use(index)
        elif not self._own and _TYPED.match(text):
            self._finish(open_end=False)
            sheet.use(index)
        elif self._own or (draft is not None and not after_blank):
            sheet.strange(index)

    def _begins(self, index: int, text: str) -> bool:
        """Whether a user or a group begins on this line."""
        sheet, exchange = self._sheet, self._exchange
        draft = self._draft
        if found := _USER.match(text):
            if draft is not None and draft.in_data and not found["whole"]:
                return False  # what an installation wrote, not a heading
            self._finish(open_end=False)
            new = UserDraft(sheet, exchange, index, found["id"])
            if found["name"] is not None:
                new.base(found["name"], found["owner"], whole=found["whole"] is not None)
            self._draft = new
            return True
        if found := _GROUP.match(text):
            if draft is not None and draft.in_data:
                return False
            self._finish(open_end=False)
            self._draft = GroupDraft(sheet, exchange, index, found["id"])
            return True
        return False

    def _finish(self, *, open_end: bool) -> None:
        draft, self._draft = self._draft, None
        if isinstance(draft, UserDraft):
            self._users.append(draft.finish())
        elif draft is not None:
            self._groups.append(draft.finish(open_end=open_end))

    def _message(self, index: int, text: str) -> bool:
        """Whether a message of these commands stands here; it ends no listing."""
        found = _MESSAGE.match(text)
        if found is None or (self._draft is not None and self._draft.in_data):
            return False
        ident, rest = found["id"].upper(), found["text"].strip()
        if ident.startswith("IRR52"):
            return self._segment_denied(index, ident, rest)
        function = "LISTGRP" if ident.startswith(("ICH32", "ICH51")) else "LISTUSER"
        if ident == "ICH51003I":
            asked = self._asked()
            if verb_of(self._exchange) not in _GROUP_VERBS or len(asked) != 1:
                return self._own  # other commands have this message, too
            self._answer(AnswerKind.NO_SUCH_GROUP, index, asked[0], ident, function)
        elif missing := _NOT_FOUND.match(rest):
            if missing["kind"].upper() == "USER":
                self._answer(AnswerKind.NO_SUCH_USER, index, missing["name"], ident, function)
        elif "NOT AUTHORIZED TO LIST" in rest.upper() or "NOT AUTHORIZED TO ISSUE" in rest.upper():
            named = _DENIED.match(rest)
            asked = self._asked()
            name = named["name"] if named else asked[0] if len(asked) == 1 else None
            self._answer(AnswerKind.DENIED, index, None if name == "*" else name, ident, function)
        return True

    def _segment_denied(self, index: int, ident: str, rest: str) -> bool:
        found = _SEGMENT.match(rest)
        if found is None:
            return False
        function = f"LISTUSER {found['segment'].upper()}"
        asked = self._asked()
        name = self._draft.ident if self._draft is not None else asked[0] if len(asked) == 1 else None
        self._answer(AnswerKind.DENIED, index, name, ident, function)
        return True

    def _asked(self) -> list[str]:
        """The names in the echoed command."""
        words = (self._exchange.command or "").upper().split(None, 1)
        operand = words[1].strip() if len(words) > 1 else ""
        if operand.startswith("("):
            return operand[1:].partition(")")[0].replace(",", " ").split()
        return operand.split(None, 1)[:1]

    def _answer(self, kind: AnswerKind, index: int, name: str | None, message: str, function: str) -> None:
        asked = self._asked()
        if name is not None and asked and name.upper() not in asked and "*" not in asked:
            return  # an echo and an answer that do not belong together
        self._sheet.answer(kind, index, self._exchange, name=name, message=message, function=function)
