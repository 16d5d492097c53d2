"""KR108: a server's certificate is connected as a CA."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._choice import connected_as_ca

__all__ = ["server_certificate_not_personal"]


@rule("KR108", on=Endpoint)
def server_certificate_not_personal(endpoint: Endpoint, ctx: Context) -> Verdict:
    """A key of its own and another issuer tell a server's certificate from a CA (KR107 and KR108)."""
    return connected_as_ca("KR108", endpoint, ctx)
