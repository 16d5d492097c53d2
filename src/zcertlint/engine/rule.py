"""Rules and their registry. A rule is a function from one subject to one verdict."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from zcertlint.engine.verdict import Confidence, Verdict
from zcertlint.model.deployment import Deployment, Endpoint, Link
from zcertlint.trust.handshake import Judge, LinkJudgement

__all__ = ["Context", "Rule", "all_rules", "rule"]

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Context:
    """What a predicate may look at beside its subject.

    Attributes:
        deployment: everything known. judge: judges links, and remembers. as_of: the only time there is.
        warn_days: how long before its end a certificate is reported.
    """

    deployment: Deployment
    judge: Judge
    as_of: datetime
    warn_days: int = 60
    extra: dict[str, object] = field(default_factory=dict)

    def judged(self, link: Link) -> LinkJudgement:
        """The judgement on a link."""
        return self.judge.judge(link)

    def server(self, link: Link) -> Endpoint:
        """The server's end."""
        return self.deployment.endpoints[link.server]

    def client(self, link: Link) -> Endpoint:
        """The client's end."""
        return self.deployment.endpoints[link.client]

    def confidence(self, *ends: Endpoint, believed: bool = False) -> Confidence:
        """``likely`` when an end rests on a product's default, or the check is only believed."""
        if believed or any(end.assumed for end in ends):
            return Confidence.LIKELY
        return Confidence.CERTAIN


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id, the type of its subjects, and the predicate."""

    id: str
    on: type
    predicate: Callable[[Any, Context], Verdict]


_REGISTRY: dict[str, Rule] = {}


def rule(
    ident: str, *, on: type[S]
) -> Callable[[Callable[[S, Context], Verdict]], Callable[[S, Context], Verdict]]:
    """Register a predicate under its id.

    Raises:
        ValueError: the id is taken; two rules of one name would hide each other.
    """

    def register(predicate: Callable[[S, Context], Verdict]) -> Callable[[S, Context], Verdict]:
        if ident in _REGISTRY and _REGISTRY[ident].predicate.__module__ != predicate.__module__:
            raise ValueError(f"two predicates for {ident}")
        _REGISTRY[ident] = Rule(ident, on, predicate)
        return predicate

    return register


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the ids."""
    if not _REGISTRY:
        package = importlib.import_module("zcertlint.rules")
        for family in pkgutil.iter_modules(package.__path__):
            if not family.ispkg:
                continue
            folder = importlib.import_module(f"{package.__name__}.{family.name}")
            for module in pkgutil.iter_modules(folder.__path__):
                if not module.name.startswith("_"):
                    importlib.import_module(f"{folder.__name__}.{module.name}")
    return tuple(_REGISTRY[ident] for ident in sorted(_REGISTRY))
