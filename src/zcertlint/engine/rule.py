"""Rules and their registry. A rule is a function from one subject to one verdict."""

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any, TypeVar

from zcertlint.engine.verdict import Confidence, Unknown, Verdict
from zcertlint.model.deployment import Deployment, Endpoint, Link
from zcertlint.records import dataclass
from zcertlint.trust.handshake import Judge
from zcertlint.trust.judgement import LinkJudgement
from zcertlint.trust.needs import Need

__all__ = ["Context", "Rule", "all_rules", "rule"]

S = TypeVar("S")


def _no_number(code: str, name: str) -> int:
    raise KeyError(f"{code} {name}")


@dataclass(slots=True)
class Context:
    """What a predicate may look at beside its subject.

    Attributes:
        deployment: everything known. judge: judges links, and remembers. as_of: the only time there is.
        warn_days: how long before its end a certificate is reported.
        number: the parameter of a rule, by rule id and name.
    """

    deployment: Deployment
    judge: Judge
    as_of: datetime
    warn_days: int = 60
    number: Callable[[str, str], int] = field(default=_no_number)
    _serving: dict[str, list[LinkJudgement]] | None = field(default=None, init=False, repr=False)
    _users: dict[str, list[Endpoint]] | None = field(default=None, init=False, repr=False)
    _presenting: dict[str, list[Endpoint]] | None = field(default=None, init=False, repr=False)

    def judged(self, link: Link) -> LinkJudgement:
        """The judgement on a link."""
        return self.judge.judge(link)

    def server(self, link: Link) -> Endpoint:
        """The server's end."""
        return self.deployment.endpoints[link.server]

    def client(self, link: Link) -> Endpoint:
        """The client's end."""
        return self.deployment.endpoints[link.client]

    def serving(self, certificate: str) -> tuple[LinkJudgement, ...]:
        """The judgements of every link on which this certificate is served, or presented by a client as its own."""
        if self._serving is None:
            self._serving = {}
            for link in self.deployment.links.values():
                judged = self.judge.judge(link)
                if judged.certificate is not None:
                    self._serving.setdefault(judged.certificate.id, []).append(judged)
                client = self.client(link)
                own = client.as_client if client.product == "client" else client.sends
                if own is not None and (client.product == "client" or judged.client_chain is not None):
                    self._serving.setdefault(own, []).append(judged)
        return tuple(self._serving.get(certificate, ()))

    def users(self, certificate: str) -> tuple[Endpoint, ...]:
        """The endpoints that serve this certificate."""
        if self._users is None:
            self._users = {}
            for endpoint in self.deployment.endpoints.values():
                if endpoint.certificate is not None:
                    self._users.setdefault(endpoint.certificate, []).append(endpoint)
        return tuple(self._users.get(certificate, ()))

    def presenting(self, certificate: str) -> tuple[Endpoint, ...]:
        """The endpoints that present this certificate as clients and serve another one."""
        if self._presenting is None:
            self._presenting = {}
            for endpoint in self.deployment.endpoints.values():
                if endpoint.sends is not None:
                    self._presenting.setdefault(endpoint.sends, []).append(endpoint)
        return tuple(self._presenting.get(certificate, ()))

    def failing(self, code: str, judged: Iterable[LinkJudgement]) -> tuple[str, ...]:
        """The ids of the links on which the condition of this rule is not met."""
        return tuple(j.link.id for j in judged if j.failing(code) is not None)

    def needs(self, code: str, judged: Iterable[LinkJudgement]) -> tuple[Need, ...]:
        """What is missing for the condition of this rule, over these links, each once."""
        opened = (condition for j in judged if (condition := j.open(code)) is not None)
        return tuple(dict.fromkeys(need for condition in opened for need in condition.needs))

    def unknown(self, code: str, judged: Sequence[LinkJudgement]) -> Unknown | None:
        """The answer when the condition of this rule cannot be told on one of these links."""
        needs = self.needs(code, judged)
        if not needs:
            return None
        waiting = tuple(j.link.id for j in judged if j.open(code) is not None)
        return Unknown({"subject": needs[0].subject}, needs, waiting)

    def confidence(self, *ends: Endpoint, believed: bool = False) -> Confidence:
        """``likely`` when an end rests on a product's default, or the check is only believed."""
        if believed or any(end.assumed for end in ends):
            return Confidence.LIKELY
        return Confidence.CERTAIN


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: its address. on: the type of its subjects. predicate: from a subject to a verdict.
        hardening: run only for the persona *auditor*: nothing fails by it, it could be safer.
        site: the entry point of a site that brought it; None for zcertlint's own.
    """

    id: str
    on: type
    predicate: Callable[[Any, Context], Verdict]
    hardening: bool = False
    site: str | None = None


_REGISTRY: dict[str, Rule] = {}


def rule(
    ident: str, *, on: type[S], hardening: bool = False, site: str | None = None
) -> Callable[[Callable[[S, Context], Verdict]], Callable[[S, Context], Verdict]]:
    """Register a predicate under its id.

    Raises:
        ValueError: the id is taken; two rules of one name would hide each other.
    """

    def register(predicate: Callable[[S, Context], Verdict]) -> Callable[[S, Context], Verdict]:
        if ident in _REGISTRY and _REGISTRY[ident].predicate.__module__ != predicate.__module__:
            raise ValueError(f"two predicates for {ident}")
        _REGISTRY[ident] = Rule(ident, on, predicate, hardening, site)
        return predicate

    return register


def all_rules(subjects: Collection[type] | None = None) -> tuple[Rule, ...]:
    """The rules in the order of the ids.

    Args:
        subjects: the types that occur; a family none of whose subjects (its ``ON``) does is not imported.
    """
    package = importlib.import_module("zcertlint.rules")
    for family in pkgutil.iter_modules(package.__path__):
        if not family.ispkg:
            continue
        folder = importlib.import_module(f"{package.__name__}.{family.name}")
        if subjects is not None and not any(kind in subjects for kind in folder.ON):
            continue
        for module in pkgutil.iter_modules(folder.__path__):
            if not module.name.startswith("_"):
                importlib.import_module(f"{folder.__name__}.{module.name}")
    found = (_REGISTRY[ident] for ident in sorted(_REGISTRY))
    return tuple(rule for rule in found if subjects is None or rule.on in subjects)
