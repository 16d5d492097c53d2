"""Prints key rings as keyring-util and zowex print them, and as tables: the inverse of the reader."""

from collections.abc import Sequence

from zcertlint.model.certificate import Owner, OwnerKind, TrustStatus
from zcertlint.model.store import Connection, Store

__all__ = ["print_records", "print_table"]


def internal(owner: Owner | None) -> str:
    """The owner as R_datalib returns it."""
    if owner is None:
        return ""
    return {OwnerKind.CERTAUTH: "irrcerta", OwnerKind.SITE: "irrsitec"}.get(owner.kind) or owner.user or ""


def cells(row: Connection, status: TrustStatus) -> list[str]:
    default = "YES" if row.default else "NO"
    return [row.label or "", internal(row.owner), row.usage.value, status.value, default]


def print_records(
    ring: Store, statuses: Sequence[TrustStatus], *, command: str = "keyring-util LISTRING"
) -> str:
    """The answer with the command in front of it; ``statuses`` stand for each row."""
    lines = [f"$ {command} {ring.owner} {ring.name}", "Summary of certificates:"]
    words = ("Certificate", "Owner", "Usage", "Status", "Default")
    for row, status in zip(ring.connections, statuses, strict=True):
        lines += [f"{word}: {value}" for word, value in zip(words, cells(row, status), strict=True)]
    return "".join(f"{line}\n" for line in lines)


def print_table(ring: Store, statuses: Sequence[TrustStatus]) -> str:
    """A Markdown table with a title."""
    lines = [f"Key ring: {ring.owner}/{ring.name}", "", "| Label | Owner | Usage | Status | Default |"]
    lines.append("|---|---|---|---|---|")
    for row, status in zip(ring.connections, statuses, strict=True):
        lines.append("| " + " | ".join(cells(row, status)) + " |")
    return "".join(f"{line}\n" for line in lines)
