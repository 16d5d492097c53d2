"""The job that issues a certificate again with its own key: what renew and reissue-names share."""

from datetime import datetime

from zcertlint.engine.results import Safety
from zcertlint.fixes.advice import name_of
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq
from zcertlint.fixes.commands.keep import Export, RestoreBackup
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing
from zcertlint.fixes.commands.rings import Connect
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Guard, GuardKind, Plan, Step, plan_key
from zcertlint.fixes.quote import dsn
from zcertlint.fixes.signing import Signing, ring_rows, unseen_rings
from zcertlint.model.certificate import AltNames, Certificate, Owner
from zcertlint.model.deployment import Deployment

__all__ = ["as_before", "data_sets", "expired", "reissue"]


def data_sets(options: FixOptions, key: str) -> tuple[str, str]:
    """The names of the backup and of the request: they carry the date and the plan, so they are new."""
    stem = f"{options.prefix}.D{options.as_of:%y%m%d}.{key}"
    return dsn(f"{stem}.BACKUP"), dsn(f"{stem}.CSR")


def as_before(
    certificate: Certificate, owner: Owner, label: str, deployment: Deployment
) -> tuple[Connect, ...]:
    """The rows of the certificate on its rings, as commands; a row whose DEFAULT is not shown is left alone."""
    return tuple(
        Connect(owner, label, ring.owner or "", ring.name, row.usage, default=row.default)
        for ring, row in ring_rows(deployment.database, certificate)
        if row.default is not None
    )


def expired(certificate: Certificate, as_of: datetime) -> bool:
    """Whether it has, or may have, ended: then nobody wants it back."""
    return certificate.not_after is None or certificate.not_after.before(as_of) is not False


def reissue(
    builder: str,
    sign: Signing,
    deployment: Deployment,
    options: FixOptions,
    *,
    findings: tuple[str, ...],
    title: str,
    why: str,
    safety: Safety,
    restart: tuple[str, ...],
    advice: tuple[str, ...] = (),
    alt_names: AltNames | None = None,
    distribute: bool = False,
) -> Plan:
    """EXPORT, GENREQ, GENCERT from the request; CONNECT as before; read back.

    With ``distribute`` the new certificate is exported too: others trust it, and need it.
    """
    key = plan_key(builder, sign.certificate.id, sign.signer.id, str(alt_names))
    backup, request = data_sets(options, key)
    place = (sign.owner, sign.label)
    connects = as_before(sign.certificate, sign.owner, sign.label, deployment)
    gencert = GencertFromRequest(*place, request, *sign.place, sign.not_after, alt_names)
    steps = [
        Step(
            "back up the certificate, make a request from it, sign it",
            (Export(*place, backup), Genreq(*place, request), gencert, ListCert(*place)),
        ),
    ]
    if connects:
        steps.append(Step("its key rings as before (changes nothing where RACF has kept them)", connects))
    guards = [Guard(GuardKind.NO_DATA_SET, backup), Guard(GuardKind.NO_DATA_SET, request)]
    if distribute:
        copy = dsn(backup.removesuffix(".BACKUP") + ".CERT")
        guards.append(Guard(GuardKind.NO_DATA_SET, copy))
        steps.append(Step("the new one for trust stores outside of this database", (Export(*place, copy),)))
        advice = (*advice, f"The new certificate is in {copy} (base64 text) after the job.")
    unseen = unseen_rings(deployment.database, sign.certificate)
    rings = dict.fromkeys((*((connect.ring_owner, connect.ring) for connect in connects), *unseen))
    proof: list[Command] = [ListCert(*place), ListChain(*place), *(ListRing(*ring) for ring in rings)]
    reasons = [
        "that RACF keeps label, status and key rings is believed, not documented: read them back",
        *sign.reasons,
    ]
    reasons += [
        f"it is also on the key ring {owner}/{name}, which no input shows: compare its LISTRING before and after"
        for owner, name in unseen
    ]
    if sign.certificate.rings is None:
        reasons.append(f"no LIST shows every key ring of {name_of(sign.certificate)}")
    restore: tuple[Command, ...] = connects
    lost: tuple[str, ...] = ()
    there: tuple[Guard, ...] = ()
    if expired(sign.certificate, options.as_of):
        lost = (
            f"{name_of(sign.certificate)} as it was: it had expired, so going back to it would help nobody",
        )
    else:
        restore = (RestoreBackup(sign.certificate, backup), *connects)
        there = (Guard(GuardKind.DATA_SET, backup),)
        doubt = "whether RACF takes the older certificate over the newer one is not confirmed"
        lost = (f"{name_of(sign.certificate)}: {doubt}; read its status and dates after this job",)
    return Plan(
        key=key,
        builder=builder,
        findings=findings,
        title=title,
        why=why,
        safety=safety,
        guards=tuple(guards),
        steps=tuple(steps),
        proof=tuple(proof),
        backout=(Step(f"{name_of(sign.certificate)} and its key rings as before", restore),)
        if restore
        else (),
        backout_guards=there,
        lost=lost,
        reasons=tuple(reasons),
        restart=restart,
        proves=f"LIST of {name_of(sign.certificate)} must show the same label, the same rings, Private Key YES, status"
        f" TRUST and the end {sign.not_after}. If it does not: do not restart anything, take the way back.",
        advice=advice,
    )
