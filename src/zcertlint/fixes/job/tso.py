"""Lines to commands, as TSO's terminal monitor program reads them.

Facts: a line goes on in the next one when its last character is ``-`` (the next line is taken as it is) or ``+``
(its leading blanks are dropped). In records of 80 bytes, columns 73 to 80 are left out when they hold a sequence
number. Nothing beyond column 80 is read. A blank line ends a command.
"""

from collections.abc import Iterable
from dataclasses import replace

from zcertlint.fixes.job.lines import CommandText, Guard, JobLine
from zcertlint.fixes.job.words import TreeError, parse, without_comments
from zcertlint.model.change import Slip, SlipKind, Step
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["VERBS", "commands_of", "verb_of"]

_MARGIN = 72
_RECORD = 80
_COMMAND_MAX = 32_763  # bytes of a command of TSO
# Commands that a line of operands is not taken for: every word with which a command of TSO or RACF may begin.
_VERBS_TEXT = (
    "RACDCERT SETROPTS SETR PERMIT PE RDEFINE RDEF RALTER RALT RDELETE RDEL ADDUSER AU ALTUSER ALU DELUSER DU"
    " ADDGROUP AG ALTGROUP ALG DELGROUP DG CONNECT CO REMOVE RE RLIST RL LISTUSER LU LISTGRP LG SEARCH SR LISTDSD LD"
    " ADDSD AD ALTDSD ALD DELDSD DD RVARY RACMAP RACLINK RACPRIV PASSWORD PW PHRASE"
    " PROFILE PROF ALLOCATE ALLOC FREE DELETE DEL LISTDS LISTD LISTCAT LISTC LISTALC LISTA RENAME REN EXEC EX CALL"
    " SUBMIT SUB STATUS ST OUTPUT OUT TIME SEND SE PRINTDS PR OUTTRAN ISPSTART HELP H LOGON LOGOFF END TERMINAL TERM"
    " TSOLIB TSOEXEC OSHELL BPXBATCH OGET OPUT OGETX OPUTX MKDIR REPRO VERIFY DEFINE DEF ALTER ATTRIB ATTR WHO"
    " EXECUTIL RXTRACE PARMLIB CONSOLE CONSPROF XMIT TRANSMIT RECEIVE NETSTAT PING TRACERTE DSNUTILU EDIT E LINK RUN"
    " WRITE WRITENR SET CONTROL PROC IF DO ELSE EXIT RETURN GOTO ATTN ERROR GLOBAL NGLOBAL READ CLOSFILE OPENFILE"
    " GETFILE PUTFILE SELECT WHEN OTHERWISE TERMIN SYSCALL SYSREF LISTDSI DATA ENDDATA READDVAL SIGNAL SAY"
)
VERBS = tuple(_VERBS_TEXT.split())


@dataclass(slots=True)
class _Draft:
    """A command that is being put together."""

    text: str
    pieces: list[tuple[int, int, int]]
    slips: list[Slip]
    going_on: str = ""

    def add(self, text: str, line: JobLine) -> None:
        self.pieces.append((len(self.text), line.number, line.column))
        self.text += text


def verb_of(text: str) -> str:
    """The first word, in upper case."""
    head = text.lstrip()
    end = next(
        (index for index, char in enumerate(head) if not (char.isalnum() or char in "$#@%")), len(head)
    )
    return head[:end].upper()


