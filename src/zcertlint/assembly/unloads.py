"""An unload beside listings: name filters seen twice, and what one of them shows to be absent and the other has.

Unload and listing are of two moments, and nobody can tell which is the later one. Where they contradict each other,
the unload proves no absence any more: what it lacks may be newer than it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from zcertlint.model.certificate import OwnerKind
from zcertlint.model.facts import Answer, AnswerKind, Facts, NameFilter, Problem
from zcertlint.model.names import Name
from zcertlint.model.security import Security
from zcertlint.model.store import StoreKind, StoreState, ring_id
from zcertlint.text.source import Span

__all__ = ["filters_together", "no_longer_whole", "unload_differences"]

_CERTIFICATE, _RING, _FILTER = "DIGTCERT", "DIGTRING", "DIGTNMAP"
_HINT = (
    "Take unload and listings at one time; until then nothing is concluded from what the unload does not show"
)
_NAMED = 3  # names in one message
_ALL = {AnswerKind.ALL_CERTIFICATES, AnswerKind.ALL_RINGS, AnswerKind.ALL_MAPPINGS}

_Shown = Mapping[str, Span]


def filters_together(facts: Sequence[Facts]) -> tuple[tuple[NameFilter, ...], tuple[Problem, ...]]:
    """The name filters, each once; what two inputs tell differently of one is a problem."""
    found: dict[tuple[str | None, str], NameFilter] = {}
    problems = []
    for item in (entry for one in facts for entry in one.filters):
        known = found.setdefault((item.user, item.label), item)
        if known is item:
            continue
        differing = _filter_differs(known, item)
        if differing:
            problems.append(
                Problem(
                    "IN005",
                    item.span,
                    f"the name filter {item.label} is listed with other values ({', '.join(differing)}) than in "
                    f"{known.span}",
                    "List it again and give only the newer listing; until then the first one is used",
                    fatal=False,
                )
            )
        status = None if "status" in differing else known.status or item.status
        found[item.user, item.label] = replace(known, status=status, criteria=known.criteria or item.criteria)
    return tuple(found.values()), tuple(problems)


def _filter_differs(one: NameFilter, other: NameFilter) -> list[str]:
    found = []
    if None not in {one.status, other.status} and one.status is not other.status:
        found.append("status")
    if one.criteria and other.criteria and one.criteria.casefold() != other.criteria.casefold():
        found.append("criteria")
    mine, theirs = _texts(one), _texts(other)
    if mine and theirs and not mine & theirs:
        found.append("names")
    return found


def _texts(item: NameFilter) -> set[str]:
    """What the filter compares; an unload has both names in one, and does not say in which order.

    Empty when it is not shown (a filter has one name at least).
    """
    if item.names is not None:
        return {item.names.key}
    texts = [name.text for name in (item.subject, item.issuer) if name is not None]
    return {Name(".".join(order)).key for order in (texts, texts[::-1]) if order}


def no_longer_whole(facts: Sequence[Facts], security: Security) -> tuple[list[Facts], Security]:
    """The facts without what unloads prove to be absent."""
    left = [
        replace(item, answers=tuple(a for a in item.answers if a.kind not in _ALL)) if item.unload else item
        for item in facts
    ]
    return left, replace(security, unload=None, unload_classes=frozenset())


class _Everything:
    """What some inputs show, by id, each with the place of one of them."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        self.certificates: dict[str, Span] = {}
        self.rings: dict[str, Span] = {}
        self.filters: dict[str, Span] = {}
        self.users: dict[str, Span] = {}
        self.groups: dict[str, Span] = {}
        self.profiles: dict[str, dict[str, Span]] = {}
        for item in facts:
            for certificate in item.certificates:
                if certificate.owner is not None:
                    self.certificates[certificate.id] = certificate.span()
            for store in item.stores:
                real = store.kind is StoreKind.KEY_RING and not (store.owner or "*").startswith("*")
                if real and store.state is not StoreState.MISSING:
                    self.rings[store.id] = store.span
            for entry in item.filters:
                self.filters[_filter_id(entry.user, entry.label)] = entry.span
            if item.security is not None:
                self._security(item.security, unload=item.unload)

    def _security(self, security: Security, *, unload: bool) -> None:
        if not unload:  # of an unload they are many: it is asked for one at a time
            self.users.update((user.id, user.span) for user in security.users)
        self.groups.update((group.id, group.span) for group in security.groups)
        for profile in security.profiles:
            if profile.grouped is None:  # else it is a member, and its profile has another name
                self.profiles.setdefault(profile.class_name, {})[profile.name] = profile.span
        for search in security.searches:
            found = self.profiles.setdefault(search.class_name, {})
            for name in search.names:
                found.setdefault(name, search.span)


