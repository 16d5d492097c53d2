"""KR107: the configured label is connected as a CA."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Verdict
from zcertlint.model.deployment import Endpoint
from zcertlint.rules.keyring._choice import connected_as_ca

__all__ = ["alias_names_a_ca"]


@rule("KR107", on=Endpoint)
def alias_names_a_ca(endpoint: Endpoint, ctx: Context) -> Verdict:
    """A key of its own and another issuer tell a server's certificate from a CA (KR107 and KR108)."""
    return connected_as_ca("KR107", endpoint, ctx)
