"""One fault, one code: what the failing case of a rule may show beside this rule, and why."""

from functools import cache
from pathlib import Path
from typing import TypedDict

import yaml

__all__ = ["entries", "explained"]


class Entry(TypedDict):
    """Rules that may stand beside those of some cases."""

    because: str
    codes: list[str]
    cases: list[str]


@cache
def entries() -> tuple[Entry, ...]:
    """The table."""
    found: list[Entry] = yaml.safe_load(Path(__file__).with_name("beside.yaml").read_text(encoding="utf-8"))
    return tuple(found)


def explained(code: str, name: str) -> set[str]:
    """The rules that the case of this name may show beside its own."""
    return {
        other
        for entry in entries()
        for case in entry["cases"]
        if case == code or (":" in case and f"{code}: {name}".startswith(case))
        for other in entry["codes"]
    }
