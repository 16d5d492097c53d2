"""Why a planted fault may be silent beside another one, and why two make a third."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from zcertlint.app import Outcome
from zcertlint.engine.results import Finding
from zcertlint.engine.verdict import Severity
from zcertlint.model.deployment import Deployment

__all__ = ["combined", "hidden_by"]

_TABLE = Path(__file__).with_name("explained.yaml")
_RANK = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return loaded


def _entry(section: str, rule: str, company: Sequence[str]) -> str | None:
    for entry in _table()[section]:
        others = [one for one in company if one != rule]
        if rule.startswith(tuple(entry["rules"])) and any(
            one.startswith(tuple(entry["by"])) for one in others
        ):
            return str(entry["because"])
    return None


def combined(rule: str, company: Sequence[str]) -> str | None:
    """The reason why these rules' faults together make a fault that none is alone; None where nobody knows one."""
    return _entry("combined", rule, company)


def hidden_by(
    lost: Sequence[Finding], solo: Outcome, together: Outcome, company: Sequence[str]
) -> str | None:
    """What is told instead of findings that a fault alone makes; None where it is simply missed.

    A finding at least as bad, or a question, about the same subject; a failing link or a question where what the
    lost finding is about is used (a keystore that cannot be opened, a certificate that nobody can serve: what is
    wrong with it shows when that is repaired); an input that cannot be read; what the table explains.

    Args:
        lost: the findings of the rule when its fault is alone. solo: all that came of it then.
        together: what came of it in company. company: the rules whose faults were planted.
    """
    if not lost:
        return None
    about = set().union(*(_about(finding) for finding in lost))
    used = _used(about, solo.deployment)
    worst = max(_RANK[finding.severity] for finding in lost)
    for found in together.report.findings:
        there = _about(found)
        if _RANK[found.severity] >= worst and (about & there or (found.links and used & there)):
            return found.code
    for gap in together.report.gaps:
        if used & {*map(_plain, (gap.subject, *gap.links))}:
            return "a question"
    if together.unreadable:
        return "an input that cannot be read"
    fired = {found.code for found in together.report.findings}
    return _entry("hidden", lost[0].code, sorted({*fired, *company}))


def _about(finding: Finding) -> set[str]:
    """What a finding is about: subjects, links, and the setting where it stands."""
    place = finding.primary
    lines = {f"{Path(place.path).name}:{place.line}"} if place.line is not None else set()
    return {*map(_plain, (*finding.subjects, *finding.links, *finding.spared)), *lines}


def _plain(ident: str) -> str:
    """The endpoint or link without the HA members, which another fault may bring."""
    return re.sub(r"@[^>:]*", "", ident)


def _used(about: set[str], deployment: Deployment) -> set[str]:
    """These subjects with the stores that hold them, the endpoints that use those, and the endpoints' links."""
    stores = {
        store.id
        for store in deployment.database.stores.values()
        if store.id in about or any(row.certificate in about for row in store.connections)
    }
    ends = {
        end.id
        for end in deployment.endpoints.values()
        if end.id in about or end.certificate in about or {end.keystore, end.truststore} & stores
    }
    links = {link.id for link in deployment.links.values() if {link.client, link.server} & ends}
    return {*map(_plain, about | stores | ends | links)}
