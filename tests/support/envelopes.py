"""Envelopes: what may surround an answer on its way to us, as functions from the answer to a file.

Every reader's inverse test runs its answers through all of :data:`ENVELOPES`: what comes back may not depend
on the way.
"""

import html
import json
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


def _cp1047(text: str) -> bytes:
    table = str.maketrans(
        {"^": "\xac", "\xac": "^", "[": "\xdd", "\xdd": "[", "]": "\xa8", "\xa8": "]", "\n": "\x85"}
    )
    return text.translate(table).encode("cp037")


# Labels out of every sign look German now and then; real files have braces and brackets around words too.
_EVIDENCE = "\n\nThe pages {1} [2] {3} [4] {5} [6] {7} [8] are told by their signs.\n"


def ebcdic(text: str) -> bytes:
    return _cp1047(text + _EVIDENCE)


def indented(text: str) -> bytes:
    return "\n".join(f"    {line}" for line in text.split("\n")).encode()


def shifted(text: str) -> bytes:
    return "\n".join(f" {line}" for line in text.split("\n")).encode()


def _lines(text: str) -> list[str]:
    return text.split("\n")[:-1] if text.endswith("\n") else text.split("\n")


def fixed(text: str) -> bytes:
    """A data set of fixed records in a binary transfer."""
    return _cp1047("".join(f"{line:<133}" for line in _lines(text + _EVIDENCE)))


def variable(text: str) -> bytes:
    """A data set of variable records in a binary transfer that kept the record descriptor words."""
    records = [_cp1047(line) for line in ["", *_lines(text + _EVIDENCE)]]
    return b"".join((len(record) + 4).to_bytes(2, "big") + b"\0\0" + record for record in records)


def job(text: str) -> bytes:
    """All output of a job in one file, with carriage control: its log, JCL and messages, then SYSTSPRT."""
    before = (
        "1                       J E S 2  J O B  L O G  --  S Y S T E M  S Y S 1  --  N O D E  N 1\n"
        "0 \n 10.00.00 JOB00042 ---- FRIDAY,    20 NOV 2026 ----\n"
        " 10.00.01 JOB00042  $HASP373 RACLIST  STARTED - INIT 1    - CLASS A        - SYS SYS1\n"
        "0------ JES2 JOB STATISTICS ------\n-  20 NOV 2026 JOB EXECUTION DATE\n"
        "1        1 //RACLIST  JOB (ACCT),'LIST',CLASS=A\n         2 //TSO      EXEC PGM=IKJEFT01\n"
        "1READY\n"
    )
    body = "".join(f" {line}\n" for line in _lines(text))
    after = " READY\n END\n1ANOTHER DATA SET\n"
    return (before + body + after).encode()


def editor(text: str) -> bytes:
    """A screen of ISPF's editor: a number in front of each line."""
    rows = [f"{number:06} {line}" for number, line in enumerate(_lines(text), 1)]
    head = ["****** ***************************** Top of Data ******************************"]
    return "\n".join([*head, *rows, head[0].replace("Top", "Bottom")]).encode()


def web_page(text: str) -> bytes:
    return f"<html><body>\n<pre>\n{html.escape(text)}</pre>\n</body></html>\n".encode()


def replied(text: str) -> bytes:
    """Quoted, and quoted again: a blank behind the marks is nobody's duty."""
    quoted = "\n".join(f">>{line}" for line in _lines(text))
    return f"On Friday somebody wrote:\n> See below.\n>\n{quoted}\n\nThanks\n".encode()


def racf_xml(text: str) -> bytes:
    """The answer of IRRSMO00, in one line."""
    messages = "".join(f"<message>{html.escape(line) or ' '}</message>" for line in _lines(text))
    return (
        '<?xml version="1.0" encoding="IBM-1047"?><securityresult xmlns="http://www.ibm.com/systems/zos/saf/'
        f'IRRSMO00Result1"><command><returncode>0</returncode>{messages}</command></securityresult>'
    ).encode()


def zosmf(text: str) -> bytes:
    """z/OSMF's answer to a TSO command."""
    lines = [{"message": line} for line in [*_lines(text), "READY "]]
    return json.dumps({"cmdResponse": lines, "tsoPromptReceived": "Y"}).encode()


def zowe_cli(text: str) -> bytes:
    """Zowe CLI's answer with --response-format-json."""
    data = {"success": True, "commandResponse": text}
    whole = {"success": True, "exitCode": 0, "message": "", "stdout": text, "stderr": "", "data": data}
    return json.dumps(whole, indent=2).encode()


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
    "UTF-16 without a mark": lambda text: text.encode("utf-16-be"),
    "fixed records": fixed,
    "variable records": variable,
    "a whole job": job,
    "editor": editor,
    "HTML": web_page,
    "quoted twice": replied,
    "XML": racf_xml,
    "z/OSMF": zosmf,
    "Zowe CLI": zowe_cli,
    "Markdown": lambda text: f"# Rings\n\n```text\n{text}```\n\nAs you see.\n".encode(),
    "indented": indented,
    "quoted": lambda text: "\n".join(f"> {line}" for line in text.split("\n")).encode(),
    "noise around": lambda text: f"Hello,\n\nhere it is:\n\n{text}\nRegards\n".encode(),
}
envelopes = pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES.keys())
