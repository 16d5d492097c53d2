"""IT106: two components that exchange commands name different key labels."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import ItmPair
from zcertlint.trust.needs import Need

__all__ = ["key_label_differs"]


@rule("IT106", on=ItmPair)
def key_label_differs(pair: ItmPair, _ctx: Context) -> Verdict:
    """Labels are compared exactly; a component whose label is not given leaves it open."""
    agent, server = pair.agent, pair.server
    missing = [component for component in (server, agent) if component.label is None]
    if missing:
        needs = tuple(
            Need(
                c.id, f"No input shows the key label of {c.id}: give it as key_label in zcertlint.yaml.", None
            )
            for c in missing
        )
        return Unknown({"subject": missing[0].id}, needs)
    if agent.label == server.label:
        return Holds({"agent": agent.name, "server": server.name})
    return Fails(
        {
            "agent": agent.name,
            "server": server.name,
            "agent_label": agent.label,
            "server_label": server.label,
        },
        primary=agent.label_span or agent.span,
        related=((server.label_span or server.span, f"{server.name} uses this one"),),
        subjects=(agent.id, server.id),
    )
