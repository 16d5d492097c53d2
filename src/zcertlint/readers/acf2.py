"""ACF2: recognised; what its listings look like is not known well enough to read key rings from them.

Read is the message that a key ring points at a certificate that is gone. A trace of R_datalib (SECTRACE) is
recognised and not used: it shows what one caller got, not what a key ring holds. Everything else is told to be
not understood. Source: facts 13.
"""

import re
from dataclasses import replace

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.readers._ring_notes import UNDERSTOOD, UNREAD, Notes
from zcertlint.text.envelope import Exchange
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "ACF2 listing"

_SIGN = lazy(
    r"^[ \t>]*(?:acf[0-9][0-9a-f][0-9]{3}\b|cas220\di\b|error encountered reading certdata record"
    r"|chkcert[ ]+(?:\w+\.\w|\w+[ ]+label[ ]*\())",
    re.MULTILINE,
)
_JOB = lazy(r"^//\S*[ ]+(?:job|exec|dd)\b", re.MULTILINE)
_COMMAND = lazy(
    r"(?:\S*[$#%>]\s*)?(?:CHKCERT\s+\w|SET\s+P(?:ROFILE)?\s*\(\s*USER\s*\)\s*DIV|LIST\s+\w+\.\w+)",
    re.IGNORECASE,
)
_MESSAGE = lazy(r"(?P<id>ACF\w{5}|CAS220\dI)\b", re.IGNORECASE)
_ORPHAN = lazy(r"Error encountered reading CERTDATA record:\s*(?P<record>\S+)", re.IGNORECASE)
_OTHERS = lazy(
    r"Digital (?:certificate|ring) information|Mapping information|IRRD\d|ICH\d|-----BEGIN|KEYRING LABEL",
    re.IGNORECASE,
)
_READS = (
    "this is an ACF2 listing; what is read of ACF2 is only which CERTDATA records its key rings miss (ACF0A005), "
    "not what the key rings hold"
)
_TRACE = "this is an ACF2 trace of R_datalib; it shows what one caller was given, and no key ring is concluded from it"
_HINT = "Show the key ring as its users see it: keyring-util LISTRING OWNER RING"


def recognise(source: Source) -> bool:
    """Whether messages, a trace or a certificate listing of ACF2 are in it; a job with its commands is none."""
    if not source.lines:
        return False
    text = folded(source)
    if not any(sign in text for sign in ("acf", "cas220", "certdata record", "chkcert")):
        return False
    return _SIGN.search(text) is not None and _JOB.search(text) is None


def read(source: Source, context: ReadContext) -> Facts:
    """No key rings: which records are missing, and what was not read."""
    del context
    notes = Notes(source)
    for exchange in notes.exchanges:
        command = exchange.command
        # Behind READY a message looks like a command; then it is the first line of the answer.
        if command is not None and (_MESSAGE.match(command) or _ORPHAN.match(command)):
            notes.texts[exchange.at] = notes.lines[exchange.at].strip()
            _answer(notes, replace(exchange, command=None, start=exchange.at))
        elif command is None or _COMMAND.match(command):
            _answer(notes, exchange)
    return notes.facts(KIND)


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
