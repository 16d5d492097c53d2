"""The records of RACDCERT LIST, LISTCHAIN and CHECKCERT."""

from typing import TYPE_CHECKING

from zcertlint.model.facts import AnswerKind
from zcertlint.readers._racdcert_command import Asked
from zcertlint.readers._racdcert_draft import ALT_TYPES, Draft
from zcertlint.readers._racdcert_record import build
from zcertlint.readers._racdcert_scan import LONGEST_LABEL, UNDERSTOOD, UNREAD, Scan, heading_owner, piece
from zcertlint.text.patterns import lazy

if TYPE_CHECKING:
    from zcertlint.model.certificate import Owner

__all__ = ["FIELDS", "ListSection"]

_VALUE, _PIECES, _ALTS, _ALT, _HEX, _RINGS, _RING_OWNER, _RING = range(8)

# Heading -> (field, how its value is written, how far the record has come where it stands).
# Stages: 1 the subject was named, 2 alternative names begin, 3 they are over, 4 key usage is over, 5 whole.
FIELDS = {
    "Certificate ID": ("certificate_id", _VALUE, 0),
    "Status": ("trust", _VALUE, 0),
    "Start Date": ("not_before", _VALUE, 0),
    "End Date": ("not_after", _VALUE, 0),
    "Serial Number": ("serial", _PIECES, 0),
    "Issuer's Name": ("issuer", _PIECES, 0),
    "Subject's Name": ("subject", _PIECES, 1),
    "Subject's AltNames": ("alt_names", _ALTS, 2),
    "IP": ("ip", _ALT, 2),
    "EMail": ("email", _ALT, 2),
    "Domain": ("dns", _ALT, 2),
    "URI": ("uri", _ALT, 2),
    "Subject Key ID": ("subject_key_id", _HEX, 3),
    "Authority Key ID": ("authority_key_id", _HEX, 3),
    "Signing Algorithm": ("signature", _VALUE, 3),
    "Key Usage": ("key_usage", _VALUE, 4),
    "Extended Key Usage": ("extended_usage", _VALUE, 3),
    "Key Type": ("key_type", _VALUE, 4),
    "Key Size": ("key_size", _VALUE, 4),
    "Private Key": ("private_key", _VALUE, 5),
    "Private Key Type": ("old_key_type", _VALUE, 5),
    "Private Key Size": ("key_size", _VALUE, 5),
    "PKDS Label": ("hardware_key", _VALUE, 5),
    "TKDS Label": ("hardware_key", _VALUE, 5),
    "Certificate Fingerprint (SHA256)": ("fingerprint", _HEX, 5),
    "Ring Associations": ("rings", _RINGS, 5),
    "Ring Owner": ("ring_owner", _RING_OWNER, 5),
    "Ring": ("ring", _RING, 5),
}
_ANY_CASE = {key.casefold(): value for key, value in FIELDS.items()}
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF:")
_NO_RINGS = "*** No rings associated ***"
_OTHERS = (
    "digital ring", "mapping information", "irrd", "certificate label name", "summary of certificates", "certificate:",
)  # fmt: skip
# Two lines that were joined.
_JOINED = lazy(
    r"[\s\d]IP:|(?:EMail|Domain|URI|Certificate ID|Status|(?:Start|End) Date|Serial Number"
    r"|(?:Issuer|Subject)'s (?:Name|AltNames)"
    r"|Signing Algorithm|Key (?:Usage|Type|Size)|Private Key|[PT]KDS Label|Ring Associations|Ring Owner"
    r"|(?:Subject|Authority) Key ID|Certificate Fingerprint \(SHA256\)):"
)
_REPEATS = frozenset((_ALT, _RING_OWNER, _RING))
_COMPLETE = 5
_ALWAYS = frozenset(("serial", "issuer", "subject"))  # every certificate has them
# Words behind which no value goes on: RACF shows the usages of a key in one order.
_LAST_WORDS = frozenset(("YES", "NO", "TRUST", "NOTRUST", "HIGHTRUST", "KEYAGREE"))
# What only a certificate in RACF has, and then it has a Label too.
_OF_RACF = frozenset(("certificate_id", "trust", "rings", "ring_owner", "ring"))


