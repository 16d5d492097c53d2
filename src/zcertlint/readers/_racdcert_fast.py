"""Records of RACDCERT LIST in the layout that RACF prints, one pattern for a whole record.

What a listing of 80,000 certificates consists of. Whatever differs by one sign, and whatever is followed by
something that may still belong to it, is left to the line machine (``_racdcert_list``), whose answer this one
equals (tests/readers/test_racdcert_fast.py).
"""

import gc
import re
from binascii import a2b_base64
from bisect import bisect_left
from codecs import charmap_decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, TypeVar

from zcertlint.model.certificate import (
    Absent,
    AltNames,
    Certificate,
    Key,
    KeyKind,
    Moment,
    Owner,
    TrustStatus,
)
from zcertlint.model.names import Name
from zcertlint.model.places import Places
from zcertlint.readers._racdcert_draft import ALT_TYPES
from zcertlint.readers._racdcert_places import Context, places
from zcertlint.readers._racdcert_record import KINDS, USAGE, extended_usages
from zcertlint.readers._racdcert_scan import Scan, internal_id
from zcertlint.text.patterns import lazy
from zcertlint.text.stripped import Stripped

__all__ = ["Records", "unhurried"]

_T = TypeVar("_T")

_N = r"\n *+"  # the end of a line, and what the next one is indented by
# What many records have in common is looked at once, by what makes it a value.
_REST = rf"([^\n]*){_N}"
_PIECES = rf"(>[^\n]*<(?:{_N}>[^\n]*<)*){_N}"
_HEX = rf"{_N}((?:[^\n]*:{_N})*[^\n]*){_N}"
_WORDS = rf"(\S[^\n:\0-\x1f]*)(?<! ){_N}"
_WORD = rf"(\S+){_N}"
_ALT = rf"(?:(?:IP|Domain|URI): *\S+|EMail: *\S[^\n:\0-\x1f]*(?<! )){_N}"
_RECORD = lazy(
    rf" *+Label: *(\S[^\n:\0-\x1f]{{0,63}})(?<! ){_N}"
    rf"(?:Certificate ID: *{_WORD})?"
    rf"Status: *(TRUST|NOTRUST|HIGHTRUST){_N}"
    rf"Start Date: *{_REST}"
    rf"End Date: *{_REST}"
    rf"Serial Number:{_N}>([0-9A-Fa-f]{{1,128}})<{_N}"
    rf"Issuer's Name:{_N}{_PIECES}"
    rf"Subject's Name:{_N}{_PIECES}"
    rf"(?:Subject's AltNames:{_N}(?:IP: *{_WORD})?(?:EMail: *{_WORDS})?(?:Domain: *{_WORD})?"
    rf"(?:URI: *{_WORD})?((?:{_ALT})*))?"
    rf"(?:Subject Key ID:{_HEX})?"
    rf"(?:Authority Key ID:{_HEX})?"
    rf"(?:Signing Algorithm: *{_REST})?"
    rf"(?:Key Usage: *{_REST})?"
    rf"(?:Extended Key Usage: *{_REST})?"
    rf"(Key Type: *\S[^\n]*{_N}Key Size: *[0-9]{{1,6}}){_N}"
    rf"Private Key: *(YES|NO|Yes|No){_N}"
    rf"(?:[PT]KDS Label: *{_WORDS})?"
    rf"(?:Certificate Fingerprint \(SHA256\):{_HEX})?"
    rf"(?:Ring Associations:{_N}(\*\*\* No rings associated \*\*\*{_N}"
    rf"|(?:Ring Owner: *\S[^\n]*{_N}Ring:{_N}(?:>[^\n]*<{_N})+)+))?"
    rf"(?:(?={_N}()Label: ))?"  # another record follows
)
# What may stand behind a record so that nothing can go on in it.
_NEXT = lazy(rf"(?:{_N})*(?:Label:|Digital (?:certificate|ring) information )")
_DATE = lazy(r"[0-9]{4}/[0-9]{2}/[0-9]{2} (?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}")
_VALUE = lazy(r"\S[^\n:\0-\x1f]*(?<! )")
_SEAM = lazy(r"<\n *+>")
_SHA256_DIGITS = 64
_TRUST: Final = {status.value: status for status in TrustStatus}
_NONE_SHOWN: Final = AltNames()
_EVERY: Final = _NONE_SHOWN.complete
# Before z/OS 3.2 a type of which one name is shown may have more; bit n stands for the type n.
_COMPLETE: Final = tuple(
    frozenset(name for bit, name in enumerate(ALT_TYPES) if not alone >> bit & 1) for alone in range(16)
)
_MANY = 50_000  # values of one kind that are kept


