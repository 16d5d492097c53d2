"""Envelopes: what may surround an answer on its way to us, as functions from the answer to a file.

Every reader's inverse test runs its answers through all of :data:`ENVELOPES`: what comes back may not depend
on the way.
"""

from collections.abc import Callable

import pytest

from support.listings import systsprt

__all__ = ["ENVELOPES", "Envelope", "envelopes"]

Envelope = Callable[[str], bytes]


def as_is(text: str) -> bytes:
    return text.encode()


def screen(text: str) -> bytes:
    lines = text.split("\n")
    return "\n".join(f"{line:<80}" for line in [*lines[:-1], "***"]).encode()


def interrupted(text: str) -> bytes:
    """A long listing on a 3270 screen: a prompt after every ninth line."""
    lines = text.split("\n")
    return "\n".join(line + ("\n***" if n % 9 == 8 else "") for n, line in enumerate(lines)).encode()


def ebcdic(text: str) -> bytes:
    table = str.maketrans(
        {"^": "\xac", "\xac": "^", "[": "\xdd", "\xdd": "[", "]": "\xa8", "\xa8": "]", "\n": "\x85"}
    )
    return text.translate(table).encode("cp037")


def indented(text: str) -> bytes:
    return "\n".join(f"    {line}" for line in text.split("\n")).encode()


def shifted(text: str) -> bytes:
    return "\n".join(f" {line}" for line in text.split("\n")).encode()


ENVELOPES: dict[str, Envelope] = {
    "plain": as_is,
    "batch": lambda text: systsprt([("RACDCERT LISTX", text)]).replace("RACDCERT LISTX", "READY").encode(),
    "shifted": shifted,
    "batch, shifted": lambda text: shifted(
        systsprt([("RACDCERT SITE EXPORT(LABEL('x'))", ""), ("LISTCAT", "")]) + text
    ),
    "carriage control": lambda text: ("1READY\n" + shifted(f"READY\n{text}READY\nEND\n").decode()).encode(),
    "screen": screen,
    "interrupted": interrupted,
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "EBCDIC": ebcdic,
    "UTF-16": lambda text: text.encode("utf-16"),
    "Markdown": lambda text: f"# Rings\n\n```text\n{text}```\n\nAs you see.\n".encode(),
    "indented": indented,
    "quoted": lambda text: "\n".join(f"> {line}" for line in text.split("\n")).encode(),
    "noise around": lambda text: f"Hello,\n\nhere it is:\n\n{text}\nRegards\n".encode(),
}
envelopes = pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES.keys())
