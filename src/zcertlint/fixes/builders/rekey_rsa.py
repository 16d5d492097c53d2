"""E3, E6: a certificate with a new RSA key beside the old one, with its subject and names; settings name it."""

from dataclasses import replace

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.advice import name_of, restarts
from zcertlint.fixes.builders._names import added_names
from zcertlint.fixes.builders._reissue import all_done, data_sets, free_label_guard, one_key
from zcertlint.fixes.commands.base import Command, find, identifier
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq, Rekey
from zcertlint.fixes.commands.keep import Export
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing
from zcertlint.fixes.commands.rings import Connect, Remove
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.patch import PatchEdit, edit_for
from zcertlint.fixes.plan import (
    ForeignCaError,
    Guard,
    GuardKind,
    Plan,
    RefusedError,
    Stage,
    Step,
    When,
    plan_key,
)
from zcertlint.fixes.quote import dsn, quote_label, shown
from zcertlint.fixes.signing import (
    Signing,
    known_certificate,
    last_in_years,
    ring_rows,
    signing,
    unseen_rings,
)
from zcertlint.model.certificate import AltNames, Certificate, Owner, OwnerKind
from zcertlint.model.deployment import Database, Deployment, Located
from zcertlint.model.settings import Setting
from zcertlint.model.store import Connection, Store
from zcertlint.records import dataclass

__all__ = ["PRIORITY", "build"]

PRIORITY = 20
_BITS = 2048
_LABEL_MAX = 32


@dataclass(frozen=True, slots=True)
class _Marks:
    """Data sets whose being there shows how far the jobs have come; each holds a certificate without its key.

    Attributes:
        served: made when the new one is on every ring. undone: made by the way back.
    """

    served: str
    undone: str


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """REKEY to RSA, sign, connect beside the old one, change every label that names the old one."""
    certificate = known_certificate(deployment, hint.values.get("certificate"))
    foreign = False
    try:
        sign = _signing(certificate, deployment, options)
    except ForeignCaError:
        foreign, sign = True, _unsigned(certificate, options)
    for owner, name in unseen_rings(deployment.database, certificate):
        raise RefusedError(
            f"{name_of(certificate)} is also on the key ring {owner}/{name}, which no input shows;"
            f" add RACDCERT ID({owner}) LISTRING({name})"
        )
    rows = ring_rows(deployment.database, certificate)
    if any(row.default is None for _ring, row in rows):
        raise RefusedError(
            f"whether {name_of(certificate)} is the DEFAULT of a key ring is not shown: LISTRING tells"
        )
    label = hint.values.get("new_label") or _free_label(deployment.database, sign.owner, sign.label)
    quote_label(label)
    edits, elsewhere = _edits(hint, certificate, label, deployment, options)
    new = replace(sign, label=label)
    names = None if foreign else added_names(certificate, deployment)
    key = plan_key("rekey-rsa", certificate.id, label, *([str(names)] if names is not None else []))
    connects = _connects(new, rows)
    advice = [
        f"{place} names the old label too: change it to '{label}' at the same time." for place in elsewhere
    ]
    reasons = [
        "the certificate gets a new key: partners that hold a copy of the old certificate need the new one"
    ]
    reasons += [*sign.reasons, *_doubts(certificate)]
    request = data_sets(options, key)[1]
    done = all_done(request)
    marks = _Marks(done.subject, dsn(request.removesuffix(".CSR") + ".UNDONE"))
    plan = Plan(
        key=key,
        builder="rekey-rsa",
        findings=findings,
        title=f"a new RSA {_BITS} certificate {sign.owner} '{label}' beside '{sign.label}',"
        f" signed by {name_of(sign.signer)}" + (f", with the names {names}" if names is not None else ""),
        why=_why(certificate, names, deployment),
        safety=Safety.REVIEW,
        guards=(done,),
        steps=_steps(new, certificate, request, names, connects, marks),
        proof=_proof(new, connects),
        backout=_undo(new, certificate, rows, marks),
        lost=(
            f"{sign.owner} '{label}' stays in the database, on no key ring: deleting it would destroy a key",
        ),
        reasons=tuple(reasons),
        restart=restarts(deployment, (certificate.id,), (ring.id for ring, _row in rows)),
        proves=f"LISTCHAIN of '{label}' must show a complete chain, Private Key YES and status TRUST.",
        patches=edits,
        advice=tuple(advice),
        moved=((certificate.id, identifier(sign.owner, label)),),
        later=_soaked(new, certificate, rows, marks),
        again=_again(new, request, marks, rows=bool(rows)),
    )
    if not foreign:
        return plan
    from zcertlint.fixes.builders._rekey_foreign import when_answered  # noqa: PLC0415 (few plans need it)

    return when_answered(plan, certificate, (new.owner, label), request, _BITS, options)


