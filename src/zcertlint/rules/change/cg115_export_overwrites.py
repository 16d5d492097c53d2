"""CG115: EXPORT or GENREQ deletes a data set and makes it again, without a question."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.change import Played
from zcertlint.rules.change._played import confidence, later, the_change

__all__ = ["export_overwrites"]


@rule("CG115", on=Played)
def export_overwrites(played: Played, ctx: Context) -> Verdict:
    """Run again, a job that changes the certificate afterwards replaces its backup by the new one."""
    if played.writes is None or not played.carried_out:
        return Holds()
    earlier = next(
        (
            one
            for one in the_change(ctx).commands
            if one.number < played.number and one.writes == played.writes and one.carried_out
        ),
        None,
    )
    if earlier is None and not _backup_at_risk(played, ctx):
        return Holds()
    return Fails(
        {"data_set": played.writes, "command": played.name},
        primary=played.span,
        related=((earlier.span, "written here first"),) if earlier is not None else (),
        subjects=(f"dataset:{played.writes}",),
        confidence=confidence(played),
        variant=None if earlier is not None else "again",
    )


def _backup_at_risk(played: Played, ctx: Context) -> bool:
    """An export without a condition on its step, of a certificate that the job then changes or deletes."""
    if played.function != "EXPORT" or played.guarded:
        return False
    if any(one.writes == played.writes for one in later(ctx, played)):
        return False  # that one has more to say
    ident = f"{played.owner}/{played.label}"
    return any(
        any(old.id == ident for old in one.deleted)
        or (one.function in {"GENCERT", "ADD"} and one.made is not None and one.made.id == ident)
        or (one.replaced is not None and one.replaced.id == ident)
        for one in later(ctx, played)
    )
