"""The collection as a script for z/OS UNIX: tsocmd for each command, one output file.

tsocmd writes the command in front of its answer, so the file says which answer is whose; exported certificates
are appended as text. Passwords have no place in it.
"""

import textwrap

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.collect.ask import Ask, AskKind
from zcertlint.fixes.collect.job import remarks
from zcertlint.fixes.collect.plan import Collection
from zcertlint.fixes.jcl import WIDTH
from zcertlint.fixes.quote import escaped, shown

__all__ = ["collect_script"]

_HEAD = (
    "set -u",
    "umask 077",
    'OUT="${1:-zcertlint-evidence.txt}"',
    ': > "$OUT" || exit 2',
)
_RUN = ('run() { tsocmd "$1" >> "$OUT" 2>&1; }',)
_HOME = (
    "# the command stands in front of its answer, as tsocmd would write it",
    'home() { echo "NETSTAT HOME"; onetstat -h; }',
)
_EXPORT = (
    "# EXPORT, then the certificate itself; a key is never exported",
    'export_to() { run "$2"; cat "//\'$1\'" >> "$OUT" 2>&1; }',
)


def _comment(text: str, first: str = "") -> list[str]:
    safe = escaped(text)
    lines = textwrap.wrap(safe, WIDTH - 2, initial_indent=first, subsequent_indent=" " * len(first))
    return [f"# {line}" for line in lines]


def _quoted(ask: Ask) -> str:
    """The command as one word of the shell: nothing in it is expanded."""
    if any(not " " <= char <= "~" for char in ask.text):
        raise UnsafeValueError(f"'{shown(ask.text)}' cannot be written into a script")
    text = ask.text
    for char in '\\"$`':
        text = text.replace(char, f"\\{char}")
    return f'"{text}"'


def _line(ask: Ask) -> list[str]:
    if ask.kind is AskKind.NETWORK:
        return ['home >> "$OUT" 2>&1']
    if ask.kind is not AskKind.EXPORT:
        return [f"run {_quoted(ask)}"]
    quoted = any(word.startswith("DSN('") for word in ask.words)
    # What is not between apostrophes goes under the prefix of the user who runs the script.
    name = ask.data_set or ""
    shell = name.replace("$", "\\$") if quoted else f"$ME.{name}"
    return [f'export_to "{shell}" \\', f"  {_quoted(ask)}"]


def collect_script(collection: Collection) -> str:
    """The script; it changes nothing but its output file and the data sets of EXPORT."""
    lines = ["#!/bin/sh"]
    lines += _comment(
        "zcertlint collect: what a check still needs. Run it in z/OS UNIX: sh collect.sh [FILE]"
    )
    lines += _comment("FILE gets everything. Download it as text into the folder evidence beside zowe.yaml.")
    if collection.exports:
        lines += _comment(
            "EXPORT writes certificates, never keys, each into a data set of its own, and replaces one of that name"
            " without a question."
        )
    for text, lead in remarks(collection):
        lines += _comment(text, lead)
    lines += _HEAD
    if collection.exports:
        lines += ["ME=$(id -un | tr '[:lower:]' '[:upper:]')"]
    lines += _RUN
    if any(ask.kind is AskKind.NETWORK for ask in collection.asks):
        lines += _HOME
    if collection.exports:
        lines += _EXPORT
    for group in collection.groups:
        lines += ["", *_comment(group.title)]
        lines += [line for ask in group.asks for line in _line(ask)]
    lines += ["", 'echo "Done: $OUT. Download it as text, then: zcertlint check zowe.yaml"']
    return "\n".join(lines) + "\n"
