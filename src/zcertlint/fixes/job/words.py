"""The operands of a TSO command as a tree: words, values in parentheses, values in apostrophes.

Source of the rules: TSO/E's parse service (IKJPARS) as RACF's commands use it. Blanks and commas separate; an
apostrophe inside apostrophes is doubled; what stands without apostrophes is folded to upper case; a keyword may be
cut as long as no other begins like it.
"""

from collections.abc import Iterable, Iterator

from zcertlint.records import dataclass

__all__ = ["TreeError", "Word", "complete", "parse", "without_comments"]

_DEEPEST = 8


class TreeError(ValueError):
    """The operands cannot be taken apart.

    Attributes:
        offset: where, in the text of the command.
    """

    def __init__(self, message: str, offset: int) -> None:
        """Keep what is wrong and where."""
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Word:
    """One word, and what stands in parentheses after it.

    Attributes:
        text: as written, without apostrophes. quoted: whether it had them. offset: in the command.
        values: in the parentheses; None without parentheses. inner: the text between them, as written.
    """

    text: str
    quoted: bool
    offset: int
    values: "tuple[Word, ...] | None" = None
    inner: str = ""

    @property
    def folded(self) -> str:
        """The value as TSO hands it on: upper case, unless it stands in apostrophes."""
        return self.text if self.quoted else self.text.upper()


def without_comments(text: str) -> str:
    """The command with blanks in place of its comments; one that is not closed goes to the end."""
    if "/*" not in text:
        return text
    kept = list(text)
    position, quoted = 0, False
    while position < len(text):
        if text[position] == "'":
            quoted = not quoted
        elif not quoted and text.startswith("/*", position):
            end = text.find("*/", position + 2)
            stop = len(text) if end < 0 else end + 2
            kept[position:stop] = " " * (stop - position)
            position = stop
            continue
        position += 1
    return "".join(kept)


def parse(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words of a command from ``start`` on.

    Raises:
        TreeError: apostrophes or parentheses do not pair.
    """
    words, end = _words(text, start, 0)
    if end < len(text):
        raise TreeError("a closing parenthesis has no opening one", end)
    return words


def _words(text: str, position: int, depth: int) -> tuple[tuple[Word, ...], int]:
    found: list[Word] = []
    while position < len(text):
        char = text[position]
        if char in " \t,":
            position += 1
        elif char == ")":
            return tuple(found), position
        elif char == "(":
            position = _parenthesis(text, position, depth, found)
        elif char == "'":
            value, end = _string(text, position)
            found.append(Word(value, quoted=True, offset=position))
            position = end
        else:
            end = position
            while end < len(text) and text[end] not in " \t,()'":
                end += 1
            found.append(Word(text[position:end], quoted=False, offset=position))
            position = end
    return tuple(found), position


def _parenthesis(text: str, position: int, depth: int, found: list[Word]) -> int:
    """What stands in parentheses, given to the word in front of it; the position behind them."""
    if depth == _DEEPEST:
        raise TreeError("parentheses are nested too deeply", position)
    values, end = _words(text, position + 1, depth + 1)
    if end >= len(text):
        raise TreeError("a parenthesis is not closed", position)
    inner = text[position + 1 : end]
    if found and not found[-1].quoted and found[-1].values is None:
        name = found.pop()
        found.append(Word(name.text, name.quoted, name.offset, values, inner))
    else:
        found.append(Word("", quoted=False, offset=position, values=values, inner=inner))
    return end + 1


def _string(text: str, start: int) -> tuple[str, int]:
    parts = []
    position = start + 1
    while True:
        end = text.find("'", position)
        if end < 0:
            raise TreeError("an apostrophe has no partner", start)
        parts.append(text[position:end])
        if not text.startswith("''", end):
            return "'".join(parts), end + 1
        position = end + 2


def complete(word: str, keywords: Iterable[str]) -> tuple[str, ...]:
    """The keywords that a word may stand for: itself, or every one that begins with it."""
    wanted = word.upper()
    known = tuple(keywords)
    if wanted in known:
        return (wanted,)
    return tuple(_beginning(wanted, known)) if wanted else ()


def _beginning(word: str, keywords: tuple[str, ...]) -> Iterator[str]:
    return (keyword for keyword in keywords if keyword.startswith(word))
