"""z/OSMF's settings while they are gathered: the later statement wins, both places are kept."""

from zcertlint.model.settings import Scalar, Setting, Settings
from zcertlint.text.source import Source

__all__ = ["Gathered"]


class Gathered:
    """Settings of one input by flat path."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._entries: dict[tuple[str, ...], Setting] = {}
        self._duplicates: list[tuple[tuple[str, ...], Setting, Setting]] = []
        self._calls = 0

    def add(self, path: tuple[str, ...], value: str, line: int, column: int) -> None:
        """One value as written; a Liberty variable in it makes it a template."""
        span = self._source.span(line, value, column)
        typed: Scalar = int(value) if path == ("port",) and _is_port(value) else value
        template = "${" in value
        setting = Setting(path, typed, value, template, container=False, span=span, key_span=span)
        before = self._entries.pop(path, None)
        if before is not None:
            self._duplicates.append((path, before, setting))
        self._entries[path] = setting

    def add_call(self, url: str, line: int, column: int) -> None:
        """A URL that z/OSMF itself asks."""
        self.add(("calls", str(self._calls)), url, line, column)
        self._calls += 1

    def forget(self, *path: str) -> None:
        """Drop a value that turned out to be of something else."""
        self._entries.pop(path, None)

    def has(self, *path: str) -> bool:
        """Whether a value is known already."""
        return path in self._entries

    def settings(self) -> Settings:
        """What was gathered."""
        duplicates = tuple((path, first.span, later.span) for path, first, later in self._duplicates)
        return Settings(self._source.path, self._entries, duplicates)


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 6  # noqa: PLR2004 (65535 has five digits)
