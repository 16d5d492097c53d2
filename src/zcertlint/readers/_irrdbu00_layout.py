"""Where the fields of a database unload stand.

Source of the offsets: the table of mfpandas 0.1.7 (made from IBM's z/OS 3.1 record layouts), which counts columns
from 1 and includes both ends; here they are slices. Users and groups have theirs in ``_irrdbu00_people``.
"""

from collections.abc import Mapping
from operator import itemgetter

__all__ = [
    "ALWAYS_THERE", "CERTIFICATE", "CLASSES", "CLASS_AT", "FILTER", "IDENTITY", "LAYOUTS", "RING", "TYPES", "Layout",
]  # fmt: skip

CERTIFICATE, RING, FILTER, IDENTITY = "DIGTCERT", "DIGTRING", "DIGTNMAP", "IDIDMAP"

# Classes that every z/OS system has, so that a whole unload goes beyond the last of them.
ALWAYS_THERE = frozenset((
    "APPL", "CRYPTOZ", "CSFKEYS", "CSFSERV", "FACILITY", "PTKTDATA", "RDATALIB", "SERVAUTH", "STARTED", "SURROGAT",
    "DIGTCRIT", IDENTITY,
))  # fmt: skip
CLASSES = ALWAYS_THERE | {"GCSFKEYS", "GXCSFKEY", "GXFACILI", "XCSFKEY", "XFACILIT"}
"""The classes of which profiles are kept."""

CLASS_AT = slice(252, 260)

# Every type of record; those without a layout below are known and not kept.
_TYPES = (
    "0100 0101 0102 0103 0110 0120 0130 0141 0151 0200 0201 0202 0203 0204 0205 0206 0207 0208 0209 020A 020B 0210 "
    "0220 0230 0231 0232 0233 0240 0250 0251 0260 0270 0280 0281 0282 0290 02A0 02B0 02C0 02D0 02E0 02F0 02G1 0400 "
    "0401 0402 0403 0404 0405 0406 0410 0421 0431 0500 0501 0502 0503 0504 0505 0506 0507 0508 0509 0510 0511 0520 "
    "0521 0530 0540 0550 0560 0561 0562 0570 0571 0572 0573 0574 0580 0590 05A0 05B0 05C0 05D0 05E0 05F0 05G0 05G1 "
    "05G2 05H0 05I0 05I1 05J1 05K0 05L0 1210 1560"
)
TYPES = frozenset(_TYPES.split())


class Layout:
    """The fields of a record: where they stand, and what has to be blank between them.

    Attributes:
        width: so far the record is read.
        least: the length below which a record is cut: trailing blanks may be lost, what is never blank may not.
    """

    __slots__ = ("_between", "_blanks", "_fields", "least", "width")

    def __init__(self, least: int, *columns: tuple[int, int]) -> None:
        """Take columns as IBM counts them; the column before and behind each field is blank."""
        self.least = least
        self.width = max(end for _, end in columns)
        between = {4} | {start - 2 for start, _ in columns} | {end for _, end in columns if end < self.width}
        # Both take all places out of a text in one call: this is where the time of a large unload goes.
        self._between = itemgetter(*between)
        self._blanks = (" ",) * len(between)
        self._fields = itemgetter(*(slice(start - 1, end) for start, end in columns))

    def values(self, text: str) -> list[str] | None:
        """The values without trailing blanks; None for a record that is not as it should be."""
        if len(text) < self.width:
            if len(text) < self.least:
                return None
            text = text.ljust(self.width)
        if self._between(text) != self._blanks:
            return None
        return [value.rstrip() for value in self._fields(text)]


_NAME, _ID, _CLASS = (6, 251), (6, 13), (253, 260)

LAYOUTS: Mapping[str, Layout] = {
    "0207": Layout(262, _ID, (15, 260), (262, 293)),
    "0208": Layout(48, _ID, (15, 46), (48, 293)),
    "0209": Layout(48, _ID, (15, 46), (48, 293)),
    # generic, owner, UACC, WARNING, APPL_DATA
    "0500": Layout(253, _NAME, _CLASS, (262, 265), (282, 289), (337, 344), (660, 663), (754, 1008)),
    "0503": Layout(262, _NAME, _CLASS, (262, 516)),
    "0505": Layout(271, _NAME, _CLASS, (262, 269), (271, 278)),
    # kind and name of the condition, who, access, criteria
    "0507": Layout(289, _NAME, _CLASS, (262, 269), (271, 278), (280, 287), (289, 296), (313, 556)),
    # label, status, user or criteria, names
    "0508": Layout(551, _NAME, _CLASS, (262, 293), (295, 302), (304, 549), (551, 1061)),
    # label, user, registry
    "0509": Layout(295, _NAME, _CLASS, (262, 293), (295, 302), (304, 558)),
    # protection, key label, type, timeout, replay
    "0530": Layout(253, _NAME, _CLASS, (262, 325), (327, 390), (392, 403), (405, 414), (416, 419)),
    # user, group, trusted, privileged
    "0540": Layout(280, _NAME, _CLASS, (262, 269), (271, 278), (280, 283), (285, 288)),
    # start, end, key type and size, GENREQ
    "0560": Layout(
        350, _NAME, _CLASS, (262, 271), (273, 280), (282, 291), (293, 300), (302, 309), (311, 320), (350, 353)
    ),
    "0561": Layout(262, _NAME, _CLASS, (262, 507)),
    # certificate, usage, default, label
    "0562": Layout(518, _NAME, _CLASS, (262, 507), (509, 516), (518, 521), (523, 554)),
    # issuer, subject, algorithm, fingerprint
    "1560": Layout(262, _NAME, _CLASS, (262, 1285), (1287, 2310), (2312, 2327), (2329, 2392)),
}  # fmt: skip