class Records:
    """The records of an input, one after the other: asked in the order of their lines."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        texts = scan.texts
        whole = texts.whole if isinstance(texts, Stripped) else None
        # The lines as the pattern sees them, and which of them are not what they seem.
        self._text = "\n".join(texts) + "\n" if whole is None else whole
        self._seen = texts if whole is None else scan.lines
        self._changed = [*sorted(texts.changed), len(texts)] if isinstance(texts, Stripped) else [len(texts)]
        self._line = self._place = 0  # a line and where it begins in the text
        self._texts = texts
        self._context: Context = (scan.lines, texts, scan.source.path)
        self._owner: Owner | None = None
        self._prefix, self._head = "", b""
        self._page = bytes(range(256)).decode("cp037")
        # What many certificates of a listing have in common, by its text.
        self._moment = _Seen(_moment)
        self._signature = _Seen(_value)
        self._issuer = _Seen(_name)
        self._key = _Seen(_key)
        self._usage = _Seen(_usage)
        self._extended = _Seen(_extended)
        self._rings = _Seen(_rings)

    def take(self, index: int, end: int, owner: Owner) -> int:
        """Take the record whose ``Label:`` stands at ``index`` and those behind it, as long as all is usual.

        Args:
            index: not below the ``index`` of the call before.
            end: of the answer that the records belong to.
            owner: whose listing it is.

        Returns:
            The line behind the last record taken; ``index`` when the line machine has to look.
        """
        text, scan = self._text, self._scan
        if index != self._line:
            self._place += sum(map(len, self._seen[self._line : index])) + index - self._line
            self._line = index
        changed = self._changed[bisect_left(self._changed, index)]
        place, behind = self._place, index
        last = place
        match_at = _RECORD.match
        if owner is not self._owner:
            self._owned_by(owner)
        more = True
        while more and index < end and (match := match_at(text, place)) is not None:
            stop = match.end()
            line = index + text.count("\n", place, stop)
            more = match.end(24) >= 0
            if line > end or changed < line or not (more or self._ends(line, end, stop)):
                break
            if (scan.edge and self._may_be_cut(index, line)) or line > scan.tail >= 0:
                break
            try:
                scan.certificates.append(self._certificate(match, owner, index, line))
            except ValueError:  # a value that cannot be
                break
            if match[2] is not None:
                scan.agreed = owner
            scan.marks[index:line] = b"\x01" * (line - index)
            behind, index = line, line + 1
            last, place = stop, stop + 1
        self._line, self._place = behind, text.rfind("\n", 0, last) + 1
        return behind

    def _may_be_cut(self, start: int, end: int) -> bool:
        """Whether a value ends where lines are cut; between ``>`` and ``<`` it is whole."""
        texts, at_edge = self._texts, self._scan.at_edge
        return any(at_edge(index) for index in range(start, end) if texts[index][0] != ">")

    def _ends(self, behind: int, end: int, stop: int) -> bool:
        """Whether nothing that follows can belong to the record."""
        if _NEXT.match(self._text, stop) is not None:
            return True
        texts = self._texts
        while behind < end and not texts[behind]:
            behind += 1
        return behind == end

    def _certificate(self, match: re.Match[str], owner: Owner, index: int, behind: int) -> Certificate:
        (
            label, ident, status, start, stop, serial, issuer, subject, ip, email, dns, uri, more, subject_key,
            authority_key, signature, usage, extended, key, private, hardware, digits, rings, _,
        ) = match.groups()  # fmt: skip
        if ident is not None:
            data, head = a2b_base64(ident, strict_mode=True), self._head
            shown = charmap_decode(data[len(head) :], "strict", self._page)[0].rstrip(" ")
            if shown != label or not data.startswith(head):
                raise ValueError(ident)
        fingerprint = None if digits is None else _digits(digits)
        if fingerprint is not None and len(fingerprint) != _SHA256_DIGITS:
            raise ValueError(fingerprint)
        keyed = subject_key is not None or authority_key is not None
        if more or keyed or email is not None:
            names = _alt_names((ip, email, dns, uri), more or "", keyed=keyed)
        elif dns is not None or ip is not None or uri is not None:
            alone = (dns is not None) + 2 * (ip is not None) + 8 * (uri is not None)
            names = AltNames(
                () if dns is None else (dns,),
                () if ip is None else (ip,),
                (),
                () if uri is None else (uri,),
                _COMPLETE[alone],
            )
        else:
            names = _NONE_SHOWN
        # By position: names would cost a tenth of the whole.
        return Certificate(
            self._prefix + label,
            owner,
            label,
            _name(subject),
            self._issuer[issuer],
            int(serial, 16),
            self._moment[start],
            self._moment[stop],
            self._key[key],
            self._signature[signature] if signature is not None else None,
            names,
            self._usage[usage] if usage is not None else Absent.ABSENT,
            self._extended[extended] if extended is not None else None,
            None,  # is_ca
            None,  # path_length
            _TRUST[status],
            private in {"YES", "Yes"},
            hardware,
            fingerprint,
            _digits(subject_key) if subject_key is not None else None,
            _digits(authority_key) if authority_key is not None else None,
            None,  # der
            None,  # signed_by
            self._rings[rings] if rings is not None else None,
            Places(places, self._context, index, behind),
        )

    def _owned_by(self, owner: Owner) -> None:
        """Whose certificates follow: what their ids, and their Certificate IDs, begin with."""
        name = internal_id(owner).encode("cp037")
        self._owner, self._prefix, self._head = owner, f"{owner}/", bytes((0xD9, len(name))) + name


@contextmanager
def unhurried() -> Iterator[None]:
    """No search for cycles while a million records without any are made: it would cost a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():  # the new records join the old ones without being looked at
                gc.freeze()
                gc.unfreeze()
            gc.enable()


