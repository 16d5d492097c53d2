"""What the parts of the RACDCERT reader share: the lines, the facts so far, and which lines were used."""

import base64
import binascii
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.model.facts import Answer, AnswerKind, NameFilter, Problem
from zcertlint.readers._racdcert_command import Asked, owner_of
from zcertlint.text.decode import open_line
from zcertlint.text.source import Source, Span

if TYPE_CHECKING:
    from zcertlint.model.store import Store
    from zcertlint.readers._racdcert_fast import Records

__all__ = [
    "LONGEST_LABEL", "LONGEST_RING", "PROBLEM_LIMIT", "UNDERSTOOD", "UNREAD", "Overrun", "Scan",
    "decode_certificate_id", "heading_owner", "internal_id", "piece", "same_label",
]  # fmt: skip

UNDERSTOOD, UNREAD = 1, 2
PROBLEM_LIMIT = 10_000  # damaged records; a report has room for a few
FACTS_LIMIT = 1_000_000  # of one kind; four times what a file of the largest size holds
LONGEST_LABEL = 64  # RACF allows 32; a placeholder in a copy may have more
LONGEST_RING = 512  # RACF allows 237
LONGEST_SHOWN = 700  # characters of a line or a sentence that a report gets
_ID_MARK = 0xD9
_T = TypeVar("_T")


class Overrun(Exception):  # noqa: N818 - it never leaves the reader
    """The input has more of something than any listing; nothing behind the line ``index`` is read."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(index)


class Scan:
    """One input while it is read; ``marks`` holds one byte for each line."""

    __slots__ = (
        "agreed",
        "answers",
        "certificates",
        "cut",
        "edge",
        "filters",
        "lines",
        "marks",
        "open_end",
        "problems",
        "records",
        "source",
        "stores",
        "tail",
        "texts",
    )

    def __init__(self, source: Source, texts: Sequence[str]) -> None:
        self.source = source
        self.lines = source.lines
        self.texts = texts
        self.marks = bytearray(len(texts))
        self.certificates: list[Certificate] = []
        self.stores: list[Store] = []
        self.cut: list[Store] = []  # key rings of which only some rows are there
        self.filters: list[NameFilter] = []
        self.answers: list[Answer] = []
        self.problems: list[Problem] = []
        self.records: Records | None = None  # takes whole records where there are many
        self.agreed: Owner | None = (
            None  # whose listing it is by its heading and by a Certificate ID below it
        )
        self.edge = 0  # where the lines of the answer at hand may have been cut; 0 when they were not
        self.open_end = False  # the answer at hand has lost its end: READY in front of it, none behind
        self.tail = open_line(source)  # the line in which the file ends; -1 where it ends behind a line

    def at_edge(self, index: int) -> bool:
        """Whether a line ends where all are cut, or where the file does, so that its value may go on."""
        return index == self.tail or (self.edge > 0 and len(self.lines[index].rstrip()) == self.edge)

    def span(self, index: int, text: str) -> Span:
        """The place of ``text`` in a line (index from 0)."""
        column = self.lines[index].find(text) + 1
        return Span(self.source.path, index + 1, column or None, text)

    def add(self, facts: list[_T], fact: _T, index: int) -> None:
        """One more fact, from the line ``index``.

        Raises:
            Overrun: there are too many.
        """
        if len(facts) >= FACTS_LIMIT:
            raise Overrun(index)
        facts.append(fact)

    def problem(self, code: str, index: int, expected: str, hint: str, about: str | None = None) -> None:
        """Something that could not be used; the rest of the input still is.

        Raises:
            Overrun: there are too many.
        """
        if len(self.problems) >= PROBLEM_LIMIT:
            raise Overrun(index)
        where = self.span(index, self.texts[index][:LONGEST_SHOWN])
        told = _short(f"expected {expected}")
        self.problems.append(Problem(code, where, told, _short(hint), fatal=False, about=about))

    def answer(
        self,
        kind: AnswerKind,
        asked: Asked,
        index: int,
        *,
        owner: Owner | None,
        name: str | None = None,
        message: str = "",
        function: str = "",
    ) -> None:
        """A message, or how far a listing reaches."""
        span = self.span(index, self.texts[index][:LONGEST_SHOWN])
        function = asked.function or function
        self.add(self.answers, Answer(kind, owner, name, message, asked.command, span, function), index)

    def settle(self, unknown: Sequence[int], last: int) -> None:
        """Decide about lines that were not understood in a section whose last understood line is ``last``.

        What stands inside, or directly below, belongs to the listing; what follows after a blank line is text
        that somebody put there.
        """
        below = last + 1
        for index in unknown:
            if index < last or index == below:
                self.marks[index] = UNREAD
            below += index == below


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} ..."


def piece(text: str) -> str | None:
    """What stands between ``>`` and ``<``; None when the line is cut before the ``<``.

    A name may hold both characters, so the last ``<`` counts, unless a remark follows it.
    """
    if text.endswith("<") and len(text) > 1:
        return text[1:-1]
    end = text.find("< ", 1)
    # Behind a colon stands another field: two lines were joined.
    return text[1:end] if end > 0 and ":" not in text[end:] else None


def heading_owner(text: str) -> tuple[bool, Owner | None]:
    """Whether a heading is whole, and whose listing it announces (None for MULTIID).

    The heading ends in ``for user X:``, ``for CERTAUTH:``, ``for SITE:`` or ``for MULTIID:``.
    """
    head, colon, _ = text.partition(":")
    words = head.split()
    if not colon or len(words) < 4:  # noqa: PLR2004 - "Mapping information for X"
        return False, None
    if words[-2].lower() == "user":
        return True, Owner.of_user(words[-1])
    last = words[-1].upper()
    return last in {"CERTAUTH", "SITE", "MULTIID"}, owner_of(last) if last in {"CERTAUTH", "SITE"} else None


def internal_id(owner: Owner) -> str:
    """The user ID under which RACF keeps the certificates of an owner."""
    return owner.user or ("irrcerta" if owner.kind is OwnerKind.CERTAUTH else "irrsitec")


def decode_certificate_id(text: str) -> tuple[Owner, str] | None:
    """Owner and label in a Certificate ID; None when it does not decode (some published ones do not).

    X'D9', the length of the owner, the owner and the label in EBCDIC; the label is padded with blanks.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(data) < 3 or data[0] != _ID_MARK or not 1 <= data[1] <= 8 or len(data) < 3 + data[1]:  # noqa: PLR2004
        return None
    owner = owner_of(data[2 : 2 + data[1]].decode("cp037").strip())
    label = data[2 + data[1] :].decode("cp037").rstrip(" ")
    return None if owner is None or not label.isprintable() else (owner, label)


def same_label(decoded: str, printed: str) -> bool:
    """Whether a decoded label is the printed one; signs that move between code pages count as equal."""
    return decoded == printed or (
        len(decoded) == len(printed)
        and all(
            one == other or (_is_sign(one) and _is_sign(other))
            for one, other in zip(decoded, printed, strict=True)
        )
    )


def _is_sign(char: str) -> bool:
    return char != " " and not (char.isascii() and char.isalnum())
