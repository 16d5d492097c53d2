"""What listings of one moment say of a system of which there is an unload: the same, shown in their own way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from support.unload_print import System
from zcertlint.model.certificate import Certificate, Moment, Owner, OwnerKind
from zcertlint.model.facts import Answer, AnswerKind, Facts, NameFilter
from zcertlint.model.names import Name
from zcertlint.model.security import Group, Profile, Security, Signon, User
from zcertlint.model.store import Store
from zcertlint.text.source import Span

__all__ = ["LISTING", "listing"]

LISTING = Span("listing.txt", 1)


def _moved(moment: Moment | None, hours: int) -> Moment | None:
    return None if moment is None else replace(moment, at=moment.at + timedelta(hours=hours))


def _certificate(one: Certificate, hours: int, *, prints: bool) -> Certificate:
    return replace(
        one,
        not_before=_moved(one.not_before, hours),
        not_after=_moved(one.not_after, hours),
        fingerprint=one.fingerprint if prints else None,
        rings=None if one.rings is None else one.rings[::-1],
        requested=None,
        spans=(("id", LISTING),),
    )


def _ring(one: Store) -> Store:
    rows = tuple(replace(row, span=LISTING) for row in one.connections[::-1])
    return replace(one, connections=rows, span=LISTING)


def _user(one: User, *, omvs: bool) -> User:
    words = frozenset((one.attributes or frozenset()) - {"UAUDIT"}) | {"ADSP"}
    return replace(
        one,
        span=LISTING,
        name=one.name or "UNKNOWN",
        attributes=words,
        groups=(one.groups or ())[::-1],
        uid=one.uid if omvs else None,
    )


def _profile(one: Profile) -> Profile:
    signon = one.signon
    if isinstance(signon, Signon):
        signon = replace(signon, form="KEY IS PROTECTED", seconds=None)
    conditional = [
        replace(entry, condition=f"{entry.condition}.LONGER", span=LISTING) for entry in one.conditional or ()
    ]
    access = [replace(entry, span=LISTING) for entry in one.access or ()]
    members = one.members or None
    return replace(
        one,
        span=LISTING,
        access=tuple(access[::-1]),
        conditional=tuple(conditional[::-1]),
        members=members,
        signon=signon,
    )


def _filter(one: NameFilter) -> NameFilter:
    first, _, second = str(one.names).rpartition(".O=")
    subject, issuer = (Name(first), Name(f"O={second}")) if first else (one.names, None)
    return replace(one, names=None, subject=subject, issuer=issuer, span=LISTING)


def _proofs(users: Sequence[User]) -> list[Answer]:
    found = []
    for owner in [
        Owner(OwnerKind.CERTAUTH),
        Owner(OwnerKind.SITE),
        *(Owner.of_user(user.id) for user in users),
    ]:
        kinds = [AnswerKind.ALL_CERTIFICATES]
        if owner.user:
            kinds += [AnswerKind.ALL_RINGS, AnswerKind.ALL_MAPPINGS]
        found += [Answer(kind, owner, None, "", None, LISTING) for kind in kinds]
    return found


def listing(system: System, *, hours: int = 0, prints: bool = True, omvs: bool = True) -> Facts:
    """Everything listed.

    Args:
        system: what there is.
        hours: by which the listing's zone is ahead of the unload's.
        prints: whether fingerprints are shown, as from z/OS 2.5. omvs: whether UIDs are.
    """
    return Facts(
        "listings",
        LISTING.path,
        certificates=tuple(_certificate(one, hours, prints=prints) for one in system.certificates),
        stores=tuple(map(_ring, system.stores)),
        filters=tuple(map(_filter, system.filters)),
        answers=tuple(_proofs(system.users)),
        security=Security(
            profiles=tuple(map(_profile, system.profiles)),
            users=tuple(_user(one, omvs=omvs) for one in system.users),
            groups=tuple(Group(one.id, LISTING, one.gid if omvs else None) for one in system.groups),
        ),
    )
