"""Unified diffs of text files, as ``patch -p0`` and ``git apply`` take them; nothing of a password is in one."""

import posixpath
from collections.abc import Collection, Mapping, Sequence

from zcertlint.errors import UnsafeValueError
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["diff_names", "ended", "is_text", "lines_of", "unified"]

_CONTEXT = 3
_ENDED = lazy(r"[^\n]*\n|[^\n]+")
_TEXT = frozenset(("utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"))


def is_text(source: Source) -> bool:
    """Whether the file is in UTF-8, so that a patch of it can be written."""
    return (source.encoding or "").lower() in _TEXT


def lines_of(source: Source) -> list[str]:
    """The file in lines, each with its line end.

    Raises:
        UnsafeValueError: it is not UTF-8.
    """
    try:
        text = source.data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnsafeValueError(f"{source.path} is not UTF-8: no patch can be written for it") from None
    return ended(text)


def ended(text: str) -> list[str]:
    """A text in lines, each with its line end."""
    return list(_ENDED.findall(text))


def diff_names(files: Collection[str]) -> dict[str, str]:
    """The names of the files in a patch: relative to the folder that holds them all.

    So that both ``patch -p0`` and ``git apply`` take it there when there is one file.
    """
    folder = posixpath.commonpath([posixpath.dirname(file) for file in files]) if len(files) > 1 else None
    return {
        file: posixpath.basename(file) if folder is None else posixpath.relpath(file, folder or ".")
        for file in files
    }


def unified(
    name: str, before: Sequence[str], changed: Mapping[int, Sequence[str]], secret: Collection[int]
) -> str:
    """The diff of one file. Lines that hold a secret are never context: a patch goes into a ticket.

    Args:
        name: the file in the patch.
        before: its lines with their line ends.
        changed: what stands in place of a line, by its index (from 0); a line is added by two for one.
        secret: indexes of lines that hold a secret.

    Raises:
        UnsafeValueError: no diff can be written without telling a secret.
    """
    for number in sorted(changed):
        if number in secret:
            raise UnsafeValueError(f"{name}:{number + 1} also holds a password, which a patch would tell")
        if number + 1 in secret:
            raise UnsafeValueError(
                f"{name}:{number + 2} holds a password, and a patch needs the line after its own"
            )
    shown = name + "\t" if " " in name else name  # else patch ends the name at the blank
    out = [f"--- {shown}\n", f"+++ {shown}\n"]
    moved = 0
    kept = {number for number, new in changed.items() if new and new[0] == before[number]}
    for first, last in _hunks(sorted(changed), secret, len(before), kept):
        size = last - first + 1
        more = sum(len(changed[number]) - 1 for number in range(first, last + 1) if number in changed)
        out.append(f"@@ -{_range(first, size)} +{_range(first + moved, size + more)} @@\n")
        moved += more
        for number in range(first, last + 1):
            old, new = before[number], changed.get(number)
            if new is None:
                out.append(_marked(" ", old))
            elif new and new[0] == old:
                out += [_marked(" ", old), *(_marked("+", line) for line in new[1:])]
            else:
                out += [_marked("-", old), *(_marked("+", line) for line in new)]
    return "".join(out)


def _hunks(
    changed: Sequence[int], secret: Collection[int], total: int, kept: Collection[int]
) -> list[tuple[int, int]]:
    """First and last line of each hunk: three lines of context, less where a secret or the file ends it.

    A line that only gets others behind it is context itself: with a fourth in front, patch would look for the hunk at
    the end of the file first.
    """
    hunks: list[tuple[int, int]] = []
    for number in changed:
        first = last = number
        before = _CONTEXT - (number in kept)
        while first > 0 and number - first < before and first - 1 not in secret:
            first -= 1
        while last + 1 < total and last - number < _CONTEXT and last + 1 not in secret:
            last += 1
        if hunks and first <= hunks[-1][1] + 1:
            hunks[-1] = (hunks[-1][0], max(last, hunks[-1][1]))
        else:
            hunks.append((first, last))
    return hunks


def _range(first: int, size: int) -> str:
    return str(first + 1) if size == 1 else f"{first + 1},{size}"


def _marked(mark: str, line: str) -> str:
    ending = "" if line.endswith("\n") else "\n\\ No newline at end of file\n"
    return mark + line + ending
