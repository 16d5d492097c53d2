"""Database and settings in, deployment out. Pure, so that a rehearsed change is assembled in the same way."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from zcertlint.assembly.layers import layered
from zcertlint.assembly.merge import contradict, merge
from zcertlint.assembly.products import clients, itm
from zcertlint.assembly.products.zosmf import zosmf, zosmf_calls, zosmf_token_key
from zcertlint.assembly.products.zowe import zowe
from zcertlint.assembly.site import Configuration, Site
from zcertlint.model.deployment import Database, Deployment, Endpoint, Link
from zcertlint.model.facts import Facts, Problem
from zcertlint.model.settings import Settings
from zcertlint.text.source import Span
from zcertlint.trust.identity import logons

__all__ = ["Configuration", "configuration_of", "database_of", "deploy"]

_ORDER = (
    "zowe.apiml", "zowe.gateway", "zowe.zaas", "zowe.discovery", "zowe.api-catalog", "zowe.caching-service",
    "zowe.app-server", "zowe.zss", "zosmf", "browser",
)  # fmt: skip


def database_of(facts: Sequence[Facts]) -> tuple[Database, tuple[Problem, ...]]:
    """The merged certificates and stores of all inputs, and every problem of reading or merging."""
    database, contradictions = merge(facts)
    told = (p for item in facts for p in item.problems if p.about is None or not _shown_whole(p, item, facts))
    return database, (*told, *contradictions)


def _shown_whole(cut: Problem, here: Facts, facts: Sequence[Facts]) -> bool:
    """Whether another input shows the certificate whose record is cut here, whole and without contradiction."""
    parts = [one for one in here.certificates if one.id == cut.about]
    for other in facts:
        if other.path == here.path or any(problem.about == cut.about for problem in other.problems):
            continue
        for whole in other.certificates:
            if whole.id == cut.about and not any(contradict(part, whole, timedelta(0)) for part in parts):
                return True
    return False


def configuration_of(
    facts: Sequence[Facts], ties: dict[str, str], zowe_version: str | None, named: Sequence[str] = ()
) -> tuple[Configuration, tuple[Problem, ...]]:
    """The settings to use, and a problem for each further zowe.yaml that is not.

    Args:
        facts: of all inputs.
        ties: see Configuration.
        zowe_version: from the command line.
        named: the files that were named one by one: several zowe.yaml among them are one configuration.
    """
    trees = [item.zowe for item in facts if item.zowe is not None]
    together = [tree for tree in trees if tree.path in named]
    used = layered(together) if len(together) > 1 else trees[0] if trees else None
    layers = used.layers or (used.path,) if used is not None else ()
    problems = tuple(
        Problem(
            "IN005",
            next(iter(tree.entries.values())).key_span,
            f"a second zowe.yaml beside {layers[0]}",
            "One deployment is judged at a time; this file was not used",
            fatal=False,
            question=f"{tree.path} was not judged: run `zcertlint check {tree.path}` for that deployment.",
        )
        for tree in trees
        if tree.entries and tree.path not in layers
    )
    if used is not None:
        problems = (*problems, *_doubled(used))
    configuration = Configuration(
        zowe=used,
        zosmf=_together([item.zosmf for item in facts if item.zosmf is not None]),
        config=next((item.config for item in facts if item.config is not None), None),
        ties=ties,
        zowe_version=zowe_version,
        policies=tuple(policy for item in facts for policy in item.policies),
    )
    return configuration, problems


def _doubled(tree: Settings) -> Iterator[Problem]:
    """Keys that stand twice, and documents that configmgr does not read."""
    for path, first, later in tree.duplicates:
        name = ".".join(path)
        yield Problem(
            "ZW120",
            later,
            f"{name} stands twice, first in line {first.line}",
            "Zowe reads one of them, and not every reader the same one; this report takes the later. Remove one",
            fatal=False,
        )
    if tree.documents > 1:
        yield Problem(
            "ZW120",
            Span(tree.path),
            f"{tree.path} holds {tree.documents} YAML documents (---); Zowe's configuration manager refuses that",
            "Make one document of them; this report read the first",
            fatal=False,
        )


def _together(trees: list[Settings]) -> Settings | None:
    """z/OSMF's settings stand in several files; calls are numbered on."""
    if not trees:
        return None
    entries = dict(trees[0].entries)
    for tree in trees[1:]:
        for path, entry in tree.entries.items():
            place = path
            if path[:1] == ("calls",) and len(path) > 1:
                place = ("calls", str(sum(1 for known in entries if known[:1] == ("calls",))))
            entries.setdefault(place, entry)
    return Settings(trees[0].path, entries)


def deploy(database: Database, configuration: Configuration, problems: Sequence[Problem] = ()) -> Deployment:
    """The deployment that the settings imply over this database."""
    site = Site(configuration, dict(database.certificates), dict(database.stores), database)
    zosmf(site)
    zowe(site)
    zosmf_calls(site)
    zosmf_token_key(site)
    clients.partners(site)
    components = itm.components(configuration.config)
    for endpoint in itm.endpoints(components):
        site.endpoints[endpoint.id] = endpoint
    return Deployment(
        database=Database(
            certificates=site.certificates,
            stores=site.stores,
            filters=database.filters,
            answers=database.answers,
            complete_owners=database.complete_owners,
            complete_ring_owners=database.complete_ring_owners,
            security=database.security,
            data_sets=database.data_sets,
        ),
        endpoints={e.id: e for e in sorted(site.endpoints.values(), key=_endpoint_order)},
        links={link.id: link for link in sorted(site.links.values(), key=_link_order)},
        token_keys=tuple(site.token_keys),
        itm=components,
        itm_pairs=itm.pairs(components),
        zowe_major=site.zowe_major,
        verify=site.verify,
        verify_given=site.verify_given,
        problems=(*problems, *site.problems),
        zosmf_calls_zowe=site.zosmf_calls_zowe,
        zowe=configuration.zowe,
        zosmf=configuration.zosmf,
        config=configuration.config,
        zowe_version=_minor(configuration.zowe_version),
        client_urls=clients.urls(site),
        client_addresses=clients.addresses(site),
        policies=configuration.policies,
        logons=logons(database, site.certificates, configuration.zowe, site.endpoints.values()),
    )


def _minor(version: str | None) -> tuple[int, int] | None:
    """``3.2`` as numbers; None for a version without its second part."""
    major, _, rest = (version or "").lstrip("vV").partition(".")
    minor = rest.partition(".")[0]
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else None


def _place(ident: str) -> tuple[int, str]:
    base = ident.partition("@")[0]
    return (_ORDER.index(base) if base in _ORDER else len(_ORDER), ident)


def _endpoint_order(endpoint: Endpoint) -> tuple[int, str]:
    return _place(endpoint.id)


def _link_order(link: Link) -> tuple[int, tuple[int, str], tuple[int, str]]:
    first = 0 if link.server == "zosmf" else 1
    return (first, _place(link.client), _place(link.server))
