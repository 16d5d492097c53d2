"""Regular expressions that are compiled when they are first used: start-up pays for those that a run needs."""

import re
from typing import Any, cast

__all__ = ["lazy"]


class _Lazy:
    """Stands in for a pattern; every use goes to the compiled one."""

    __slots__ = ("_compiled", "_flags", "_text")

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever a pattern offers)
        if name == "_compiled":
            self._compiled = re.compile(self._text, self._flags)
            return self._compiled
        return getattr(self._compiled, name)


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
