"""What is wrong with the rows of a key ring: a DEFAULT, a usage, a certificate that is missing or too many."""

from collections.abc import Callable

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import name_of, restarts
from zcertlint.fixes.builders._finding import chain_of, may_serve, ring_of, servers_of, subjects
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.base import Command, connection_in, find, identifier
from zcertlint.fixes.commands.reads import ListCert, ListRing
from zcertlint.fixes.commands.rings import Connect, Remove
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import shown
from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import Connection, Store, Usage
from zcertlint.records import dataclass

__all__ = ["PRIORITY", "build"]

PRIORITY = 45


@dataclass(frozen=True, slots=True)
class _Repair:
    """The commands, why they are the remedy, and why somebody should look twice."""

    commands: tuple[Connect | Remove, ...]
    why: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """What a repair is made from."""

    ring: Store
    hint: FixHint
    deployment: Deployment
    options: FixOptions

    def connect(self, certificate: Certificate, usage: Usage, *, default: bool | None) -> Connect:
        """The command that gives a certificate this place on the ring."""
        if certificate.owner is None or certificate.label is None:
            raise RefusedError(f"the label of {shown(certificate.id)} in RACF is not shown")
        if default is None:
            raise RefusedError(
                f"whether {name_of(certificate)} is the DEFAULT of {self.ring.title} is not shown"
            )
        place = (self.ring.owner or "", self.ring.name)
        return Connect(certificate.owner, certificate.label, *place, usage, default=default)

    def certificate(self, ident: str | None) -> Certificate:
        """The certificate of this id."""
        found = self.deployment.certificate(ident)
        if found is None:
            raise RefusedError("no input shows the certificate that the finding is about")
        return found

    def row(self, ident: str) -> Connection:
        """The row of a certificate."""
        row = next((row for row in self.ring.connections if row.certificate == ident), None)
        if row is None:
            raise RefusedError(f"{shown(ident)} is not on {self.ring.title}")
        return row


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """The repair of the finding's rule."""
    code = hint.values.get("code", "")
    repair = _REPAIRS.get(code)
    if repair is None:
        raise RefusedError(f"there is no repair of a key ring for {code}")
    case = _Case(ring_of(hint, deployment), hint, deployment, options)
    return _plan(code, case, repair(case), findings)


def _plan(code: str, case: _Case, repair: _Repair, findings: tuple[str, ...]) -> Plan:
    ring, commands = case.ring, repair.commands
    place = (ring.owner or "", ring.name)
    undo, doubts = way_back(commands, case.deployment.database, case.options.as_of)
    proof: list[Command] = [ListCert(one.owner, one.label) for one in commands]
    words = [_words(command, ring) for command in commands]
    names = [identifier(command.owner, command.label) for command in commands]
    return Plan(
        key=plan_key("ring-rows", code, ring.id, *names),
        builder="ring-rows",
        findings=findings,
        title="; ".join(words),
        why=repair.why,
        safety=Safety.REVIEW if repair.reasons or doubts else Safety.READY,
        steps=(Step(f"change {ring.title}", commands),),
        proof=(*proof, ListRing(*place)),
        backout=(Step(f"put {ring.title} back as it was", undo),),
        lost=doubts,
        reasons=repair.reasons,
        restart=restarts(case.deployment, (), (ring.id,)),
    )


def _words(command: Connect | Remove, ring: Store) -> str:
    label = f"{command.owner} '{shown(command.label)}'"
    if isinstance(command, Remove):
        return f"REMOVE {label} from {ring.title}"
    old = connection_in(ring, command.owner, command.label)
    default = " DEFAULT" if command.default and not (old is not None and old.default) else ""
    usage = f" USAGE({command.usage.value})" if old is not None and old.usage is not command.usage else ""
    return f"CONNECT {label} to {ring.title}{usage}{default}"


def _only_server(case: _Case, where: str) -> Certificate:
    found = [certificate for _row, certificate in servers_of(case.ring, case.deployment, case.options.as_of)]
    if len(found) != 1:
        count = "no certificate" if not found else f"{len(found)} certificates"
        raise RefusedError(
            f"{count} {where} could be what a server presents (private key, TRUST, valid): which one is meant"
            " is for you to say"
        )
    return found[0]


def _give_default(case: _Case) -> _Repair:
    """KR101, KR102: the only certificate that a server can present becomes the DEFAULT."""
    chosen = _only_server(case, f"on {case.ring.title}")
    why = "who names no label serves the DEFAULT, and this is the only certificate there that a server can present"
    return _Repair((case.connect(chosen, Usage.PERSONAL, default=True),), why)


def _bring(case: _Case) -> _Repair:
    """KR105: the label that the configuration names is a certificate of the ring's owner, on no ring or another."""
    label = case.hint.values.get("label", "")
    owner = Owner(OwnerKind.ID, case.ring.owner)
    certificate = find(case.deployment.database, owner, label) if label else None
    if certificate is None:
        raise RefusedError(f"no input shows a certificate {owner} '{shown(label)}'")
    if not may_serve(certificate, case.options.as_of):
        raise RefusedError(
            f"that a server can present {name_of(certificate)} (key, TRUST, dates) is not shown"
        )
    why = "the configuration names this label, and the certificate is there, only not on the key ring"
    return _Repair((case.connect(certificate, Usage.PERSONAL, default=False),), why)


