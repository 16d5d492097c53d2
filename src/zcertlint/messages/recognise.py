"""Find the entries that a pasted line, an id or a code leads to; the best one first."""

import re
from typing import NamedTuple

from zcertlint.messages.book import entry, family_of, keys, plain
from zcertlint.messages.codes import codes_in, only_a_code
from zcertlint.messages.entry import Entry
from zcertlint.messages.nearest import nearest
from zcertlint.messages.values import Value, values_in
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = ["Answer", "Found", "answer", "message_ids"]

LONGEST = 20_000
"""Characters of one text that are looked at; nobody pastes more to have it explained."""

_ID = lazy(r"(?<![A-Za-z0-9])[A-Za-z]{3,5}\d{3,5}[A-Za-z]?(?![A-Za-z0-9])")
_ERRNO = lazy(r"errno|reason code|0be8", re.IGNORECASE)
_TTLS_ID = lazy(r"\bEZD12[89]\d[A-Z]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that fits, and what to call it: ``EZD1287I RC 435`` for the entry ``GSK 435``."""

    entry: Entry
    shown: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the book has for one text.

    Attributes:
        asked: the text, cut to what was looked at.
        cut: the text was longer.
        found: the entries, the best first.
        alike: how many of them, from the first, fit equally well; more than one for a code without its component.
        strangers: message ids and codes in the text that the book does not have.
        values: what stands in the text beside the message: job, user, rule, resource.
    """

    asked: str
    cut: bool
    found: tuple[Found, ...]
    alike: int
    strangers: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def near(self) -> tuple[Entry, ...]:
        """When nothing was found, entries that look alike: guesses, and to be told as such; slow."""
        return () if self.found else nearest(self.asked)


_WHOLE_ERRNO2 = 8
_SPELT = {"gsk": "GSK", "cms": "CMS", "errno2": "errno2", "kde": "KDE", "r_datalib": "R_datalib"}
_TRIPLES = frozenset({"r_datalib", "r_ticketserv", "initacee", "dataput", "dataremove"})


class _Hit(NamedTuple):
    """Sorted from the worst to the best: what kind of hit, how much of the text it explains, how early it is."""

    kind: int
    length: int
    early: int
    ident: str
    shown: str


# Kinds of hits. A wrapper says less than the text that it carries.
_WRAPPER, _PHRASE, _ID_HIT, _ID_AND_PHRASE, _CODE, _AHEAD, _NAME = range(7)


def message_ids(text: str) -> tuple[str, ...]:
    """Everything in a text that has the form of a message id, in capitals, each once."""
    return tuple(dict.fromkeys(found[0].upper() for found in _ID.finditer(text)))


def _in_order(pieces: tuple[str, ...], text: str) -> int | None:
    """Where the first piece stands when all follow in their order."""
    first = text.find(pieces[0])
    at = first
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return None
        at += len(piece)
    return first


def _hits(text: str) -> list[_Hit]:
    book = keys()
    flat = plain(text)
    hits: list[_Hit] = []
    if ident := book.names.get(flat):
        hits.append(_Hit(_NAME, len(flat), 0, ident, ident))
    phrases: dict[str, tuple[int, int]] = {}
    for pieces, ident in book.phrases:
        if pieces[0] not in flat:
            continue
        at = _in_order(pieces, flat)
        if at is not None:
            length = sum(map(len, pieces))
            phrases[ident] = max(phrases.get(ident, (0, 0)), (length, -at))
    bases: set[str] = set()
    for one in message_ids(text):
        ident = book.names.get(one.lower())
        if ident is None:
            continue
        bases.add(one.lower())
        early = -flat.find(one.lower())
        about = entry(ident)
        kind = _WRAPPER if about.wrapper else _AHEAD if about.ahead else _ID_HIT
        hits.append(_Hit(kind, phrases.pop(ident, (0, 0))[0], early, ident, ident))
    for ident, (length, early) in phrases.items():
        # an entry such as "ICH408I RDATALIB" is one case of a message: both its id and its words must be there
        base, blank, _ = ident.lower().partition(" ")
        if blank and base in book.names:
            if base in bases or not bases:
                hits.append(_Hit(_ID_AND_PHRASE, length, early, ident, ident))
        elif not (bases and _ID.fullmatch(ident)):  # the words of one message under the id of another
            kind = _WRAPPER if entry(ident).wrapper else _PHRASE
            hits.append(_Hit(kind, length, early, ident, ident))
    hits += _code_hits(text)
    return hits


def _code_hits(text: str) -> list[_Hit]:
    carrier = _TTLS_ID.search(text)
    hits: list[_Hit] = []
    whole = ""
    in_full = False  # the low half of an errno2 counts only where the whole is not known
    for rank, code in enumerate(codes_in(text)):
        component, _, number = code.partition(" ")
        ident = keys().codes.get(code)
        if component == "errno2" and len(number) == _WHOLE_ERRNO2:
            whole, in_full = number, ident is not None
        elif component == "errno2" and in_full:
            continue
        if ident is not None:
            shown = ident
            if carrier and component == "gsk":
                shown = f"{carrier[0].upper()} RC {number}"
            elif component == "errno2":
                shown = f"errno2 {whole}"
            elif component in _TRIPLES:
                shown = f"{ident.partition(' ')[0]} {number}"
            hits.append(_Hit(_CODE, 0, -rank, ident, shown))
    return hits


def _strangers(text: str) -> tuple[str, ...]:
    """Ids of messages and codes that the book does not have; a word such as SHA256 is none."""
    alone = len(text.split()) == 1
    ids = tuple(
        one
        for one in message_ids(text)
        if one.lower() not in keys().names and (family_of(one) or one[-1] in "AEISW" or alone)
    )
    codes: dict[str, list[str]] = {}
    for code in () if only_a_code(text) else codes_in(text):
        component, _, number = code.partition(" ")
        codes.setdefault(component, []).append(number)
    unknown = tuple(
        f"{_SPELT.get(component, component)} {numbers[0]}"
        for component, numbers in codes.items()
        if component in _SPELT
        and (component != "errno2" or _ERRNO.search(text))
        and numbers != ["0"]
        and not any(f"{component} {number}" in keys().codes for number in numbers)
    )
    return (*ids, *unknown)


def answer(text: str) -> Answer:
    """Everything that the book has for a text; time and memory grow with at most 20,000 characters of it."""
    asked = text[:LONGEST]
    best: dict[str, _Hit] = {}
    for hit in sorted(_hits(asked), reverse=True):
        best.setdefault(hit.ident, hit)
    found = tuple(Found(entry(hit.ident), hit.shown) for hit in best.values())
    return Answer(
        asked=asked,
        cut=len(text) > LONGEST,
        found=found,
        alike=len(found) if only_a_code(asked) else min(1, len(found)),
        strangers=_strangers(asked),
        values=values_in(asked),
    )
