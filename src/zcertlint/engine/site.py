"""Rules of a site, written in Python and installed beside zcertlint: docs/site-rules.md.

A package names its module under the entry point group ``zcertlint.rules``, zcertlint.yaml asks for it
(``rules: {site: [acme]}``): what is merely installed is never run.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from zcertlint.engine import rule as registry
from zcertlint.engine.rule import Context
from zcertlint.engine.rulebook import add_page
from zcertlint.engine.verdict import Holds, Unknown, Verdict
from zcertlint.model.facts import Problem
from zcertlint.text.source import Span
from zcertlint.trust.needs import Need

__all__ = ["GROUP", "load_site_rules", "site_rule"]

GROUP = "zcertlint.rules"
_ID = re.compile(r"X[A-Z]\d{3}")
_NEEDED = ("id", "name", "title", "severity", "subject", "why", "sentences")
_loaded: dict[str, str | None] = {}  # the entry points that were tried, and what went wrong
_loading: list[str] = []

S = TypeVar("S")


def site_rule(
    page: Mapping[str, Any], *, on: type[S]
) -> Callable[[Callable[[S, Context], Verdict]], Callable[[S, Context], Verdict]]:
    """Register a rule of a site with its page.

    Args:
        page: the fields of a page of the rule book; ``id`` is ``X``, a letter and three digits.
        on: the type of its subjects (Certificate, Store, Endpoint, Link, Setting …).

    Raises:
        ValueError: the id is not a site's, or the page lacks a field.
    """
    ident = str(page.get("id"))
    if not _ID.fullmatch(ident):
        raise ValueError(f"{ident!r} is no id of a site's rule: X, a letter and three digits")
    missing = [name for name in _NEEDED if not page.get(name)]
    if missing:
        raise ValueError(f"the page of {ident} lacks {', '.join(missing)}")

    def register(predicate: Callable[[S, Context], Verdict]) -> Callable[[S, Context], Verdict]:
        def guarded(subject: S, ctx: Context) -> Verdict:
            try:
                verdict: object = predicate(subject, ctx)
            except Exception as error:  # noqa: BLE001 (whatever a site's code raises is a gap, never a crash)
                text = f"The site's rule {ident} ended with {type(error).__name__}: nothing was judged by it."
                return Unknown({}, (Need(f"rule:{ident}", text, None),))
            return verdict if isinstance(verdict, Verdict) else Holds()

        guarded.__module__ = predicate.__module__
        registry.rule(ident, on=on, site=_loading[-1] if _loading else predicate.__module__)(guarded)
        add_page(page)
        return predicate

    return register


def load_site_rules(names: Iterable[tuple[str, Span]]) -> tuple[Problem, ...]:
    """Import the modules of these entry points; what cannot be had is one problem each.

    Args:
        names: of entry points, each with its place in zcertlint.yaml.
    """
    problems = []
    for name, place in names:
        if name not in _loaded:
            _loaded[name] = _load(name)
        wrong = _loaded[name]
        if wrong is not None:
            hint = f"Install the package that has it ({GROUP}), or take the name out"
            problems.append(Problem("IN001", place, f"the site rules {name!r} cannot be used: {wrong}", hint))
    return tuple(problems)


def _load(name: str) -> str | None:
    from importlib.metadata import entry_points  # noqa: PLC0415 (15 ms, for the few that have site rules)

    found = [entry for entry in entry_points(group=GROUP) if entry.name == name]
    if not found:
        return "no installed package has an entry point of this name"
    _loading.append(name)
    try:
        found[0].load()
    except Exception as error:  # noqa: BLE001 (a site's code; the run goes on without it)
        return f"{type(error).__name__} while its module was imported"
    finally:
        _loading.pop()
    return None
