"""Answers in XML and JSON as the lines of an ordinary transcript: IRRSMO00, pyRACF, z/OSMF and Zowe CLI.

Read by their tokens and not as a tree, so that a file that is cut keeps what it has. Shapes:

* IRRSMO00: ``<command>`` holds ``<image>`` (the command) and one ``<message>`` for each line of the answer;
  pyRACF gives the same as JSON (``image``, ``messages``).
* z/OSMF: ``cmdResponse`` with a ``message`` for each line, older ``tsoData`` with ``TSO MESSAGE``/``DATA`` and
  ``TSO PROMPT``, and ``cmd-response`` of a console.
* Zowe CLI with ``--response-format-json``: ``commandResponse``, else ``stdout``.

An element or string of one line stays on its line of the file. Where one line of the file holds several, there
is a line for each, and the numbers of the lines below count these.
"""

import re
from collections.abc import Iterator

from zcertlint.text.patterns import lazy

__all__ = ["is_wrapped", "unwrapped"]

_READY = "READY"
_HEAD = 4096  # characters in which a sign of these formats stands
_XML_SIGN = lazy(r"<(?:\w+:)?securityresult\b", re.IGNORECASE)
_JSON_SIGN = lazy(
    r'"(?:securityresult|commandResponse|cmdResponse|tsoData|cmd-response|stdout|zosmfResponse)"\s*:',
    re.IGNORECASE,
)
_TAG = lazy(r"<(/?)(?:[\w.-]+:)?(command|image|message)\b[^<>]*>", re.IGNORECASE)
_CDATA = lazy(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_STRING = r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"'
_TOKEN = lazy(rf"{_STRING}(\s*:)?|([\[\]{{}}])", re.DOTALL)
_ESCAPE = lazy(r"\\u([0-9A-Fa-f]{4})|\\(.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": ""}
_SUCCESS = lazy(r'"success"\s*:\s*true\b')
# The format of a JSON answer, by the first of these keys that is there: what else holds its text comes second.
_MODES = ("securityresult", "commandresponse", "cmdresponse", "tsodata", "cmd-response", "stdout")

_Part = tuple[int, str]  # where in the file, and the lines that stand there


def is_wrapped(text: str) -> bool:
    """Whether a text is an answer in XML or JSON."""
    head = text[:_HEAD].lstrip("\ufeff \t\n")
    if head[:1] == "<":
        return _XML_SIGN.search(head) is not None
    return head[:1] in {"{", "["} and _JSON_SIGN.search(text) is not None


def unwrapped(text: str) -> list[str]:
    """The lines of the transcript that a text of one of these formats holds."""
    xml = text.lstrip("\ufeff \t\n")[:1] == "<"
    rows: list[list[str]] = [[] for _ in range(text.count("\n") + (not text.endswith("\n")))]
    line = last = 0
    for place, value in _xml(text) if xml else _json(text):
        line += text.count("\n", last, place)
        last = place
        rows[line] += value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [part for row in rows for part in (row or [""])]


def _xml(text: str) -> Iterator[_Part]:
    """READY in front of each command and behind it: what stands between is its whole answer."""
    opened: re.Match[str] | None = None
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name == "command":
            opened = None
            yield tag.start(), _READY
        elif not tag[1]:
            opened = None if tag[0].endswith("/>") else tag
        elif opened is not None and opened[2].lower() == name:
            value = _xml_text(text[opened.end() : tag.start()])
            # A message is one line, whatever its author's pretty printer made of it.
            yield opened.start(), value if name == "message" else " ".join(value.split("\n"))
            opened = None


def _xml_text(value: str) -> str:
    if "<![CDATA[" in value:
        return _CDATA.sub(lambda found: found[1], value)
    if "&" in value:
        from html import unescape  # noqa: PLC0415 (few inputs are XML)

        return unescape(value)
    return value


def _json(text: str) -> Iterator[_Part]:
    lower = text.lower()
    mode = next((mode for mode in _MODES if re.search(rf'"{mode}"\s*:', lower)), "")
    if mode == "securityresult":
        return _pyracf(text)
    if mode in {"cmdresponse", "tsodata"}:
        return _zosmf(text)
    return _string(text, mode)


def _string(text: str, mode: str) -> Iterator[_Part]:
    """A whole answer in one string."""
    key = ""
    for token in _TOKEN.finditer(text):
        if token[2]:
            key = token[1].lower()
        elif token[1] is not None and key == mode:
            key = ""
            yield token.start(), _unescaped(token[1]).rstrip()
            # Zowe CLI waits for READY before it tells success.
            if mode == "commandresponse" and _SUCCESS.search(text):
                yield token.start(), _READY
        elif token[3]:
            key = ""


def _zosmf(text: str) -> Iterator[_Part]:
    key = ""
    for token in _TOKEN.finditer(text):
        if token[2]:
            key = token[1].lower()
            if key == "tso prompt":
                yield token.start(), _READY
        elif token[1] is not None:
            if key in {"message", "data"}:
                yield token.start(), _unescaped(token[1])
            elif key == "tsopromptreceived" and token[1].upper() == "Y":
                yield token.start(), _READY
            key = ""


def _pyracf(text: str) -> Iterator[_Part]:
    """Only answers whose lines are there: what pyRACF has taken apart is no transcript."""
    key, image, inside = "", "", False
    for token in _TOKEN.finditer(text):
        if token[2]:
            key, inside = token[1].lower(), False
        elif token[3]:
            if inside and token[3] == "]":
                yield token.start(), _READY
            inside = key == "messages" and token[3] == "["
            if inside:
                yield token.start(), f"{_READY}\n{image}" if image else _READY
                image = ""
            key = ""
        elif inside:
            yield token.start(), _unescaped(token[1])
        elif key == "image":
            image = " ".join(_unescaped(token[1]).split())


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _PLAIN.get(found[2], found[2]), value
    )
