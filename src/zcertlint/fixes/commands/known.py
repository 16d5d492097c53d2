"""What is known to be there, what is known not to be there, and what no input shows."""

from dataclasses import replace

from zcertlint.fixes.commands.base import Failure, FailureKind, connection_in, find, find_ring, identifier
from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind
from zcertlint.model.store import Store, StoreState
from zcertlint.text.source import Span

__all__ = [
    "absent", "certificate_missing", "facility", "forget", "generated_label", "gone", "key_missing", "label_taken",
    "owner_missing", "replaced", "ring_missing", "row_missing", "same_contents", "same_public_key",
]  # fmt: skip


def absent(database: Database, owner: Owner, label: str) -> bool:
    """Whether it is shown that the owner has no such certificate."""
    if find(database, owner, label) is not None:
        return False
    if str(owner) in database.complete_owners:
        return True
    return any(
        answer.owner == owner
        and (
            answer.kind is AnswerKind.NO_CERTIFICATES
            or (answer.kind is AnswerKind.NO_SUCH_CERTIFICATE and answer.name == label)
        )
        for answer in database.answers
    )


def _list(owner: Owner, label: str) -> str:
    doubled = label.replace("'", "''")
    return f"RACDCERT {owner} LIST(LABEL('{doubled}'))"


def owner_missing(database: Database, owner: Owner) -> Failure | None:
    """The failure of a command that makes something for a user who is shown not to exist."""
    if owner.kind is not OwnerKind.ID or database.security.user(owner.user or "") is not None:
        return None
    told = any(one.kind is AnswerKind.NO_SUCH_USER and one.name == owner.user for one in database.answers)
    if not told and database.security.unload is None:
        return None
    return Failure(FailureKind.MISSING, f"there is no user {owner.user}")


def certificate_missing(database: Database, owner: Owner, label: str) -> Failure | None:
    """The failure of a command that needs the certificate; None when it is there."""
    if find(database, owner, label) is not None:
        return None
    ident = identifier(owner, label)
    if absent(database, owner, label):
        return Failure(FailureKind.MISSING, f"{ident} is not in the database", "IRRD107I")
    return Failure(FailureKind.NOT_SHOWN, f"no input shows {ident}", ask=_list(owner, label))


def key_missing(database: Database, owner: Owner, label: str) -> Failure | None:
    """The failure of a command that needs the certificate and its private key."""
    missing = certificate_missing(database, owner, label)
    certificate = find(database, owner, label)
    if certificate is None or certificate.private_key:
        return missing
    text = f"no private key of {certificate.id} is shown in the database"
    if certificate.private_key is None:
        return Failure(FailureKind.NOT_SHOWN, text, ask=_list(owner, label))
    return Failure(FailureKind.REFUSED, text)


def label_taken(database: Database, owner: Owner, label: str) -> Failure | None:
    """The failure of a command that needs the label to be free; a label that no input shows counts as free."""
    if find(database, owner, label) is None:
        return None
    return Failure(FailureKind.EXISTS, f"{identifier(owner, label)} exists already")


def ring_missing(database: Database, owner: str, name: str) -> Failure | None:
    """The failure of a command that needs the ring; None when its contents are shown."""
    ring = find_ring(database, owner, name)
    none = ring is None and owner in database.complete_ring_owners
    if none or (ring is not None and ring.state is StoreState.MISSING):
        return Failure(FailureKind.MISSING, f"the key ring {owner}/{name} does not exist", "IRRD114I")
    if ring is None or ring.state is StoreState.NOT_SHOWN:
        ask = f"RACDCERT ID({owner}) LISTRING({name})"
        return Failure(FailureKind.NOT_SHOWN, f"no input shows the key ring {owner}/{name}", ask=ask)
    return None


def row_missing(ring: Store, owner: Owner, label: str) -> Failure | None:
    """The failure of REMOVE when the certificate is not connected."""
    if connection_in(ring, owner, label) is not None:
        return None
    return Failure(
        FailureKind.MISSING, f"{identifier(owner, label)} is not connected to {ring.owner}/{ring.name}"
    )


def gone(database: Database, owner: Owner, label: str) -> Database:
    """The database in which a certificate is known not to be; its rows and the rest are the caller's task."""
    old = find(database, owner, label)
    span = Span(identifier(owner, label)) if old is None else old.span()
    answer = Answer(AnswerKind.NO_SUCH_CERTIFICATE, owner, label, "", None, span, "LIST")
    told = () if str(owner) in database.complete_owners else (answer,)
    rest = {ident: kept for ident, kept in database.certificates.items() if kept is not old}
    sets = {
        name: replace(one, key_of=None) if old is not None and one.key_of == old.id else one
        for name, one in database.data_sets.items()
    }
    return replace(database, certificates=rest, answers=(*database.answers, *told), data_sets=sets)


def forget(database: Database, owner: Owner, label: str) -> Database:
    """The database without the proof that the owner has no certificate, or none of this label."""
    told = (AnswerKind.NO_SUCH_CERTIFICATE, AnswerKind.NO_CERTIFICATES)
    answers = tuple(
        answer
        for answer in database.answers
        if answer.kind not in told
        or answer.owner != owner
        or (answer.kind is AnswerKind.NO_SUCH_CERTIFICATE and answer.name != label)
    )
    return database if len(answers) == len(database.answers) else replace(database, answers=answers)


def generated_label(database: Database, owner: Owner) -> str | None:
    """The label that RACF makes up, LABEL0000000n; None when the labels in use are not all shown."""
    if str(owner) not in database.complete_owners:
        return None
    return next(
        label
        for label in (f"LABEL{number:08d}" for number in range(1, 100_000_000))
        if find(database, owner, label) is None
    )


def same_contents(one: Certificate, other: Certificate) -> bool:
    """Whether two records are of one certificate: by fingerprint, else by issuer and serial number."""
    if one.fingerprint and other.fingerprint:
        return one.fingerprint == other.fingerprint
    return (
        one.serial is not None
        and one.serial == other.serial
        and one.issuer is not None
        and other.issuer is not None
        and one.issuer.same_as(other.issuer)
    )


def same_public_key(one: Certificate, other: Certificate) -> bool | None:
    """Whether two certificates hold one public key; None when that is not shown."""
    if one.key is not None and other.key is not None:
        sizes = {one.key.bits, other.key.bits} - {None}
        if one.key.kind is not other.key.kind or len(sizes) > 1:
            return False
    mine, theirs = one.subject_key_id, other.subject_key_id
    if isinstance(mine, str) and mine == theirs:
        return True
    if one.der is None or other.der is None:
        return None
    from zcertlint.trust.signature import same_key  # noqa: PLC0415 (slow to import, and seldom needed)

    return same_key(one.der, other.der)


def replaced(store: Store, old: str, new: str, owner: Owner, label: str) -> Store:
    """The store whose rows of one certificate name another."""
    rows = tuple(
        replace(row, certificate=new, owner=owner, label=label) if row.certificate == old else row
        for row in store.connections
    )
    return replace(store, connections=rows)


def facility(function: str, *owners: Owner) -> tuple[str, ...]:
    """The FACILITY profile of a RACDCERT function and the level for somebody who is not the owner."""
    level = "UPDATE" if all(owner.kind is OwnerKind.ID for owner in owners) else "CONTROL"
    return (f"FACILITY IRR.DIGTCERT.{function} {level}",)
