"""Writes the JSON schema of zcertlint.yaml: `python scripts/make_config_schema.py`, or `make docs`.

Keys and values come from the reader, the words from the table in docs/configuration.md: neither is written twice.
`--check` writes nothing and ends with 1 when the schema is not what they say; `--to FILE` names another file.
"""
# ruff: noqa: INP001 (a script, no package)

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zcertlint.readers import _config_schema as reader
from zcertlint.readers import _config_values as values

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "zcertlint" / "schemas" / "zcertlint.schema.json"
DOCUMENT = ROOT / "docs" / "configuration.md"

Path_ = tuple[str, ...]
Schema = dict[str, Any]
COMPONENT: Path_ = ("itm", "components", "*")
# A value in ${{ }} is Zowe's, not ours.
TEXT: Schema = {"type": "string", "not": {"pattern": r"\$\{\{"}}


def pattern(expression: str) -> Schema:
    """A text that is this, from its first to its last character."""
    return {"type": "string", "pattern": f"^(?:{expression})$"}


def words(known: Iterator[str] | tuple[str, ...]) -> Schema:
    """One of these words, which an editor offers, in any case."""
    listed = tuple(known)
    folded = "|".join(
        "".join(f"[{char.upper()}{char}]" if char.isalpha() else re.escape(char) for char in word)
        for word in listed
    )
    return {"anyOf": [{"enum": list(listed)}, pattern(folded)]}


def names(known: tuple[str, ...]) -> str:
    """A pattern for these names, which @SYSTEM may follow."""
    return "(?:" + "|".join(re.escape(name) for name in known) + r")(?:@[\s\S]*)?"


_ENDPOINTS = names(values._ENDPOINTS)  # noqa: SLF001 (the reader's own list)
_NAMED = "(?:" + "|".join(values._NAMED) + r")[^@][\s\S]*"  # noqa: SLF001
_CALLED = tuple(name for name in values._ENDPOINTS if name not in {"zowe", "browser"})  # noqa: SLF001
_MISSING = "".join(f"[{char.upper()}{char}]:*" for char in "missing")
_CARD = r"//(?:[ -~]{0,68}[!-~])? *"
_JOB = r"(?=[\s\S]* JOB(?: |$))" + _CARD
_NUMBER: Schema = {"type": "number", "minimum": 0}
# What each check of the reader takes, by its name; every one of them takes a key without a value too.
FORMS: Mapping[str, Schema] = {
    "address": {"anyOf": [{"type": "string", "format": "ipv4"}, {"type": "string", "format": "ipv6"}]},
    "called": pattern(names(_CALLED)),
    "code": pattern(r"[A-Za-z]{2}\d{0,3}"),
    "day": {**pattern(r"\d{4}-\d\d-\d\d"), "format": "date"},
    "delimiter": pattern(values._DELIMITER),  # noqa: SLF001
    "digest": pattern(rf"[\s:]*(?:{_MISSING}|(?:[0-9A-Fa-f]:*){{64}})[\s:]*"),
    "endpoint": TEXT,
    "flag": {"type": "boolean"},
    "job_class": {"anyOf": [pattern(values._CLASS), _NUMBER]},  # noqa: SLF001
    "kind": words(values._KINDS),  # noqa: SLF001
    "level": {"anyOf": [pattern(values._LEVEL), _NUMBER]},  # noqa: SLF001
    "number": {"type": "integer", "minimum": 0},
    "persona": {"enum": list(values._PERSONAS)},  # noqa: SLF001
    "plain_text": {"anyOf": [TEXT, {"type": "number"}]},
    "prefix": {**pattern(values._QUALIFIERS), "maxLength": values._LONGEST_PREFIX},  # noqa: SLF001
    "release": pattern(values._RELEASE),  # noqa: SLF001
    "role": words(values.ROLES),
    "severity": {"enum": list(values._SEVERITIES)},  # noqa: SLF001
    "user": pattern(values._USER),  # noqa: SLF001
    "url": {"type": "string", "pattern": r"^https://[^/\s]"},
    "version": {"enum": [1, "1"]},
}


def value_of(check: str) -> Schema:
    """The schema of a value with this check; a key without a value decides nothing."""
    if check == "anything":
        return {}
    form = FORMS[check]
    options = form.get("anyOf") or [form]
    return {"anyOf": [*options, {"type": "null"}]}


def descriptions() -> dict[Path_, str]:
    """What the table of docs/configuration.md says of each key."""
    found: dict[Path_, str] = {}
    above: Path_ = ()
    for line in DOCUMENT.read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if not line.startswith("| `") or len(cells) < 3:  # noqa: PLR2004 (key, value, meaning)
            continue
        said = re.sub(r"\[([^\]]+)\]\([^)]*\)|[`*]", lambda match: match[1] or "", cells[2].rstrip(" |"))
        for key in re.findall(r"`([^`]+)`", cells[0]):
            path = shape_of(key, above)
            if key.endswith("[]"):
                above = path
                path = path[:-1]
            found[path] = said
    return found


