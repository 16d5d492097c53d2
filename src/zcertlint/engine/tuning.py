"""What a site has decided about the rules, in zcertlint.yaml: which run, how bad, with which numbers, what is accepted.

Nothing is hidden: a finding that is suppressed stays in every report, with the reason, and a suppression that has
expired or that nothing needs is a finding itself (IN009).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from fnmatch import fnmatchcase

from zcertlint.engine.verdict import Severity
from zcertlint.model.facts import Problem
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Effect", "Suppression", "SuppressionUse", "Tuning", "tuning_of"]


@dataclass(frozen=True, slots=True)
class Suppression:
    """One accepted finding.

    Attributes:
        rule: an id. subject: an id of the contract, in which ``*`` stands for anything; None for all subjects.
        reason: why, as the site says it. owner: who answers for it, or None.
        expires: the last day on which it counts; None for no end.
    """

    rule: str
    subject: str | None
    reason: str
    owner: str | None
    expires: date | None
    span: Span

    def expired(self, as_of: datetime) -> bool:
        """Whether its last day is over."""
        if self.expires is None:
            return False
        end = datetime(self.expires.year, self.expires.month, self.expires.day, tzinfo=UTC)
        return as_of >= end + timedelta(days=1)

    def meets(self, rule: str, subjects: Iterable[str]) -> bool:
        """Whether it is about a finding of this rule with these subjects."""
        return self.rule == rule and (
            self.subject is None or any(fnmatchcase(subject, self.subject) for subject in subjects)
        )


class Effect(Enum):
    """What a suppression did in a run."""

    USED = "it suppresses"
    UNUSED = "nothing needs it"
    EXPIRED = "it has expired"
    REFUSED = "its rule is mandatory"


@dataclass(frozen=True, slots=True)
class SuppressionUse:
    """A suppression and what it did."""

    suppression: Suppression
    effect: Effect


@dataclass(frozen=True, slots=True)
class Tuning:
    """The site's decisions.

    Attributes:
        select, ignore: rule ids or prefixes. mandatory: those that nothing switches off or suppresses.
        severities: by rule id or prefix. params: numbers by rule id and name.
        suppressions: in the order of the file. auditor: the persona that the file asks for.
        site: the entry points whose rules are run too.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    mandatory: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    params: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    auditor: bool = False
    site: tuple[str, ...] = ()

    def is_mandatory(self, rule: str) -> bool:
        """Whether nothing may switch this rule off."""
        return rule.startswith(self.mandatory) if self.mandatory else False

    def severity(self, rule: str) -> Severity | None:
        """The severity that the site gives to a rule; the longest prefix counts."""
        found = [prefix for prefix in self.severities if rule.startswith(prefix)]
        return self.severities[max(found, key=len)] if found else None


def tuning_of(
    config: Settings, params_of: Callable[[], Mapping[str, Iterable[str]]]
) -> tuple[Tuning, tuple[Problem, ...]]:
    """The decisions in a zcertlint.yaml, and what of them cannot be meant.

    Args:
        config: the settings, validated by their reader.
        params_of: the names of the parameters of every rule, by rule id; asked only when a rule is named.
    """
    if not (config.has("rules") or config.has("suppress")):
        return Tuning(auditor=config.text("persona") == "auditor"), ()
    return _Reading(config, params_of()).tuning()


class _Reading:
    """One zcertlint.yaml against the rules that there are."""

    def __init__(self, config: Settings, params: Mapping[str, Iterable[str]]) -> None:
        self._config = config
        self._params = params
        self._problems: list[Problem] = []

    def tuning(self) -> tuple[Tuning, tuple[Problem, ...]]:
        tuning = Tuning(
            select=self._codes("select"),
            ignore=self._codes("ignore"),
            mandatory=self._codes("mandatory"),
            severities=self._severities(),
            params=self._numbers(),
            suppressions=tuple(self._suppressions()),
            auditor=self._config.text("persona") == "auditor",
            site=tuple(str(item.value) for item in self._items("rules", "site")),
        )
        return tuning, tuple(self._problems)

    def _wrong(self, place: Span, expected: str, hint: str) -> None:
        self._problems.append(Problem("IN001", place, expected, hint))

    def _known(self, code: str, place: Span, *, prefix: bool = True) -> bool:
        known = any(ident.startswith(code) for ident in self._params) if prefix else code in self._params
        if not known or not code:
            self._wrong(place, f"no rule has the id {code!r}", "`zcertlint rules` lists them")
        return known and bool(code)

    def _items(self, *path: str) -> list[Setting]:
        items = (self._config.at(*path, index) for index in self._config.children(*path))
        return [item for item in items if item is not None and item.value is not None]

    def _codes(self, name: str) -> tuple[str, ...]:
        codes = [(str(item.value).upper(), item.span) for item in self._items("rules", name)]
        return tuple(code for code, place in codes if self._known(code, place))

    def _severities(self) -> dict[str, Severity]:
        found = {}
        for code in self._config.children("rules", "severity"):
            entry = self._config.at("rules", "severity", code)
            if entry is not None and entry.value is not None and self._known(code.upper(), entry.key_span):
                found[code.upper()] = Severity(str(entry.value))
        return found

    def _numbers(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for code in self._config.children("rules", "params"):
            section = self._config.at("rules", "params", code)
            if section is None or not self._known(code.upper(), section.key_span, prefix=False):
                continue
            for name in self._config.children("rules", "params", code):
                entry = self._config.at("rules", "params", code, name)
                if entry is None or entry.value is None:
                    continue
                if name not in set(self._params[code.upper()]):
                    names = ", ".join(self._params[code.upper()]) or "none"
                    self._wrong(entry.key_span, f"{code} has no number {name!r}", f"It has: {names}")
                    continue
                found.setdefault(code.upper(), {})[name] = int(str(entry.value))
        return found

    def _suppressions(self) -> Iterable[Suppression]:
        for index in self._config.children("suppress"):

            def text(name: str, index: str = index) -> str | None:
                entry = self._config.at("suppress", index, name)
                return None if entry is None or entry.value in {None, ""} else str(entry.value).strip()

            place = self._config.at("suppress", index, "rule") or self._config.at("suppress", index)
            if place is None:
                continue
            code, reason = (text("rule") or "").upper(), text("reason")
            if not self._known(code, place.span, prefix=False):
                continue
            if not reason:
                hint = "Write reason: with why this finding is accepted; until then it is not suppressed"
                self._wrong(place.span, f"a suppression of {code} has no reason", hint)
                continue
            day = text("expires")
            yield Suppression(
                code,
                text("subject"),
                reason,
                text("owner"),
                date.fromisoformat(day[:10]) if day else None,
                place.span,
            )
