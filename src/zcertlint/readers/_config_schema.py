"""What may stand in a zcertlint.yaml, and what is wrong with one: docs/configuration.md in code.

A wrong value is taken out, so that nothing is judged by it; everything beside it stays. A value that may be a
key in clear is never repeated: its place has no text, and reports do not quote that line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zcertlint.model.facts import Problem
from zcertlint.model.settings import Setting, Settings
from zcertlint.readers._config_values import (
    KEY_LENGTH,
    LONGEST_SHOWN,
    WHERE_ALL_ARE,
    Check,
    address,
    anything,
    called,
    card,
    code,
    day,
    delimiter,
    digest,
    endpoint,
    flag,
    job_class,
    kind,
    level,
    nearest,
    number,
    persona,
    plain_text,
    prefix,
    release,
    role,
    severity,
    url,
    user,
    version,
    written,
)
from zcertlint.text.source import Span

__all__ = ["validate"]

_Path = tuple[str, ...]

_DIGEST_KEYS = ("kaes256_sha256", "sha256", "kaes256")
_NOT_USED_YET = ("compatibility_mode", "utc", "icsf", "kdsenv", "rklvlog", "jcl")

# "*" stands for any key and for the numbers of a list.
_SECTIONS: Mapping[_Path, str] = {
    ("rules",): "mapping",
    ("rules", "select"): "list",
    ("rules", "ignore"): "list",
    ("rules", "mandatory"): "list",
    ("rules", "site"): "list",
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
_VALUES: Mapping[_Path, Check] = {
    ("version",): version,
    ("persona",): persona,
    ("rules", "select", "*"): code,
    ("rules", "ignore", "*"): code,
    ("rules", "mandatory", "*"): code,
    ("rules", "site", "*"): plain_text,
    ("rules", "severity", "*"): severity,
    ("rules", "params", "*", "*"): number,
    ("suppress", "*", "rule"): code,
    ("suppress", "*", "subject"): plain_text,
    ("suppress", "*", "reason"): plain_text,
    ("suppress", "*", "owner"): plain_text,
    ("suppress", "*", "expires"): day,
    ("zos", "release"): release,
    ("zos", "shared_keys"): flag,
    ("certificates", "*"): endpoint,
    **{("partners", "*", name): plain_text for name in ("name", "host", "certificate", "ca", "user")},
    ("partners", "*", "port"): number,
    ("partners", "*", "calls"): called,
    ("partners", "*", "kind"): kind,
    ("clients", "urls", "*"): url,
    ("clients", "addresses", "*"): address,
    ("job", "prefix"): prefix,
    ("job", "user"): user,
    ("job", "class"): job_class,
    ("job", "delimiter"): delimiter,
    ("job", "card", "*"): card,
    **{("itm", name): anything for name in _NOT_USED_YET},
    **{(*_COMPONENT, name): plain_text for name in ("name", "component", "platform", "key_label", "label")},
    (*_COMPONENT, "role"): role,
    (*_COMPONENT, "level"): level,
    (*_COMPONENT, "version"): level,
    **{(*_COMPONENT, name): digest for name in _DIGEST_KEYS},
    **{(*_COMPONENT, name): anything for name in _NOT_USED_YET},
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
        unused = any(_VALUES.get(shape[:length]) is anything for length in range(1, len(shape)))
        return None if unused else _unknown(path, entry)
    said: tuple[str, str] | None
    if check is anything:
        said = None
    elif entry.container:
        said = f"{path[-1]} should have one value, no list and no keys", WHERE_ALL_ARE
    elif entry.template:
        said = f"{path[-1]} is a template, which zcertlint.yaml cannot have", "Write the value"
    elif entry.value is None and check is not card:
        said = None
    else:
        said = check(entry)
    if said is None:
        return None
    place = entry.key_span if entry.container or check is endpoint else entry.span
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
    return _problem(_place(entry.path, entry.key_span), f"{name} should be {wanted}", WHERE_ALL_ARE)


def _unknown(path: _Path, entry: Setting) -> Problem:
    shape = _shape(path)
    known = [one for one in (*_SECTIONS, *_VALUES) if one[-1] != "*"]
    hint = nearest(path[-1], [one[-1] for one in known if one[:-1] == shape[:-1]])
    if hint == WHERE_ALL_ARE:
        above = [part for one in known if one[-1] == path[-1] for part in one[:-1] if part != "*"]
        hint = f"It belongs under {above[-1]}" if above else hint
    inside = f" under {path[-2]}" if len(path) > 1 and not path[-2].isdecimal() else ""
    name = path[-1] if len(path[-1]) <= LONGEST_SHOWN else f"{path[-1][:LONGEST_SHOWN]}…"
    words = f"{_whose(path)}{name!r}{inside} is no key of zcertlint.yaml"
    return _problem(_place(path, entry.key_span, known=False), words, hint)


def _whose(path: _Path) -> str:
    """Which component it is about, in front of the sentence."""
    return f"component {int(path[2]) + 1}: " if len(path) > len(_COMPONENT) and path[2].isdecimal() else ""


def _place(path: _Path, place: Span, *, known: bool = True) -> Span:
    """The place; without its text where a key in clear may stand in the line."""
    long_as_a_key = place.text is not None and len(place.text.strip("'\"")) == KEY_LENGTH
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
        name = next((written(one) for one in given if one is not None and one.value is not None), "")
        if not name:
            yield entry, "a component has no name"
        elif name in seen:
            yield entry, f"a second component is named {name}"
        seen.add(name)
