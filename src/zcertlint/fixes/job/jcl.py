"""A job to commands: steps in order, their in-stream data, the conditions on them.

Source of the rules: z/OS MVS JCL Reference. In-stream data end at ``/*`` in the first two columns, or at the delimiter
of DLM in its place; those of ``DD *`` also at ``//`` (JES2). Symbols are put into in-stream data only
where the DD says SYMBOLS=, and only those that EXPORT names.
"""

from collections.abc import Sequence
from dataclasses import field, replace

from zcertlint.fixes.job.cards import Card, read_card, substituted, unquoted
from zcertlint.fixes.job.lines import CommandText, Guard, Job, JobLine, Note, Unreadable
from zcertlint.fixes.job.tso import VERBS, commands_of, verb_of
from zcertlint.model.change import Slip, SlipKind, Step
from zcertlint.records import dataclass
from zcertlint.text.commands import masked
from zcertlint.text.source import Span

__all__ = ["read_jcl"]

_TSO = {"IKJEFT01": False, "IKJEFT1A": True, "IKJEFT1B": True, "IKJEFT1": False}
_EXECS = frozenset(("IRXJCL", "BPXBATCH", "BPXBATSL", "AOPBATCH"))  # they run execs and scripts
_QUIET = frozenset(("JOB", "OUTPUT", "CNTL", "ENDCNTL", "COMMAND", "XMIT", "NOTIFY", "SCHEDULE"))
_SECURITY = frozenset(("RACDCERT", "SETROPTS", "PERMIT", "RDEFINE", "RALTER", "RDELETE", "ALTUSER"))


