"""The rule book: words and numbers of every rule, written once, in ``rules/``.

A wheel carries the book compiled into one index; an editable install reads the YAML folder.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from zcertlint.engine.results import FixKind, Safety
from zcertlint.engine.verdict import Confidence, Severity
from zcertlint.records import dataclass

__all__ = ["Page", "add_page", "book", "compile_book", "page"]

_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Page:
    """One rule's page.

    Attributes:
        id, name, title: the name is the wrong state, in kebab case.
        status: ``stable`` or ``new``.
        severities: the first is the rule's own; a predicate may give another of them.
        severity_note: when which severity applies; "" where there is one.
        confidence: the rule's own.
        subject: what it is run on, in a user's words.
        why: why it matters, in a user's words.
        sentences: by ``fails``, ``fails-<variant>``, ``holds``, ``unknown``.
        breaks: message ids and texts that a user would see.
        fix_kind, fix_safety, fix_builder, fix_summary: how it is repaired; fix_otherwise: by hand, where the
            builder has nothing to work on. fix_from_finding: the builder needs no more than the finding itself.
        hardening: whether it is run only for the persona *auditor*.
        command: the command that closes its gap. params: name to (type, default, unit, meaning).
        references: manuals and standards.
    """

    id: str
    name: str
    title: str
    status: str
    severities: tuple[Severity, ...]
    severity_note: str
    confidence: Confidence
    subject: str
    why: str
    sentences: Mapping[str, str]
    breaks: tuple[str, ...]
    fix_kind: FixKind
    fix_safety: Safety | None
    fix_builder: str | None
    fix_summary: str
    fix_otherwise: str
    command: str | None
    params: Mapping[str, Mapping[str, str | int]]
    references: tuple[str, ...]
    hardening: bool = False
    fix_from_finding: bool = False


def _folder() -> Path:
    inside = _PACKAGE / "_rulebook"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "rules"


def compile_book(folder: Path) -> dict[str, Any]:
    """Every page of a folder of YAML files as one mapping from id to its fields."""
    import yaml  # noqa: PLC0415 (not needed with a compiled book)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    pages = {}
    for path in sorted(folder.rglob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 (a safe loader)
        pages[raw["id"]] = raw
    return dict(sorted(pages.items()))


@cache
def _raw() -> Mapping[str, Mapping[str, Any]]:
    folder = _folder()
    index = folder / "index.json"
    if index.is_file():
        import json  # noqa: PLC0415 (a run without findings needs no words)

        loaded: dict[str, dict[str, Any]] = json.loads(index.read_text(encoding="utf-8"))
        return loaded
    return compile_book(folder)


def _words(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _page(raw: Mapping[str, Any]) -> Page:
    severities = raw["severity"] if isinstance(raw["severity"], list) else [raw["severity"]]
    fix = raw.get("fix") or {"kind": "none"}
    return Page(
        id=raw["id"],
        name=raw["name"],
        title=_words(raw["title"]),
        status=raw.get("status", "stable"),
        severities=tuple(Severity(word) for word in severities),
        severity_note=_words(raw.get("severity-note")),
        confidence=Confidence(raw.get("confidence", "certain")),
        subject=_words(raw["subject"]),
        why="\n\n".join(_words(part) for part in str(raw["why"]).strip().split("\n\n")),
        sentences={key: _words(text) for key, text in raw["sentences"].items()},
        breaks=tuple(raw.get("breaks") or ()),
        fix_kind=FixKind(fix["kind"]),
        fix_safety=Safety(fix["safety"]) if fix.get("safety") else None,
        fix_builder=fix.get("builder"),
        fix_summary=_words(fix.get("summary")),
        fix_otherwise=_words(fix.get("otherwise")),
        command=raw.get("command"),
        params=raw.get("params") or {},
        references=tuple(raw.get("references") or ()),
        hardening=raw.get("persona") == "auditor",
        fix_from_finding=fix.get("from") == "finding",
    )


_SITE: dict[str, Mapping[str, Any]] = {}


def add_page(raw: Mapping[str, Any]) -> None:
    """Enter the page of a site's rule; a page of the book cannot be replaced.

    Raises:
        ValueError: the book has a page of this id.
    """
    if raw["id"] in _raw():
        raise ValueError(f"{raw['id']} is a rule of zcertlint")
    _SITE[raw["id"]] = raw
    page.cache_clear()


@cache
def page(ident: str) -> Page:
    """The page of one rule.

    Raises:
        KeyError: there is no such rule.
    """
    return _page(_SITE.get(ident) or _raw()[ident])


def book() -> tuple[Page, ...]:
    """Every page, in the order of the ids; those of a site last."""
    return tuple(page(ident) for ident in (*_raw(), *sorted(_SITE)))
