"""Which rule speaks where a server finds no certificate in its store."""

from zcertlint.model.deployment import Deployment, Endpoint
from zcertlint.model.store import Store, StoreKind, Usage
from zcertlint.trust.issue import Issuers
from zcertlint.trust.selection import Selection, SelectionReason, near_rings, select
from zcertlint.trust.stores import pem_in_place

__all__ = ["choice_code"]

_CODES = {
    SelectionReason.MISSING: "KR109",
    SelectionReason.EMPTY: "KR104",
    SelectionReason.NO_DEFAULT: "KR101",
    SelectionReason.NOT_ON_RING: "KR105",
    SelectionReason.NEARLY: "KR106",
    SelectionReason.IS_A_CA: "KR107",
}


def choice_code(server: Endpoint, deployment: Deployment, issuers: Issuers) -> str | None:
    """The rule that speaks; None where a certificate is found, and where nothing tells."""
    store = deployment.store(server.keystore)
    if store is None or server.alias_open:
        return None
    if pem_in_place(store, deployment) is not None:
        return "KR126"
    selection = select(store, server.alias.value if server.alias else None)
    if selection.reason is SelectionReason.MISSING and near_rings(store, deployment):
        return "KR110"
    if selection.reason is SelectionReason.IS_A_CA and _is_server(selection, deployment, issuers):
        return "KR108"
    nearest = _nearest(_CODES.get(selection.reason), store, labelled=server.alias is not None)
    return (_misread(server, deployment) or nearest) if nearest == "KR105" else nearest


def _misread(server: Endpoint, deployment: Deployment) -> str | None:
    """The rule of a label that is not what was meant: a variable that nobody expands, or a number for YAML."""
    label = server.alias
    if label is None or label.span is None or deployment.zowe is None:
        return None
    if "${" in label.value:
        return "ZW133"
    entries = deployment.zowe.entries.values()
    read = next((entry for entry in entries if entry.span == label.span), None)
    return None if read is None or read.value is None or isinstance(read.value, str) else "ZW131"


def _is_server(selection: Selection, deployment: Deployment, issuers: Issuers) -> bool:
    """Whether an entry connected as a CA is a server's certificate with the wrong usage."""
    if selection.connection is None:
        return False
    found = deployment.certificate(selection.connection.certificate)
    return found is not None and found.private_key is True and issuers.self_signed(found) is False


def _nearest(code: str | None, store: Store, *, labelled: bool) -> str | None:
    """The rule of the nearest cause; ``code`` is the one of the label or the DEFAULT alone."""
    of_label = code in {"KR101", "KR105", "KR107"}
    if of_label and not any(row.usage is Usage.PERSONAL for row in store.connections):
        if store.kind is not StoreKind.KEY_RING:
            return "KR121"
        if code != "KR107" or not labelled:
            return "KR103"
    return "KR102" if code == "KR107" and not labelled else code
