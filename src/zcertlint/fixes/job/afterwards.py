"""Questions about what a change makes: today's listings cannot answer them."""

from collections.abc import Iterable
from dataclasses import replace

from zcertlint.engine.results import Gap
from zcertlint.fixes.commands.add import missing_data_set
from zcertlint.fixes.job.state import question
from zcertlint.model.change import Change, Played
from zcertlint.trust.needs import list_certificate

__all__ = ["afterwards"]


def afterwards(gaps: Iterable[Gap], change: Change) -> tuple[Gap, ...]:
    """The gaps of the state after a change; those about a certificate that it makes say when to look.

    What an ADD brings from a data set that no input shows is one question, answered today by what shows the data
    set, and after the job by a listing.

    Args:
        gaps: of the deployment as the change leaves it.
        change: that was played.
    """
    made = {played.made.id: played for played in change.commands if played.made is not None}
    found: dict[tuple[str | None, str], Gap] = {}
    for gap in gaps:
        played = made.get(gap.subject)
        told = gap if played is None or gap.command is None else _told(gap, played)
        key = (told.command, "" if told.command is not None else told.needs)
        first = found.get(key)
        if first is not None:
            needs = max(first.needs, told.needs, key=len) if played is not None else first.needs
            told = replace(first, needs=needs, links=tuple(dict.fromkeys((*first.links, *told.links))))
        found[key] = told
    return tuple(found.values())


def _told(gap: Gap, played: Played) -> Gap:
    made, line = played.made, played.span.line
    if played.function != "ADD" or played.reads is None or not played.missing or made is None:
        return replace(gap, needs=f"{gap.needs} It is what line {line} makes: look after the job.")
    if made.owner is None or made.label is None:
        return gap
    missing = missing_data_set(played.reads)
    after = list_certificate(made.owner, made.label)
    text = question(missing).rstrip(".")
    return replace(
        gap, needs=f"{text}, which line {line} adds; after the job {after} shows it.", command=missing.ask
    )
