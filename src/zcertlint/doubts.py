"""What stays open of an input that was read: characters of an unknown code page, lines that no reader understood."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from zcertlint.model.deployment import Database
from zcertlint.model.facts import Facts, Problem
from zcertlint.text.source import Source, Span

__all__ = ["line_counts", "unread_lines", "with_doubts", "with_open_settings", "with_unread"]

_UNDERSTOOD_FIRST = bytes.maketrans(b"\x03", b"\x01")


def _marks(found: tuple[Facts, ...]) -> bytes:
    """One byte for each line: understood by one reader, else not understood by one, else noise."""
    every = [item.marks for item in found if item.marks]
    if len(every) < 2:  # noqa: PLR2004 (one reader alone has the last word)
        return every[0] if every else b""
    together = 0
    for marks in every:
        together |= int.from_bytes(marks)
    return together.to_bytes(len(every[0])).translate(_UNDERSTOOD_FIRST)


def line_counts(found: tuple[Facts, ...]) -> tuple[int, int, int]:
    """Lines understood, known noise and not understood, of all readers of an input together."""
    if marks := _marks(found):
        return marks.count(1), marks.count(0), marks.count(2)
    return max((item.lines for item in found), key=lambda counts: counts[0], default=(0, 0, 0))


def with_doubts(source: Source, found: tuple[Facts, ...]) -> tuple[Facts, ...]:
    """Labels and ring names with a character that the code page of the file leaves open are told."""
    if not any((source.undecided, *(facts.undecided for facts in found))):
        return found
    told = []
    for facts in found:
        undecided = source.undecided | facts.undecided
        names = [(c.label or "", c.span()) for c in facts.certificates]
        names += [(row.label or "", row.span) for store in facts.stores for row in store.connections]
        names += [(store.name, store.span) for store in facts.stores]
        wrong = next((pair for pair in names if undecided & set(pair[0])), None)
        if wrong is None:
            told.append(facts)
            continue
        signs = " ".join(sorted(undecided & set(wrong[0])))
        problem = Problem(
            "IN008",
            wrong[1],
            f"the file is EBCDIC, and its code page leaves open whether {signs} in '{wrong[0]}' is that character",
            "Transfer the listing as text, so that the system that knows its code page converts it",
            fatal=False,
            question=f"Is the name in {facts.path} really '{wrong[0]}'? Its code page leaves {signs} open.",
        )
        stores = tuple(replace(store, undecided=undecided) for store in facts.stores)
        told.append(replace(facts, problems=(*facts.problems, problem), stores=stores))
    return tuple(told)


def with_open_settings(database: Database, facts: Iterable[Facts], sources: Mapping[str, Source]) -> Database:
    """The stores, which are searched by names in settings: characters that these leave open are open there, too."""
    paths = {item.path for item in facts if item.zowe is not None or item.zosmf is not None}
    undecided = frozenset(sign for path in paths for sign in sources[path].undecided)
    if not undecided:
        return database
    stores = {
        ident: replace(store, undecided=store.undecided | undecided)
        for ident, store in database.stores.items()
    }
    return replace(database, stores=stores)


def unread_lines(found: tuple[Facts, ...]) -> tuple[int, ...]:
    """The numbers of the lines that no reader of an input understood."""
    numbers = sorted({item.span.line or 0 for facts in found for item in facts.unread})
    if len(found) > 1 and (marks := _marks(found)):
        numbers = [number for number in numbers if marks[number - 1 : number] == b"\x02"]
    return tuple(numbers)


def with_unread(name: str, found: tuple[Facts, ...]) -> tuple[Facts, ...]:
    """Lines that no reader understood are reported, once for each input."""
    numbers = unread_lines(found)
    if not numbers:
        return found
    count = len(numbers)
    where = ", ".join(map(str, numbers[:8])) + (" …" if count > 8 else "")  # noqa: PLR2004
    text = f"{count} line{'s' if count > 1 else ''} of this listing not understood: {where}"
    problem = Problem("IN008", Span(name, numbers[0]), text, "", fatal=False)
    first = next(index for index, facts in enumerate(found) if facts.unread)
    told = replace(found[first], problems=(*found[first].problems, problem))
    return (*found[:first], told, *found[first + 1 :])
