"""ZW108: a key ring has another password than the word ``password``."""

from collections.abc import Iterator

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Holds, Verdict
from zcertlint.model.deployment import Deployment, Stack
from zcertlint.rules.zowe._sections import STORES, Section, Slip, fails, family, sections, whole

__all__ = ["ring_password"]


@rule("ZW108", on=Deployment)
def ring_password(deployment: Deployment, ctx: Context) -> Verdict:
    """None at all counts in a whole configuration that runs Java services; ZSS needs none."""
    settings = deployment.zowe
    if settings is None or deployment.zowe_major == 1:
        return Holds()
    java = any(e.product == "zowe" and e.stack is Stack.JSSE for e in deployment.endpoints.values())
    slips = (
        slip
        for section in sections(settings)
        for slip in _slips(section, deployment.zowe_major, missing=java and whole(settings))
    )
    return fails("ZW108", slips, ctx) or Holds()


def _slips(section: Section, major: int | None, *, missing: bool) -> Iterator[Slip]:
    for which in STORES:
        store = section.own(which)
        if store is None or family(section, which) != "key ring":
            continue
        name = f"{section.name}.{which}.password"
        entry = section.own(which, "password")
        counts = entry if entry is not None else section.entry(which, "password")
        if counts is None or (counts.value is None and not counts.template):
            if missing:
                place = entry if entry is not None else store
                yield Slip(name, place.key_span, "none here", {"given": "none is given"}, likely=True)
        elif entry is not None and entry.value == "***":
            yield Slip(name, entry.span, "another one here", {"given": "another one stands here"})
        elif entry is not None and entry.value == "":
            given = {"given": "an empty one stands here"}
            # The schema takes it; v2 is known not to start with it.
            yield Slip(name, entry.span, "an empty one here", given, likely=major != 2)  # noqa: PLR2004
