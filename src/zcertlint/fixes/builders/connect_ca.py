"""E1: connect the CA that the partner's certificate needs. Ready, unless the CA must be added first."""

import re

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import NOT_TRUSTED, name_of, restarts
from zcertlint.fixes.builders._finding import subjects
from zcertlint.fixes.commands.base import Command, connection_in, find, identifier
from zcertlint.fixes.commands.keep import AddCa
from zcertlint.fixes.commands.reads import ListCert, ListRing
from zcertlint.fixes.commands.rings import Connect, Remove
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Guard, GuardKind, Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import dsn, quote_label, shown
from zcertlint.fixes.signing import known_certificate
from zcertlint.model.certificate import Certificate, Owner, OwnerKind, TrustStatus
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.store import Store, StoreKind, StoreState, Usage

__all__ = ["PRIORITY", "build"]

PRIORITY = 50
_CERTAUTH = Owner(OwnerKind.CERTAUTH)

_AGAIN = (
    "Where ADD has ended with 0, submitting it again does nothing, for the label is there: gather the listings again"
    " and let zcertlint plan the rest."
)


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """CONNECT each CA USAGE(CERTAUTH); ADD one that only a file shows first."""
    named = next((ident for ident in subjects(hint) if ident.startswith(("ring:", "store:"))), None)
    ring = _ring(deployment, hint.values.get("ring", named))
    owner, name = ring.owner or "", ring.name
    wanted = hint.values.get("certificates") or hint.values.get("certificate") or ""
    idents = [ident for ident in wanted.split("\n") if ident]
    extra = [value for key, value in hint.values.items() if re.fullmatch(r"certificate[0-9]+", key)]
    certificates = [known_certificate(deployment, ident) for ident in dict.fromkeys([*idents, *extra])]
    if not certificates:
        raise RefusedError("the finding does not say which CA to connect")
    steps: list[Step] = []
    guards: list[Guard] = []
    connects: list[Connect] = []
    lost: list[str] = []
    advice: list[str] = []
    proof: list[Command] = []
    database = deployment.database
    for certificate in certificates:
        place = _place(certificate)
        if place is None:
            add = _add(certificate, database, options)
            database = add.apply(database, options.as_of)
            place = (_CERTAUTH, add.label)
            steps.append(Step(f"add the CA of {shown(certificate.id)}, trusted", (add,)))
            guards += [
                Guard(GuardKind.DATA_SET, add.data_set, there="the file was uploaded"),
                Guard(
                    GuardKind.NO_LABEL,
                    f"CERTAUTH '{add.label}'",
                    ListCert(_CERTAUTH, add.label),
                    there="ADD has run before, or it is another CA, and nothing is done",
                ),
            ]
            lost.append(add.why_no_undo(database) or "")
            advice += _before_adding(certificate, add.data_set, options)
        if certificate.trust is TrustStatus.NOTRUST:
            raise RefusedError(
                f"{name_of(certificate)} has status NOTRUST: RACF returns it from no key ring", NOT_TRUSTED
            )
        row = connection_in(ring, *place)
        if row is not None and row.usage is Usage.CERTAUTH:
            continue
        if row is not None and row.default is None:
            raise RefusedError(f"whether {name_of(certificate)} is the DEFAULT of {ring.title} is not shown")
        connects.append(Connect(*place, owner, name, Usage.CERTAUTH, default=bool(row and row.default)))
        proof.append(ListCert(*place))
    if not connects:
        raise RefusedError(f"every CA that the finding names is on {ring.title} already")
    steps.append(Step("connect", tuple(connects)))
    proof.append(ListRing(owner, name))
    labels = " and ".join(f"{connect.owner} '{connect.label}'" for connect in connects)
    undo = tuple(
        command for connect in reversed(connects) for command in _undo(connect, ring, deployment.database)
    )
    return Plan(
        key=plan_key(
            "connect-ca", ring.id, *(identifier(connect.owner, connect.label) for connect in connects)
        ),
        builder="connect-ca",
        findings=findings,
        title=f"CONNECT {labels} to {ring.title}",
        why=f"a client that reads {ring.title} trusts only what is on it",
        safety=Safety.REVIEW if guards else Safety.READY,
        guards=tuple(guards),
        steps=tuple(steps),
        proof=tuple(proof),
        backout=(Step(f"put {ring.title} back as it was", undo),),
        lost=tuple(lost),
        reasons=("a new CA becomes trusted: compare its fingerprint first",) if guards else (),
        restart=restarts(deployment, (), (ring.id,)),
        advice=tuple(advice),
        again=_AGAIN if guards else "",
    )


def _undo(connect: Connect, ring: Store, database: Database) -> tuple[Command, ...]:
    if connection_in(ring, connect.owner, connect.label) is None:
        return (Remove(connect.owner, connect.label, connect.ring_owner, connect.ring),)
    return connect.undo(database)


def _ring(deployment: Deployment, ident: str | None) -> Store:
    ring = deployment.store(ident)
    if ring is None:
        raise RefusedError("the finding does not name a key ring that is shown")
    if ring.kind is not StoreKind.KEY_RING or ring.owner is None:
        raise RefusedError(
            f"{shown(ring.title)} is a file: no command of RACF changes it",
            (f"keytool -importcert -keystore {shown(ring.title)} -alias ... -file ... adds the CA to it.",),
        )
    if ring.state is not StoreState.SHOWN:
        raise RefusedError(f"the contents of {ring.title} are not shown: {ring.list_command}")
    return ring


def _place(certificate: Certificate) -> tuple[Owner, str] | None:
    if certificate.owner is None or certificate.label is None:
        return None
    return certificate.owner, certificate.label


def _add(certificate: Certificate, database: Database, options: FixOptions) -> AddCa:
    name = certificate.subject.common_name if certificate.subject else None
    if not name:
        raise RefusedError(f"{shown(certificate.id)} has no common name to make a label of")
    quote_label(name)
    if find(database, _CERTAUTH, name) is not None:
        raise RefusedError(
            f"CERTAUTH '{name}' exists and is another certificate; choose a label and ADD it by hand"
        )
    data_set = dsn(f"{options.prefix}.{plan_key('add', certificate.fingerprint or certificate.id)}.CA")
    return AddCa(data_set, name, certificate.id)


def _before_adding(certificate: Certificate, data_set: str, options: FixOptions) -> tuple[str, ...]:
    path = certificate.id.removeprefix("file:").rpartition("#")[0] or certificate.id
    check = f"openssl x509 -in {shown(path)} -noout -fingerprint -sha256"
    wanted = certificate.fingerprint or "the one that the owner of the CA tells you"
    return (
        f"Before the job: ask the owner of the CA for its fingerprint and compare it: {check} must show {wanted}.",
        f"Then upload the file as text into the VB data set {data_set} (LRECL 84); the job stops without it.",
        *(
            (f"RACDCERT CHECKCERT('{data_set}') shows the fingerprint of what came in.",)
            if options.since(2, 5)
            else ()
        ),
    )
