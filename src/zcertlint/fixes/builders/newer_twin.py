"""The newer certificate of the same subject takes the place of one that ends soon: labels, key ring, DEFAULT."""

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import name_of, restarts, zowe_restart
from zcertlint.fixes.builders._finding import labels_naming, may_serve, ring_of
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.reads import ListCert, ListRing
from zcertlint.fixes.commands.rings import Connect
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.patch import PatchEdit, edit_for
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import quote_label, shown
from zcertlint.fixes.signing import known_certificate
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import Store, Usage

__all__ = ["PRIORITY", "build"]

PRIORITY = 15  # before a renewal of the old one


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """CONNECT the newer one with the DEFAULT of the old one, and name its label everywhere."""
    ring = ring_of(hint, deployment)
    old, new = (known_certificate(deployment, hint.values.get(name)) for name in ("old", "new"))
    if new.owner is None or new.label is None or old.label is None:
        raise RefusedError(f"the label of {shown(new.id)} in RACF is not shown")
    if not may_serve(new, options.as_of):
        raise RefusedError(
            f"that a server can present {name_of(new)} (private key, TRUST, dates) is not shown"
        )
    quote_label(new.label)
    commands = _connects(ring, old, new)
    undo, lost = way_back(commands, deployment.database, options.as_of)
    step = (Step(f"{name_of(new)} beside the old one", commands),) if commands else ()
    edits = _edits(ring, old.label, new.label, deployment, options)
    return Plan(
        key=plan_key("newer-twin", ring.id, old.id, new.id),
        builder="newer-twin",
        findings=findings,
        title=f"serve {name_of(new)} instead of '{shown(old.label)}' from {ring.title}",
        why="both have the same subject, the old one ends soon, and the newer one is there already",
        safety=Safety.REVIEW,
        steps=step,
        proof=(ListCert(new.owner, new.label), ListRing(ring.owner or "", ring.name)) if step else (),
        backout=(Step(f"put {ring.title} back as it was", undo),) if undo else (),
        lost=lost,
        reasons=("another certificate is served: partners that hold a copy of the old one need the new one",),
        restart=restarts(deployment, (old.id,), (ring.id,)) if step else zowe_restart(deployment),
        patches=edits,
        moved=((old.id, new.id),),
    )


def _connects(ring: Store, old: Certificate, new: Certificate) -> tuple[Connect, ...]:
    """The new one PERSONAL, with the DEFAULT where the old one has it."""
    rows = {row.certificate: row for row in ring.connections}
    before, after = rows.get(old.id), rows.get(new.id)
    if before is None or before.default is None or new.owner is None or new.label is None:
        raise RefusedError(f"whether {name_of(old)} is the DEFAULT of {ring.title} is not shown")
    if after is not None and after.usage is Usage.PERSONAL and (after.default or not before.default):
        return ()
    place = (ring.owner or "", ring.name)
    return (Connect(new.owner, new.label, *place, Usage.PERSONAL, default=before.default),)


def _edits(
    ring: Store, old: str, new: str, deployment: Deployment, options: FixOptions
) -> tuple[PatchEdit, ...]:
    """Every setting that names the old label for this ring; all or none."""
    entries = () if options.settings is None else tuple(options.settings.entries.values())
    found = {}
    for label in labels_naming(deployment, ring.id, old):
        here = [entry for entry in entries if entry.span == label.span]
        if not here:
            raise RefusedError(f"{label.span} names the old label too, and is no setting of zowe.yaml")
        found.update({entry.path: entry for entry in here})
    return tuple(edit_for(entry, new, options.sources) for entry in found.values())