class _Seen(dict[str, _T]):
    """Values by their text, made once; emptied before it grows without end."""

    def __init__(self, make: Callable[[str], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> _T:
        if len(self) >= _MANY:
            self.clear()
        value = self[text] = self._make(text)
        return value


def _value(text: str) -> str:
    """The text itself, if it may be a value: a colon shows that two lines were joined."""
    if _VALUE.fullmatch(text) is None:
        raise ValueError(text)
    return text


def _moment(text: str) -> Moment:
    if _DATE.fullmatch(text) is None:
        raise ValueError(text)
    return Moment(datetime.fromisoformat(f"{text.replace('/', '-')}+00:00"), local=True)


def _name(pieces: str) -> Name:
    """The lines of a name; between ``>`` and ``<`` everything counts."""
    text = pieces[1:-1].replace("<\n       >", "")  # as RACF indents them
    return Name(_SEAM.sub("", text) if "<\n" in text else text)


def _key(text: str) -> Key:
    kind, _, size = text.partition("\n")
    word = _value(kind.partition(":")[2].lstrip(" ")).casefold()
    return Key(KINDS.get(word, KeyKind.OTHER), int(size.partition(":")[2]))


def _usage(text: str) -> frozenset[str]:
    words = [word.strip().upper() for word in _value(text).split(",")]
    if not USAGE.keys() >= set(words):
        raise ValueError(text)
    return frozenset(bit for word in words for bit in USAGE[word])


def _extended(text: str) -> frozenset[str]:
    if text.endswith(","):
        raise ValueError(text)
    usages = extended_usages(_value(text))
    if usages is None:
        raise ValueError(text)
    return usages


def _rings(text: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, list[str]]] = []
    for line in map(str.strip, text.rstrip().split("\n")):
        if line[0] == ">":
            found[-1][1].append(line[1:-1])
        elif line.startswith("Ring Owner:"):
            found.append((line[11:].strip().upper(), []))
    return tuple((owner, "".join(pieces)) for owner, pieces in found)


def _digits(text: str) -> str:
    value = text.replace(":", "").replace("\n       ", "").upper()  # as RACF indents them
    if " " in value or "\n" in value:
        value = "".join(line.lstrip(" ") for line in value.split("\n"))
    if not value or " " in value:
        raise ValueError(text)
    bytes.fromhex(value)  # or ValueError
    return value


def _alt_names(first: tuple[str | None, ...], more: str, *, keyed: bool) -> AltNames:
    """The names listed.

    Args:
        first: an address, a mail address, a host and a URI.
        more: the lines behind them.
        keyed: whether key identifiers tell z/OS 3.2, which lists every name.
    """
    lists: dict[str, list[str]] = {
        word: [] if value is None else [value]
        for word, value in zip(("IP", "EMail", "Domain", "URI"), first, strict=True)
    }
    for line in map(str.strip, more.rstrip().split("\n")) if more else ():
        word, _, value = line.partition(":")
        lists[word].append(value.strip())
    ips, emails, dns, uris = lists.values()
    emails = ["@".join(mail.rsplit(" at ", 1)) for mail in emails]
    alone = (len(dns) == 1) + 2 * (len(ips) == 1) + 4 * (len(emails) == 1) + 8 * (len(uris) == 1)
    complete = _EVERY if keyed else _COMPLETE[alone]
    return AltNames(tuple(dns), tuple(ips), tuple(emails), tuple(uris), complete)