def commands_of(
    lines: Iterable[JobLine],
    path: str,
    *,
    records: bool,
    step: Step | None = None,
    when: tuple[Guard, ...] = (),
) -> list[CommandText]:
    """The commands of these lines.

    Args:
        lines: in order.
        path: of the file.
        records: whether they are records of 80 bytes, of which the last eight may hold a sequence number.
        step: that runs them.
        when: the conditions on the step.
    """
    drafts: list[_Draft] = []
    current: _Draft | None = None
    for line in lines:
        text, slips = _margins(line, path) if records else (line.text, [])
        text = text.rstrip()
        if not text.strip():
            if current is not None and current.going_on:
                _broken(current, path)
            current = None
            continue
        if current is None or not current.going_on:
            current = _Draft("", [], [])
            drafts.append(current)
        dropped = len(text) - len(text.lstrip()) if current.going_on == "+" or not current.text else 0
        current.slips += slips
        part = text[dropped:]
        goes_on = part[-1:] if part[-1:] in {"+", "-"} else ""
        body = part[:-1] if goes_on else part
        current.add(body, JobLine(line.number, body, line.column + dropped))
        current.going_on = goes_on
        if len(current.text) > _COMMAND_MAX:  # nothing is that long but what never ends
            current.going_on = ""
    if current is not None and current.going_on:
        _broken(current, path)
    finished = (_finished(one, path, step, when) for one in _rejoined(drafts, path))
    return [one for one in finished if one.text.strip()]


def _margins(line: JobLine, path: str) -> tuple[str, list[Slip]]:
    """The part of a record that is read, and what is wrong with the rest."""
    text = line.text.rstrip()
    if len(text) <= _MARGIN:
        return text, []
    tail = text[_MARGIN:_RECORD]
    slips = []
    if len(text) > _RECORD:
        slips.append(Slip(SlipKind.CUT, Span(path, line.number, _RECORD + 1)))
    if tail.strip().isdigit():
        return text[:_MARGIN].rstrip(), slips
    if len(text) <= _RECORD:
        slips.append(Slip(SlipKind.BEYOND, Span(path, line.number, _MARGIN + 1)))
    return text[:_RECORD], slips


def _broken(draft: _Draft, path: str) -> None:
    _, line, _ = draft.pieces[-1]
    draft.slips.append(Slip(SlipKind.CONTINUATION, Span(path, line), draft.going_on))
    draft.going_on = ""


def _open(text: str) -> bool:
    """Whether a parenthesis or an apostrophe is left open."""
    try:
        parse(without_comments(text))
    except TreeError as error:
        return "closed" in str(error) or "partner" in str(error)
    return False


def _rejoined(drafts: list[_Draft], path: str) -> list[_Draft]:
    """Operands on a line of their own, after a line that should have been continued, are told as that."""
    found: list[_Draft] = []
    for draft in drafts:
        verb = verb_of(draft.text)
        before = found[-1] if found else None
        racdcert = before is not None and verb_of(before.text) == "RACDCERT"
        operand = racdcert and draft.text.lstrip()[len(verb) :].startswith("(")
        lost = before is not None and (verb not in VERBS or operand) and verb_of(before.text) in VERBS
        if lost and before is not None and (_open(before.text) or _is_operand(draft.text)):
            _, line, _ = before.pieces[-1]
            if not any(slip.kind is SlipKind.CONTINUATION for slip in before.slips):
                before.slips.append(Slip(SlipKind.CONTINUATION, Span(path, line), ""))
            draft.slips.append(Slip(SlipKind.CONTINUATION, Span(path, draft.pieces[0][1]), "operands"))
        found.append(draft)
    return found


def _is_operand(text: str) -> bool:
    """Whether a line begins like operands of a command: a word with parentheses, or a closing one."""
    head = text.lstrip()
    word = verb_of(head)
    return head.startswith(("(", ")", "'")) or head[len(word) :].lstrip().startswith(("(", ")"))


def _finished(draft: _Draft, path: str, step: Step | None, when: tuple[Guard, ...]) -> CommandText:
    text = without_comments(draft.text)
    made = CommandText(text, tuple(draft.pieces), path, tuple(draft.slips), step, when)
    lead = len(text) - len(text.lstrip())
    if not lead or not text.strip():
        return made
    # The command begins with its verb: a comment in front of it is no part of it.
    offset, line, column = made.pieces[max(0, sum(piece[0] <= lead for piece in made.pieces) - 1)]
    first = (0, line, column + lead - offset)
    rest = tuple((start - lead, *place) for start, *place in made.pieces if start > lead)
    return replace(made, text=text[lead:], pieces=(first, *rest))  # type: ignore[arg-type]