@dataclass(slots=True)
class _State:
    """What has been read so far.

    Attributes:
        dd: the DD statement in force, for those without a name. input: the DD that TSO reads, also by DDNAME=.
    """

    path: str
    symbols: dict[str, str] = field(default_factory=dict)
    exported: set[str] = field(default_factory=set)
    guards: list[Guard] = field(default_factory=list)
    step: Step | None = None
    when: tuple[Guard, ...] = ()
    dd: str = ""
    input: str = "SYSTSIN"
    submitter: str | None = None
    procedure: bool = False
    delimiter: str = ""
    ended: int = 0  # the line that ended the last in-stream data
    commands: list[CommandText] = field(default_factory=list)
    pending: list[CommandText] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    steps: list[tuple[Step, tuple[Guard, ...]]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    def span(self, line: int, text: str | None = None, column: int | None = None) -> Span:
        return Span(self.path, line, column, text)


def read_jcl(lines: Sequence[JobLine], path: str) -> Job:
    """Every command that the job would run, in order."""
    state = _State(path)
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.text.rstrip()
        if text.startswith(("//*", "/*")) or text in {"//", ""}:
            index += 1
        elif text.startswith("//"):
            card, after = read_card(lines, index, path)
            if card is None:
                state.unreadable.append(Unreadable(state.span(line.number), "this is no JCL statement"))
                index = after
            else:
                index = _statement(state, card, lines, after)
        else:
            index = _stray(state, lines, index)
    return Job(
        path, "JCL", tuple(state.commands), state.submitter, tuple(state.unreadable), tuple(state.notes),
        tuple(state.steps), tuple(state.slips),
    )  # fmt: skip


def _statement(state: _State, card: Card, lines: Sequence[JobLine], index: int) -> int:
    """Note what a statement means; the index behind it and behind its data."""
    state.slips += card.slips
    if card.open:
        state.slips.append(Slip(SlipKind.CONTINUATION, state.span(card.line), ","))
    if state.procedure:
        state.procedure = card.op != "PEND"
        return index
    match card.op:
        case "DD":
            return _dd(state, card, lines, index)
        case "EXEC":
            _exec(state, card)
        case "JOB":
            _job(state, card)
        case "SET":
            for name, value in card.operands:
                state.symbols[name] = substituted(unquoted(value), state.symbols)[0]
        case "EXPORT":
            names = unquoted(card.value("SYMLIST") or "").strip("()").upper()
            state.exported |= set(names.split(","))
        case "IF":
            state.guards.append(Guard(substituted(card.text, state.symbols)[0]))
        case "ELSE" if state.guards:
            last = state.guards.pop()
            state.guards.append(replace(last, negated=not last.negated))
        case "ENDIF" if state.guards:
            state.guards.pop()
        case "PROC":
            state.procedure = True
            text = "The job has a procedure of its own; what its steps run is not looked at."
            state.notes.append(Note(state.span(card.line), text))
        case "INCLUDE":
            member = card.value("MEMBER") or card.text
            text = f"The job includes the member {member}, and no input shows it."
            state.notes.append(Note(state.span(card.line), text))
        case op if op in _QUIET or op in {"JCLLIB", "ELSE", "ENDIF", "PEND"}:
            pass
        case _:
            state.unreadable.append(
                Unreadable(state.span(card.line), "this is no JCL statement that is known here")
            )
    return index


def _job(state: _State, card: Card) -> None:
    user = card.value("USER")
    if user is not None and state.submitter is None:
        state.submitter = substituted(unquoted(user), state.symbols)[0].upper()
    secret = card.value("PASSWORD")
    if secret:
        state.slips.append(Slip(SlipKind.SECRET, state.span(card.line), "PASSWORD on the JOB statement"))


def _exec(state: _State, card: Card) -> None:
    program = card.value("PGM")
    guards = list(state.guards)
    condition = card.value("COND")
    if condition is not None:
        guards.append(Guard(condition, cond=True))
    name = None
    if program is not None:
        name = substituted(unquoted(program), state.symbols)[0].upper()
    state.step = Step(card.name, name, state.span(card.line), stops=_TSO.get(name or "", False))
    state.when = tuple(guards)
    state.dd, state.input = "", "SYSTSIN"
    state.steps.append((state.step, state.when))
    if name is None:
        procedure = unquoted(card.value("PROC") or card.first())
        text = (
            f"Step {card.name or '(without a name)'} runs the procedure {procedure}, and no input shows it."
        )
        state.notes.append(Note(state.span(card.line), text))
        return
    parm = card.value("PARM") or card.value("PARMDD")
    if name in _EXECS:
        text = f"Step {card.name} runs {name}; what that does is not looked at."
        state.notes.append(Note(state.span(card.line), text))
        return
    if name in _TSO and parm:
        _parm(state, card, parm)
    elif parm and any(word in parm.upper() for word in _SECURITY):
        text = f"Step {card.name} gives {name} a command in PARM; what it does is not looked at."
        state.notes.append(Note(state.span(card.line), text))


def _parm(state: _State, card: Card, parm: str) -> None:
    """The command that IKJEFT01 runs before those of SYSTSIN."""
    value, unknown = substituted(unquoted(parm.strip("()") if parm.startswith("('") else parm), state.symbols)
    if card.value("PARM") is None:
        text = f"Step {card.name} takes its command from the DD {value}, which is not looked at."
        state.notes.append(Note(state.span(card.line), text))
    elif value.strip():
        line = JobLine(card.line, value, card.column)
        for one in commands_of([line], state.path, records=False, step=state.step, when=state.when):
            state.commands.append(replace(one, unresolved=unknown))


def _dd(state: _State, card: Card, lines: Sequence[JobLine], index: int) -> int:
    state.dd = card.name or state.dd
    kind = card.first().upper()
    if kind not in {"*", "DATA"}:
        later = card.value("DDNAME")
        if state.dd == "SYSTSIN" and later is not None:
            state.input = substituted(later, state.symbols)[0].upper()
        elif state.dd == state.input and kind != "DUMMY":
            data_set = card.value("DSN") or card.value("DSNAME") or card.value("PATH")
            if data_set is not None:
                name = substituted(unquoted(data_set), state.symbols)[0]
                step = state.step.name if state.step is not None else ""
                text = f"The commands of step {step} are in {name}, and no input shows it."
                state.notes.append(Note(state.span(card.line), text))
        return index
    delimiter = card.value("DLM")
    state.delimiter = unquoted(delimiter) if delimiter is not None else ""
    data: list[JobLine] = []
    while index < len(lines):
        text = lines[index].text
        if text.startswith("//") and kind == "*":  # JES2: also where DLM names another delimiter
            state.ended = lines[index].number
            break
        if text.startswith(unquoted(delimiter) if delimiter is not None else "/*"):
            state.ended = lines[index].number
            index += 1
            break
        data.append(lines[index])
        index += 1
    _data(state, card, data)
    return index


def _data(state: _State, card: Card, data: list[JobLine]) -> None:
    """The in-stream data of a DD: commands when it is the input of TSO."""
    runs = state.step is not None and (state.step.program is None or state.step.program in _TSO)
    if state.dd != state.input or not runs:
        told = next((line for line in data if verb_of(line.text) in _SECURITY), None)
        if told is not None:
            text = f"The data of DD {state.dd} hold a command that no step of TSO reads: {masked(told.text.strip())}"
            state.notes.append(Note(state.span(told.number), text, runs=False))
        return
    unknown: dict[int, tuple[str, ...]] = {}
    if card.value("SYMBOLS") is not None:
        known = {k: v for k, v in state.symbols.items() if "*" in state.exported or k in state.exported}
        put = []
        for line in data:
            text, missing = substituted(line.text, known)
            unknown[line.number] = missing
            put.append(replace(line, text=text))
        data = put
    for one in commands_of(data, state.path, records=True, step=state.step, when=state.when):
        names = [
            name
            for number in dict.fromkeys(piece[1] for piece in one.pieces)
            for name in unknown.get(number, ())
        ]
        state.commands.append(replace(one, unresolved=tuple(dict.fromkeys(names))))


def _stray(state: _State, lines: Sequence[JobLine], index: int) -> int:
    """Lines outside any data: commands there are never run."""
    start = index
    while index < len(lines) and not lines[index].text.startswith(("//", "/*")):
        index += 1
    block = [line for line in lines[start:index] if line.text.strip()]
    for one in commands_of(block, state.path, records=True, step=state.step, when=state.when):
        if state.delimiter and one.text.startswith(state.delimiter):
            continue  # the delimiter of data that a JCL statement has ended
        if verb_of(one.text) in VERBS and state.ended:
            why = f"it is never read: line {state.ended} has ended the data of TSO"
            state.commands.append(replace(one, unreached=why))
        else:
            state.unreadable.append(
                Unreadable(one.span(), "this is neither a JCL statement nor data of a DD statement")
            )
    return index