class ListSection:
    """Reads from a heading, or from a first ``Label:``, to the next thing that is no LIST."""

    def __init__(self, scan: Scan, asked: Asked) -> None:
        self._scan = scan
        self._asked = asked
        self._owner: Owner | None = asked.owner if asked.function.startswith(("LIST", "CHECK")) else None
        self._draft: Draft | None = None
        self._unlabelled = asked.function == "CHECKCERT"  # records without a label are normal
        self._unknown: list[int] = []
        self._last = 0
        self._whole = True  # no record was damaged
        self._shown = 0  # records with a label
        self._rings_shown = False  # by one of them
        self._last_rings = False  # by the last
        self._first = 0

    def run(self, index: int, end: int) -> int:
        """Read on from ``index``; returns the index of the first line that is not part of it."""
        texts, marks = self._scan.texts, self._scan.marks
        self._first = index
        fields = FIELDS
        while index < end:
            text = texts[index]
            if not text:
                index += 1
                continue
            if text[0] == ">":
                known: bool | None = self._draft is not None and self._draft.piece(index, piece(text))
                if index == self._scan.tail and self._draft is not None:
                    self._draft.broken.add(self._draft.piece_field)
            else:
                key, colon, value = text.partition(":")
                found = fields.get(key) if colon else None
                if found is not None:
                    known = self._field(index, found, value)
                    if known is None:
                        break
                else:
                    if key == "Label" and (behind := self._at_once(index, end)):
                        index = behind
                        continue
                    known = self._other(index, text, key, value)
                    if known is None:
                        break
            if known:
                marks[index] = UNDERSTOOD
                self._last = index
            else:
                self._unknown.append(index)
                if self._draft is not None:
                    self._draft.murky()
            index += 1
        self._finish(index, end)
        return index

    def _at_once(self, index: int, end: int) -> int:
        """Take whole records in the usual layout; the index behind them, or 0 when they have to be read by lines."""
        scan = self._scan
        if scan.records is None or self._owner is None:
            return 0
        self._close(index)
        before = len(scan.certificates)
        behind = scan.records.take(index, end, self._owner)
        if behind == index:
            return 0
        self._last = behind - 1
        self._rings_shown |= any(record.rings is not None for record in scan.certificates[before:])
        self._note_shown(rings=scan.certificates[-1].rings is not None)
        return behind

    def _note_shown(self, *, rings: bool) -> None:
        self._shown += 1
        self._last_rings = rings
        self._rings_shown |= rings

    def _other(self, index: int, text: str, key: str, value: str) -> bool | None:
        """A line that is no field in its usual spelling; None ends the section."""
        lower = text.casefold()
        draft = self._draft
        if key == "Label" or lower.startswith("label:"):
            self._close(index)
            return self._label(index, value.strip())
        if lower.startswith("digital certificate information"):
            self._close(index)
            whole, self._owner = heading_owner(text)
            return whole
        if draft is not None and draft.hex_field and _HEX_DIGITS.issuperset(text):
            if self._scan.at_edge(index):
                draft.broken.add(draft.hex_field)
            draft.digits(text)
            return True
        if text == _NO_RINGS:
            return draft is not None and draft.no_rings()
        if lower.startswith("certificate ") and key[12:].strip().isdigit():
            self._close(index)
            self._unlabelled = True
            return not value.strip()
        if lower.startswith("chain ") and (lower == "chain information:" or "contains" in lower):
            self._close(index)
            return True
        if lower.startswith(_OTHERS):
            return None
        found = _ANY_CASE.get(
            " ".join(key.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).casefold()
        )
        if found is None or ":" not in text:
            return False
        return self._field(index, found, value)

    def _label(self, index: int, label: str) -> bool:
        good = 0 < len(label) <= LONGEST_LABEL and not self._scan.at_edge(index)
        good = good and _JOINED.search(label) is None
        self._draft = Draft(label if good else None, index)
        return good

    def _field(self, index: int, found: tuple[str, int, int], value: str) -> bool | None:
        """A field of the record; None when it is the ``Ring:`` of a LISTRING."""
        name, kind, stage = found
        draft = self._draft
        if kind == _RING and (draft is None or draft.rings is None):
            return None
        if draft is None or draft.out_of_order(name, stage, repeats=kind in _REPEATS):
            self._close(index)
            draft = self._draft = Draft(None, index)
        draft.begin(name, index, stage)
        value = value.strip()
        if ":" in value and _JOINED.search(value) is not None:
            draft.broken.add(name)
            return False
        if kind == _VALUE:
            draft.values[name] = value
            if self._scan.at_edge(index) and value.upper().rpartition(", ")[2] not in _LAST_WORDS:
                draft.broken.add(name)
                return name == "certificate_id"  # for which nothing depends on it
            return bool(value)
        if kind == _PIECES:
            draft.piece_field = name
            return draft.piece(index, piece(value)) if value else True
        if kind == _ALT and self._scan.at_edge(index):
            return False
        if kind == _ALT:
            draft.alts[ALT_TYPES.index(name)].append((value, index))
            return bool(value)
        if kind == _HEX:
            draft.hex_field = name
            draft.parts[name] = []
            if value:
                draft.digits(value)
            return True
        return not value if kind == _ALTS else draft.ring_line(name, value)

    def _close(self, index: int, *, final: bool = False) -> None:
        """The record is over; ``index`` is the line that ends it; ``final`` where nothing follows."""
        draft, self._draft = self._draft, None
        if draft is None:
            return
        if draft.label is None:
            if not self._unlabelled or not _OF_RACF.isdisjoint(draft.at):
                self._whole = False
                self._scan.problem(
                    "IN002",
                    draft.line,
                    "a Label line in front of this",
                    "List the certificate again, from its Label on",
                )
                for line in range(draft.line, index):
                    if self._scan.marks[line] == UNDERSTOOD:
                        self._scan.marks[line] = UNREAD
            return
        self._note_shown(rings=draft.rings is not None)
        if not (draft.at.keys() >= _ALWAYS or (final and self._ends_early(draft))):
            self._whole = False
            draft.names_murky = draft.usage_murky = True  # these may be missing as well
            self._scan.problem(
                "IN002",
                draft.line,
                f"the whole record of {draft.label}; lines of it are missing (serial number, issuer or subject)",
                self._again(draft),
                self._id(draft),
            )
        certificate = build(self._scan, draft, self._owner)
        if certificate is not None:
            if self._owner is not None and certificate.owner != self._owner:
                self._whole = False
            self._scan.add(self._scan.certificates, certificate, draft.line)

    @staticmethod
    def _ends_early(last: Draft) -> bool:
        return last.stage < _COMPLETE or last.rings_cut

    def _again(self, draft: Draft) -> str:
        return f"List it again, with RACDCERT {self._owner or 'ID(user)'} LIST(LABEL('{draft.label}'))"

    def _id(self, draft: Draft) -> str | None:
        return f"{self._owner}/{draft.label}" if self._owner is not None else None

    def _finish(self, index: int, end: int) -> None:
        scan = self._scan
        last = self._draft
        self._close(index, final=True)
        scan.settle(self._unknown, self._last)
        if last is not None and last.label is not None and self._ends_early(last):
            self._whole = False
            scan.problem(
                "IN002",
                last.line,
                f"the whole record of {last.label}; it ends before its last line",
                self._again(last),
                self._id(last),
            )
        asked = self._asked
        if not (asked.function == "LIST" and asked.everything and self._shown and self._whole):
            return
        if index != end or scan.open_end:
            return
        if self._rings_shown and not self._last_rings:
            return
        if asked.owner is None or self._owner is None or asked.owner == self._owner:
            owner = self._owner or asked.owner
            if owner is not None:
                scan.answer(AnswerKind.ALL_CERTIFICATES, asked, self._first, owner=owner)