def _unsigned(certificate: Certificate, options: FixOptions) -> Signing:
    """Nobody in RACF signs; the self-signed certificate of REKEY is a place for the key until the CA answers."""
    owner, label = certificate.owner, certificate.label
    assert owner is not None and label is not None  # noqa: S101, PT018 (_signing saw to it)
    return Signing(
        certificate, owner, label, certificate, (owner, label), last_in_years(options.as_of, options.years)
    )


def _signing(certificate: Certificate, deployment: Deployment, options: FixOptions) -> Signing:
    """Who signs: as for a renewal, but a new end may be earlier than the old one."""
    owner = certificate.owner
    if owner is not None and owner.kind is not OwnerKind.ID:
        raise RefusedError(
            f"{name_of(certificate)} is no user's certificate: a CA gets a new key by ROLLOVER, planned by hand",
            _by_hand(certificate, deployment, options) if owner.kind is OwnerKind.CERTAUTH else (),
        )
    later = False  # a new key is worth an earlier end
    sign = signing(
        certificate, deployment, options.as_of, years=options.years, ca_years=options.ca_years, later=later
    )
    if sign.self_signed:
        raise RefusedError(
            f"{name_of(certificate)} is self-signed: with a new key its partners must get the new certificate first",
            _by_hand(certificate, deployment, options),
        )
    return sign


def _by_hand(certificate: Certificate, deployment: Deployment, options: FixOptions) -> tuple[str, ...]:
    """The commands of a change that is not planned; none where a value cannot be written."""
    from zcertlint.fixes.builders._recipes import new_ca_key, new_self_signed_key  # noqa: PLC0415 (few need one)

    owner, label = certificate.owner, certificate.label
    if owner is None or label is None:
        return ()
    recipe = new_ca_key if owner.kind is OwnerKind.CERTAUTH else new_self_signed_key
    try:
        return recipe(certificate, _free_label(deployment.database, owner, label), deployment, options)
    except UnsafeValueError as error:
        return (str(error),)


def _why(certificate: Certificate, added: AltNames | None, deployment: Deployment) -> str:
    names = "the new certificate has the subject and the names of the old one"
    names += ", and those by which it is called" if added is not None else ""
    if any(key.certificate == certificate.id for key in deployment.token_keys):
        return f"tokens (JWT) are signed with RSA keys of {_BITS} bits or more; {names}"
    return f"partners refuse its key ({certificate.key}), or soon will; {names}"


def _doubts(certificate: Certificate) -> list[str]:
    found = []
    if certificate.rings is None:
        found.append(f"no LIST shows every key ring of {name_of(certificate)}")
    if certificate.hardware_key is not None:
        found.append("the old key is in ICSF; the new one would be in the RACF database")
    if _key_agreement(certificate):
        found.append(
            "the old one has key usage KEYAGREE, which RSA cannot have: the new one gets HANDSHAKE; whether REKEY"
            " takes it is not confirmed (the job stops if not, and nothing is changed)"
        )
    return found


def _key_agreement(certificate: Certificate) -> bool:
    usage = certificate.key_usage
    return isinstance(usage, frozenset) and "keyAgreement" in usage


def _free_label(database: Database, owner: Owner, label: str) -> str:
    """``label RSA``, or the first number that makes it free and fit."""
    for suffix in (" RSA", *(f" RSA{number}" for number in range(2, 100))):
        candidate = label[: _LABEL_MAX - len(suffix)].rstrip(" ") + suffix
        if find(database, owner, candidate) is None:
            return candidate
    raise RefusedError(f"no free label for the successor of '{shown(label)}'")


def _connects(new: Signing, rows: tuple[tuple[Store, Connection], ...]) -> tuple[Connect, ...]:
    """The new one on each ring, with the usage and DEFAULT of the old one.

    Every user of a ring's DEFAULT accepts RSA, so the DEFAULT goes with it.
    """
    return tuple(
        Connect(new.owner, new.label, ring.owner or "", ring.name, row.usage, default=bool(row.default))
        for ring, row in rows
    )


def _steps(
    new: Signing,
    old: Certificate,
    request: str,
    names: AltNames | None,
    connects: tuple[Connect, ...],
    marks: _Marks,
) -> tuple[Step, ...]:
    place = (new.owner, new.label)
    rekey = Rekey(new.owner, old.label or "", new.label, _BITS, new.not_after)
    gencert = GencertFromRequest(
        *place, request, *new.place, new.not_after, names, handshake=_key_agreement(old)
    )
    steps = [
        Step(
            "make the new key, make a request from it",
            (rekey, Genreq(*place, request)),
            (_own_request(request), free_label_guard(place)),
        ),
        Step("sign it", (ListCert(*place), gencert)),
        Step("its chain", (ListChain(*place),)),
    ]
    if connects:
        steps.append(Step("connect it beside the old one", connects))
    shows = "a copy of it: where this data set is, all of this was done"
    if connects:
        shows += "; the job that takes the old one off asks for it"
    steps.append(Step(shows, (Export(*place, marks.served),)))
    return tuple(steps)


