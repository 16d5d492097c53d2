"""Where the facts of a record in the usual layout stand; made when a report asks for one."""

from collections.abc import Sequence

from zcertlint.text.source import Span

__all__ = ["Context", "places"]

_NAMES = {
    "Label": "id",
    "Status": "trust",
    "Start Date": "not_before",
    "End Date": "not_after",
    "Signing Algorithm": "signature",
    "Key Usage": "key_usage",
    "Extended Key Usage": "extended_usage",
    "Key Size": "key",
    "Private Key": "private_key",
    "PKDS Label": "hardware_key",
    "TKDS Label": "hardware_key",
}
_BELOW = {
    "Serial Number": "serial",
    "Issuer's Name": "issuer",
    "Subject's Name": "subject",
    "Certificate Fingerprint (SHA256)": "fingerprint",
    "Subject Key ID": "subject_key_id",
    "Authority Key ID": "authority_key_id",
}
_ALT_NAMES = ("Domain", "IP", "EMail", "URI")
_ORDER = (
    "id", "trust", "not_before", "not_after", "serial", "issuer", "subject", "alt_names", "signature",
    "key_usage", "extended_usage", "key", "private_key", "hardware_key", "fingerprint", "subject_key_id",
    "authority_key_id", "rings",
)  # fmt: skip


Context = tuple[Sequence[str], Sequence[str], str]
"""The lines of an input, the same without margins and quote marks, and its path."""


def places(context: Context, start: int, end: int) -> tuple[tuple[str, Span], ...]:
    """The places in the lines ``start`` to ``end`` (from 0, without ``end``), in the order of the line machine."""
    lines, texts, path = context
    found: dict[str, tuple[int, str]] = {}
    alts: dict[str, tuple[int, str]] = {}
    for index in range(start, end):
        text = texts[index]
        if text[0] == ">":
            continue
        word, _, value = text.partition(":")
        if word in _NAMES:
            value = value.strip()  # with blanks where the line has no-break spaces
            there = word == "Label" or value in lines[index]
            found[_NAMES[word]] = (index, value if there else text)
        elif word in _BELOW:
            found[_BELOW[word]] = (index + 1, _below(lines[index + 1], texts, index + 1, end))
        elif word in _ALT_NAMES:
            alts.setdefault(word, (index, value.strip()))
        elif word == "Ring Associations":
            found["rings"] = (index, text)
    first = next((alts[word] for word in _ALT_NAMES if word in alts), None)
    if first is not None:
        found["alt_names"] = first
    return tuple((name, _span(lines, path, *found[name])) for name in _ORDER if name in found)


def _below(line: str, texts: Sequence[str], index: int, end: int) -> str:
    """A value that begins on this line: the whole of it when the line holds it."""
    if texts[index][0] != ">":
        return texts[index].rstrip(":")
    stop = index + 1
    while stop < end and texts[stop][0] == ">":
        stop += 1
    value = "".join(text[1:-1] for text in texts[index:stop])
    return value if value in line else texts[index].strip("><")


def _span(lines: Sequence[str], path: str, index: int, text: str) -> Span:
    return Span(path, index + 1, lines[index].find(text) + 1 or None, text)
