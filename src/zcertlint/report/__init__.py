"""Reports: one module per format; a new format is a new file here.

A format is a plain module of this package whose name has no leading underscore. It has three names:
``FORMAT`` (as in ``--format``), ``MEDIA`` (the usual suffix of its files) and ``render(report, options)``.
Everything else in this package has a leading underscore or is a sub-package (``explain``), so that the list
of formats comes from the folder and no format is imported before it is used.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Protocol, cast

from zcertlint.engine.results import Report
from zcertlint.errors import UsageError
from zcertlint.records import dataclass

if TYPE_CHECKING:
    from zcertlint.engine.rulebook import Page

__all__ = ["Format", "RenderOptions", "RuleParam", "RuleText", "formats", "load", "render"]


@dataclass(frozen=True, slots=True)
class RuleParam:
    """A parameter of a rule that ``zcertlint.yaml`` may set: ``days``, ``60``, what it means and its unit."""

    name: str
    default: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class RuleText:
    """The words of one rule, taken from the rule book: what reports and ``explain`` show of it.

    Attributes:
        id, name, title: ``KR101``, ``no-default-certificate``, a few words.
        status: ``stable``, ``preview`` or ``deprecated``.
        severity: ``error``, ``warning`` or ``info``, or several with the case that decides, in words.
        confidence: ``certain`` or ``likely``.
        subject: what the rule looks at (``key ring``, ``link``).
        why: why it matters, in a user's words; paragraphs are separated by an empty line.
        sentences: verdict (``fails``, ``holds``, ``unknown``) and its sentence, with placeholders.
        needs, command: the fact that decides it when it is unknown, and the command that shows it.
        breaks: message ids and texts that a user would see.
        fix, safety: what repairs it, and ``ready``, ``review`` or ``advice``.
        otherwise: what to do by hand, where no repair can be written.
        params: what ``zcertlint.yaml`` may set.
        references: where the facts come from.
    """

    id: str
    name: str = ""
    title: str = ""
    status: str = "stable"
    severity: str = "error"
    confidence: str = "certain"
    subject: str = ""
    why: str = ""
    sentences: tuple[tuple[str, str], ...] = ()
    needs: str = ""
    command: str = ""
    breaks: tuple[str, ...] = ()
    fix: str = ""
    safety: str = ""
    otherwise: str = ""
    params: tuple[RuleParam, ...] = ()
    references: tuple[str, ...] = ()

    @classmethod
    def of(cls, page: "Page") -> "RuleText":
        """The words of a page of the rule book."""
        severity = " or ".join(one.value for one in page.severities)
        return cls(
            id=page.id,
            name=page.name,
            title=page.title,
            status=page.status,
            severity=f"{severity}: {page.severity_note.rstrip('.')}" if page.severity_note else severity,
            confidence=page.confidence.value,
            subject=page.subject,
            why=page.why,
            sentences=tuple(page.sentences.items()),
            command=page.command or "",
            breaks=page.breaks,
            fix=page.fix_summary,
            safety=page.fix_safety.value if page.fix_safety else "",
            otherwise=page.fix_otherwise,
            params=tuple(_param(name, values) for name, values in page.params.items()),
            references=page.references,
        )


def _param(name: str, values: Mapping[str, str | int]) -> RuleParam:
    """A parameter with its unit after its default: ``60 days``."""
    default = " ".join(str(values[key]) for key in ("default", "unit") if values.get(key) not in {None, ""})
    return RuleParam(name, default, str(values.get("meaning", "")))


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How a report is to be shown; no option changes what was found.

    Attributes:
        width: columns of the screen. color: whether to write ANSI colours.
        verbose, quiet: more, or one line per finding.
        change_dir: the folder that ``zcertlint fix`` wrote or will write; None when it was not said.
        command: the command that is running.
        plan: the repair plan as plain text, when there is one.
        paths: the PATHs of the call, to tell a next command that can be typed as it stands.
        rules: the words of the rules, by id.
    """

    width: int = 80
    color: bool = False
    verbose: bool = False
    quiet: bool = False
    change_dir: str | None = None
    command: str = "check"
    plan: str | None = None
    paths: tuple[str, ...] = ()
    rules: Mapping[str, RuleText] = field(default_factory=dict, repr=False)


class Format(Protocol):
    """What a format module offers."""

    FORMAT: str
    MEDIA: str

    def render(self, report: Report, options: RenderOptions) -> str:
        """The whole document, with a final line end unless it is empty."""
        ...


def formats() -> tuple[str, ...]:
    """The names of all formats, sorted; none is imported for it."""
    found = (info.name for info in pkgutil.iter_modules(__path__) if not info.ispkg)
    return tuple(sorted(name for name in found if not name.startswith("_")))


def load(name: str) -> Format:
    """The module of a format.

    Raises:
        UsageError: there is no format of this name.
    """
    if name not in formats():
        raise UsageError(f"there is no format {name!r}; there are {', '.join(formats())}")
    return cast("Format", importlib.import_module(f"{__name__}.{name}"))


def render(name: str, report: Report, options: RenderOptions | None = None) -> str:
    """The report in the format of this name.

    Raises:
        UsageError: there is no format of this name.
    """
    return load(name).render(report, options or RenderOptions())
