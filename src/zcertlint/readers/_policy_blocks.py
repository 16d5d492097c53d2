"""Reads Policy Agent files: blocks in blocks, whatever is lost of their braces; every line is accounted for."""

from dataclasses import replace

from zcertlint.model.facts import Facts, Problem, Unread
from zcertlint.model.policy import Policy, PolicyBlock, PolicyParam
from zcertlint.readers._policy_lines import PolicyLine, line_of
from zcertlint.readers._policy_words import BLOCKS, PARAMS, PREFIXES, STATEMENTS
from zcertlint.text.source import Source

__all__ = ["DEEPEST", "MOST", "read_policy"]

DEEPEST = 16
"""Blocks in one another; Policy Agent's own go four deep."""
MOST = 200_000
"""Parameters and blocks of one file."""
_NOISE, _UNDERSTOOD, _UNREAD = 0, 1, 2
_HEADER_WORDS = 2  # a type and a name


def read_policy(kind: str, source: Source) -> Facts:
    """Everything that the file says."""
    return _Reader(source).facts(kind)


class _Open:
    """A block while it is read."""

    __slots__ = ("blocks", "header", "kind", "known", "name", "opened", "params")

    def __init__(self, header: PolicyLine, kind: str, name: str | None, opened: int) -> None:
        self.header = header
        self.kind = kind
        self.known = kind.lower() in BLOCKS
        self.name = name
        self.opened = opened
        self.params: list[PolicyParam] = []
        self.blocks: list[PolicyBlock] = []

    def may_hold(self, kind: str) -> bool:
        """Whether a block of this type may stand in it; nobody knows it of an unknown one."""
        return not self.known or kind not in BLOCKS or kind in BLOCKS[self.kind.lower()]

    def has(self, keyword: str) -> bool:
        """Whether it has a parameter of this keyword."""
        return _is_param(self.kind, keyword)


