"""What verify.jcl lists: all that a check of the deployment needs, so that its output can be checked alone.

A listing from before the change beside one from after it contradicts it (IN005), and nobody can tell the age of a
listing: so the new output stands in the place of the old listings, and has to show what they showed.
"""

from collections.abc import Iterator, Sequence

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.reads import (
    ListCert,
    ListCerts,
    ListMap,
    ListRing,
    ListSetropts,
    ListUser,
    NetstatHome,
    Rlist,
)
from zcertlint.fixes.plan import Plan
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import Store, StoreKind

__all__ = ["listings"]


def listings(plans: Sequence[Plan], after: Deployment) -> tuple[Command, ...]:
    """The commands, each once; what one for all of an owner shows is not asked again for one.

    Args:
        plans: whose results are to be seen.
        after: the deployment when the jobs have run.
    """
    every = [*_everything(after), *(command for plan in plans for command in plan.proof)]
    unique = {text: command for command in every if (text := _text(command)) is not None}
    return tuple(command for command in unique.values() if not _covered(command, unique))


def _text(command: Command) -> str | None:
    """The command in words; None when a value cannot be written into a job."""
    try:
        return text_of(command)
    except UnsafeValueError:
        return None


def _covered(command: Command, unique: dict[str, Command]) -> bool:
    """Whether another of the commands lists the same, and more."""
    if isinstance(command, ListCert):
        return _text(ListCerts(command.owner)) in unique
    if isinstance(command, ListRing):
        return command.ring != "*" and _text(ListRing(command.ring_owner, "*")) in unique
    if isinstance(command, ListMap):
        return command.label is not None and _text(ListMap(command.user)) in unique
    return False


def _everything(after: Deployment) -> Iterator[Command]:
    rings = list(_rings(after))
    for user in dict.fromkeys(ring.owner for ring in rings if ring.owner):
        yield ListRing(user, "*")
    for owner in _owners(after, rings):
        yield ListCerts(owner)
    security = after.database.security
    if security.unload is None:  # whoever gave an unload needs a new one for what is no matter of key rings
        for mapped in dict.fromkeys(one.user for one in after.database.filters):
            yield ListMap(mapped)
        for profile in security.profiles:
            yield Rlist(profile.class_name, min(profile.asked, default=profile.name))
        for known in security.users:
            yield ListUser(known.id)
        if security.classes:
            yield ListSetropts()
    if security.homes:
        yield NetstatHome()


def _rings(after: Deployment) -> Iterator[Store]:
    """The key rings that servers and clients use."""
    used = [ident for end in after.endpoints.values() for ident in (end.keystore, end.truststore)]
    for ident in dict.fromkeys(used):
        store = after.store(ident)
        if store is not None and store.kind is StoreKind.KEY_RING:
            yield store


def _owners(after: Deployment, rings: Sequence[Store]) -> list[Owner]:
    """Whose certificates are on the rings or are served, and the CAs."""
    served = (after.certificate(end.certificate) for end in after.endpoints.values())
    found = dict.fromkeys(Owner.of_user(ring.owner) for ring in rings if ring.owner)
    found |= dict.fromkeys(row.owner for ring in rings for row in ring.connections if row.owner is not None)
    found |= dict.fromkeys(one.owner for one in served if one is not None and one.owner is not None)
    order = (OwnerKind.ID, OwnerKind.CERTAUTH, OwnerKind.SITE)
    return sorted({**found, Owner(OwnerKind.CERTAUTH): None}, key=lambda owner: order.index(owner.kind))
