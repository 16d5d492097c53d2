"""What is read of ACF2: which CERTDATA records its key rings miss; the rest is told."""

import re
from dataclasses import replace

from zcertlint.model.facts import Facts
from zcertlint.readers._ring_notes import UNDERSTOOD, UNREAD, Notes
from zcertlint.text.envelope import Exchange
from zcertlint.text.source import Source

__all__ = ["read_messages"]

_COMMAND = re.compile(
    r"(?:\S*[$#%>]\s*)?(?:CHKCERT\s+\w|SET\s+P(?:ROFILE)?\s*\(\s*USER\s*\)\s*DIV|LIST\s+\w+\.\w+)",
    re.IGNORECASE,
)
_MESSAGE = re.compile(r"(?P<id>ACF\w{5}|CAS220\dI)\b", re.IGNORECASE)
_ORPHAN = re.compile(r"Error encountered reading CERTDATA record:\s*(?P<record>\S+)", re.IGNORECASE)
_OTHERS = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information|IRRD\d|ICH\d|-----BEGIN|KEYRING LABEL",
    re.IGNORECASE,
)
_READS = (
    "this is an ACF2 listing; what is read of ACF2 is only which CERTDATA records its key rings miss (ACF0A005), "
    "not what the key rings hold"
)
_TRACE = "this is an ACF2 trace of R_datalib; it shows what one caller was given, and no key ring is concluded from it"
_HINT = "Show the key ring as its users see it: keyring-util LISTRING OWNER RING"


def read_messages(source: Source, kind: str) -> Facts:
    """Every answer of the input."""
    notes = Notes(source)
    for exchange in notes.exchanges:
        command = exchange.command
        # Behind READY a message looks like a command; then it is the first line of the answer.
        if command is not None and (_MESSAGE.match(command) or _ORPHAN.match(command)):
            notes.texts[exchange.at] = notes.lines[exchange.at].strip()
            _answer(notes, replace(exchange, command=None, start=exchange.at))
        elif command is None or _COMMAND.match(command):
            _answer(notes, exchange)
        else:  # below another command's answer
            _answer(notes, replace(exchange, command=None, at=exchange.start))
    return notes.facts(kind)


def _answer(notes: Notes, exchange: Exchange) -> None:
    """One answer: from its command or first message on."""
    started = exchange.command is not None
    last = exchange.start - 1
    unknown: list[int] = []
    traced: int | None = None
    for index in range(exchange.at, exchange.start):
        notes.marks[index] = UNDERSTOOD
    for index in range(exchange.start, exchange.end):
        text = notes.texts[index]
        if not text:
            continue
        if started and _OTHERS.match(text):
            break
        message = _MESSAGE.match(text)
        orphan = _ORPHAN.match(text)
        if message or orphan or _COMMAND.match(text):
            started = True
            last = index
            notes.marks[index] = UNDERSTOOD
            if message and message["id"].upper().startswith("CAS") and traced is None:
                traced = index
            if orphan:
                _missing(notes, index, orphan["record"])
        elif started:
            unknown.append(index)
    if traced is not None:
        notes.problem("IN008", traced, _TRACE, _HINT)
    _settle(notes, exchange, unknown, last)


def _missing(notes: Notes, index: int, record: str) -> None:
    notes.problem(
        "IN008",
        index,
        f"a key ring points at the CERTDATA record {record}, which is not there",
        f"Take it off the ring (REMOVE CERTDATA({record}) ...), or insert the certificate again",
    )


def _settle(notes: Notes, exchange: Exchange, unknown: list[int], last: int) -> None:
    """Lines that were not understood: all in the answer of a command, else those inside and right below."""
    inside = []
    below = last + 1
    for index in unknown:
        if exchange.command is not None or index < last or index == below:
            inside.append(index)
        below += index == below
    for index in inside:
        notes.marks[index] = UNREAD
    if inside:
        notes.problem("IN008", inside[0], _READS, _HINT)
