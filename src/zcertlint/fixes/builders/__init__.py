"""One file per builder; a new builder is a new file here, named as rules name it (``connect-ca``: connect_ca.py).

A builder module has two names: ``PRIORITY`` (plans of a lower one come first) and
``build(hint, findings, deployment, options)``, which returns a plan or raises RefusedError.
"""

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import Protocol, cast

from zcertlint.engine.results import Finding, Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError
from zcertlint.model.deployment import Deployment

__all__ = ["build", "builder_names", "plan_for", "priority"]


_JUDGED = {"name-filter"}  # it knows whether an issuer is a whole name


class _Builder(Protocol):
    PRIORITY: int

    def build(
        self, hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions
    ) -> Plan: ...


@cache
def builder_names() -> tuple[str, ...]:
    """Every builder, by the name that rules use."""
    names = (info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return tuple(sorted(name.replace("_", "-") for name in names))


@cache
def _builder(name: str) -> _Builder | None:
    if name not in builder_names():
        return None
    return cast("_Builder", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))


def priority(name: str) -> int:
    """Plans of a lower number come first, because others build on them."""
    builder = _builder(name)
    return 99 if builder is None else builder.PRIORITY


def plan_for(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """The plan for a hint; a refused one says why there is none. Never raises for what stands in an input."""
    builder = _builder(hint.builder)
    if builder is None:
        return Plan("", hint.builder, findings, "", "", Safety.ADVICE, refused="there is no builder for it")
    try:
        plan = _careful(builder.build(hint, findings, deployment, options), deployment, options)
        _render(plan)
    except (RefusedError, UnsafeValueError) as refused:
        advice = refused.advice if isinstance(refused, RefusedError) else ()
        return Plan("", hint.builder, findings, "", "", Safety.ADVICE, advice=advice, refused=str(refused))
    return plan


def _careful(plan: Plan, deployment: Deployment, options: FixOptions) -> Plan:
    """The plan; not ready when one of its commands rests on what is only believed, or cannot be undone whole."""
    if plan.safety is not Safety.READY or not plan.steps or plan.builder in _JUDGED:
        return plan
    doubts: list[str] = []
    database = deployment.database
    for command in plan.commands:
        doubts += command.doubts(database)
        database = command.apply(database, options.as_of)
    if not doubts and not plan.lost:
        return plan
    return replace(plan, safety=Safety.REVIEW, reasons=tuple(dict.fromkeys((*plan.reasons, *doubts))))


def _render(plan: Plan) -> None:
    """Every value is written once, so that an unsafe one refuses the plan and not the whole change."""
    for step in (*plan.steps, *plan.backout):
        for command in step.commands:
            command.render()
    for command in plan.proof:
        command.render()


def build(finding: Finding, deployment: Deployment, options: FixOptions) -> Plan:
    """The plan for one finding; refused when it has no hint."""
    if finding.hint is None:
        return Plan("", "", (finding.id,), "", "", Safety.ADVICE, refused="the finding has no fix")
    return plan_for(finding.hint, (finding.id,), deployment, options)
