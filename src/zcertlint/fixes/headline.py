"""What the rehearsal of a change showed, in the first lines of the screen and of PLAN.md."""

import textwrap
from collections.abc import Iterable

from zcertlint.engine.results import Answer3
from zcertlint.fixes.outcome import Change
from zcertlint.model.deployment import Link

__all__ = ["counted", "headline", "wrapped"]

_WIDTH = 79
_NAMED = 3  # links that are named one by one; the table of PLAN.md has them all
_VERBS = {Answer3.HOLDS: ("holds", "hold"), Answer3.FAILS: ("fails", "fail")}


def counted(number: int, noun: str) -> str:
    """``1 setting``, ``2 settings``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def wrapped(text: str, indent: str = "") -> str:
    """Lines of 79 columns, each but the first behind ``indent``; nothing is split at a no-break space."""
    lines = textwrap.wrap(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines).replace("\u00a0", " ")


def headline(change: Change) -> str:
    """What the rehearsal showed, in one or two sentences."""
    if not change.plans:
        if all(found.suppressed is not None for found in change.total.before.findings):
            return "No change is written: nothing was found."
        return wrapped("No change is written: nothing that was found can be repaired by a rehearsed plan.")
    total = change.total
    text = "Rehearsed on a copy of the deployment: " + counted(len(total.gone), "finding") + " gone, "
    text += "none new" if not total.new else f"{counted(len(total.new), 'new information')}"
    return wrapped("; ".join([text, *_changes(change)]) + ".")


def _changes(change: Change) -> Iterable[str]:
    """The links whose verdict is another one afterwards, those of one change together."""
    before = {result.link.id: result.verdict for result in change.total.before.links}
    groups: dict[tuple[Answer3, Answer3], list[Link]] = {}
    for result in change.after.links:
        was = before.get(result.link.id)
        if was is not None and was is not result.verdict:
            groups.setdefault((was, result.verdict), []).append(result.link)
    for (was, now), links in groups.items():
        yield _told(links, f"{_verb(was, len(links))} before and {_verb(now, len(links))} after")


def _verb(answer: Answer3, number: int) -> str:
    one, many = _VERBS.get(answer, ("is unknown", "are unknown"))
    return one if number == 1 else many


def _told(links: list[Link], change: str) -> str:
    names = [link.id.replace(" ", "\u00a0") for link in links]
    if len(names) == 1:
        return f"the link {names[0]} {change}"
    if len(names) <= _NAMED:
        return f"the links {', '.join(names[:-1])} and {names[-1]} {change}"
    servers: dict[str, list[str]] = {}
    for link in links:
        servers.setdefault(link.server.partition("@")[0], []).append(link.server)
    parts = []
    for server, calls in servers.items():
        systems = len(set(calls))
        parts.append(f"{len(calls)} to {server}" + (f" on {systems} systems" if systems > 1 else ""))
    return f"{len(names)} links {change}: {', '.join(parts)}"
