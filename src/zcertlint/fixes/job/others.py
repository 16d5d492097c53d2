"""RACF's commands beside RACDCERT played on a database."""

from collections.abc import Sequence
from dataclasses import replace

from zcertlint.fixes.commands.base import (
    Effects,
    Failure,
    FailureKind,
)
from zcertlint.fixes.commands.permit import find_profile
from zcertlint.fixes.job.conditions import ANY, OK, Codes
from zcertlint.fixes.job.differences import differences
from zcertlint.fixes.job.general import general_effect, general_value
from zcertlint.fixes.job.lines import CommandText
from zcertlint.fixes.job.operands import Refused
from zcertlint.fixes.job.racf import FULL, General, read_general
from zcertlint.fixes.job.state import (
    TROUBLE,
    Playing,
    behind,
    equal,
    may_depend,
    not_known,
    question,
    refused,
    slips_of,
)
from zcertlint.model.change import Ending, Missing, Played, unloaded
from zcertlint.model.deployment import Database

__all__ = ["general_turn"]


def general_turn(playing: Playing, base: Played, one: CommandText) -> tuple[Played, Codes]:
    """Play one command; TreeError when its operands cannot be taken apart."""
    verb = FULL[base.verb]
    try:
        general = read_general(base.verb, one.text, behind(one))
    except Refused as error:
        base = replace(base, verb=verb)
        return refused(base, str(error), error.trouble) if error.known else not_known(playing, base, error)
    base = replace(base, verb=verb, function=general.function, slips=slips_of(one, general.slips))
    if verb == "SETROPTS" and general.function == "LIST":
        return replace(base, ending=Ending.NO_EFFECT, effect="reads only"), OK
    commands = general_value(general)
    if commands is None:
        playing.opaque.append((base.span, _names(general) or frozenset((base.text,))))
        text = f"What {base.name} with {', '.join(general.operands) or 'these operands'} does is not played here."
        return replace(base, effect="not played here", missing=(Missing(base.text, text, None),)), ANY
    return _all(playing, base, general, commands)


def _all(
    playing: Playing, base: Played, general: General, commands: Sequence[Effects]
) -> tuple[Played, Codes]:
    """One command that stands for several values (one for each user or ring)."""
    before = database = playing.database
    classes: list[str] = []
    missing: list[Missing] = []
    failed: Failure | None = None
    line = may_depend(playing, base, _names(general))
    for command in commands:
        failure = command.failure(database)
        if failure is not None and failure.certain and line is not None:
            text = f"{failure}, unless line {line} has changed that"
            failure = Failure(FailureKind.NOT_SHOWN, text, ask=failure.ask)
        if failure is not None and failure.certain:
            failed = failure
            continue
        if failure is not None:
            missing.append(Missing(base.text, question(failure), failure.ask))
        database = command.apply(database, playing.on)
        classes += [name for name in command.refresh if name not in classes]
    found = differences(before, database)
    changed = [name for one in playing.commands for name in one.classes]
    effect, refreshed = general_effect(general, before, changed, unloaded(playing.commands))
    played = replace(
        base, effect=effect, refreshed=refreshed, unloaded=general.lists.get("NORACLIST", ()),
        classes=tuple(classes), lost=found.lost, deleted=found.deleted, keys_lost=found.keys_lost,
        missing=tuple(missing),
    )  # fmt: skip
    playing.database = database
    if failed is not None:
        return refused(played, str(failed), TROUBLE[failed.kind])
    if missing:
        why = missing[0].text.rstrip(".")
        name = why.partition(" ")[0].isupper()  # a user or a command, which stays as it is
        return replace(played, effect=f"{effect}; {why if name else why[:1].lower() + why[1:]}"), ANY
    if general.verb == "SETROPTS":
        code = frozenset((0, 4)) if general.refresh else OK
        ending = Ending.NO_EFFECT if effect.startswith("no effect") else Ending.DONE
        return replace(played, ending=ending, classes=()), code
    if equal(before, database) and _is_shown(general, before):
        return replace(played, ending=Ending.NO_EFFECT, effect="it is so already", classes=()), OK
    return replace(played, ending=Ending.DONE), OK


def _names(general: General) -> frozenset[str]:
    """Users and the profile of a command."""
    users = (f"user:{user}" for user in general.ids)
    profile = (f"profile:{general.class_name}/{general.profile}",) if general.profile is not None else ()
    return frozenset((*users, *profile))


def _is_shown(general: General, before: Database) -> bool:
    """Whether no change in the model means that there is none: what it would change is shown."""
    if general.verb in {"CONNECT", "REMOVE"}:
        return True
    if general.verb != "PERMIT" or general.class_name is None or general.profile is None:
        return False
    profile = find_profile(before, general.class_name, general.profile)
    return profile is not None and profile.access is not None
