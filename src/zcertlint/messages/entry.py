"""One entry of the message book, and the family that it belongs to."""

from collections.abc import Mapping
from typing import Any

from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = ["Cause", "Entry", "Family", "entry_of", "words"]

_RULES = lazy(r"\s*\[([A-Z]{2}\d{3}(?:, [A-Z]{2}\d{3})*)\]\Z")


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason for a message; ``rules`` are the ids that confirm it or rule it out."""

    text: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """The messages of one origin: ``prefixes`` maps the beginning of an id to who writes it."""

    name: str
    title: str
    prefixes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the book says about one message or return code.

    Attributes:
        id: the message id (``ZWEAM400E``), the code with its component (``GSK 435``), or a name of ours in lower
            case for a text without an id (``java-pkix-path``).
        family: the name of its file.
        title: what happened, in a few words.
        texts: as it is emitted, with ``*`` for what is inserted; "" where only the code is known.
        says: other wordings that mean this entry.
        codes: ``component value`` keys (``gsk 435``, ``errno2 044c``).
        names: ids and names that stand for this entry beside ``id``.
        examples: lines that this entry must be found for first; written by us.
        means: what it says in plain words.
        causes: the most usual first.
        look: what to look at to tell which cause it is.
        fix: what repairs it.
        see: ids of entries that help further.
        ahead: it says more than the return codes in its line.
        wrapper: the message only carries another one, which has the reason.
    """

    id: str
    family: str
    title: str
    texts: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    means: str = ""
    causes: tuple[Cause, ...] = ()
    look: tuple[str, ...] = ()
    fix: str = ""
    see: tuple[str, ...] = ()
    ahead: bool = False
    wrapper: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules of all causes, each once, in their order."""
        return tuple(dict.fromkeys(rule for cause in self.causes for rule in cause.rules))


def words(value: object) -> str:
    """A YAML scalar as one line."""
    return " ".join(str(value).split()) if value else ""


def _many(value: object) -> tuple[str, ...]:
    """A YAML list, or one scalar, or nothing."""
    if not value:
        return ()
    return tuple(words(one) for one in value) if isinstance(value, list) else (words(value),)


def _cause(text: str) -> Cause:
    """``The ring does not exist. [KR109, ZW104]``: the sentence and its rules."""
    found = _RULES.search(text)
    return Cause(text[: found.start()], tuple(found[1].split(", "))) if found else Cause(text)


def entry_of(raw: Mapping[str, Any], family: str) -> Entry:
    """An entry as it stands in a YAML file."""
    return Entry(
        id=str(raw["id"]),
        family=family,
        title=words(raw["title"]),
        texts=_many(raw.get("text")),
        says=_many(raw.get("says")),
        codes=_many(raw.get("codes")),
        names=_many(raw.get("names")),
        examples=_many(raw.get("example")),
        means=words(raw.get("means")),
        causes=tuple(_cause(one) for one in _many(raw.get("causes"))),
        look=_many(raw.get("look")),
        fix=words(raw.get("fix")),
        see=_many(raw.get("see")),
        ahead=bool(raw.get("ahead")),
        wrapper=bool(raw.get("wrapper")),
    )
