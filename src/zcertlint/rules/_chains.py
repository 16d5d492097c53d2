"""The walks of a link: over the server's certificate, and over the client's where the server asks for one."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context
from zcertlint.model.certificate import Certificate
from zcertlint.trust.chain import ChainResult
from zcertlint.trust.handshake import chain_rule
from zcertlint.trust.judgement import LinkJudgement

__all__ = ["chains_of"]


def chains_of(judged: LinkJudgement, code: str, ctx: Context) -> Iterator[tuple[ChainResult, Certificate]]:
    """The walks that end with this rule, each with the certificate that it begins with."""
    if judged.failing(code) is None:
        return
    presented = ctx.deployment.certificate(ctx.client(judged.link).as_client)
    for chain, certificate in ((judged.chain, judged.certificate), (judged.client_chain, presented)):
        if chain is not None and certificate is not None and chain_rule(chain) == code:
            yield chain, certificate
