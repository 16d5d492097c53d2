"""IN003: a message about authority where a listing should stand."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import Answer, AnswerKind

__all__ = ["unauthorized_listing"]


@rule("IN003", on=Answer)
def unauthorized_listing(answer: Answer, _ctx: Context) -> Verdict:
    """An answer about authority is no answer about existence."""
    if answer.kind is not AnswerKind.DENIED:
        return Holds()
    return Fails(
        {"message": answer.message},
        primary=answer.span,
        subjects=(f"file:{answer.span.path}", answer.command or answer.message),
        note=f"The command was: {answer.command}" if answer.command else None,
    )
