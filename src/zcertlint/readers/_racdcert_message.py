"""The messages of RACDCERT, in place of a listing or beside one."""

import re
from typing import Final

from zcertlint.model.facts import AnswerKind
from zcertlint.readers._racdcert_command import Asked, owner_of
from zcertlint.readers._racdcert_scan import UNDERSTOOD, Scan
from zcertlint.text.messages import unfold_message
from zcertlint.text.patterns import lazy

__all__ = ["MESSAGE", "take_message"]

MESSAGE: Final = lazy(r"\W*(?P<id>IRRD\d{3}I|ICH408I)\b\s*(?P<text>.*)", re.DOTALL)
_KINDS: Final = {
    "IRRD101I": AnswerKind.DENIED,
    "ICH408I": AnswerKind.DENIED,
    "IRRD105I": AnswerKind.NO_CERTIFICATES,
    "IRRD107I": AnswerKind.NO_SUCH_CERTIFICATE,
    "IRRD114I": AnswerKind.NO_SUCH_RING,
    "IRRD115I": AnswerKind.NO_RINGS,
}
# The commands in which the owner outside is the owner of the certificate that a message misses.
_OF_ONE = frozenset(("", "LIST", "LISTCHAIN", "EXPORT", "GENREQ", "ALTER", "DELETE", "REKEY"))
_IMPLIED: Final = {
    AnswerKind.NO_CERTIFICATES: "LIST",
    AnswerKind.NO_SUCH_RING: "LISTRING",
    AnswerKind.NO_RINGS: "LISTRING",
}
_USER = lazy(r"\buser\s+(\S+?)(?:\.|\s|$)", re.IGNORECASE)
_RING = lazy(r"\bring\s+(.+?)\s+does\s+not\s+exist", re.IGNORECASE)
_NOTHING = lazy(r"\bno\b.{1,40}\binformation\s+was\s+found\b", re.IGNORECASE)
_LONGEST = 1200  # characters that are looked at


def take_message(scan: Scan, asked: Asked, index: int, end: int) -> int:
    """Read the message that begins at ``index``; returns the index behind its last line."""
    text, behind = _whole(scan, index, end)
    for line in range(index, behind):
        if scan.texts[line]:
            scan.marks[line] = UNDERSTOOD
    found = MESSAGE.match(text[:_LONGEST])
    if found is None:
        return behind
    kind = _kind(found["id"], found["text"], asked)
    if kind is None:
        return behind
    if kind is AnswerKind.NO_RINGS and asked.function not in {"", "LISTRING"}:
        asked = Asked()  # another command's answer
    owner, name = asked.owner, asked.name
    if kind in {AnswerKind.NO_CERTIFICATES, AnswerKind.NO_RINGS, AnswerKind.NO_MAPPINGS}:
        named = _USER.search(found["text"])
        owner = (owner_of(named[1]) if named else None) or owner
    if kind is AnswerKind.NO_SUCH_RING:
        name = _ring(found["text"], asked)
    if kind is AnswerKind.NO_MAPPINGS and asked.multi:
        owner, name = None, "MULTIID"
    scan.answer(
        kind, asked, index, owner=owner, name=name, message=found["id"], function=_IMPLIED.get(kind, "")
    )
    return behind


def _whole(scan: Scan, index: int, end: int) -> tuple[str, int]:
    """The text of a message that may go on over several lines."""
    text = scan.texts[index]
    if "ICH408I" in text:  # one line for each part, indented
        behind = index + 1
        while behind < end and scan.texts[behind] and scan.lines[behind][:1].isspace() and behind < index + 8:
            behind += 1
        return text, behind
    if scan.lines[index].strip() != text:
        return text, index + 1  # quoted: where it was cut cannot be told
    return unfold_message(scan.lines, index, end)


def _kind(ident: str, text: str, asked: Asked) -> AnswerKind | None:
    """What a message says; None for one that is known and changes nothing."""
    kind = _KINDS.get(ident)
    if asked.function == "LISTMAP" and kind is not AnswerKind.DENIED:
        # The manuals at hand name no message of its own: the words count.
        return AnswerKind.NO_MAPPINGS if asked.everything and _NOTHING.search(text) else None
    if ident == "ICH408I" and not asked.function:
        return None  # RACF speaks about something else
    if kind is AnswerKind.NO_CERTIFICATES and asked.function not in {"", "LIST"}:
        return None
    if kind is AnswerKind.NO_SUCH_CERTIFICATE and asked.function not in _OF_ONE:
        return None
    return kind


def _ring(text: str, asked: Asked) -> str | None:
    """The ring that does not exist; None when the message was cut or folded so that nobody can tell."""
    found = _RING.search(text)
    listed = asked.name if asked.function == "LISTRING" and asked.name != "*" else None
    if found is None:
        return listed
    name = found[1]
    if " " not in name:
        return name
    return listed if listed is not None and name.replace(" ", "") == listed else None
