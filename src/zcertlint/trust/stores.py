"""Which rule speaks of a store: what is on it decides whether a symptom has a nearer cause."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from zcertlint.model.certificate import Certificate, TrustStatus
from zcertlint.model.deployment import Deployment, Stack
from zcertlint.model.store import Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.ends import ChainReason, ChainResult

__all__ = ["base_name", "chain_code", "is_ca", "listed_labels", "newer_twin", "pem_in_place"]

_ANCHORLESS = {ChainReason.NO_ANCHOR, ChainReason.SELF_SIGNED, ChainReason.STORE_EMPTY}


def is_ca(certificate: Certificate | None) -> bool | None:
    """Whether it is made to sign certificates; None when no input shows it."""
    if certificate is None or not certificate.shown:
        return None
    usage = certificate.key_usage
    return certificate.is_ca is True or (isinstance(usage, frozenset) and "keyCertSign" in usage)


def listed_labels(ident: str | None) -> tuple[str, ...]:
    """The labels to which app-server's configuration cuts a ring; none for a whole store."""
    return tuple((ident or "").split("&")[1:])


def chain_code(
    code: str, chain: ChainResult, store: Store | None, certificates: Mapping[str, Certificate], stack: Stack
) -> str:
    """The rule that speaks where a chain finds no anchor; ``code`` is the one of the walk alone.

    Args:
        code: of the walk (CH101, CH105 …).
        chain: how it ended.
        store: the trust store.
        certificates: all, by id.
        stack: the client's TLS implementation.
    """
    if stack is Stack.BROWSER and chain.reason is ChainReason.NOT_SENT:
        return "KR114"
    if store is None or not store.shown:
        return code
    labels = listed_labels(store.id)
    if labels:
        named = {row.label for row in store.connections if row.usage is not Usage.PERSONAL}
        if chain.answer is False and any(label not in named for label in labels):
            return "KR124"
    if stack is Stack.NODE and (labels or store.kind is StoreKind.PEM):
        held = {row.certificate for row in store.connections}
        between = any(ca.id in held for ca in chain.path[1:-1])
        if chain.reason is ChainReason.NOT_SENT or (chain.reason is ChainReason.NO_ANCHOR and between):
            return "KR125"
    if chain.reason not in _ANCHORLESS or not store.connections:
        return code
    held = {row.certificate for row in store.connections if row.usage is Usage.PERSONAL}
    if any(ca.id in held for ca in chain.path[1:]):
        return "KR133"
    rows = store.connections
    if all(row.usage is Usage.PERSONAL and is_ca(certificates.get(row.certificate)) is False for row in rows):
        return "KR132"
    return code


def base_name(path: str) -> str:
    """The last part of a path."""
    return path.rsplit("/", 1)[-1]


def pem_in_place(store: Store | None, deployment: Deployment) -> Span | None:
    """Where an input of the keystore's file name turns out to be PEM; None when nothing shows that."""
    if store is None or store.kind is not StoreKind.PKCS12 or store.state is not StoreState.NOT_SHOWN:
        return None
    wanted = base_name(store.name)
    for certificate in deployment.database.certificates.values():
        for ident in certificate.files:
            path = ident.removeprefix("file:").rsplit("#", 1)[0]
            if base_name(path) == wanted:
                place = certificate.span("subject")
                if place.path != path:
                    return Span(path)  # the same certificate is in another input, which gave the places
                if place.line:  # a DER file has no lines
                    return place
    keys = (p.span for p in deployment.problems if p.code == "IN007")
    return next((span for span in keys if base_name(span.path) == wanted and span.line), None)


def newer_twin(
    certificate: Certificate, others: Iterable[Certificate], as_of: datetime
) -> Certificate | None:
    """The usable certificate with its subject that ends last, and after it; None when there is none.

    Usable: its key is there, RACF trusts it, it has begun and not ended, whatever the time zone.
    """
    found = []
    for other in others:
        if other.id == certificate.id or certificate.subject is None or other.subject is None:
            continue
        if not other.subject.same_as(certificate.subject):
            continue
        if other.private_key is not True or other.trust is TrustStatus.NOTRUST:
            continue
        mine, theirs = certificate.not_after, other.not_after
        if mine is None or theirs is None or other.not_before is None or theirs.at <= mine.at:
            continue
        if other.not_before.after(as_of) is False and theirs.before(as_of) is False:
            found.append((theirs.at, other.id, other))
    return max(found, key=lambda one: one[:2])[2] if found else None
