"""What one value of a zcertlint.yaml may be: docs/configuration.md in code.

Each check gives what was expected and what to do, None where the value is right.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from zcertlint.model.settings import Setting

__all__ = [
    "KEY_LENGTH",
    "LONGEST_SHOWN",
    "ROLES",
    "WHERE_ALL_ARE",
    "Check",
    "address",
    "anything",
    "called",
    "card",
    "code",
    "day",
    "delimiter",
    "digest",
    "endpoint",
    "flag",
    "job_class",
    "kind",
    "level",
    "nearest",
    "number",
    "persona",
    "plain_text",
    "prefix",
    "release",
    "role",
    "severity",
    "url",
    "user",
    "version",
    "written",
]

Check = Callable[[Setting], tuple[str, str] | None]

LONGEST_SHOWN = 40  # characters of a key that somebody wrote
WHERE_ALL_ARE = "Every key: docs/configuration.md"
_WIDTH = 71
_LONGEST_PREFIX = 22  # 44 characters of a data set name less ".D000000.Z000000.BACKUP"
KEY_LENGTH = 32  # bytes of a KAES256 key
_RELEASE = r"[1-9]\.\d{1,2}"
_LEVEL = r"[vV]?\d{1,4}(?:\.\d{1,4}){0,4}"
_QUALIFIERS = r"[A-Z#$@][A-Z0-9#$@-]{0,7}(?:\.[A-Z#$@][A-Z0-9#$@-]{0,7})*"
_USER = r"[A-Za-z#@$][A-Za-z0-9#@$]{0,7}"
_CLASS = r"[A-Za-z0-9]{1,8}"
_DELIMITER = r"[A-Z#@$][A-Z0-9#@$]"
_COMPONENTS = (
    "gateway", "zaas", "discovery", "api-catalog", "caching-service", "app-server", "zss", "apiml",
)  # fmt: skip
_ENDPOINTS = ("zowe", *(f"zowe.{name}" for name in _COMPONENTS), "zosmf", "browser")
_NAMED = ("client:", "attls:", "itm:")
ROLES = (
    "hub-tems", "hub", "tems", "rtems", "remote-tems", "server", "monitoring-server", "teps", "agent",
)  # fmt: skip
_KINDS = ("browser", "java", "node", "system-ssl")
_SEVERITIES = ("error", "warning", "info")
_PERSONAS = ("operator", "auditor")
_NEVER_THE_KEY = "Only a digest belongs here, never the key: docs/export.md tells how to take it"


def nearest(word: str, legal: Iterable[str]) -> str:
    """What was probably meant."""
    import difflib  # noqa: PLC0415 (only when something is wrong)

    close = difflib.get_close_matches(word[:LONGEST_SHOWN].lower(), list(legal), 1)
    return f"Did you mean {close[0]}?" if close else WHERE_ALL_ARE


def written(entry: Setting) -> str:
    """The value as it is written, also where YAML reads a number."""
    return entry.value if isinstance(entry.value, str) else entry.raw


def anything(_entry: Setting) -> None:
    return None


def plain_text(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, bool):
        return f"{entry.path[-1]} is {entry.raw} where a text was expected", "Quote the text"
    return None


def version(entry: Setting) -> tuple[str, str] | None:
    if written(entry) == "1" and not isinstance(entry.value, bool):
        return None
    return "version is not 1, the only layout that there is", "Write version: 1"


def release(entry: Setting) -> tuple[str, str] | None:
    hint = 'Write it with quotes: release: "3.1"'
    if isinstance(entry.value, float) and str(entry.value) != entry.raw:
        return f"release is {entry.raw} without quotes, which YAML reads as {entry.value}", hint
    if re.fullmatch(_RELEASE, written(entry)):
        return None
    return 'release is no release of z/OS, such as "2.5" or "3.1"', hint


def flag(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, bool):
        return None
    return f"{entry.path[-1]} is neither true nor false", "Write true or false, without quotes"


def prefix(entry: Setting) -> tuple[str, str] | None:
    text = written(entry)
    if re.fullmatch(_QUALIFIERS, text) and len(text) <= _LONGEST_PREFIX:
        return None
    expected = f"prefix is not the start of a data set name: upper case, at most {_LONGEST_PREFIX} characters"
    return expected, "Write qualifiers such as ACME.ZCERT; until then ZCERTLNT is used"


def card(entry: Setting) -> tuple[str, str] | None:
    hint = (
        "Write the lines as they shall stand in the job, each in quotes; until then jobs have the usual card"
    )
    number = int(entry.path[-1]) + 1
    if not isinstance(entry.value, str):
        return f"line {number} of card is not a text", hint
    text = entry.value.rstrip(" ")
    if not text.startswith("//") or any(not " " <= char <= "~" for char in text):
        return f"line {number} of card does not start with //, or is not plain text", hint
    if len(text) > _WIDTH:
        return f"line {number} of card has {len(text)} characters; a job has room for {_WIDTH}", hint
    if number == 1 and " JOB " not in f"{text} ":
        return "line 1 of card is not a JOB statement (//NAME JOB ...)", hint
    return None


def user(entry: Setting) -> tuple[str, str] | None:
    if re.fullmatch(_USER, written(entry)):
        return None
    return "user is no user ID", "Write up to 8 letters and digits, such as CERTADM"


def job_class(entry: Setting) -> tuple[str, str] | None:
    if re.fullmatch(_CLASS, written(entry)):
        return None
    return "class is no job class", "Write one letter or digit, or the name of a class of up to 8 characters"


def delimiter(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, str) and re.fullmatch(_DELIMITER, entry.value):
        return None
    expected = "delimiter is not two characters that can end in-stream data (DLM=)"
    return expected, 'Write two capital letters, digits or signs such as "$$", in quotes'


def endpoint(entry: Setting) -> tuple[str, str] | None:
    name = entry.path[-1].partition("@")[0]
    if name not in _ENDPOINTS and not any(name.startswith(kind) and name != kind for kind in _NAMED):
        return f"{entry.path[-1]!r} is no endpoint", nearest(name, _ENDPOINTS)
    if not isinstance(entry.value, str):
        return (
            f"the value of {entry.path[-1]} is not the name of a file",
            "Write the path of a certificate file",
        )
    return None


def called(entry: Setting) -> tuple[str, str] | None:
    name = written(entry).partition("@")[0]
    if name in _ENDPOINTS and name not in {"zowe", "browser"}:
        return None
    return f"{written(entry)!r} is no endpoint that can be called", nearest(name, _ENDPOINTS[1:-1])


def kind(entry: Setting) -> tuple[str, str] | None:
    if written(entry).lower() in _KINDS:
        return None
    return f"{written(entry)!r} is no kind of client", f"There are {', '.join(_KINDS)}"


def url(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, str) and re.match(r"https://[^/\s]", entry.value):
        return None
    return "a URL does not begin with https:// and a host", "For example https://localhost:10443/zosmf"


def address(entry: Setting) -> tuple[str, str] | None:
    import ipaddress  # noqa: PLC0415 (few sites declare addresses)

    try:
        ipaddress.ip_address(written(entry))
    except ValueError:
        return f"{written(entry)!r} is no IP address", "A name belongs under urls, as https://NAME:PORT"
    return None


def role(entry: Setting) -> tuple[str, str] | None:
    if written(entry).lower() in ROLES:
        return None
    return "role is none of hub-tems, remote-tems, teps, agent", nearest(written(entry).lower(), ROLES)


def level(entry: Setting) -> tuple[str, str] | None:
    if re.fullmatch(_LEVEL, written(entry)) and not isinstance(entry.value, bool):
        return None
    return f'{entry.path[-1]} is not a number such as "6.3"', "The component was left out of the check"


def digest(entry: Setting) -> tuple[str, str] | None:
    text = written(entry)
    word = text.replace(":", "").strip().lower()
    if word == "missing" or re.fullmatch(r"[0-9a-f]{64}", word):
        return None
    expected = f"{entry.path[-1]} holds neither the 64 hex digits of a SHA-256 nor the word missing"
    if len(text.strip().encode("utf-8", "replace")) == KEY_LENGTH:
        expected = f"{entry.path[-1]} holds {KEY_LENGTH} characters, as a key in clear does; it was not read"
    return expected, _NEVER_THE_KEY


def severity(entry: Setting) -> tuple[str, str] | None:
    if written(entry) in _SEVERITIES:
        return None
    return f"{written(entry)!r} is no severity", f"There are {', '.join(_SEVERITIES)}"


def persona(entry: Setting) -> tuple[str, str] | None:
    if written(entry) in _PERSONAS:
        return None
    return f"{written(entry)!r} is no persona", f"There are {', '.join(_PERSONAS)}"


def number(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, int) and not isinstance(entry.value, bool) and entry.value >= 0:
        return None
    return f"{entry.path[-1]} is not a whole number", "Write it without quotes, for example days: 90"


def code(entry: Setting) -> tuple[str, str] | None:
    if re.fullmatch(r"[A-Za-z]{2}\d{0,3}", written(entry)):
        return None
    return f"{written(entry)!r} is no rule id and no prefix of one", "For example CE103, or CE for a family"


def day(entry: Setting) -> tuple[str, str] | None:
    try:
        date.fromisoformat(written(entry))
    except ValueError:
        return "expires is no day", "Write it as 2027-03-31"
    return None
