"""NETSTAT HOME: the addresses of a TCP/IP stack, from TSO, the shell or the console, short and long."""

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "NETSTAT HOME report"


def recognise(source: Source) -> bool:
    """Whether the text holds a home address list with an address or an interface in it."""
    if not source.lines:
        return False
    text = folded(source)
    if "home address list" not in text:
        return False
    return any(sign in text for sign in ("linkname:", "intfname:", "address ", "netstat"))


def read(source: Source, context: ReadContext) -> Facts:
    """Every home address list of a transcript."""
    del context
    from zcertlint.readers._netstat_home import read_homes  # noqa: PLC0415 (start-up: only where needed)

    return read_homes(KIND, source)