def _filter_id(user: str | None, label: str) -> str:
    return f"map:{user or 'MULTIID'}/{label}"


def unload_differences(facts: Sequence[Facts]) -> Iterator[Problem]:
    """What an unload has and a listing says to be absent, and what a listing has and an unload lacks."""
    listings = [item for item in facts if not item.unload]
    listed = _Everything(listings)
    for unload in (item for item in facts if item.unload):
        here = _Everything([unload])
        security = unload.security or Security()
        if security.unload is not None:
            others = _Everything(item for item in facts if item is not unload)
            for shown in filter(None, _lacking(others, here, security)):
                yield _told(shown, f"listed here, and not in the unload {unload.path}, which lacks none")
        for listing in listings:
            denied = _denied(listing, here, listed, security)
            if denied:
                yield _told(denied, f"in this unload, and by {listing.path} there is none")


def _told(shown: _Shown, what: str) -> Problem:
    names = list(shown)
    text = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    return Problem("IN005", next(iter(shown.values())), f"{text}: {what}", _HINT, fatal=False)


def _lacking(listed: _Everything, here: _Everything, security: Security) -> Iterator[_Shown]:
    """What listings show and the whole unload does not, kind by kind."""
    classes = security.unload_classes
    kinds = (
        (listed.certificates, here.certificates, _CERTIFICATE),
        (listed.rings, here.rings, _RING),
        (listed.filters, here.filters, _FILTER),
    )
    for found, there, class_name in kinds:
        if class_name in classes:
            yield {name: span for name, span in found.items() if name not in there}
    for class_name in sorted(listed.profiles.keys() & classes):
        profiles = listed.profiles[class_name]
        there = here.profiles.get(class_name, {})
        yield {f"profile:{class_name}/{name}": span for name, span in profiles.items() if name not in there}
    yield {f"user:{name}": span for name, span in listed.users.items() if security.user(name) is None}
    yield {f"group:{name}": span for name, span in listed.groups.items() if name not in here.groups}


def _denied(listing: Facts, here: _Everything, listed: _Everything, security: Security) -> dict[str, Span]:
    """What a listing says to be absent, no other listing shows, and the unload has."""
    found: dict[str, Span] = {}
    shown = listed.certificates.keys() | listed.rings.keys() | listed.filters.keys()
    for answer in listing.answers:
        found |= {name: span for name, span in _denied_by(answer, here) if name not in shown}
        name = answer.name or ""
        if answer.kind is AnswerKind.NO_SUCH_USER and name not in listed.users:
            user = security.user(name)
            if user is not None:
                found[f"user:{name}"] = user.span
        elif answer.kind is AnswerKind.NO_SUCH_GROUP and name not in listed.groups and name in here.groups:
            found[f"group:{name}"] = here.groups[name]
        elif answer.kind is AnswerKind.NO_SUCH_PROFILE:
            class_name, _, profile = name.partition("/")
            there = here.profiles.get(class_name, {})
            if profile in there and profile not in listed.profiles.get(class_name, {}):
                found[f"profile:{name}"] = there[profile]
    return found


def _denied_by(answer: Answer, here: _Everything) -> Iterable[tuple[str, Span]]:
    """What of the unload is absent by this answer, if no listing shows it."""
    owner, kind = answer.owner, answer.kind
    if owner is None or (kind in _ALL and answer.name is not None):
        return ()
    if kind is AnswerKind.NO_SUCH_CERTIFICATE and answer.name:
        name = f"{owner}/{answer.name}"
        return [(name, here.certificates[name])] if name in here.certificates else ()
    if kind in {AnswerKind.NO_CERTIFICATES, AnswerKind.ALL_CERTIFICATES}:
        return _beginning(here.certificates, f"{owner}/")
    if owner.kind is not OwnerKind.ID or owner.user is None:
        return ()
    if kind is AnswerKind.NO_SUCH_RING and answer.name:
        name = ring_id(owner.user, answer.name)
        return [(name, here.rings[name])] if name in here.rings else ()
    if kind in {AnswerKind.NO_RINGS, AnswerKind.ALL_RINGS}:
        return _beginning(here.rings, ring_id(owner.user, ""))
    if kind in {AnswerKind.NO_MAPPINGS, AnswerKind.ALL_MAPPINGS}:
        return _beginning(here.filters, _filter_id(owner.user, ""))
    return ()


def _beginning(shown: _Shown, start: str) -> list[tuple[str, Span]]:
    return [(name, span) for name, span in shown.items() if name.startswith(start)]
