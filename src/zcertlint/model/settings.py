"""Settings with their places: a zowe.yaml, z/OSMF's settings, zcertlint.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Setting", "Settings"]

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a configuration file.

    Attributes:
        path: the keys that lead to it (``("zowe", "certificate", "keystore", "alias")``); list items are
            numbered from 0.
        value: what the file says, typed as YAML reads it; for a template the text of the template.
        raw: the characters that stand in the file.
        template: True when the value holds ``${{ }}`` that could not be evaluated: it decides nothing.
        container: True for a mapping or a list; ``value`` is then None.
        told: what may be said of a secret that is masked (``number``, ``flag``, ``shell``); () for all else.
        span: the place of the value; key_span: the place of its key.
    """

    path: tuple[str, ...]
    value: Scalar
    raw: str
    template: bool
    container: bool
    span: Span
    key_span: Span
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """A configuration, flat: every key path with its value and place.

    Attributes:
        path: the file (the first one, when several were merged).
        entries: in the order of the file.
        duplicates: (key path, first place, later place) of keys that stand twice in one mapping.
        documents: how many YAML documents the file holds.
        layers: the files that were merged, the first goes before the others; () for one file.
        shadowed: (key path, place of the value that counts, place of the one that does not), of merged files.
        in_container: whether it stood in a Kubernetes ConfigMap: Zowe then runs off z/OS.
    """

    path: str
    entries: Mapping[tuple[str, ...], Setting] = field(repr=False)
    duplicates: tuple[tuple[tuple[str, ...], Span, Span], ...] = ()
    documents: int = 1
    layers: tuple[str, ...] = ()
    shadowed: tuple[tuple[tuple[str, ...], Span, Span], ...] = ()
    in_container: bool = False

    def get(self, dotted: str) -> Setting | None:
        """The setting at ``a.b.c``; keys with periods do not occur in what we ask for."""
        return self.entries.get(tuple(dotted.split(".")))

    def at(self, *path: str) -> Setting | None:
        """The setting at this path."""
        return self.entries.get(path)

    def text(self, dotted: str) -> str | None:
        """The value as text; None when absent, empty, null or not evaluated."""
        entry = self.get(dotted)
        if entry is None or entry.template or entry.container or entry.value is None or entry.value == "":
            return None
        return entry.raw if not isinstance(entry.value, str) else entry.value

    def flag(self, dotted: str) -> bool | None:
        """The value as true or false; None when absent or anything else."""
        entry = self.get(dotted)
        if entry is None or entry.template:
            return None
        if isinstance(entry.value, bool):
            return entry.value
        if isinstance(entry.value, str) and entry.value.lower() in {"true", "false"}:
            return entry.value.lower() == "true"
        return None

    def number(self, dotted: str) -> int | None:
        """The value as a whole number; None when absent or anything else."""
        entry = self.get(dotted)
        if entry is None or entry.template or isinstance(entry.value, bool):
            return None
        if isinstance(entry.value, int):
            return entry.value
        if isinstance(entry.value, str) and entry.value.isdigit():
            return int(entry.value)
        return None

    def unresolved(self, dotted: str) -> bool:
        """Whether a template that could not be evaluated stands there."""
        entry = self.get(dotted)
        return entry is not None and entry.template

    def children(self, *path: str) -> Iterator[str]:
        """The keys directly under this path, in order."""
        depth = len(path)
        seen = set()
        for key in self.entries:
            if len(key) > depth and key[:depth] == path and key[depth] not in seen:
                seen.add(key[depth])
                yield key[depth]

    def has(self, dotted: str) -> bool:
        """Whether the key stands in the file, with whatever value."""
        return self.get(dotted) is not None
