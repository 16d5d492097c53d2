"""The job that issues a certificate again with its own key: what renew and reissue-names share."""

from datetime import date, datetime

from zcertlint.engine.results import Safety
from zcertlint.fixes.advice import name_of
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq
from zcertlint.fixes.commands.keep import Export, RestoreBackup
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing
from zcertlint.fixes.commands.rings import Connect
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Guard, GuardKind, Plan, Step, plan_key
from zcertlint.fixes.quote import dsn, shown
from zcertlint.fixes.signing import Signing, ring_rows, unseen_rings
from zcertlint.model.certificate import AltNames, Certificate, Owner
from zcertlint.model.deployment import Deployment

__all__ = [
    "AS_BEFORE", "COPY", "all_done", "as_before", "back_up", "data_sets", "expired", "free_label_guard", "made_before",
    "one_key", "reissue", "submit_again",
]  # fmt: skip

AS_BEFORE = "its key rings as before (changes nothing where RACF has kept them)"
COPY = "a copy of the new one: where this data set is, all of this was done"


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


def all_done(request: str) -> Guard:
    """Asks for the copy of the new certificate, which the last step makes."""
    name = dsn(request.removesuffix(".CSR") + ".CERT")
    return Guard(GuardKind.NO_DATA_SET, name, there="all of this was done, and nothing is done again")


def made_before(data_set: str, verb: str) -> Guard:
    """Of the step that makes a data set: one of a run that has stopped is used again."""
    there = f"a run that has stopped after {verb} has made it, and it is used"
    return Guard(GuardKind.NO_DATA_SET, data_set, there=there)


def back_up(place: tuple[Owner, str], backup: str) -> Step:
    """EXPORT of what will be replaced, unless the backup is there: it would hold the new one."""
    there = "a run that has stopped after EXPORT has made it, and it is kept"
    guard = Guard(GuardKind.NO_DATA_SET, backup, there=there)
    return Step("back up the certificate", (Export(*place, backup),), (guard,))


def submit_again(
    certificate: Certificate, new_end: date | None, backup: str, request: str | None, done: str
) -> str:
    """What to do when a job has stopped half-way that keeps what it has made; ``new_end`` where it is known."""
    end = certificate.not_after
    if end is None or end.at.date() == new_end:
        still = f"no run has carried out {'GENCERT' if request else 'ADD'} yet"
    else:
        still = f"LIST of {name_of(certificate)} still shows the old end, {end.at:%Y-%m-%d}"
    kept = f"{backup} is kept, " + (f"{request} is used, " if request else "")
    failed, left = ("EXPORT or GENREQ", f"{request}; ") if request else ("EXPORT", "")
    return (
        f"Correct the cause, and submit it again: {kept}and the rest is done. Only where {failed} itself has failed,"
        f" delete what that has left first: {left}{backup} only while {still}. {done} shows that all is done:"
        " to make the change again after the way back, delete it."
    )


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

    The copy of the new certificate at the end shows that all is done; with ``distribute`` others trust the
    certificate, and need that copy.
    """
    key = plan_key(builder, sign.certificate.id, sign.signer.id, str(alt_names))
    backup, request = data_sets(options, key)
    place = (sign.owner, sign.label)
    connects = as_before(sign.certificate, sign.owner, sign.label, deployment)
    gencert = GencertFromRequest(*place, request, *sign.place, sign.not_after, alt_names)
    done = all_done(request)
    steps = [
        back_up(place, backup),
        Step("make a request from it", (Genreq(*place, request),), (made_before(request, "GENREQ"),)),
        Step("sign it", (gencert, ListCert(*place))),
    ]
    if connects:
        steps.append(Step(AS_BEFORE, connects))
    steps.append(Step(COPY, (Export(*place, done.subject),)))
    if distribute:
        told = f"The new certificate is in {done.subject} (base64 text) after the job, for trust stores elsewhere."
        advice = (*advice, told)
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
        guards=(done,),
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
        again=submit_again(sign.certificate, sign.not_after, backup, request, done.subject),
    )


def free_label_guard(place: tuple[Owner, str]) -> Guard:
    """A label that is in use is not made again, nor another certificate's touched."""
    owner, label = place
    return Guard(
        GuardKind.NO_LABEL,
        f"{owner} '{label}'",
        ListCert(owner, label),
        there="it is used, or is somebody else's",
    )


def one_key(place: tuple[Owner, str], request: str) -> str:
    """What to do when a job has stopped between REKEY and GENREQ: one key is enough, and nothing is deleted."""
    return (
        "Only where GENREQ itself has failed the label is there and no request: delete what GENREQ has left, issue"
        f" {text_of(Genreq(*place, request))} by hand first, and no second REKEY. Where '{shown(place[1])}' is in use"
        " before the first run, another certificate has that label: gather the listings again, and plan anew."
    )
