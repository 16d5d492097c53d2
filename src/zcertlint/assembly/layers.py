"""Several configuration files as Zowe's configuration manager takes them: the first that has a value wins.

``CONFIG=FILE(/a/site.yaml):PARMLIB(MY.PARMLIB(ZOWE)):FILE(/b/base.yaml)``: mappings are merged key by key, an array
is taken whole from the first file that has it. Source: Zowe documentation, configmgr; facts on zowe.yaml, 1.
"""

from collections.abc import Iterable, Sequence

from zcertlint.model.settings import Setting, Settings

__all__ = ["layered"]

_Path = tuple[str, ...]


def layered(trees: Sequence[Settings]) -> Settings:
    """One tree; every value keeps the place in the file that it comes from.

    Args:
        trees: in the order in which they are given, the first goes before the others. At least one.
    """
    entries: dict[_Path, Setting] = {}
    shadowed: list[tuple[_Path, Setting, Setting]] = []
    lists: set[_Path] = set()
    for tree in trees:
        mine: set[_Path] = set()
        closed: set[_Path] = set()  # what a file before this one has decided as a whole
        for path, entry in tree.entries.items():
            if any(above in closed for above in _above(path)):
                continue
            known = entries.get(path)
            if known is None:
                entries[path] = entry
                mine.add(path)
                continue
            if path in mine:
                continue
            if not (known.container and entry.container) or path in lists or _is_list(tree, path):
                closed.add(path)
                if not _same(known, entry):
                    shadowed.append((path, known, entry))
        lists |= {path for path in mine if _is_list(tree, path)}
    first = trees[0]
    return Settings(
        first.path,
        entries,
        tuple(duplicate for tree in trees for duplicate in tree.duplicates),
        max(tree.documents for tree in trees),
        tuple(tree.path for tree in trees),
        tuple((path, known.key_span, entry.key_span) for path, known, entry in shadowed),
        any(tree.in_container for tree in trees),
    )


def _above(path: _Path) -> Iterable[_Path]:
    return (path[:length] for length in range(1, len(path)))


def _is_list(tree: Settings, path: _Path) -> bool:
    """Whether the value is an array: its items have no key, so the place of the item stands for it."""
    entry = tree.entries.get(path)
    if entry is None or not entry.container:
        return False
    first = tree.entries.get((*path, "0"))
    return first is not None and first.span == first.key_span


def _same(one: Setting, other: Setting) -> bool:
    return not one.container and not other.container and one.value == other.value
