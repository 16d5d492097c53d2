"""ITM and OMEGAMON: the components that exchange commands, from the itm section of zcertlint.yaml."""

from zcertlint.model.deployment import Endpoint, ItmComponent, ItmPair, Role, Stack
from zcertlint.model.settings import Setting, Settings

__all__ = ["components", "endpoints", "pairs"]

_SERVERS = ("hub-tems", "hub", "tems", "rtems", "remote-tems", "server", "monitoring-server")


def _first(settings: Settings, base: tuple[str, ...], *names: str) -> Setting | None:
    for name in names:
        entry = settings.at(*base, name)
        if entry is not None and not entry.container and entry.value is not None:
            return entry
    return None


def _text(entry: Setting | None) -> str | None:
    """The value as text; what YAML reads as a number stays as it is written (a level of 6.30)."""
    if entry is None:
        return None
    return entry.value if isinstance(entry.value, str) else entry.raw


def components(settings: Settings | None) -> tuple[ItmComponent, ...]:
    """The components in the order of the file."""
    if settings is None:
        return ()
    found = []
    for index in settings.children("itm", "components"):
        base = ("itm", "components", index)
        entry = settings.at(*base)
        name = _first(settings, base, "name", "component")
        if entry is None or name is None:
            continue
        key = _first(settings, base, "kaes256_sha256", "sha256", "kaes256")
        label = _first(settings, base, "key_label", "label")
        role = _first(settings, base, "role")
        platform = _first(settings, base, "platform")
        level = _first(settings, base, "level", "version")
        word = (_text(key) or "").replace(":", "").strip().lower()
        found.append(
            ItmComponent(
                name=_text(name) or name.raw,
                role=(_text(role) or "").lower() or None,
                platform=(_text(platform) or "").lower() or None,
                key=word or None,
                key_trimmed=settings.at(*base, "kaes256_file") is not None,
                label=_text(label),
                level=_text(level),
                span=name.span,
                key_span=None if key is None else key.span,
                label_span=None if label is None else label.span,
            )
        )
    return tuple(found)


def _before_63(component: ItmComponent) -> bool:
    """Whether a component's framework is older than 6.3: it neither makes nor checks tokens."""
    if component.level is None:
        return False
    digits = component.level.lstrip("vV").split(".")
    try:
        numbers = [int(part) for part in digits[:2]]
    except ValueError:
        return False
    if len(numbers) == 1 and numbers[0] >= 100:  # noqa: PLR2004 (623 is written for 6.2.3)
        return numbers[0] < 630  # noqa: PLR2004
    if len(numbers) > 1 and numbers[1] >= 10:  # noqa: PLR2004 (as cinfo prints it: 06.23.05 is 6.2.3)
        numbers[1] //= 10
    return tuple(numbers) < (6, 3)


def pairs(known: tuple[ItmComponent, ...]) -> tuple[ItmPair, ...]:
    """Every component with the server that it is compared with: the hub, else a monitoring server.

    All components that exchange commands share one key, so one reference is enough. A component before 6.3
    makes no token and checks none: it takes part in no pair.
    """
    able = [component for component in known if not _before_63(component)]
    reference = None
    for role in _SERVERS:
        reference = next((c for c in able if c.role == role), None)
        if reference is not None:
            break
    if reference is None and all(c.role is None for c in able) and able:
        reference = able[0]
    if reference is None:
        return ()
    return tuple(ItmPair(reference, component) for component in able if component is not reference)


def endpoints(known: tuple[ItmComponent, ...]) -> tuple[Endpoint, ...]:
    """The components as endpoints of the report."""
    return tuple(Endpoint(c.id, "itm", Role.BOTH, Stack.UNKNOWN, span=c.span) for c in known)
