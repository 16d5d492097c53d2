"""IT101: two components that exchange commands hold different keys."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import ItmPair
from zcertlint.trust.needs import Need

__all__ = ["key_differs"]


@rule("IT101", on=ItmPair)
def key_differs(pair: ItmPair, _ctx: Context) -> Verdict:
    """A missing key is IT102; across platforms a member padded to 80 bytes has another digest: likely only."""
    agent, server = pair.agent, pair.server
    missing = [component for component in (server, agent) if component.key is None]
    if missing:
        return Unknown({"subject": missing[0].id}, tuple(_need(c.id, c.platform) for c in missing))
    if "missing" in {agent.key, server.key} or agent.key == server.key or not agent.key or not server.key:
        return Holds({"agent": agent.name, "server": server.name})
    across = (agent.platform == "zos") != (server.platform == "zos")
    return Fails(
        {
            "agent": agent.name,
            "server": server.name,
            "agent_key": agent.key[:12],
            "server_key": server.key[:12],
        },
        primary=agent.key_span or agent.span,
        related=((server.key_span or server.span, f"{server.name} has this one"),),
        subjects=(agent.id, server.id),
        confidence=Confidence.LIKELY if across else None,
        note=(
            "One of them is a z/OS member, which may be padded to 80 bytes: compare the keys without trailing blanks "
            "and zeros before you copy anything."
            if across
            else None
        ),
    )


def _need(ident: str, platform: str | None) -> Need:
    command = "sha256sum kaes256.ser"
    if platform == "zos":
        command = "cat \"//'<hlq>.<rte>.RKANPARU(KAES256)'\" | sha256sum"
    return Need(ident, f"No input shows the key of {ident}: give its SHA-256 as kaes256_sha256.", command)
