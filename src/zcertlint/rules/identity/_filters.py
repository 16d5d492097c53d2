"""What the rules about name filters share: which filters matter, how findings name them, who is declared."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment
from zcertlint.model.facts import NameFilter
from zcertlint.trust.identity import fit, x509_logon

__all__ = ["asked", "clients", "filter_id", "fitted", "owner", "texts"]


def owner(entry: NameFilter) -> str:
    """As RACDCERT names whose filter it is."""
    return f"ID({entry.user})" if entry.user is not None else "MULTIID"


def filter_id(entry: NameFilter) -> str:
    """How findings name a filter."""
    return f"filter:{owner(entry)}/{entry.label}"


def clients(deployment: Deployment) -> Iterator[tuple[str, Certificate]]:
    """The declared clients whose certificates are shown: endpoint id and certificate."""
    for end in deployment.endpoints.values():
        certificate = deployment.certificate(end.certificate)
        if end.product == "client" and certificate is not None and certificate.subject is not None:
            yield end.id, certificate


def fitted(entry: NameFilter, ctx: Context) -> tuple[str, ...]:
    """The declared clients that a filter fits."""
    return tuple(
        ident for ident, certificate in clients(ctx.deployment) if fit(entry, certificate) is not None
    )


def asked(entry: NameFilter, ctx: Context) -> bool:
    """Whether a filter is looked at: one that was listed, or of an unload while Zowe logs on with certificates.

    An unload holds the filters of the whole system, most of which are no business of Zowe's.
    """
    return entry.names is None or x509_logon(ctx.deployment.zowe) is not None


def texts(entry: NameFilter) -> Iterator[tuple[str, str]]:
    """What the filter compares: which name, and the text. An unload does not tell which name it is."""
    for word, name in (("subject", entry.subject), ("issuer", entry.issuer), ("name", entry.names)):
        if name is not None and not name.empty:
            yield word, name.text
