"""One line of a Policy Agent file: its words, its value, the comment behind it, and whether it holds a password."""

from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.secrets import policy_password
from zcertlint.text.source import Source

__all__ = ["PolicyLine", "line_of"]

_NUMBERS = slice(72, 80)
_COMMENT = lazy(r"(?:^|[ \t])#.*")
_FENCE = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A line without the sequence number of a data set and without its comment.

    Attributes:
        number: from 1. code: without comment and blanks; "" where nothing else stands there.
        column: of the first character of ``code``, from 1.
        whole: like ``code``, with what looks like a comment.
        secret: whether it holds a password, also in a comment. password: whether its own keyword is of one.
    """

    number: int
    code: str
    column: int
    whole: str
    secret: bool
    password: bool

    @property
    def words(self) -> list[str]:
        """What stands between blanks."""
        return self.code.split()

    def value(self, keyword: str) -> tuple[str, int]:
        """What stands behind the keyword, without matching quotes, and its column (0 where nothing does)."""
        after = self.code[len(keyword) :]
        text = after.strip()
        if not text:
            return "", 0
        column = self.column + len(keyword) + after.index(text)
        if len(text) > 1 and text[0] in "\"'" and text[0] == text[-1] and text[0] not in text[1:-1]:
            return text[1:-1], column + 1
        return text, column

    def rest(self, keyword: str) -> str:
        """What stands behind the keyword, as it is."""
        return self.whole[len(keyword) :].strip()


def line_of(source: Source, index: int) -> PolicyLine:
    """The line at this index (from 0)."""
    line = source.lines[index]
    text = line[:72] if line[_NUMBERS].isdecimal() and not line[80:].strip() else line
    whole = text.strip()
    column = text.index(whole) + 1 if whole else 1
    place = policy_password(line)
    secret, password = place is not None, place == column - 1
    if whole.startswith(_FENCE):
        whole = ""
    return PolicyLine(index + 1, _without_comment(whole), column, whole, secret, password)


def _without_comment(text: str) -> str:
    """A comment begins with ``#`` at the start of a line or behind a blank, but not between quotes."""
    if "#" not in text:
        return text
    _keyword, blank, value = text.partition(" ")
    value = value.lstrip()
    if blank and value[:1] in {'"', "'"}:
        end = text.find(value[0], text.index(value[0]) + 1)
        if end > 0 and not _COMMENT.sub("", text[end + 1 :]).strip():
            return text[: end + 1]
    return _COMMENT.sub("", text, count=1).rstrip()
