"""Certificates, rings and clients written in one line each, for tests of the trust logic."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from zcertlint.model.certificate import Absent, AltNames, Certificate, Moment, Owner, OwnerKind, TrustStatus
from zcertlint.model.deployment import Stack
from zcertlint.model.names import Name
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.text.source import Span
from zcertlint.trust.stacks import StackProfile, profile

__all__ = ["NOW", "SIGNS", "authority", "certificate", "client", "on", "ring", "when"]

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SIGNS = frozenset({"keyCertSign", "cRLSign"})
_CERTAUTH = Owner(OwnerKind.CERTAUTH)


def when(text: str, *, local: bool = False) -> Moment:
    """``2026-11-21`` or ``2026-11-21T08:00``, in UTC or, as a listing shows it, in local time."""
    return Moment(datetime.fromisoformat(text).replace(tzinfo=UTC), local)


def certificate(
    label: str = "Server",
    issuer: str | None = None,
    *,
    subject: str | None = None,
    begins: str = "2026-01-01",
    ends: str = "2027-01-01",
    owner: Owner | None = None,
    **facts: Any,
) -> Certificate:
    """A trusted certificate of ZWESVUSR, CN as its label; ``issuer`` is a CN, its own when not given."""
    held = owner or Owner.of_user("ZWESVUSR")
    plain = Certificate(
        id=f"{held}/{label}",
        owner=held,
        label=label,
        subject=Name(f"CN={subject or label}"),
        issuer=Name(f"CN={issuer or subject or label}"),
        not_before=when(begins),
        not_after=when(ends),
        trust=TrustStatus.TRUST,
        key_usage=Absent.ABSENT,
        extended_usage=Absent.ABSENT,
        alt_names=AltNames(),
        private_key=True,
    )
    return replace(plain, **facts)


def authority(label: str = "Root", issuer: str | None = None, **facts: Any) -> Certificate:
    """A CA of CERTAUTH, valid for ten years."""
    usual: dict[str, Any] = {
        "owner": _CERTAUTH, "begins": "2020-01-01", "ends": "2030-01-01", "key_usage": SIGNS, "is_ca": True,
    }  # fmt: skip
    return certificate(label, issuer, **(usual | facts))


def on(
    entry: Certificate,
    usage: Usage = Usage.CERTAUTH,
    *,
    default: bool | None = False,
    label: str | None = None,
) -> Connection:
    """A row of a ring."""
    return Connection(entry.id, entry.owner, label or entry.label, usage, default, Span("ring.txt", 1))


def ring(
    *rows: Connection,
    owner: str = "ZWESVUSR",
    name: str = "ZoweKeyring",
    state: StoreState = StoreState.SHOWN,
) -> Store:
    """A key ring."""
    return Store(f"ring:{owner}/{name}", StoreKind.KEY_RING, owner, name, state, rows)


def client(stack: Stack = Stack.JSSE, **checks: Any) -> StackProfile:
    """What a client checks, with single checks set otherwise."""
    return replace(profile(stack), **checks)
