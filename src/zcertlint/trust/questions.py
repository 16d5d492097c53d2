"""The questions that a judgement leaves open, each with the command that answers it."""

from zcertlint.model.certificate import Certificate
from zcertlint.model.store import Store
from zcertlint.trust.chain import ChainReason, ChainResult
from zcertlint.trust.issue import EdgeReason
from zcertlint.trust.needs import (
    Need,
    export_command,
    list_certificate,
    need_contents,
    need_key_id,
    need_store,
)
from zcertlint.trust.selection import Selection, SelectionReason
from zcertlint.trust.signature import unjudged

__all__ = ["chain_needs", "choice_need", "record_command"]

_WHY_UNSURE = {
    EdgeReason.YOUNGER: "It starts later than that certificate: renewed with the same key it did, created "
    "again with a new key it did not.",
    EdgeReason.GENERATIONS: "Several certificates bear its name, and the listings do not show which key each "
    "has.",
    EdgeReason.FIRST: "Without an authority key identifier to go by, the client takes the first CA of that name in "
    "its list, and another one of that name is there too.",
    EdgeReason.NOT_SHOWN: "The listings do not show enough of it.",
}


def record_command(certificate: Certificate) -> str | None:
    """The command that lists a certificate's record; None when it is not in RACF."""
    if certificate.owner is None or certificate.label is None:
        return None
    return list_certificate(certificate.owner, certificate.label)


def choice_need(store: Store, selection: Selection) -> Need:
    """What is missing to tell which certificate a server takes."""
    match selection.reason:
        case SelectionReason.AMBIGUOUS if selection.connection is not None:
            text = f"Two certificates on {store.title} bear the label '{selection.connection.label}'."
            return Need(store.id, text, None)
        case SelectionReason.DEFAULT_NOT_SHOWN:
            text = f"The listing of {store.title} does not show which certificate is DEFAULT."
            return Need(store.id, text, store.list_command)
        case SelectionReason.OPEN if selection.connection is not None:
            text = (
                f"Is '{selection.connection.label}' on {store.title} the configured label? The code page of an EBCDIC "
                "input leaves characters of it open."
            )
            return Need(store.id, text, store.list_command)
        case _:
            return need_store(store)


def chain_needs(chain: ChainResult, client: str, store: Store | None) -> tuple[Need, ...]:
    """What would tell how a walk ends that could not be told.

    Args:
        chain: how it ended.
        client: the id of the side that trusts.
        store: its trust store.
    """
    match chain.reason:
        case ChainReason.STORE_NOT_SHOWN:
            if store is None:
                text = f"No input shows which trust store {client} uses."
                if client.startswith("zowe."):
                    text = "No setting names a trust store for Zowe (zowe.certificate.truststore.file)."
                if client.partition("@")[0] == "zowe.app-server":
                    where = "zowe.certificate.pem.certificateAuthorities"
                    text = f"No setting lists the CAs that app-server trusts ({where})."
                return (Need(client, text, None),)
            return (need_store(store),)
        case ChainReason.CONTENTS_NOT_SHOWN if store is not None:
            return tuple(need_contents(store.id, connection) for connection in chain.missing)
        case ChainReason.ISSUER_UNSURE if chain.culprit is not None and len(chain.path) > 1:
            why = _WHY_UNSURE.get(chain.edge.reason, "") if chain.edge else ""
            return need_key_id(chain.culprit, chain.path[-2], why)
        case ChainReason.TIME_ZONE | ChainReason.SIGNER_UNSURE | ChainReason.ISSUER_UNSURE if chain.culprit:
            text = {
                ChainReason.TIME_ZONE: f"{chain.culprit.id} ends within hours of this moment, and its "
                "listing shows local time.",
                ChainReason.SIGNER_UNSURE: f"May {chain.culprit.id} sign? Its listing shows no key usage, "
                "and basicConstraints stand only in the certificate.",
            }.get(chain.reason, f"Is {chain.culprit.id} self-signed? Another certificate bears its name.")
            return (Need(chain.culprit.id, text, export_command(chain.culprit)),)
        case ChainReason.STATUS_NOT_SHOWN if chain.culprit is not None:
            text = f"No input shows the record of {chain.culprit.id}."
            return (Need(chain.culprit.id, text, record_command(chain.culprit)),)
        case ChainReason.SELF_SIGNED_UNSURE if chain.culprit is not None:
            text = f"Is {chain.culprit.id} self-signed? Another certificate bears the name of its issuer."
            return (Need(chain.culprit.id, text, export_command(chain.culprit)),)
        case ChainReason.RESTRICTED if chain.culprit is not None and chain.culprit.der is not None:
            what = unjudged(chain.culprit.der) or "name constraints"
            text = f"{chain.culprit.id} bears {what}: whether the chain holds with it is not judged here."
            return (Need(chain.culprit.id, text, None),)
        case ChainReason.SENT_NOT_SHOWN:
            return _sent_needs(chain)
        case _:
            leaf = chain.path[-1] if chain.path else None
            subject = leaf.id if leaf else client
            return (Need(subject, "No input shows the issuer of this certificate.", None),)


def _sent_needs(chain: ChainResult) -> tuple[Need, ...]:
    leaf = chain.path[0]
    last = chain.path[-1]
    if chain.missing:
        return tuple(
            need_contents(f"store:The keystore of {leaf.label or leaf.id}", connection)
            for connection in chain.missing
        )
    text = f"Does the server of {leaf.id} send the CA certificates between it and a root?"
    if last.issuer is not None:
        text = f"Who issued {last.id} ({last.issuer})? No input shows that CA, nor what is sent beside it."
    return (Need(leaf.id, text, export_command(last)),)
