"""Prints key rings as TSS LIST(acid) KEYRING(ALL) does: the inverse of the reader."""

from collections.abc import Sequence

from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.store import Connection, Store, Usage

__all__ = ["print_keyrings"]


def print_keyrings(acid: str, rings: Sequence[Store], *, heading: bool = True) -> str:
    """The answer; with ``heading`` the line that names the ACID."""
    lines = [f"ACCESSORID = {acid:<8}  NAME       = SOMEBODY"] if heading else []
    for ring in rings:
        lines.append(f"KEYRING LABEL = {ring.name}")
        for row in ring.connections:
            lines += _row(row)
    return "".join(f"{line}\n" for line in [*lines, "TSS0300I  LIST     FUNCTION SUCCESSFUL"])


def _row(row: Connection) -> list[str]:
    usage = "CERTSITE" if row.usage is Usage.SITE else row.usage.value
    default = "YES" if row.default else "NO "
    first = f"  ACID({_acid(row.owner):<8})  DIGICERT({'C1':<8})  DEFAULT({default})  USAGE({usage:<8})"
    return [first, f"  LABLCERT({row.label:<32})"]


def _acid(owner: Owner | None) -> str:
    if owner is None:
        return ""
    return {OwnerKind.CERTAUTH: "CERTAUTH", OwnerKind.SITE: "CERTSITE"}.get(owner.kind) or owner.user or ""
