"""The way back of a few commands: the undo of each, last one first, as far as RACF would take it."""

from collections.abc import Sequence
from datetime import datetime

from zcertlint.fixes.commands.base import Command
from zcertlint.model.deployment import Database

__all__ = ["way_back"]


def way_back(
    commands: Sequence[Command], before: Database, on: datetime
) -> tuple[tuple[Command, ...], tuple[str, ...]]:
    """The commands that go back, and what they do not bring back."""
    undo: list[Command] = []
    lost: list[str] = []
    state = before
    for command in commands:
        undo = [*command.undo(state), *undo]
        lost += [text] if (text := command.why_no_undo(state)) is not None else []
        lost += command.leaves(state)
        state = command.apply(state, on)
    kept: list[Command] = []
    for command in undo:
        problem = command.problem(state)
        if problem is None or "is not in the database" in problem:  # known by its row on a key ring alone
            kept.append(command)
            state = command.apply(state, on)
        else:
            lost.append(f"what was there before: RACF would not take it again, for {problem}")
    return tuple(kept), tuple(dict.fromkeys(lost))
