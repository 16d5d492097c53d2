"""Policy Agent files: main files, the files of stacks, AT-TLS statements, each alone or one behind the other.

Source: facts on AT-TLS, 1 and 2. Recognised by a block of AT-TLS with its brace, or by a statement that leads to
such a file (``TcpImage``, ``TTLSConfig``, ``CommonTTLSConfig``).
"""

import re

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.signs import folded
from zcertlint.text.source import Source

__all__ = ["KIND", "read", "recognise"]

KIND = "Policy Agent file"

_SIGNS = ("ttls", "tcpimage", "ipaddr", "portrange", "portgroup")
_FILE = r"(?:\"?//'[^'\n]{1,80}'\"?|[\"']?/[^\s\"']{1,255}[\"']?)"
_END = r"[ \t]*(?:\d{8}[ \t]*|[ \t]#[^\n]*)?$"  # a sequence number, or a comment
_BLOCK = lazy(
    r"^[ \t]*(?:ttls[a-z]{3,30}[ \t]*(?:[ \t]\S{1,80})?|(?:ipaddr(?:set|group)?|portrange|portgroup)[ \t]+\S{1,80})"
    r"(?:[ \t]*\{|" + _END + r"(?:\n[ \t]*(?:#[^\n]*)?$){0,40}\n[ \t]*\{)" + _END,
    re.MULTILINE,
)
_MAIN = lazy(
    r"^[ \t]*(?:tcpimage[ \t]+[a-z0-9@#$]{1,8}(?:[ \t]+"
    + _FILE
    + r")?|(?:common)?ttlsconfig[ \t]+"
    + _FILE
    + r")"
    r"(?:[ \t]+(?:(?:no)?(?:flush|purge)|\d{1,7}))*" + _END,
    re.MULTILINE,
)


def recognise(source: Source) -> bool:
    """Whether a block of AT-TLS or of its addresses stands there, or a statement that names such a file."""
    if not source.lines:
        return False
    text = folded(source)
    if not any(sign in text for sign in _SIGNS):
        return False
    if "\n@@ -" in text and "\n+++ " in text:
        return False  # a patch of such a file
    return _BLOCK.search(text) is not None or _MAIN.search(text) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """Every statement and block with its place; a password is never kept."""
    del context
    from zcertlint.readers._policy_blocks import read_policy  # noqa: PLC0415 (few runs have one)

    return read_policy(KIND, source)
