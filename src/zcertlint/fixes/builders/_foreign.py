"""E7: the CA is not in RACF. One job makes the request, another one adds the answer; the key stays where it is."""

from dataclasses import replace
from datetime import timedelta

from zcertlint.engine.results import Safety
from zcertlint.fixes.advice import name_of, restarts
from zcertlint.fixes.builders._reissue import (
    AS_BEFORE,
    COPY,
    all_done,
    as_before,
    back_up,
    data_sets,
    expired,
    submit_again,
)
from zcertlint.fixes.commands.add import Add
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.issue import Genreq
from zcertlint.fixes.commands.keep import Export, RestoreBackup
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Guard, GuardKind, Plan, RefusedError, Stage, Step, When, plan_key
from zcertlint.fixes.quote import dsn
from zcertlint.fixes.signing import unseen_rings
from zcertlint.model.certificate import Certificate, Moment, TrustStatus
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import ring_id

__all__ = ["ask_ca"]

_TERM = timedelta(days=365)


def ask_ca(
    certificate: Certificate, findings: tuple[str, ...], deployment: Deployment, options: FixOptions
) -> Plan:
    """GENREQ now; when the CA has answered, ADD without WITHLABEL: the key finds the entry."""
    owner, label = certificate.owner, certificate.label
    if owner is None or label is None:
        raise RefusedError("its label in the security database is not shown")
    key = plan_key("ask-ca", certificate.id)
    backup, request = data_sets(options, key)
    answer = dsn(request.removesuffix(".CSR") + ".SIGNED")
    connects = as_before(certificate, owner, label, deployment)
    done = all_done(request)
    steps = [
        back_up((owner, label), backup),
        Step(
            "add the answer of the CA over it",
            (Add(owner, answer, trust=TrustStatus.TRUST), ListCert(owner, label)),
        ),
    ]
    if connects:
        steps.append(Step(AS_BEFORE, connects))
    steps.append(Step(COPY, (Export(owner, label, done.subject),)))
    later = Stage(
        When.ANSWER,
        tuple(steps),
        (Guard(GuardKind.DATA_SET, answer, there="the answer of the CA"), done),
        (DataSet(answer, DataSetKind.CERTIFICATE, _answer(certificate, options), certificate.id),),
        f"Where ADD has failed, upload the answer again. {submit_again(certificate, None, backup, None, done.subject)}",
    )
    rings = dict.fromkeys(
        (*((c.ring_owner, c.ring) for c in connects), *unseen_rings(deployment.database, certificate))
    )
    back: tuple[Command, ...] = ()
    if not expired(certificate, options.as_of):
        back = (RestoreBackup(certificate, backup), *connects)
    name = name_of(certificate)
    return Plan(
        key=key,
        builder="renew",
        findings=findings,
        title=f"ask the CA of {name} for a new certificate with the same key, and add its answer",
        why="its CA does not sign in RACF; the request is made from the entry that holds the key, which stays",
        safety=Safety.REVIEW,
        guards=(Guard(GuardKind.NO_DATA_SET, request, there="the request was made, and is not made again"),),
        steps=(Step("make the request", (Genreq(owner, label, request),)),),
        proof=(ListCert(owner, label), ListChain(owner, label), *(ListRing(*ring) for ring in rings)),
        backout=(Step(f"{name} and its key rings as before", back),) if back else (),
        backout_guards=(Guard(GuardKind.DATA_SET, backup),) if back else (),
        lost=_lost(name, request, back),
        reasons=(
            "what the CA will answer is not known: the rehearsal takes the same names, key and issuer, and a year",
            "that RACF keeps label, status and key rings is believed, not documented: read them back",
        ),
        restart=restarts(deployment, (certificate.id,), (), (ring_id(*ring) for ring in rings)),
        proves=f"LIST of {name} must show the same label, the same rings, Private Key YES, status TRUST and the new"
        " end. If it does not: do not restart anything, take the way back.",
        advice=_advice(name, request, answer),
        later=(later,),
        again=f"Delete {request} if GENREQ has left one, and submit it again.",
    )


def _advice(name: str, request: str, answer: str) -> tuple[str, ...]:
    intermediate = "Does the CA sign with a new intermediate? ADD that CERTAUTH TRUST first, and CONNECT it:"
    return (
        f"Send {request} to the CA. While you wait: no DELETE, no REKEY of {name}; its entry holds the key.",
        f"Upload the answer into the VB data set {answer} (LRECL 84, as text when it is base64).",
        f"{intermediate} give the answer to zcertlint check, which tells.",
        "The restart comes after the second job.",
    )


def _lost(name: str, request: str, back: tuple[Command, ...]) -> tuple[str, ...]:
    old = f"{name} as it was: it had expired, so going back to it would help nobody"
    if back:
        doubt = "whether RACF takes the older certificate over the newer one is not confirmed"
        old = f"{name}: {doubt}; read its status and dates after this job"
    return old, f"that {request} was made: DELETE of {name} asks for FORCE from then on"


def _answer(old: Certificate, options: FixOptions) -> Certificate:
    """What the rehearsal takes as the answer of the CA."""
    return replace(
        old,
        id=f"answer:{old.id}",
        owner=None,
        label=None,
        serial=None,
        not_before=Moment(options.as_of),
        not_after=Moment(options.as_of + _TERM),
        signature=None if old.signature is None else "sha256RSA",
        fingerprint=None,
        der=None,
        trust=None,
        rings=None,
        files=(),
    )
