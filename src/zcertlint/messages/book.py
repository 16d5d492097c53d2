"""The book itself: loaded once, entries made when they are asked for.

A wheel carries the folder compiled into one ``index.json``; an editable install reads the YAML files.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from zcertlint.messages.entry import Entry, Family, entry_of
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = ["Keys", "compile_messages", "entries", "entry", "families", "family_of", "keys", "parts", "plain"]

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Keys:
    """Ways from what somebody has to the id of an entry.

    Attributes:
        names: ids and other names in lower case.
        codes: ``component value``.
        phrases: the literal parts of a wording, which must occur in this order, and the id.
    """

    names: Mapping[str, str]
    codes: Mapping[str, str]
    phrases: tuple[tuple[tuple[str, ...], str], ...]


def _folder() -> Path:
    inside = _PACKAGE / "_messages"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "messages"


def compile_messages(folder: Path) -> dict[str, Any]:
    """Every file of a folder of YAML files: its name without suffix, and what it holds."""
    import yaml  # noqa: PLC0415 (not needed with a compiled book)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe loader)
        for path in sorted(folder.glob("*.yaml"))
    }


@cache
def _raw() -> Mapping[str, Any]:
    folder = _folder()
    index = folder / "index.json"
    if index.is_file():
        import json  # noqa: PLC0415 (only explain and diagnose need the book)

        loaded: dict[str, Any] = json.loads(index.read_text(encoding="utf-8"))
        return loaded
    return compile_messages(folder)


@cache
def _places() -> Mapping[str, tuple[str, Mapping[str, Any]]]:
    """Id to the name of its family and what its file says."""
    return {str(raw["id"]): (name, raw) for name, file in _raw().items() for raw in file["entries"]}


@cache
def entry(ident: str) -> Entry:
    """The entry of this id.

    Raises:
        KeyError: there is none.
    """
    family, raw = _places()[ident]
    return entry_of(raw, family)


def entries() -> tuple[Entry, ...]:
    """Every entry, in the order of the files."""
    return tuple(entry(ident) for ident in _places())


@cache
def families() -> tuple[Family, ...]:
    """Every family, in the order of the files."""
    return tuple(
        Family(name, str(file["title"]), file.get("prefixes") or {}) for name, file in _raw().items()
    )


def family_of(ident: str) -> tuple[str, str] | None:
    """The longest known prefix of a message id and who writes such messages; None for a foreign id."""
    upper = ident.upper()
    known = [
        (prefix, who)
        for one in families()
        for prefix, who in one.prefixes.items()
        if upper.startswith(prefix)
    ]
    return max(known, key=lambda pair: len(pair[0])) if known else None


def plain(text: str) -> str:
    """The text in lower case with single blanks and straight quotes; what cannot be printed is a blank."""
    if not text.isascii():
        for curly, straight in (("\u2018", "'"), ("\u2019", "'"), ("\u201c", '"'), ("\u201d", '"')):
            text = text.replace(curly, straight)
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.lower().split())


_INSERT = lazy(r"%[sd]|\*|\.\.\.")
_SHORTEST_PART = 2
_SHORTEST_PHRASE = 8
_EDGES = " '\"[]:,."


def parts(wording: str) -> tuple[str, ...]:
    """The literal parts of a wording around what is inserted; () when they are too short to mean anything."""
    text = plain(wording)
    split = _INSERT.split(text) if "%" in text or "*" in text or "..." in text else [text]
    pieces = (piece.strip(_EDGES) for piece in split)
    found = tuple(piece for piece in pieces if len(piece) >= _SHORTEST_PART)
    return found if sum(map(len, found)) >= _SHORTEST_PHRASE else ()


def _list(value: object) -> list[str]:
    if not value:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


@cache
def keys() -> Keys:
    """The ways into the book."""
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    wordings: list[tuple[str, str]] = []
    for ident, (_, raw) in _places().items():
        for name in (ident, *_list(raw.get("names"))):
            names.setdefault(name.lower(), ident)
        for code in _list(raw.get("codes")):
            codes[code] = ident
        texts = [] if raw.get("vague") else _list(raw.get("text"))
        wordings += [(one, ident) for one in (*texts, *_list(raw.get("says")))]
    phrases = tuple((found, ident) for wording, ident in wordings if (found := parts(wording)))
    return Keys(names, codes, phrases)
