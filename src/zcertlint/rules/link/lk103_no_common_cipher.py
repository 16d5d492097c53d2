"""LK103: no cipher suite that both sides allow fits the TLS version and the key of the server's certificate."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.deployment import Link
from zcertlint.rules.link._sides import sides, words
from zcertlint.trust.protocols import common_versions, suite_setting

__all__ = ["no_common_cipher"]


@rule("LK103", on=Link)
def no_common_cipher(link: Link, ctx: Context) -> Verdict:
    """A side without a list of its own is taken to allow every suite."""
    judged = ctx.judged(link)
    certificate = judged.certificate
    if judged.failing("LK103") is None or certificate is None:
        return Holds()
    server, client = sides(link, ctx)
    lists = [suites for suites in (server.suites, client.suites) if suites is not None]
    found = [
        entry
        for end, role in ((link.server, "server"), (link.client, "client"))
        if (entry := suite_setting(ctx.deployment.zowe, end, role)) is not None
    ]
    shared = frozenset.intersection(*lists) if lists else frozenset()
    return Fails(
        {
            "client": link.client,
            "server": link.server,
            "suites": words(shared),
            "versions": words(common_versions((server, client))),
            "key": str(certificate.key),
            "certificate": certificate.id,
        },
        primary=found[0].span if found else link.span,
        related=(
            *((entry.span, "the other side's list") for entry in found[1:]),
            (certificate.span("key"), f"the key is {certificate.key}"),
        ),
        subjects=(certificate.id, *(".".join(entry.path) for entry in found)),
        links=(link.id,),
    )
