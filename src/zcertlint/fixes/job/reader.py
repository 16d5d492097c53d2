"""What kind of change a file is, told by its content, and the job that it makes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from zcertlint.fixes.job.execs import is_clist, is_rexx, read_clist, read_rexx
from zcertlint.fixes.job.jcl import read_jcl
from zcertlint.fixes.job.lines import CommandText, Job, JobLine, Unreadable
from zcertlint.fixes.job.tso import VERBS, commands_of, verb_of
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
_READS = lazy(
    r"RACDCERT\b(?=.*\b(?:LIST\w*|CHECKC\w*)\s*(?:\(|\Z))|(?:SETROPTS|SETR)\s+LIST\b", re.IGNORECASE
)
_OPERANDS = lazy(r"\w+\s+[^\s.,;:]")


def job_lines(source: Source) -> tuple[JobLine, ...]:
    """The lines without what an editor, a mail or a ticket has put in front of them."""
    kept = [(number, line) for number, line in enumerate(source.lines, 1) if not _BANNER.match(line)]
    texts = [line for _, line in kept if line.strip()]
    sequenced = bool(texts) and all(_SEQUENCE.match(line) for line in texts)
    numbered = bool(texts) and all(_NUMBERED.match(line) for line in texts)
    quoted = bool(texts) and all(line.startswith(">") for line in texts)
    found = []
    for number, line in kept:
        text, column = line.replace("\t", " ").translate(_TYPED), 1
        if sequenced:
            text = text[:_MARGIN].rstrip()
        mark = _NUMBERED.match(text) if numbered else None
        if mark is not None:
            text, column = text[mark.end() :], mark.end() + 1
        elif quoted:
            cut = 2 if text.startswith("> ") else 1
            text, column = text[cut:], cut + 1
        if not _FENCE.match(text):
            found.append(JobLine(number, text, column))
    return tuple(found)


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
    return verb in _CHANGES and "(" in text


def is_job(source: Source) -> bool:
    """Whether the file is a change to rehearse: JCL, an exec, or commands without answers."""
    if not source.lines or len(source.lines) > _LONGEST:
        return False
    lines = job_lines(source)
    if _is_jcl(lines):
        return True
    if not any(verb in line.text.upper() for line in lines for verb in ("RACDCERT", "SETROPTS", *_CHANGES)):
        return False
    if is_rexx(lines):
        return True
    if any(_MESSAGE.match(line.text) or heading(line.text.strip()) for line in lines):
        return False
    commands = _pasted(lines, source.path)
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
    lines = job_lines(source)
    if _is_jcl(lines):
        return read_jcl(lines, source.path)
    if is_rexx(lines):
        return read_rexx(lines, source.path)
    if is_clist(lines):
        return read_clist(lines, source.path)
    commands: list[CommandText] = []
    unreadable: list[Unreadable] = []
    pasted = _pasted(lines, source.path)
    if pasted and pasted[-1].text.strip().upper() == "END":
        pasted.pop()  # the end of the input of TSO, as SYSTSPRT shows it
    for one in pasted:
        verb = verb_of(one.text)
        if verb in VERBS or one.text.lstrip().startswith("%") or one.slips:
            commands.append(one)
        else:
            unreadable.append(Unreadable(one.span(), "this is no command of TSO"))
    return Job(source.path, "commands", tuple(commands), None, tuple(unreadable))