def _fill(case: _Case) -> _Repair:
    """KR103, KR104: the certificate that the server shall present with the CAs above it, and those of its partners."""
    deployment, ring = case.deployment, case.ring
    ends = [end for end in deployment.endpoints.values() if end.keystore == ring.id]
    connects: list[Connect] = []
    cas: dict[str, Certificate] = {}
    if ends:
        served = _meant(case, {end.alias.value for end in ends if end.alias is not None})
        default = any(end.alias is None for end in ends)
        connects.append(case.connect(served, Usage.PERSONAL, default=default))
        cas.update({ca.id: ca for ca in chain_of(served, deployment)})
    for link in deployment.links.values():
        if deployment.endpoints[link.client].truststore == ring.id:
            partner = deployment.certificate(deployment.endpoints[link.server].certificate)
            cas.update({ca.id: ca for ca in chain_of(partner, deployment)} if partner is not None else {})
    there = {row.certificate for row in ring.connections}
    connects += [case.connect(ca, Usage.CERTAUTH, default=False) for ca in cas.values() if ca.id not in there]
    if not connects:
        raise RefusedError(f"what belongs on {ring.title} is not shown")
    reason = "that this certificate is the one that is meant follows only from its owner"
    why = "a server presents what is on its key ring, and a client trusts what is on it"
    doubt = bool(ends) and all(end.alias is None for end in ends)
    return _Repair(tuple(connects), why, (reason,) if doubt else ())


def _meant(case: _Case, labels: set[str]) -> Certificate:
    """The one certificate of the ring's owner that a server can present; where labels are configured, of these."""
    owner = Owner(OwnerKind.ID, case.ring.owner)
    known = [
        certificate
        for certificate in case.deployment.database.certificates.values()
        if certificate.owner == owner
        and may_serve(certificate, case.options.as_of)
        and (not labels or certificate.label in labels)
    ]
    if len(known) != 1:
        raise RefusedError(
            f"which certificate of {owner} is meant for {case.ring.title} cannot be told: {len(known)} could be"
        )
    return known[0]


def _personal(case: _Case) -> _Repair:
    """KR108: a server's certificate that is connected as a CA or SITE certificate."""
    label = case.hint.values.get("label", "")
    rows = [row for row in case.ring.connections if row.label == label and row.usage is not Usage.PERSONAL]
    if len(rows) != 1:
        raise RefusedError(f"several certificates of {case.ring.title} have the label '{shown(label)}'")
    certificate = case.certificate(rows[0].certificate)
    why = "RACF gives a private key only of a certificate that is connected USAGE(PERSONAL)"
    return _Repair((case.connect(certificate, Usage.PERSONAL, default=rows[0].default),), why)


def _newer(case: _Case) -> _Repair:
    """KR112: the newer certificate becomes the DEFAULT."""
    certificate = case.certificate(case.hint.values.get("new"))
    if not may_serve(certificate, case.options.as_of):
        raise RefusedError(
            f"that a server can present {name_of(certificate)} (key, TRUST, dates) is not shown"
        )
    reason = "another certificate is served then: partners that hold a copy of the old one need the new one"
    why = "who names no label serves the DEFAULT, and that is the older of the two"
    return _Repair((case.connect(certificate, Usage.PERSONAL, default=True),), why, (reason,))


def _authority(case: _Case) -> _Repair:
    """KR133: a CA that is connected as a server's certificate."""
    row = case.row(subjects(case.hint)[1])
    certificate = case.certificate(row.certificate)
    why = "a CA counts as one only with USAGE(CERTAUTH)"
    return _Repair((case.connect(certificate, Usage.CERTAUTH, default=row.default),), why)


def _named_default(case: _Case) -> _Repair:
    """KR134: the certificate that the configuration names becomes the DEFAULT too."""
    label = case.hint.values.get("label", "")
    rows = [row for row in case.ring.connections if row.label == label and row.usage is Usage.PERSONAL]
    if len(rows) != 1:
        raise RefusedError(
            f"which certificate of {case.ring.title} the label '{shown(label)}' means is not shown"
        )
    reason = (
        "if two certificates are meant, one for each user of the ring, give each a ring of its own instead"
    )
    why = "then every user of the ring presents the same certificate"
    certificate = case.certificate(rows[0].certificate)
    return _Repair((case.connect(certificate, Usage.PERSONAL, default=True),), why, (reason,))


def _take_off(case: _Case, why: str, reason: str) -> _Repair:
    rows = [case.row(ident) for ident in subjects(case.hint)[1:]]
    removes = []
    for row in rows:
        if row.owner is None or row.label is None:
            raise RefusedError(f"owner and label of {shown(row.certificate)} are not shown")
        removes.append(Remove(row.owner, row.label, case.ring.owner or "", case.ring.name))
    return _Repair(tuple(removes), why, (reason,))


def _expired_ca(case: _Case) -> _Repair:
    """KR116: an expired CA beside its successor."""
    return _take_off(
        case,
        "its successor is on the key ring, and some clients take the first CA of that name that they find",
        "a certificate that it issued and that no input shows would no longer be trusted",
    )


def _leftover(case: _Case) -> _Repair:
    """KR130: what Zowe v1 left."""
    return _take_off(
        case, "only Zowe v1 used it, and ZSS may take it for a server's", "a Zowe v1 may still use the ring"
    )


_REPAIRS: dict[str, Callable[[_Case], _Repair]] = {
    "KR101": _give_default,
    "KR102": _give_default,
    "KR103": _fill,
    "KR104": _fill,
    "KR105": _bring,
    "KR108": _personal,
    "KR112": _newer,
    "KR116": _expired_ca,
    "KR130": _leftover,
    "KR133": _authority,
    "KR134": _named_default,
}
