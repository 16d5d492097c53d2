"""A database unload (IRRDBU00): the rings, certificates, maps and permissions of a whole system in one file.

Read as a stream, in bounded memory: an unload may be larger than memory, and a small part of it is about
certificates. What it proves to exist is always taken; what it proves **not** to exist depends on whether it is
whole (``_irrdbu00_whole``).
"""

from zcertlint.model.facts import Facts
from zcertlint.readers import ByteStream, ReadContext

__all__ = ["KIND", "read_stream", "recognise_head"]

KIND = "IRRDBU00 unload"

_TOP = 4096
_BLANKS = (b" ", b"\x40")
_RDW = b"\0\0"
# Of an extract with a line of somebody's own above it.
_SIGNS = tuple(
    f"\n{kind} ".encode()
    for kind in ("0100", "0120", "0200", "0205", "0207", "0208", "0270", "0500", "0503", "0505", "0540", "0560",
                 "0561", "0562", "1560")
)  # fmt: skip


def recognise_head(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an unload, or an extract of one."""
    typed = head[4:5] in _BLANKS or (head[2:4] == _RDW and head[8:9] == _BLANKS[1]) or head[7:8] == _BLANKS[0]
    if not typed:
        top = head[:_TOP]
        if not any(sign in top for sign in _SIGNS):
            return False
    from zcertlint.readers._irrdbu00_framing import framing_of  # noqa: PLC0415 - few runs have an unload

    return framing_of(head) is not None


def read_stream(path: str, file: ByteStream, context: ReadContext) -> Facts:
    """Everything that the unload says of certificates, and of who may do what with them."""
    del context  # an unload needs no password
    from zcertlint.readers._irrdbu00_facts import facts_of  # noqa: PLC0415 - few runs have an unload
    from zcertlint.readers._irrdbu00_records import collect  # noqa: PLC0415 - same

    return facts_of(KIND, path, collect(file))
