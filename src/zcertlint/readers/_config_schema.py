"""What may stand in a zcertlint.yaml, and what is wrong with one: docs/configuration.md in code.

A wrong value is taken out, so that nothing is judged by it; everything beside it stays. A value that may be a
key in clear is never repeated: its place has no text, and reports do not quote that line.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from zcertlint.model.facts import Problem
from zcertlint.model.settings import Setting, Settings
from zcertlint.text.source import Span

__all__ = ["validate"]

_Path = tuple[str, ...]
# What was expected and what to do; None where the value is right.
_Check = Callable[[Setting], tuple[str, str] | None]

_WIDTH = 71
_LONGEST_PREFIX = 22  # 44 characters of a data set name less ".D000000.Z000000.BACKUP"
_KEY_LENGTH = 32  # bytes of a KAES256 key
_LONGEST_SHOWN = 40  # characters of a key that somebody wrote
_RELEASE = r"[1-9]\.\d{1,2}"
_LEVEL = r"[vV]?\d{1,4}(?:\.\d{1,4}){0,4}"
_QUALIFIERS = r"[A-Z#$@][A-Z0-9#$@-]{0,7}(?:\.[A-Z#$@][A-Z0-9#$@-]{0,7})*"
_COMPONENTS = (
    "gateway", "zaas", "discovery", "api-catalog", "caching-service", "app-server", "zss", "apiml",
)  # fmt: skip
_ENDPOINTS = ("zowe", *(f"zowe.{name}" for name in _COMPONENTS), "zosmf", "browser")
_NAMED = ("client:", "attls:", "itm:")
_ROLES = (
    "hub-tems", "hub", "tems", "rtems", "remote-tems", "server", "monitoring-server", "teps", "agent",
)  # fmt: skip
_KINDS = ("browser", "java", "node", "system-ssl")
_SEVERITIES = ("error", "warning", "info")
_PERSONAS = ("operator", "auditor")
_DIGEST_KEYS = ("kaes256_sha256", "sha256", "kaes256")
_NOT_USED_YET = ("compatibility_mode", "utc", "icsf", "kdsenv", "rklvlog", "jcl")
_NEVER_THE_KEY = "Only a digest belongs here, never the key: docs/export.md tells how to take it"
_WHERE_ALL_ARE = "Every key: docs/configuration.md"


def _text(entry: Setting) -> str:
    """The value as it is written, also where YAML reads a number."""
    return entry.value if isinstance(entry.value, str) else entry.raw


def _any(_entry: Setting) -> None:
    return None


def _plain(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, bool):
        return f"{entry.path[-1]} is {entry.raw} where a text was expected", "Quote the text"
    return None


def _version(entry: Setting) -> tuple[str, str] | None:
    if _text(entry) == "1" and not isinstance(entry.value, bool):
        return None
    return "version is not 1, the only layout that there is", "Write version: 1"


def _release(entry: Setting) -> tuple[str, str] | None:
    hint = 'Write it with quotes: release: "3.1"'
    if isinstance(entry.value, float) and str(entry.value) != entry.raw:
        return f"release is {entry.raw} without quotes, which YAML reads as {entry.value}", hint
    if re.fullmatch(_RELEASE, _text(entry)):
        return None
    return 'release is no release of z/OS, such as "2.5" or "3.1"', hint


def _flag(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, bool):
        return None
    return f"{entry.path[-1]} is neither true nor false", "Write true or false, without quotes"


def _prefix(entry: Setting) -> tuple[str, str] | None:
    text = _text(entry)
    if re.fullmatch(_QUALIFIERS, text) and len(text) <= _LONGEST_PREFIX:
        return None
    expected = f"prefix is not the start of a data set name: upper case, at most {_LONGEST_PREFIX} characters"
    return expected, "Write qualifiers such as ACME.ZCERT; until then ZCERTLNT is used"


def _card(entry: Setting) -> tuple[str, str] | None:
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


def _endpoint(entry: Setting) -> tuple[str, str] | None:
    name = entry.path[-1].partition("@")[0]
    if name not in _ENDPOINTS and not any(name.startswith(kind) and name != kind for kind in _NAMED):
        return f"{entry.path[-1]!r} is no endpoint", _nearest(name, _ENDPOINTS)
    if not isinstance(entry.value, str):
        return (
            f"the value of {entry.path[-1]} is not the name of a file",
            "Write the path of a certificate file",
        )
    return None


def _called(entry: Setting) -> tuple[str, str] | None:
    name = _text(entry).partition("@")[0]
    if name in _ENDPOINTS and name not in {"zowe", "browser"}:
        return None
    return f"{_text(entry)!r} is no endpoint that can be called", _nearest(name, _ENDPOINTS[1:-1])


def _kind(entry: Setting) -> tuple[str, str] | None:
    if _text(entry).lower() in _KINDS:
        return None
    return f"{_text(entry)!r} is no kind of client", f"There are {', '.join(_KINDS)}"


def _url(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, str) and re.match(r"https://[^/\s]", entry.value):
        return None
    return "a URL does not begin with https:// and a host", "For example https://localhost:10443/zosmf"


def _address(entry: Setting) -> tuple[str, str] | None:
    import ipaddress  # noqa: PLC0415 (few sites declare addresses)

    try:
        ipaddress.ip_address(_text(entry))
    except ValueError:
        return f"{_text(entry)!r} is no IP address", "A name belongs under urls, as https://NAME:PORT"
    return None


def _role(entry: Setting) -> tuple[str, str] | None:
    if _text(entry).lower() in _ROLES:
        return None
    return "role is none of hub-tems, remote-tems, teps, agent", _nearest(_text(entry).lower(), _ROLES)


def _level(entry: Setting) -> tuple[str, str] | None:
    if re.fullmatch(_LEVEL, _text(entry)) and not isinstance(entry.value, bool):
        return None
    return f'{entry.path[-1]} is not a number such as "6.3"', "The component was left out of the check"


def _digest(entry: Setting) -> tuple[str, str] | None:
    text = _text(entry)
    word = text.replace(":", "").strip().lower()
    if word == "missing" or re.fullmatch(r"[0-9a-f]{64}", word):
        return None
    expected = f"{entry.path[-1]} holds neither the 64 hex digits of a SHA-256 nor the word missing"
    if len(text.strip().encode("utf-8", "replace")) == _KEY_LENGTH:
        expected = f"{entry.path[-1]} holds {_KEY_LENGTH} characters, as a key in clear does; it was not read"
    return expected, _NEVER_THE_KEY


def _severity(entry: Setting) -> tuple[str, str] | None:
    if _text(entry) in _SEVERITIES:
        return None
    return f"{_text(entry)!r} is no severity", f"There are {', '.join(_SEVERITIES)}"


def _persona(entry: Setting) -> tuple[str, str] | None:
    if _text(entry) in _PERSONAS:
        return None
    return f"{_text(entry)!r} is no persona", f"There are {', '.join(_PERSONAS)}"


def _number(entry: Setting) -> tuple[str, str] | None:
    if isinstance(entry.value, int) and not isinstance(entry.value, bool) and entry.value >= 0:
        return None
    return f"{entry.path[-1]} is not a whole number", "Write it without quotes, for example days: 90"


def _code(entry: Setting) -> tuple[str, str] | None:
    if re.fullmatch(r"[A-Za-z]{2}\d{0,3}", _text(entry)):
        return None
    return f"{_text(entry)!r} is no rule id and no prefix of one", "For example CE103, or CE for a family"


def _day(entry: Setting) -> tuple[str, str] | None:
    try:
        date.fromisoformat(_text(entry))
    except ValueError:
        return "expires is no day", "Write it as 2027-03-31"
    return None


# "*" stands for any key and for the numbers of a list.
_SECTIONS: Mapping[_Path, str] = {
    ("rules",): "mapping",
    ("rules", "select"): "list",
    ("rules", "ignore"): "list",
    ("rules", "mandatory"): "list",
    ("rules", "severity"): "mapping",
    ("rules", "params"): "mapping",
    ("rules", "params", "*"): "mapping",
    ("suppress",): "list",
    ("suppress", "*"): "mapping",
    ("zos",): "mapping",
    ("certificates",): "mapping",
    ("partners",): "list",
    ("partners", "*"): "mapping",
    ("clients",): "mapping",
    ("clients", "urls"): "list",
    ("clients", "addresses"): "list",
    ("job",): "mapping",
    ("job", "card"): "list",
    ("itm",): "mapping",
    ("itm", "components"): "list",
    ("itm", "components", "*"): "mapping",
}
_COMPONENT: _Path = ("itm", "components", "*")
_VALUES: Mapping[_Path, _Check] = {
    ("version",): _version,
    ("persona",): _persona,
    ("rules", "select", "*"): _code,
    ("rules", "ignore", "*"): _code,
    ("rules", "mandatory", "*"): _code,
    ("rules", "severity", "*"): _severity,
    ("rules", "params", "*", "*"): _number,
    ("suppress", "*", "rule"): _code,
    ("suppress", "*", "subject"): _plain,
    ("suppress", "*", "reason"): _plain,
    ("suppress", "*", "owner"): _plain,
    ("suppress", "*", "expires"): _day,
    ("zos", "release"): _release,
    ("zos", "shared_keys"): _flag,
    ("certificates", "*"): _endpoint,
    **{("partners", "*", name): _plain for name in ("name", "host", "certificate", "ca", "user")},
    ("partners", "*", "port"): _number,
    ("partners", "*", "calls"): _called,
    ("partners", "*", "kind"): _kind,
    ("clients", "urls", "*"): _url,
    ("clients", "addresses", "*"): _address,
    ("job", "prefix"): _prefix,
    ("job", "card", "*"): _card,
    **{("itm", name): _any for name in _NOT_USED_YET},
    **{(*_COMPONENT, name): _plain for name in ("name", "component", "platform", "key_label", "label")},
    (*_COMPONENT, "role"): _role,
    (*_COMPONENT, "level"): _level,
    (*_COMPONENT, "version"): _level,
    **{(*_COMPONENT, name): _digest for name in _DIGEST_KEYS},
    **{(*_COMPONENT, name): _any for name in _NOT_USED_YET},
}


# What stands under these is any key, or the number of an item.
_ANY_KEY = {shape[:-1] for shape in (*_SECTIONS, *_VALUES) if shape[-1] == "*"}


def validate(settings: Settings) -> tuple[tuple[Problem, ...], Settings]:
    """What is wrong, in the order of the file, and the settings without what is."""
    below: dict[_Path, list[Setting]] = {}
    for path, entry in settings.entries.items():
        below.setdefault(path[:-1], []).append(entry)
    problems = [
        _problem(
            _place(path, later), f"{path[-1]} stands twice; the later one is used", "Remove one of the two"
        )
        for path, _, later in settings.duplicates
    ]
    refused: set[_Path] = set()
    for path, entry in settings.entries.items():
        if _inside(path[:-1], refused):
            continue
        found = _wrong(path, entry, below.get(path, ()))
        if found is not None:
            problems.append(found)
            refused.add(_left_out(path))
    components = [one for one in below.get(("itm", "components"), ()) if not _inside(one.path, refused)]
    for entry, words in _unnamed(components, settings.entries):
        problems.append(
            _problem(_place(entry.path, entry.span), words, "Give each component a name of its own")
        )
        refused.add(entry.path)
    if settings.documents > 1:
        more = "there is more than one YAML document (---); the first one is used"
        problems.append(_problem(Span(settings.path), more, "Make one of them"))
    kept = {path: entry for path, entry in settings.entries.items() if not _inside(path, refused)}
    problems.sort(key=lambda problem: problem.span.line or 0)
    return tuple(problems), Settings(settings.path, kept, settings.duplicates, settings.documents)


def _shape(path: _Path) -> _Path:
    """The path with ``*`` where any key may stand."""
    return tuple("*" if _shape(path[:depth]) in _ANY_KEY else key for depth, key in enumerate(path))


def _inside(path: _Path, refused: set[_Path]) -> bool:
    return bool(refused) and any(path[:length] in refused for length in range(1, len(path) + 1))


def _wrong(path: _Path, entry: Setting, below: Sequence[Setting]) -> Problem | None:
    shape = _shape(path)
    kind = _SECTIONS.get(shape)
    if kind is not None:
        return _wrong_section(entry, below, kind)
    check = _VALUES.get(shape)
    if check is None:
        unused = any(_VALUES.get(shape[:length]) is _any for length in range(1, len(shape)))
        return None if unused else _unknown(path, entry)
    said: tuple[str, str] | None
    if check is _any:
        said = None
    elif entry.container:
        said = f"{path[-1]} should have one value, no list and no keys", _WHERE_ALL_ARE
    elif entry.template:
        said = f"{path[-1]} is a template, which zcertlint.yaml cannot have", "Write the value"
    elif entry.value is None and check is not _card:
        said = None
    else:
        said = check(entry)
    if said is None:
        return None
    place = entry.key_span if entry.container or check is _endpoint else entry.span
    return _problem(_place(path, place), _whose(path) + said[0], said[1])


def _wrong_section(entry: Setting, below: Sequence[Setting], kind: str) -> Problem | None:
    """A mapping or list where the other, or a single value, stands; an empty one is neither."""
    if entry.container:
        # The items of a list have no key: the place of the value stands for it.
        fits = all((item.span == item.key_span) == (kind == "list") for item in below)
    else:
        fits = entry.value is None
    if fits:
        return None
    wanted = "a list (lines that begin with -)" if kind == "list" else "keys with values (key: value)"
    name = entry.path[-1]
    if name.isdecimal():
        name = f"item {int(name) + 1} of {entry.path[-2]}"
    return _problem(_place(entry.path, entry.key_span), f"{name} should be {wanted}", _WHERE_ALL_ARE)


def _unknown(path: _Path, entry: Setting) -> Problem:
    shape = _shape(path)
    known = [one for one in (*_SECTIONS, *_VALUES) if one[-1] != "*"]
    hint = _nearest(path[-1], [one[-1] for one in known if one[:-1] == shape[:-1]])
    if hint == _WHERE_ALL_ARE:
        above = [part for one in known if one[-1] == path[-1] for part in one[:-1] if part != "*"]
        hint = f"It belongs under {above[-1]}" if above else hint
    inside = f" under {path[-2]}" if len(path) > 1 and not path[-2].isdecimal() else ""
    name = path[-1] if len(path[-1]) <= _LONGEST_SHOWN else f"{path[-1][:_LONGEST_SHOWN]}…"
    words = f"{_whose(path)}{name!r}{inside} is no key of zcertlint.yaml"
    return _problem(_place(path, entry.key_span, known=False), words, hint)


def _nearest(word: str, legal: Iterable[str]) -> str:
    """What was probably meant."""
    import difflib  # noqa: PLC0415 (only when something is wrong)

    close = difflib.get_close_matches(word[:_LONGEST_SHOWN].lower(), list(legal), 1)
    return f"Did you mean {close[0]}?" if close else _WHERE_ALL_ARE


def _whose(path: _Path) -> str:
    """Which component it is about, in front of the sentence."""
    return f"component {int(path[2]) + 1}: " if len(path) > len(_COMPONENT) and path[2].isdecimal() else ""


def _place(path: _Path, place: Span, *, known: bool = True) -> Span:
    """The place; without its text where a key in clear may stand in the line."""
    long_as_a_key = place.text is not None and len(place.text.strip("'\"")) == _KEY_LENGTH
    secret = path[0] == "itm" or not known or long_as_a_key
    return Span(place.path, place.line, place.column, None if secret else place.text or path[-1])


def _problem(place: Span, expected: str, hint: str) -> Problem:
    return Problem("IN001", place, expected, hint)


def _left_out(path: _Path) -> _Path:
    """What is taken out for a wrong value: with its level a whole component, for nobody knows what it checks.

    With one line the whole card: no job begins with half of one.
    """
    shape = _shape(path)
    if shape in {(*_COMPONENT, "level"), (*_COMPONENT, "version")}:
        return path[:-1]
    return path[:-1] if shape == ("job", "card", "*") else path


def _unnamed(
    components: Iterable[Setting], entries: Mapping[_Path, Setting]
) -> Iterator[tuple[Setting, str]]:
    """Components without a name, or with the name of another one."""
    seen: set[str] = set()
    for entry in components:
        if not entry.container:
            continue
        given = [entries.get((*entry.path, key)) for key in ("name", "component")]
        name = next((_text(one) for one in given if one is not None and one.value is not None), "")
        if not name:
            yield entry, "a component has no name"
        elif name in seen:
            yield entry, f"a second component is named {name}"
        seen.add(name)
