"""Who signed what, when a CA gets a new key: a new key has signed nothing that was there before it."""

from dataclasses import replace

from zcertlint.fixes.commands.base import with_certificates
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Database
from zcertlint.trust.issue import Issuers

__all__ = ["forgotten", "new_key"]

_GONE = " (deleted)"


def new_key(before: Database, after: Database, made: Certificate) -> Database:
    """The database in which certificates that a namesake of ``made`` has issued are not taken for its own.

    Args:
        before: in front of the command that made the key.
        after: behind it.
        made: the certificate with the new key.
    """
    subject = made.subject
    if subject is None or made.id in before.certificates:
        return after
    issuers = Issuers(before.certificates.values())
    marked = []
    for child in before.certificates.values():
        if child.signed_by is not None or child.issuer is None or not child.issuer.same_as(subject):
            continue
        edges = [issuers.edge(child, one) for one in issuers.namesakes(child)]
        signer = next((edge.issuer.id for edge in edges if edge.answer), None)
        if signer is None and any(edge.answer is None for edge in edges):
            continue
        if not child.self_issued and child.id in after.certificates:
            marked.append(replace(child, signed_by=signer or f"{made.id}{_GONE}"))
    return with_certificates(after, marked) if marked else after


def forgotten(database: Database) -> Database:
    """The database when a certificate has come back of which nobody knows whether it is a deleted one."""
    open_ = [
        replace(one, signed_by=None)
        for one in database.certificates.values()
        if one.signed_by is not None and one.signed_by.endswith(_GONE)
    ]
    return with_certificates(database, open_) if open_ else database
