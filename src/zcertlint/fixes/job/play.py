"""A job played on a database: step by step and command by command, as TSO would run them."""

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import datetime

from zcertlint.fixes.job.conditions import ANY, OK, Codes, run_when
from zcertlint.fixes.job.lines import CommandText, Guard, Job, squeezed
from zcertlint.fixes.job.operands import Refused
from zcertlint.fixes.job.racf import FULL, read_general
from zcertlint.fixes.job.secrets import shown
from zcertlint.fixes.job.state import Playing, behind
from zcertlint.fixes.job.tso import verb_of
from zcertlint.fixes.job.turn import turn
from zcertlint.fixes.job.words import TreeError
from zcertlint.model.change import Ending, Missing, Played, Step
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["Playing", "play_jobs"]


@dataclass(slots=True)
class _Running:
    """One step while it is run.

    Attributes:
        condition: that cannot be told, and is taken as met. skipped: why nothing more is run.
        acf2: whether the commands are those of ACF2, from ACF to END.
        otherwise: why it is not played: the other branch of a condition that cannot be told is.
    """

    step: Step | None
    condition: str = ""
    skipped: str = ""
    otherwise: str = ""
    acf2: bool = False
    codes: list[Codes] = field(default_factory=list)


def play_jobs(jobs: Iterable[Job], database: Database, on: datetime, zos: str | None = None) -> Playing:
    """Play jobs one after the other.

    Args:
        jobs: in the order in which they are run.
        database: as it is before.
        on: the day of the job.
        zos: the release of z/OS (``2.5``), when told.
    """
    playing = Playing(database, on, states={0: database}, zos=zos)
    for job in jobs:
        playing.codes = {}
        playing.submitter = job.submitter
        _play(playing, job)
    return playing


def _play(playing: Playing, job: Job) -> None:
    """The steps in order, those without commands too: conditions ask for their codes."""
    playing.opaque += [(one.span, frozenset()) for one in job.unreadable]
    playing.opaque += [(one.span, frozenset()) for one in job.notes if one.runs]
    playing.shown = {id(one): text for one, text in zip(job.commands, shown(job.commands), strict=True)}
    of_step: dict[int, list[CommandText]] = {id(step): [] for step, _when in job.steps}
    loose: list[CommandText] = []
    for one in job.commands:
        of_step.get(id(one.step), loose).append(one)
    for one in loose:
        _step(playing, one.step, one.when, [one])
    for step, when in job.steps:
        _step(playing, step, when, of_step[id(step)])


def _step(
    playing: Playing, step: Step | None, when: tuple[Guard, ...], commands: Sequence[CommandText]
) -> None:
    answer = run_when(when, playing.codes)
    failing = [
        guard for guard in when if run_when([guard], playing.codes) is (False if answer is False else None)
    ]
    words = "; ".join(_condition(guard) for guard in failing)
    running = _Running(step, condition=words if answer is None else "")
    if answer is False:
        running.skipped = f"not run: {_why_not(failing)}"
    elif any(guard.negated for guard in failing):
        running.otherwise = "not played: run only when the condition is not met"
        running.condition = "; ".join(_condition(guard) for guard in failing)
    for one in commands:
        _command(playing, running, one)
    if step is not None and step.name:
        playing.codes[step.name] = _code(running, commands) if answer is not False else None


def _condition(guard: Guard) -> str:
    """What must be so for the step to be run; COND says when it is left out."""
    if guard.cond:
        return f"COND={guard.text} lets it run"
    return f"{'not ' if guard.negated else ''}{guard.text}"


def _why_not(guards: Sequence[Guard]) -> str:
    """Why a step is left out: an IF that is not met, a COND that is."""
    whens = [_condition(guard) for guard in guards if not guard.cond]
    conds = [f"COND={guard.text} leaves it out" for guard in guards if guard.cond]
    return "; ".join((*([f"{'; '.join(whens)} is not met"] if whens else []), *conds))


def _unreached(base: Played, one: CommandText) -> tuple[str, ...]:
    """The classes that a command would load again, were it run."""
    if FULL.get(base.verb) != "SETROPTS":
        return ()
    try:
        lists = read_general(base.verb, one.text, behind(one)).lists
    except (Refused, TreeError):
        return ()
    return tuple(dict.fromkeys((*lists.get("RACLIST", ()), *lists.get("GENERIC", ()))))


def _code(running: _Running, commands: Sequence[CommandText]) -> Codes:
    """The step's return code: of the first command that fails, or of the last one."""
    if not commands:
        return ANY
    if not running.codes:
        return OK
    if running.step is not None and not running.step.stops:
        return running.codes[-1]
    result: Codes = frozenset()
    for codes in running.codes:
        result |= codes - OK
        if 0 not in codes:
            return result
    return result | OK


def _foreign(running: _Running, verb: str) -> str:
    """The security product whose command it is; "" for RACF and TSO."""
    if verb == "ACF":
        running.acf2 = True
        return "ACF2"
    if running.acf2:
        running.acf2 = verb not in {"END", "QUIT"}
        return "ACF2"
    return "Top Secret" if verb == "TSS" else ""


def _command(playing: Playing, running: _Running, one: CommandText) -> None:
    number = len(playing.commands) + 1
    text = squeezed(playing.shown[id(one)])
    base = Played(
        number,
        text,
        one.span(),
        verb_of(text),
        step=one.step,
        condition=running.condition,
        guarded=bool(one.when),
        slips=one.slips,
    )
    skipped = one.unreached or running.skipped
    if skipped:
        unreached = _unreached(base, one)
        playing.commands.append(replace(base, ending=Ending.NO_EFFECT, effect=skipped, unreached=unreached))
        return
    if running.otherwise:
        needs = Missing(text, f"Is it so: {running.condition}? Then {text} is run too.", None)
        playing.opaque.append((base.span, frozenset()))
        playing.commands.append(replace(base, effect=running.otherwise, missing=(needs,)))
        running.codes.append(ANY)
        return
    foreign = _foreign(running, base.verb)
    if foreign:
        needs = Missing(
            text, f"What the command of {foreign} in line {one.line} does is not known here.", None
        )
        playing.opaque.append((base.span, frozenset()))
        effect = f"a command of {foreign}: only RACF's are played"
        playing.commands.append(replace(base, verb="", effect=effect, missing=(needs,)))
        running.codes.append(ANY)
        return
    before = playing.database
    played, code = turn(playing, base, one)
    playing.commands.append(played)
    playing.lost += played.lost
    running.codes.append(code)
    if playing.database is not before:
        playing.states[number] = playing.database
    if 0 not in code and running.step is not None and running.step.stops:
        line = played.span.line
        running.skipped = f"not run: the step ends at the command of line {line}"
