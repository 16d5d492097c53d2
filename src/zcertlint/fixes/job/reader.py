"""What kind of change a file is, told by its content, and the job that it makes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from zcertlint.fixes.job.execs import is_clist, is_rexx, read_clist, read_rexx
from zcertlint.fixes.job.jcl import read_jcl
from zcertlint.fixes.job.lines import CommandText, Job, JobLine, Unreadable
from zcertlint.fixes.job.mail import is_mail, jcl_of, unmarked, without_prose
from zcertlint.fixes.job.tso import VERBS, commands_of, verb_of
from zcertlint.records import dataclass
from zcertlint.text.commands import heading
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["is_job", "job_lines", "read_job"]

_LONGEST = 20_000  # lines; a listing may have millions, a job that somebody reviews has not
_JCL = lazy(
    r"//(?:\*|[A-Za-z$#@][\w$#@.]{0,16}\s+(?:JOB|EXEC|DD|PROC)\b|\s+(?:SET|EXEC|JCLLIB|EXPORT|IF|DD)\b)"
)
_NUMBERED = lazy(r"(?:\d{6}|={6}>?)(?= |\Z) ?")
_SEQUENCE = lazy(r".{72}\d{8}\s*\Z")
_MARGIN = 72
# What a word processor or a blog makes of apostrophes, quotes and hyphens.
_TYPED = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
    }
)
_BANNER = lazy(r"\*{6} \*+ (?:Top|Bottom) of Data \*+", re.IGNORECASE)
_MESSAGE = lazy(r"\s*(?:IRR[A-Z]\d{3}I|ICH\d{3,5}I|IKJ\d{5}I|EZZ\d{4}I)\b")
_PROMPT = lazy(r"(?:READY\Z|(?:TSO\s+|ISPF\s+)?(?:COMMAND\s+)?===>\s*|TSO\s+(?=\S))", re.IGNORECASE)
_FENCE = lazy(r"\s*(?:```|~~~)")
_CHANGES_TEXT = (
    "PERMIT PE RDEFINE RDEF RALTER RALT RDELETE RDEL ALTUSER ALU ADDUSER AU DELUSER DU CONNECT CO REMOVE RE"
)
_CHANGES = tuple(_CHANGES_TEXT.split())
_PLAIN = frozenset(
    ("RDEFINE", "RDEF", "RALTER", "RALT", "RDELETE", "RDEL", "DELUSER")
)  # no parentheses are needed
_READS = lazy(
    r"RACDCERT\b(?=.*\b(?:LIST\w*|CHECKC\w*)\s*(?:\(|\Z))|(?:SETROPTS|SETR)\s+LIST\b", re.IGNORECASE
)
_NAMED = lazy(r"\s(?:RACDCERT|SETROPTS|SETR|PERMIT|RDEFINE|RALTER)\s.*\(", re.IGNORECASE)
_INSIDE = "a command inside a sentence is not played: put it on a line of its own"
_OPERANDS = lazy(r"\w+\s+[^\s.,;:]")


@dataclass(frozen=True, slots=True)
class _Read:
    """Lines to be taken apart.

    Attributes:
        lines: without marks. mail: whether prose may stand around the commands.
    """

    lines: tuple[JobLine, ...]
    mail: bool


def job_lines(source: Source) -> tuple[JobLine, ...]:
    """The lines without what an editor, a mail or a ticket has put in front of them."""
    return _lines(source).lines


def _lines(source: Source) -> _Read:
    kept = [(number, line) for number, line in enumerate(source.lines, 1) if not _BANNER.match(line)]
    texts = [line for _, line in kept if line.strip()]
    sequenced = bool(texts) and all(_SEQUENCE.match(line) for line in texts)
    numbered = bool(texts) and all(_NUMBERED.match(line) for line in texts)
    found = []
    for number, line in kept:
        text, column = line.replace("\t", " ").translate(_TYPED), 1
        if sequenced:
            text = text[:_MARGIN].rstrip()
        mark = _NUMBERED.match(text) if numbered else None
        if mark is not None:
            text, column = text[mark.end() :], mark.end() + 1
        found.append(JobLine(number, text, column))
    if not is_mail([line.text for line in found]):
        return _Read(tuple(line for line in found if not _FENCE.match(line.text)), mail=False)
    found = list(unmarked(found))
    return _Read(tuple(jcl_of(found, _JCL) or found), mail=True)


def _is_jcl(lines: Sequence[JobLine]) -> bool:
    first = next((line.text for line in lines if line.text.strip()), "")
    if not first.startswith("//"):
        return False
    return any(_JCL.match(line.text) and not line.text.startswith("//*") for line in lines)


def _changes(text: str) -> bool:
    """Whether a command changes something that RACF keeps."""
    verb = verb_of(text)
    if verb in {"RACDCERT", "SETROPTS", "SETR"}:
        return _READS.match(text.strip()) is None and _OPERANDS.match(text.strip()) is not None
    if verb in _PLAIN:
        return _OPERANDS.match(text.strip()) is not None
    return verb in _CHANGES and "(" in text


def is_job(source: Source) -> bool:
    """Whether the file is a change to rehearse: JCL, an exec, or commands without answers."""
    if not source.lines or len(source.lines) > _LONGEST:
        return False
    read = _lines(source)
    lines = read.lines
    if _is_jcl(lines):
        return True
    if not any(verb in line.text.upper() for line in lines for verb in ("RACDCERT", "SETROPTS", *_CHANGES)):
        return False
    if is_rexx(lines):
        return True
    if any(_MESSAGE.match(line.text) or heading(line.text.strip()) for line in lines):
        return False
    commands = _pasted(without_prose(lines) if read.mail else lines, source.path)
    known = [one for one in commands if verb_of(one.text) in VERBS or one.text.lstrip().startswith("%")]
    changing = sum(_changes(one.text) for one in known)
    return changing > 0 and len(commands) - len(known) <= changing


def _pasted(lines: Sequence[JobLine], path: str) -> list[CommandText]:
    """Commands without a job around them; prompts are dropped."""
    kept = []
    for line in lines:
        if line.text.startswith("//*"):  # a comment of the job that the commands were taken from
            continue
        prompt = _PROMPT.match(line.text.strip())
        if prompt is None:
            kept.append(line)
            continue
        lead = len(line.text) - len(line.text.lstrip()) + prompt.end()
        kept.append(replace(line, text=line.text[lead:], column=line.column + lead))
    return commands_of(kept, path, records=False)


def read_job(source: Source) -> Job:
    """Every command of a file that :func:`is_job` has taken."""
    read = _lines(source)
    lines: Sequence[JobLine] = read.lines
    if _is_jcl(lines):
        made = read_jcl(lines, source.path)
    elif is_rexx(lines):
        made = read_rexx(lines, source.path)
    elif is_clist(lines):
        made = read_clist(lines, source.path)
    else:
        lines = without_prose(lines) if read.mail else lines
        made = _commands(lines, source.path)
    return replace(made, around=_filled(source.lines) - _filled(line.text for line in lines))


def _filled(lines: Iterable[str]) -> int:
    return sum(bool(line.strip()) for line in lines)


def _commands(lines: Sequence[JobLine], path: str) -> Job:
    """Commands that are no job's."""
    commands: list[CommandText] = []
    unreadable: list[Unreadable] = []
    pasted = _pasted(lines, path)
    if pasted and pasted[-1].text.strip().upper() == "END":
        pasted.pop()  # the end of the input of TSO, as SYSTSPRT shows it
    for one in pasted:
        verb = verb_of(one.text)
        if verb in VERBS or one.text.lstrip().startswith("%") or one.slips:
            commands.append(one)
        else:
            inside = _NAMED.search(one.text) is not None
            unreadable.append(Unreadable(one.span(), _INSIDE if inside else "this is no command of TSO"))
    return Job(path, "commands", tuple(commands), None, tuple(unreadable))
