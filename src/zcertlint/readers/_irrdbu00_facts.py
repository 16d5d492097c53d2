"""From the kept records of an unload to facts."""

from collections.abc import Iterable, Iterator

from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.model.facts import Answer, AnswerKind, Facts, NameFilter, Problem, Unread
from zcertlint.model.security import Profile, Security, Started
from zcertlint.model.store import Store
from zcertlint.readers._irrdbu00_certificates import certificates_of, rings_of
from zcertlint.readers._irrdbu00_framing import Cut
from zcertlint.readers._irrdbu00_layout import CERTIFICATE, CLASSES, FILTER, RING
from zcertlint.readers._irrdbu00_profiles import filters_of, identity_maps_of, profiles_of
from zcertlint.readers._irrdbu00_records import Collected
from zcertlint.readers._irrdbu00_whole import Extent, extent_of
from zcertlint.text.source import Span

__all__ = ["facts_of"]

_NAMED = 8
_CUT = {
    Cut.NO_LINE_END: "a line end behind the last record; the unload may be cut there",
    Cut.IN_RECORD: "a whole record at the end; the unload is cut there",
    Cut.BROKEN: "a record descriptor word; the file is damaged here, and the rest was not read",
}
_AGAIN = "Transfer the unload again; until then nothing is concluded from what it does not show"


def facts_of(kind: str, path: str, seen: Collected | None) -> Facts:
    """Everything that the unload says; ``seen`` is None for a file that is no unload after all."""
    if seen is None:
        problem = Problem("IN001", Span(path), "expected the records of an unload", "")
        return Facts(kind, path, problems=(problem,))
    kept, extent = seen.kept, extent_of(seen)
    servers = set(seen.people.protected())
    users = seen.people.all_users(
        path, whole=extent.people, numbered=extent.people and "0270" in extent.types
    )
    profiles = tuple(profiles_of(kept, path, extent, seen.longest))
    security = Security(
        profiles=profiles,
        users=users,
        groups=tuple(seen.people.all_groups(path, numbered=extent.people and "0120" in extent.types)),
        identity_maps=tuple(identity_maps_of(kept, path)),
        unload=Span(path) if extent.all else None,
        unload_classes=extent.classes & CLASSES | _digital(extent) if extent.all else frozenset(),
    )
    filters = tuple(filters_of(kept, path))
    certificates = tuple(certificates_of(kept, path, extent))
    stores = tuple(rings_of(kept, path, extent))
    servers |= _started(profiles)
    servers |= {
        certificate.owner.user for certificate in certificates if certificate.owner and certificate.owner.user
    }
    servers |= {store.owner for store in stores if store.owner}
    servers |= {item.user for item in filters if item.user}
    return Facts(
        kind,
        path,
        certificates=certificates,
        stores=stores,
        filters=filters,
        answers=tuple(_answers(path, extent, sorted(filter(seen.people.has_user, servers)))),
        problems=tuple(_problems(path, seen)),
        unread=tuple(Unread(Span(path, number)) for number in seen.unread),
        lines=(
            seen.understood,
            seen.total - seen.understood - seen.not_understood,
            seen.not_understood,
        ),
        security=security,
        unload=True,
        undecided=_undecided(seen.framing.page, certificates, stores, filters),
    )


def _undecided(
    page: str | None,
    certificates: Iterable[Certificate],
    stores: Iterable[Store],
    filters: Iterable[NameFilter],
) -> frozenset[str]:
    """Characters of names that the code page leaves open: told by the names, of which the head may hold none."""
    if page is None:
        return frozenset()
    from zcertlint.text.codepages import table  # noqa: PLC0415 - few unloads are EBCDIC
    from zcertlint.text.ebcdic import undecided  # noqa: PLC0415 - same

    names = [
        name for c in certificates for name in (c.label, c.subject.text if c.subject is not None else None)
    ]
    names += [name for store in stores for name in (store.name, *(row.label for row in store.connections))]
    names += [item.label for item in filters]
    here = {char: byte for byte, char in enumerate(table(page))}
    text = " ".join(name for name in dict.fromkeys(names) if name)
    return undecided(bytes(here.get(char, here[" "]) for char in text), page)


def _digital(extent: Extent) -> set[str]:
    """The classes of certificates, rings and filters, as far as each of these is shown."""
    shown = {CERTIFICATE: extent.named, RING: True, FILTER: extent.mapped}
    return {name for name, told in shown.items() if told}


def _started(profiles: tuple[Profile, ...]) -> set[str]:
    """The users of started tasks: servers own key rings, or fail for want of one."""
    return {item.started.user for item in profiles if isinstance(item.started, Started) and item.started.user}


def _answers(path: str, extent: Extent, servers: list[str]) -> Iterator[Answer]:
    """What is completely shown, owner by owner, of those who may own keys and rings.

    A database has a hundred thousand users without either; an answer for each would say what ``Security.unload``
    says already.
    """
    if not extent.people:
        return
    owners = [Owner(OwnerKind.CERTAUTH), Owner(OwnerKind.SITE), *map(Owner.of_user, servers)]
    proofs = (
        (extent.named, AnswerKind.ALL_CERTIFICATES, "LIST"),
        (RING in extent.classes, AnswerKind.ALL_RINGS, "LISTRING"),
        (extent.mapped, AnswerKind.ALL_MAPPINGS, "LISTMAP"),
    )
    for proved, kind, function in proofs:
        for owner in owners if proved else ():
            if owner.user or kind is AnswerKind.ALL_CERTIFICATES:
                yield Answer(kind, owner, None, "", None, Span(path), function)


def _problems(path: str, seen: Collected) -> Iterator[Problem]:
    if seen.cut is not None:
        yield Problem("IN002", Span(path, max(seen.total, 1)), _CUT[seen.cut], _AGAIN, fatal=False)
    if seen.dropped:
        yield Problem(
            "IN002",
            Span(path),
            f"an unload whose certificates, profiles and users fit into the memory that is set aside for them; "
            f"{seen.dropped} records found no room",
            "Give an extract: the records of the certificates, rings and server users; nothing is concluded from "
            "what is not shown",
            fatal=False,
        )
    count = seen.not_understood - (seen.cut is not None)  # the one at the cut has been told
    if count > 0:
        where = ", ".join(map(str, seen.unread[: min(count, _NAMED)])) + (" …" if count > _NAMED else "")
        text = f"{count} line{'s' if count > 1 else ''} of this unload not understood: {where}"
        yield Problem("IN008", Span(path, seen.unread[0]), text, "", fatal=False)
