"""What the operands of RACF's commands say: keywords completed, values folded, slips noted."""

from collections.abc import Iterable
from dataclasses import field
from datetime import UTC, date, datetime, time

from zcertlint.fixes.job.words import Word, complete
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.change import SlipKind, Trouble
from zcertlint.records import dataclass
from zcertlint.text.passwords import is_secret_word
from zcertlint.text.patterns import lazy

__all__ = ["Operands", "Refused", "close", "data_set", "label_of", "moment_of", "owner_of", "single"]

_LABEL_MAX = 32
_USER = lazy(r"[A-Z0-9#@$]{1,8}\Z")
_DATE = lazy(r"(\d{4})[-/](\d\d?)[-/](\d\d?)\Z")
_TIME = lazy(r"(\d\d?):(\d\d):(\d\d)\Z")


class Refused(ValueError):  # noqa: N818 (what TSO or RACF does with the command, no error of ours)
    """TSO or RACF does not take the command.

    Attributes:
        trouble: the kind of failure. known: False when only this program does not know the operand.
    """

    def __init__(self, message: str, trouble: Trouble = Trouble.SYNTAX, *, known: bool = True) -> None:
        """Keep why."""
        super().__init__(message)
        self.trouble = trouble
        self.known = known


@dataclass(slots=True)
class Operands:
    """The operands of one level, by the full name of their keyword.

    Attributes:
        words: keyword -> the word, the last one where it stands twice. order: the keywords in order.
        positional: what stands in front of every keyword. slips: (kind, offset, text).
    """

    words: dict[str, Word] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    positional: list[Word] = field(default_factory=list)
    slips: list[tuple[SlipKind, int, str]] = field(default_factory=list)

    @classmethod
    def read(
        cls, words: Iterable[Word], keywords: Iterable[str], positional: int = 0, *, closed: bool = True
    ) -> "Operands":
        """Take words apart.

        Args:
            words: of one level.
            keywords: every keyword of the level.
            positional: how many words without a keyword stand first.
            closed: whether there are no other keywords; else a later release may know one that is not known here.

        Raises:
            Refused: a word is no keyword, or may be several.
        """
        made = cls()
        known = tuple(keywords)
        before: Word | None = None
        for word in words:
            if len(made.positional) < positional and not made.order:
                made.positional.append(word)
                continue
            found = () if word.quoted else complete(word.text, known)
            if not found and before is not None and before.values is None and is_secret_word(before.text):
                raise Refused(f"the value of {before.text.upper()} does not stand in parentheses")
            before = word
            if not found:
                near = close(word.text, known)
                certain = closed or word.quoted or near is not None or not word.text.isalpha()
                raise Refused(_unknown(word, near), known=certain)
            if len(found) > 1:
                raise Refused(f"the keyword {word.text.upper()} is ambiguous: {', '.join(found)}")
            made.words[found[0]] = word
            made.order.append(found[0])
        return made

    def __contains__(self, keyword: object) -> bool:
        return keyword in self.words

    def get(self, keyword: str) -> Word | None:
        """The word of a keyword."""
        return self.words.get(keyword)

    def text(self, keyword: str) -> str | None:
        """The one value of a keyword, folded; None without the keyword."""
        word = self.words.get(keyword)
        return None if word is None else single(word, keyword)

    def label(self, keyword: str = "LABEL") -> str | None:
        """A label, and a slip when it is folded; None without the keyword."""
        word = self.words.get(keyword)
        return None if word is None else label_of(word, keyword, self.slips)


def close(word: str, keywords: Iterable[str]) -> str | None:
    """The keyword that a slip of the pen may have meant."""
    from difflib import get_close_matches  # noqa: PLC0415 (few commands have a slip)

    return next(iter(get_close_matches(word.upper(), list(keywords), 1, 0.75)), None)


