"""ZW136: two components that run share a port."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Settings
from zcertlint.records import dataclass
from zcertlint.rules.zowe._sections import whole
from zcertlint.text.source import Span

__all__ = ["port_clash"]


@dataclass(frozen=True, slots=True)
class _Port:
    """A component with its port; ``given`` when the file says the port."""

    component: str
    number: int
    span: Span
    given: bool


@rule("ZW136", on=Deployment)
def port_clash(deployment: Deployment, _ctx: Context) -> Verdict:
    """Within one HA member. Components that listen on addresses of their own may share a port."""
    settings = deployment.zowe
    if settings is None or settings.in_container:
        return Holds()
    complete = whole(settings) and deployment.zowe_major != 1  # v1 has other default ports
    seen: dict[tuple[str, int], _Port] = {}
    for member, port in _ports(deployment, settings):
        if not (port.given or complete):
            continue
        other = seen.setdefault((member, port.number), port)
        if other.component == port.component:
            continue
        first, second = (other, port) if port.given else (port, other)
        return Fails(
            {"one": first.component, "other": second.component, "port": port.number},
            primary=second.span,
            related=((first.span, f"{first.component} has it too"),),
            subjects=tuple(sorted((f"components.{first.component}", f"components.{second.component}"))),
            confidence=None if first.given else Confidence.LIKELY,
        )
    return Holds()


def _ports(deployment: Deployment, settings: Settings) -> Iterator[tuple[str, _Port]]:
    endpoints = [e for e in deployment.endpoints.values() if e.product == "zowe" and e.port is not None]
    known = {e.id.removeprefix("zowe.").partition("@")[0] for e in endpoints}
    for endpoint in endpoints:
        name, _, member = endpoint.id.removeprefix("zowe.").partition("@")
        if _own_address(settings, name):
            continue
        entry = settings.at("components", name, "port")
        # A member's own port stands elsewhere; where it differs, the file gives it.
        given = entry is not None or bool(member and settings.has("haInstances"))
        place = entry.span if entry is not None else endpoint.span or Span(settings.path)
        yield member, _Port(name, endpoint.port or 0, place, given)
    members = sorted({e.id.partition("@")[2] for e in endpoints})
    for name in settings.children("components"):
        if _overridden(settings, name):
            continue
        entry = settings.at("components", name, "port")
        number = settings.number(f"components.{name}.port")
        on = settings.flag(f"components.{name}.enabled")
        if name not in known and on and entry is not None and number and not _own_address(settings, name):
            yield from ((member, _Port(name, number, entry.span, given=True)) for member in members)


def _overridden(settings: Settings, name: str) -> bool:
    """Whether a member says something of its own about a component."""
    return any(
        settings.at("haInstances", member, "components", name) is not None
        for member in settings.children("haInstances")
    )


def _own_address(settings: Settings, name: str) -> bool:
    return settings.at("components", name, "zowe", "network", "server", "listenAddresses") is not None
