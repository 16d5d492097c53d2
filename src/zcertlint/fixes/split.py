"""One job for each owner or each system, where a site wants it so; the order of the plans is never changed."""

from collections.abc import Sequence

from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.options import SplitBy
from zcertlint.fixes.plan import Plan
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import ring_id
from zcertlint.records import dataclass

__all__ = ["WHOLE", "Part", "name_for", "parts_of"]


_LATER = "apply-2-"  # apply-2-after-soak beside apply-02-IZUSVR would be run too early


@dataclass(frozen=True, slots=True)
class Part:
    """Plans that are one job.

    Attributes:
        suffix: of the names of its files (``-01-ZWESVUSR``); "" for the only one.
        after: the job before it, which must have ended well; None for the first.
    """

    suffix: str
    plans: tuple[Plan, ...]
    after: str | None = None

    def name(self, file: str) -> str:
        """The name of one of its files; that of a later day stands apart from the parts of the first."""
        stem, dot, ending = file.rpartition(".")
        if self.suffix and stem.startswith(_LATER):
            stem = f"later-{stem.removeprefix(_LATER)}"
        return f"{stem}{self.suffix}{dot}{ending}"


WHOLE = Part("", ())  # names files as they are without parts


def name_for(plan: Plan, parts: Sequence[Part], file: str) -> str:
    """The name of the file that holds a plan's part."""
    return next((part for part in parts if plan in part.plans), WHOLE).name(file)


def parts_of(plans: Sequence[Plan], deployment: Deployment, by: SplitBy | None) -> tuple[Part, ...]:
    """The plans in jobs: neighbours of one owner, or of one system, go together."""
    if by is None:
        return (Part("", tuple(plans)),) if plans else ()
    groups: list[tuple[str, list[Plan]]] = []
    for plan in plans:
        key = _owner(plan) if by is SplitBy.OWNER else _system(plan, deployment)
        if groups and groups[-1][0] == key:
            groups[-1][1].append(plan)
        else:
            groups.append((key, [plan]))
    parts: list[Part] = []
    for number, (key, members) in enumerate(groups, 1):
        before = f"apply{parts[-1].suffix}.jcl" if parts else None
        parts.append(Part(f"-{number:02}-{key}", tuple(members), before))
    return tuple(parts)


def _whose(command: Command) -> str:
    """The user whose ring, certificate or filter it changes; CERTAUTH and SITE; RACF for all else."""
    for name in ("ring_owner", "owner", "user"):
        value = getattr(command, name, None)
        if isinstance(value, Owner):
            return value.user or "" if value.kind is OwnerKind.ID else value.kind.value
        if isinstance(value, str):
            return value
    return "RACF"


def _owner(plan: Plan) -> str:
    return _whose(plan.commands[0]) if plan.commands else "SETTINGS"


def _system(plan: Plan, deployment: Deployment) -> str:
    """The one system that uses what the plan changes; ALL when several do, or none is named."""
    stores = {
        ring_id(str(owner), str(getattr(command, "ring", "")))
        for command in plan.commands
        if (owner := getattr(command, "ring_owner", None)) is not None
    }
    systems = {
        end.system
        for end in deployment.endpoints.values()
        if end.keystore in stores or end.truststore in stores
    }
    named = sorted(one for one in systems if one)
    return named[0].upper() if len(systems) == 1 and named else "ALL"