def _unknown(word: Word, near: str | None) -> str:
    if word.quoted:
        return "a value in apostrophes stands where a keyword is expected"
    if not word.text:
        return "parentheses stand there without a keyword"
    hint = f" ({near}?)" if near is not None else ""
    return f"{word.text.upper()} is no operand that is known here{hint}"


def single(word: Word, keyword: str) -> str:
    """The one value in parentheses, folded.

    Raises:
        Refused: there is none, or more than one.
    """
    if not word.values:
        raise Refused(f"{keyword} has no value")
    if len(word.values) > 1:
        raise Refused(f"{keyword} has more than one value")
    value = word.values[0]
    return value.text if value.quoted else (value.text + _tail(value)).upper()


def _tail(value: Word) -> str:
    """Parentheses that belong to a value, such as a member of a library."""
    return "" if value.values is None else f"({value.inner})"


def label_of(word: Word, keyword: str, slips: list[tuple[SlipKind, int, str]]) -> str:
    """The label as RACF gets it: outside apostrophes in upper case, without blanks at its ends.

    Raises:
        Refused: it is none.
    """
    values = word.values or ()
    if not values:
        raise Refused(f"{keyword} has no value")
    plain = [value for value in values if not value.quoted]
    if len(values) > 1:
        slips.append((SlipKind.FOLDED, values[0].offset, word.inner.strip()))
        raise Refused(
            f"{keyword}({word.inner.strip()}): a label with blanks stands in apostrophes", Trouble.FOLDED
        )
    if plain and any(char.islower() for char in word.inner):
        slips.append((SlipKind.FOLDED, values[0].offset, word.inner.strip()))
    text = values[0].text.strip(" ") if values[0].quoted else (values[0].text + _tail(values[0])).upper()
    if not text:
        raise Refused(f"{keyword} has no value")
    if len(text) > _LABEL_MAX:
        raise Refused(f"the label '{text}' has more than {_LABEL_MAX} characters", Trouble.TOO_LONG)
    return text


def owner_of(operands: Operands, submitter: str | None) -> tuple[Owner | None, bool]:
    """The owner that stands among these operands, and whether one stands there.

    Raises:
        Refused: ID has no user ID in it.
    """
    chosen = next((name for name in reversed(operands.order) if name in {"ID", "CERTAUTH", "SITE"}), None)
    if chosen is None:
        return (None if submitter is None else Owner.of_user(submitter)), False
    if chosen != "ID":
        return Owner(OwnerKind[chosen]), True
    user = single(operands.words["ID"], "ID").upper()
    if not _USER.match(user):
        raise Refused(f"ID({user}): no user ID", Trouble.SYNTAX)
    return Owner.of_user(user), True


def data_set(word: Word, submitter: str | None) -> str:
    """A data set as TSO completes it: outside apostrophes the prefix of the submitter stands in front.

    Raises:
        Refused: there is none.
    """
    values = word.values or ()
    if len(values) != 1 or not values[0].text:
        raise Refused("the data set has no name")
    value = values[0]
    name = (value.text + _tail(value)).upper()
    return name if value.quoted else f"{submitter or '<prefix>'}.{name}"


def moment_of(word: Word, keyword: str, last: time) -> datetime:
    """The date, and the time where one stands.

    Args:
        word: NOTBEFORE or NOTAFTER with its values.
        keyword: its name.
        last: the time without TIME.

    Raises:
        Refused: it is no date.
    """
    inner = Operands.read(word.values or (), ("DATE", "TIME"))
    text = inner.text("DATE")
    match = _DATE.match(text or "")
    if match is None:
        raise Refused(f"{keyword} has no date of the form yyyy-mm-dd")
    clock = inner.text("TIME")
    hour = _TIME.match(clock) if clock is not None else None
    if clock is not None and hour is None:
        raise Refused(f"{keyword} has no time of the form hh:mm:ss")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        at = last if hour is None else time(int(hour[1]), int(hour[2]), int(hour[3]))
    except ValueError:
        raise Refused(f"{keyword}: there is no such day or time") from None
    return datetime.combine(day, at, UTC)