class _Reader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._marks = bytearray(len(source.lines))
        self._statements: list[PolicyParam] = []
        self._blocks: list[PolicyBlock] = []
        self._stack: list[_Open] = []
        self._too_deep = 0  # braces that are open below DEEPEST
        self._pending: tuple[PolicyLine, str, str | None] | None = None  # a header that waits for its brace
        self._secrets: set[int] = set()
        self._whole = True
        self._count = 0
        self._stopped = 0  # the line at which MOST was reached

    def facts(self, kind: str) -> Facts:
        """Read it."""
        for index in range(len(self._source.lines)):
            line = line_of(self._source, index)
            if line.secret:
                self._secrets.add(line.number)
            if self._stopped:
                self._mark(line, _UNREAD if line.code else _NOISE)
            elif line.code:
                self._line(line)
        self._forget_header()
        while self._stack:
            self._unclosed()
        marks = bytes(self._marks)
        policy = Policy(
            self._source.path,
            tuple(self._statements),
            tuple(self._blocks),
            frozenset(self._secrets),
            self._whole,
        )
        return Facts(
            kind,
            self._source.path,
            problems=self._problems(),
            unread=tuple(Unread(self._source.span(n)) for n, mark in enumerate(marks, 1) if mark == _UNREAD),
            lines=(marks.count(_UNDERSTOOD), marks.count(_NOISE), marks.count(_UNREAD)),
            marks=marks,
            policies=(policy,),
        )

    def _problems(self) -> tuple[Problem, ...]:
        if not self._stopped:
            return ()
        place = self._source.span(self._stopped)
        expected = f"at most {MOST:,} statements were expected in one file"
        return (Problem("IN002", place, expected, "Split the file", fatal=False),)

    def _mark(self, line: PolicyLine, mark: int) -> None:
        self._marks[line.number - 1] = mark

    def _counted(self, line: PolicyLine) -> bool:
        self._count += 1
        if self._count > MOST:
            self._stopped = line.number
            self._whole = False
            self._mark(line, _UNREAD)
        return not self._stopped

    def _line(self, line: PolicyLine) -> None:
        code, words = line.code, line.words
        if code == "{":
            self._brace(line)
        elif code == "}":
            self._end(line)
        elif words[-1] == "{" and len(words) <= _HEADER_WORDS + 1:
            self._forget_header()
            self._open(line, words[0], words[1] if len(words) > _HEADER_WORDS else None, line.number)
        elif self._is_header(line, words):
            self._forget_header()
            self._pending = (line, words[0], words[1] if len(words) == _HEADER_WORDS else None)
        else:
            self._param(line, words[0])

    def _is_header(self, line: PolicyLine, words: list[str]) -> bool:
        """A known type with at most a name, or an unknown one with its brace below it."""
        if len(words) > _HEADER_WORDS:
            return False
        kind = words[0].lower()
        if kind in BLOCKS:
            return True
        return not self._known_param(kind) and self._next_code(line.number) == "{"

    def _known_param(self, keyword: str) -> bool:
        return self._stack[-1].has(keyword) if self._stack else keyword in STATEMENTS

    def _next_code(self, index: int) -> str:
        """The next line that says something, from this index on."""
        while index < len(self._source.lines):
            if code := line_of(self._source, index).code:
                return code
            index += 1
        return ""

    def _brace(self, line: PolicyLine) -> None:
        if self._pending is None:
            self._whole = False
            self._mark(line, _UNREAD)
            return
        header, kind, name = self._pending
        self._pending = None
        self._open(header, kind, name, line.number)
        self._mark(line, self._marks[header.number - 1])

    def _open(self, header: PolicyLine, kind: str, name: str | None, opened: int) -> None:
        low = kind.lower()
        while low in BLOCKS and self._stack and not self._stack[-1].may_hold(low):
            self._unclosed()
        known = low in BLOCKS and (self._stack == [] or self._stack[-1].known)
        self._mark(header, _UNDERSTOOD if known else _UNREAD)
        if not self._counted(header):
            return
        if len(self._stack) == DEEPEST:
            self._too_deep += 1
            self._mark(header, _UNREAD)
            return
        block = _Open(header, kind, name, opened)
        block.known = known
        self._stack.append(block)

    def _end(self, line: PolicyLine) -> None:
        self._forget_header()
        if self._too_deep:
            self._too_deep -= 1
            self._mark(line, _UNREAD)
        elif self._stack:
            self._mark(line, _UNDERSTOOD if self._stack[-1].known else _UNREAD)
            self._close()
        else:
            self._whole = False
            self._mark(line, _UNREAD)

    def _close(self) -> None:
        done = self._stack.pop()
        span = self._source.span(done.header.number, done.kind, done.header.column)
        block = PolicyBlock(done.kind, done.name, span, done.opened, tuple(done.params), tuple(done.blocks))
        (self._stack[-1].blocks if self._stack else self._blocks).append(block)

    def _unclosed(self) -> None:
        """The innermost block ends here, and nothing says so."""
        self._whole = False
        self._mark(self._stack[-1].header, _UNREAD)
        self._close()

    def _forget_header(self) -> None:
        """A header without its brace."""
        if self._pending is not None:
            self._mark(self._pending[0], _UNREAD)
            self._whole = False
            self._pending = None

    def _param(self, line: PolicyLine, keyword: str) -> None:
        if self._pending is not None:
            header, kind, name = self._pending
            self._pending = None
            self._whole = False
            if _is_param(kind, keyword):  # its brace alone was lost
                self._open(header, kind, name, header.number)
            self._mark(header, _UNREAD)
        if self._too_deep:
            self._mark(line, _UNREAD)
            return
        param = self._param_of(line, keyword)
        if self._stack:
            block = self._stack[-1]
            self._mark(line, _UNDERSTOOD if block.known and block.has(keyword) else _UNREAD)
            if self._counted(line):
                block.params.append(param)
        elif keyword.lower() in STATEMENTS:
            self._mark(line, _UNDERSTOOD)
            if self._counted(line):
                self._statements.append(param)
        else:
            self._mark(line, _UNREAD if _may_be_meant(keyword) else _NOISE)

    def _param_of(self, line: PolicyLine, keyword: str) -> PolicyParam:
        place = self._source.span(line.number, keyword, line.column)
        if line.password:
            return PolicyParam(keyword, "", replace(place, text=None), place)
        value, column = line.value(keyword)
        span = self._source.span(line.number, value, column) if column else place
        return PolicyParam(keyword, value, span, place, line.rest(keyword))


def _is_param(kind: str, keyword: str) -> bool:
    low, word = kind.lower(), keyword.lower()
    return word in PARAMS.get(low, ()) or word.startswith(PREFIXES.get(low, ("\0",)))


def _may_be_meant(keyword: str) -> bool:
    """Whether a line outside of blocks is a statement that lost its place, not a note that somebody typed there."""
    word = keyword.lower()
    return word.startswith("ttls") or any(word in params for params in PARAMS.values())
