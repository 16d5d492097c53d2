"""Colours for a terminal: four styles, written only when asked for."""

from zcertlint.engine.verdict import Severity
from zcertlint.records import dataclass

__all__ = ["Paint"]

_STYLES = {
    Severity.ERROR.value: "1;31",
    Severity.WARNING.value: "1;33",
    Severity.INFO.value: "1;36",
    "frame": "36",
    "strong": "1",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Writes text in a style, or as it is when ``on`` is False."""

    on: bool

    def __call__(self, style: str, text: str) -> str:
        """The text in a style: a severity's word, ``frame`` or ``strong``."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.on and text else text
