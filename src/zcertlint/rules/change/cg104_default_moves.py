"""CG104: CONNECT DEFAULT takes the word from a certificate that somebody serves without naming it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import DefaultMove, Played
from zcertlint.rules.change._played import confidence, the_change
from zcertlint.trust.needs import Need, config_command, list_certificate

__all__ = ["default_moves"]


@rule("CG104", on=Played)
def default_moves(played: Played, ctx: Context) -> Verdict:
    """The successor of the same subject may have it: that is how a certificate is renewed."""
    for move in played.moves:
        ring = ctx.deployment.store(move.ring)
        back = ring is not None and any(
            row.default and row.certificate == move.before for row in ring.connections
        )
        users = [end for end in ctx.deployment.endpoints.values() if end.keystore == move.ring]
        served = [end for end in users if end.alias is None and not end.alias_open]
        if back or _successor(move, ctx) or _again(played, move, ctx):
            continue
        if served:
            return _fails(played, move, [end.id for end in served], ctx)
        unsure = next((end for end in users if end.alias_open), None)
        if unsure is not None:
            text = f"Does {unsure.id} name a label on {move.ring.partition(':')[2]}? Without one it serves the DEFAULT."
            ask = config_command("zowe.certificate.keystore.alias")
            return Unknown({"subject": unsure.id}, (Need(unsure.id, text, ask),))
    return Holds()


def _again(played: Played, move: DefaultMove, ctx: Context) -> bool:
    """Whether the change has moved the DEFAULT of this ring before: the first move has the blame."""
    earlier = (one for one in the_change(ctx).commands if one.number < played.number)
    return any(other.ring == move.ring for one in earlier for other in one.moves)


def _successor(move: DefaultMove, ctx: Context) -> bool:
    old, new = (ctx.deployment.certificate(ident) for ident in (move.before, move.after))
    if old is None or new is None or old.subject is None or new.subject is None:
        return False
    return old.subject.same_as(new.subject)


def _fails(played: Played, move: DefaultMove, users: list[str], ctx: Context) -> Verdict:
    new = ctx.deployment.certificate(move.after)
    if new is not None and new.subject is None and new.owner is not None and new.label is not None:
        text = (
            f"Does {new.id} take the place of {move.before}? It becomes the DEFAULT that {users[0]} serves."
        )
        return Unknown({"subject": new.id}, (Need(new.id, text, list_certificate(new.owner, new.label)),))
    old = ctx.deployment.certificate(move.before)
    return Fails(
        {
            "ring": move.ring.partition(":")[2],
            "old": _name(old, move.before),
            "new": _name(new, move.after),
            "users": ", ".join(users),
        },
        primary=played.span,
        subjects=(move.ring, move.before, move.after),
        confidence=confidence(played),
    )


def _name(certificate: Certificate | None, ident: str) -> str:
    return certificate.label or ident if certificate is not None else ident
