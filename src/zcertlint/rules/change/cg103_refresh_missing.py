"""CG103: a class whose profiles were changed and are not loaded again."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.change import Change, Played, unloaded
from zcertlint.trust.needs import Need

__all__ = ["refresh_missing"]

# RDATALIB and DIGTNMAP are used only when RACLISTed, DIGTCERT and DIGTRING nearly always are.
_USUAL = frozenset(("DIGTCERT", "DIGTRING", "DIGTNMAP", "RDATALIB"))


@rule("CG103", on=Change)
def refresh_missing(change: Change, ctx: Context) -> Verdict:
    """The last change of each class counts: a refresh before it does not show it."""
    stale = _stale(change)
    lists = [one.raclist for one in ctx.deployment.database.security.classes if one.raclist is not None]
    listed = {name: any(name in one for one in lists) if lists else None for name in stale}
    certain = [name for name in stale if listed[name] is True]
    likely = [name for name in stale if listed[name] is None and name in _USUAL]
    unsure = [name for name in stale if listed[name] is None and name not in _USUAL]
    if not certain and not likely:
        if not unsure:
            return Holds()
        text = f"Is {' or '.join(unsure)} RACLISTed? Then the job must refresh it."
        return Unknown({"subject": unsure[0]}, (Need(f"class:{unsure[0]}", text, "SETROPTS LIST"),))
    wanted = [*certain, *likely]
    last = stale[wanted[0]]
    refreshed = [one for one in change.commands if one.refreshed and one.carried_out]
    skipped = [
        one for one in change.commands if set(one.unreached) & set(wanted) and one.number > last.number
    ]
    others = list(dict.fromkeys(name for one in refreshed for name in one.refreshed))
    facts = {
        "changed": " and ".join(wanted),
        "them": "them" if len(wanted) > 1 else "it",
        "others": ", ".join(others),
        "line": f"{skipped[0].span.line}" if skipped else "",
    }
    if skipped:
        return Fails(
            facts,
            primary=skipped[0].span,
            related=((last.span, f"changes {wanted[0]}"),),
            subjects=tuple(f"class:{name}" for name in wanted),
            confidence=None if certain else Confidence.LIKELY,
            variant="unreached",
        )
    early = any(name in others for name in wanted)
    return Fails(
        facts,
        primary=refreshed[-1].span if refreshed else last.span,
        related=((last.span, f"changes {wanted[0]}"),) if refreshed else (),
        subjects=tuple(f"class:{name}" for name in wanted),
        confidence=None if certain else Confidence.LIKELY,
        variant="early" if early else "other" if others else None,
    )


def _stale(change: Change) -> dict[str, Played]:
    """Classes with the last command that changed them, unless a later one refreshes them.

    What NORACLIST takes out of storage needs no refresh: its profiles are read where they are kept.
    """
    found: dict[str, Played] = {}
    for played in change.commands:
        if not played.carried_out:
            continue
        for name in played.classes:
            found[name] = played
        for name in played.refreshed:
            found.pop(name, None)
    off = unloaded(change.commands)
    return {name: played for name, played in found.items() if name not in off}
