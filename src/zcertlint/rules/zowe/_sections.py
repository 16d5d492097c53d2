"""What the rules on certificate settings have in common: the sections that name stores, and slips in them."""

from collections.abc import Iterable, Iterator, Mapping

from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Confidence, Fails, Severity
from zcertlint.model.deployment import Located
from zcertlint.model.settings import Setting, Settings
from zcertlint.records import dataclass
from zcertlint.text.source import Span
from zcertlint.trust.zowe_settings import family_of_file, family_of_type

__all__ = [
    "STORES",
    "Section",
    "Slip",
    "broken",
    "enabled",
    "fails",
    "family",
    "sections",
    "store_passwords",
    "text_of",
    "whole",
]

STORES = ("keystore", "truststore")
_V1 = {"externalCertificate", "internalCertificate"}
_BASE = ("zowe", "certificate")
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Section:
    """A mapping with keystore, truststore and pem: zowe.certificate, or what a component overrides of it.

    Attributes:
        path: its keys. old: whether it is one of Zowe v1 (``zowe.externalCertificate`` …).
    """

    settings: Settings
    path: tuple[str, ...]
    old: bool

    @property
    def name(self) -> str:
        """The keys with periods."""
        return ".".join(self.path)

    @property
    def override(self) -> bool:
        """Whether a component overrides zowe.certificate."""
        return self.path[0] != "zowe"

    def own(self, *keys: str) -> Setting | None:
        """What stands in the section itself."""
        return self.settings.at(*self.path, *keys)

    def entry(self, *keys: str) -> Setting | None:
        """What counts: its own, else that of zowe.certificate."""
        found = self.own(*keys)
        return found if found is not None or self.old else self.settings.at(*_BASE, *keys)

    def authorities(self) -> Iterator[Located]:
        """The entries of pem.certificateAuthorities, a list or a text with commas."""
        for keys in (("pem", "certificateAuthorities"), ("pem", "certificateAuthority")):
            entry = self.own(*keys)
            if entry is None:
                continue
            if not entry.container:
                text = text_of(entry)
                yield from (
                    Located(part.strip(), entry.span) for part in (text or "").split(",") if part.strip()
                )
            for index in self.settings.children(*self.path, *keys):
                item = self.own(*keys, index)
                text = text_of(item)
                if item is not None and text:
                    yield Located(text, item.span)


@dataclass(frozen=True, slots=True)
class Slip:
    """One wrong setting: its key path, its place, a few words for when it is not the first, its facts."""

    subject: str
    span: Span
    words: str
    facts: Mapping[str, str | int | None]
    severity: Severity | None = None
    likely: bool = False
    related: tuple[tuple[Span, str], ...] = ()
    variant: str | None = None
    note: str | None = None


def text_of(entry: Setting | None) -> str | None:
    """The value as it is written; None when absent, empty, null, a mapping or a template."""
    if entry is None or entry.template or entry.container or entry.value in {None, ""}:
        return None
    return entry.value if isinstance(entry.value, str) else entry.raw


def enabled(settings: Settings, path: tuple[str, ...]) -> bool:
    """Whether the component that a path leads through is not switched off."""
    if "components" not in path:
        return True
    place = path.index("components") + 2
    entry = settings.at(*path[:place], "enabled")
    return entry is None or str(entry.value).lower() != "false"


def sections(settings: Settings, *, running: bool = True) -> list[Section]:
    """zowe.certificate first, then what overrides it.

    Args:
        settings: the zowe.yaml.
        running: leave out those of components that are switched off.
    """
    found = []
    for path, entry in settings.entries.items():
        last = path[-1]
        if not entry.container or (last != "certificate" and last not in _V1) or "setup" in path:
            continue
        if (path[0] == "zowe" and len(path) == 2) or "components" in path:  # noqa: PLR2004 (zowe.certificate)
            # gateway.server.internal.ssl.certificate gives an alias only, by design.
            if "internal" in path or (running and not enabled(settings, path)):
                continue
            found.append(Section(settings, path, last in _V1))
    if settings.at(*_BASE) is None and any(path[:2] == _BASE for path in settings.entries):
        found.append(Section(settings, _BASE, old=False))  # a part of a file, that starts below it
    return sorted(found, key=lambda section: section.override)


def family(section: Section, which: str) -> str | None:
    """``key ring`` or ``PKCS12``; None when it cannot be told, or type and file disagree."""
    file, kind = text_of(section.entry(which, "file")), text_of(section.entry(which, "type"))
    if kind is None and section.entry(which, "type") is None and file is not None:
        kind = "PKCS12"  # what Zowe's start scripts take
    by_type = family_of_type(kind) if kind is not None else None
    by_file = family_of_file(file) if file is not None else None
    if by_type is None or by_file is None:
        return by_type or by_file
    return by_type if by_type == by_file else None


def store_passwords(settings: Settings, *more: str) -> Iterator[Setting]:
    """The passwords of PKCS12 stores that are configured, and of these keys below zowe.setup.certificate."""
    names = [
        f"{section.name}.{which}.password"
        for section in sections(settings)
        for which in STORES
        if family(section, which) == "PKCS12"
    ]
    for name in (*names, *(f"zowe.setup.certificate.{key}" for key in more)):
        entry = settings.get(name)
        if entry is not None:
            yield entry


def whole(settings: Settings) -> bool:
    """Whether this is a configuration to run Zowe with, and no part of one: what is missing is then missing."""
    certificate = settings.has("zowe.certificate") or settings.has("zowe.externalCertificate")
    return (
        certificate
        and settings.has("components")
        and (settings.has("zOSMF") or settings.has("zowe.runtimeDirectory") or settings.has("java"))
    )


def broken(code: str, ctx: Context) -> tuple[str, ...]:
    """The links that a setting breaks."""
    return ctx.failing(code, (ctx.judged(link) for link in ctx.deployment.links.values()))


def fails(code: str, slips: Iterable[Slip], ctx: Context) -> Fails | None:
    """One finding for all wrong settings of a rule: the worst first, the others beside it; None for none."""
    found = sorted(slips, key=lambda slip: _RANK[slip.severity] if slip.severity else -1)
    if not found:
        return None
    first = found[0]
    return Fails(
        first.facts,
        primary=first.span,
        subjects=(first.subject,),
        related=(*first.related, *((slip.span, slip.words) for slip in found[1:])),
        severity=first.severity,
        confidence=Confidence.LIKELY if first.likely else None,
        links=broken(code, ctx),
        variant=first.variant,
        note=first.note,
    )