def shape_of(key: str, above: Path_) -> Path_:
    """``rules.params.RULE.NAME`` as the reader writes it, with ``*`` for any key; ``….name`` goes on with a list."""
    parts = key.removeprefix("….").replace("[]", ".*").split(".")
    path = tuple("*" if part.isupper() else part for part in parts)
    return (*above, *path) if key.startswith("…") else path


class Maker:
    """The tree of sections, from the reader's flat tables."""

    def __init__(self) -> None:
        """Read the words."""
        self.sections: Mapping[Path_, str] = reader._SECTIONS  # noqa: SLF001
        self.values = {path: check.__name__ for path, check in reader._VALUES.items()}  # noqa: SLF001
        self.words = descriptions()

    def below(self, path: Path_) -> list[str]:
        """The keys under a section."""
        shapes = [*self.sections, *self.values]
        return list(dict.fromkeys(shape[len(path)] for shape in shapes if shape[:-1] == path))

    def node(self, path: Path_) -> Schema:
        """What may stand at a path."""
        kind = self.sections.get(path)
        if kind is None:
            made = value_of(self.values[path])
        elif kind == "list":
            made = self.sequence(path)
        else:
            made = self.mapping(path)
        said = self.words.get(path)
        return {"description": said, **made} if said else made

    def sequence(self, path: Path_) -> Schema:
        """A list; an empty mapping is none, and neither is it wrong."""
        items: Schema | list[Schema] = self.items(path)
        made: Schema = {"type": ["array", "object", "null"], "maxProperties": 0, "items": items}
        if isinstance(items, list):
            made["additionalItems"] = pattern(_CARD)
        return made

    def items(self, path: Path_) -> Schema | list[Schema]:
        """What stands in a list; the first line of a job card is its JOB statement."""
        if self.values.get((*path, "*")) == "card":
            return [pattern(_JOB)]
        return self.node((*path, "*"))

    def mapping(self, path: Path_) -> Schema:
        """Keys with values; an empty list is none, and neither is it wrong."""
        keys = self.below(path)
        made: Schema = {"type": ["object", "array", "null"], "maxItems": 0}
        if keys == ["*"]:
            inner = self.node((*path, "*"))
            if self.values.get((*path, "*")) == "endpoint":
                # A name that is no endpoint and has no value decides nothing.
                made["patternProperties"] = {f"^(?:{_ENDPOINTS}|{_NAMED})$": inner}
                made["additionalProperties"] = {"type": "null"}
            else:
                made["additionalProperties"] = inner
        else:
            made["additionalProperties"] = False
            made["properties"] = {key: self.node((*path, key)) for key in keys}
        if path == COMPONENT:
            made |= {"type": ["object", "null"], **named()}
            del made["maxItems"]
        if path == ("suppress", "*"):
            # Of the rules, not of the reader: without both it suppresses nothing, which is told.
            made["required"] = ["rule", "reason"]
            made["type"] = "object"
            del made["maxItems"]
            for key in made["required"]:
                made["properties"][key]["not"] = {"enum": [None, ""]}
        return made

    def whole(self) -> Schema:
        """The file."""
        keys = self.below(())
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "zcertlint.yaml",
            "description": "What no listing can tell zcertlint; every key and value: docs/configuration.md",
            "type": "object",
            "additionalProperties": False,
            "properties": {key: self.node((key,)) for key in keys},
        }


def named() -> Schema:
    """A component has a name, under ``name`` or ``component``."""
    given = {"not": {"enum": [None]}}
    some = {"not": {"enum": [None, ""]}}
    return {
        "if": {"required": ["name"], "properties": {"name": given}},
        "then": {"properties": {"name": some}},
        "else": {
            "if": {"required": ["component"], "properties": {"component": given}},
            "then": {"properties": {"component": some}},
            # An empty mapping fails here, null does not: both keywords speak of objects only.
            "else": {"required": ["name", "component"]},
        },
    }


def main() -> int:
    """Write or compare the schema."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    parser.add_argument("--to", type=Path, default=TARGET, help="another file")
    given = parser.parse_args()
    text = json.dumps(Maker().whole(), indent=2, ensure_ascii=False) + "\n"
    if given.check:
        same = given.to.is_file() and given.to.read_text(encoding="utf-8") == text
        if not same:
            sys.stderr.write(
                f"{given.to.name} is not what the reader says; python scripts/make_config_schema.py\n"
            )
        return 0 if same else 1
    given.to.parent.mkdir(parents=True, exist_ok=True)
    given.to.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