def _own_request(request: str) -> Guard:
    """Shows that the label is this plan's: without the request, whoever has the label keeps it."""
    return Guard(
        GuardKind.NO_DATA_SET,
        request,
        there="a run that has stopped after GENREQ has made it, and the new key",
    )


def _again(new: Signing, request: str, marks: _Marks, *, rows: bool) -> str:
    """What to do when the job has stopped half-way: one key is enough, and nothing is deleted."""
    return (
        "Correct the cause, and submit it again: the new key is used, and the rest is done."
        f" {one_key((new.owner, new.label), request)} {marks.served} shows that all is done"
        + (f": to make the change again after the way back, delete it and {marks.undone}." if rows else ".")
    )


def _proof(new: Signing, connects: tuple[Connect, ...]) -> tuple[Command, ...]:
    rings = dict.fromkeys((connect.ring_owner, connect.ring) for connect in connects)
    place = (new.owner, new.label)
    return (ListCert(*place), ListChain(*place), *(ListRing(*ring) for ring in rings))


def _soaked(
    new: Signing, old: Certificate, rows: tuple[tuple[Store, Connection], ...], marks: _Marks
) -> tuple[Stage, ...]:
    """After some days the old one is taken off the rings; it stays in the database with its key.

    That the label is there does not show that the new one serves: REKEY makes it, before it is signed and connected.
    """
    if not rows:
        return ()
    removes = tuple(Remove(new.owner, old.label or "", ring.owner or "", ring.name) for ring, _row in rows)
    guards = (
        Guard(GuardKind.LABEL, f"{new.owner} '{new.label}'", ListCert(new.owner, new.label)),
        Guard(GuardKind.DATA_SET, marks.served, there="the new one was connected"),
        Guard(GuardKind.NO_DATA_SET, marks.undone, there="the way back was taken, and nothing is taken off"),
    )
    steps = (Step("take the old certificate off", removes),)
    again = "REMOVE fails where it ran before: take those out that have ended with 0, and submit it again."
    return (Stage(When.SOAK, steps, guards, again=again),)


def _undo(
    new: Signing, old: Certificate, rows: tuple[tuple[Store, Connection], ...], marks: _Marks
) -> tuple[Step, ...]:
    """The old one is connected again as it was (also after the soak), then the new one is taken off.

    First a copy of the old one: from then on no later job takes it off.
    """
    if not rows:
        return ()
    commands: list[Command] = []
    for ring, row in rows:
        place = (ring.owner or "", ring.name)
        commands.append(Connect(new.owner, old.label or "", *place, row.usage, default=bool(row.default)))
        commands.append(Remove(new.owner, new.label, *place))
    told = "a copy of the old certificate: where this data set is, no job takes it off any more"
    return (
        Step(told, (Export(new.owner, old.label or "", marks.undone),)),
        Step("the old certificate where it was", tuple(commands)),
    )


def _edits(
    hint: FixHint, certificate: Certificate, label: str, deployment: Deployment, options: FixOptions
) -> tuple[tuple[PatchEdit, ...], tuple[str, ...]]:
    """Every setting that names the old label, all or none; and the places outside of zowe.yaml that do."""
    settings = options.settings
    entries = {} if settings is None else {".".join(path): entry for path, entry in settings.entries.items()}
    places: dict[tuple[str, ...], Setting] = {}
    for path in filter(None, hint.values.get("alias_paths", "").split("\n")):
        if path not in entries:
            raise RefusedError(f"no input shows the setting {shown(path)}, which names the old label")
        places[entries[path].path] = entries[path]
    elsewhere: dict[str, None] = {}
    for alias in _aliases(certificate, deployment):
        found = [entry for entry in entries.values() if entry.span == alias.span]
        for entry in found:
            places[entry.path] = entry
        if not found and alias.span is not None:
            elsewhere[str(alias.span)] = None
    return tuple(edit_for(entry, label, options.sources) for entry in places.values()), tuple(elsewhere)


def _aliases(certificate: Certificate, deployment: Deployment) -> list[Located]:
    """Labels in configurations that lead to this certificate."""
    aliases = [e.alias for e in deployment.endpoints.values() if e.certificate == certificate.id]
    aliases += [key.label for key in deployment.token_keys if key.certificate == certificate.id]
    return [
        alias
        for alias in aliases
        if alias is not None and alias.value == certificate.label and not alias.assumed
    ]
