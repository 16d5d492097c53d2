"""A rehearsal as the document of the output contract: that of ``check`` for the state after the job, and more."""

from zcertlint.model.change import Played
from zcertlint.report.json import dumps, summary_dict, to_dict
from zcertlint.report.rehearsal.screen import Rehearsal, effect_text

__all__ = ["render_json"]


def render_json(shown: Rehearsal) -> str:
    """The document with a final line end."""
    document = to_dict(shown.after)
    document["commands"] = [_command(played) for played in shown.change.commands]
    document["before"] = summary_dict(shown.before.summary)
    document["broken"] = sorted(shown.change.broken)
    document["healed"] = sorted(shown.healed)
    document["not_played"] = list(shown.left)
    document["hints"] = list(shown.hints)
    if shown.diff:
        document["diff"] = list(shown.diff)
    return dumps(document)


def _command(played: Played) -> dict[str, object]:
    return {
        "text": played.text,
        "path": played.span.path,
        "line": played.span.line,
        "step": played.step.name or None if played.step is not None else None,
        "condition": played.condition or None,
        "effect": effect_text(played, "fails"),
        "outcome": played.ending.value,
        "reason": played.reason or None,
        "needs": [{"needs": one.text, "command": one.command} for one in played.missing],
        "doubts": list(played.doubts),
    }
