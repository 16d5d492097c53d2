"""ZW139: set-up is to find z/OSMF's CA by itself, and cannot."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.deployment import Deployment, Verify
from zcertlint.model.settings import Settings
from zcertlint.model.store import Store, StoreKind, Usage
from zcertlint.rules.zowe._sections import text_of
from zcertlint.text.source import Span
from zcertlint.trust.needs import Need, list_rings
from zcertlint.trust.zowe_settings import RING_TYPES, ring_uri

__all__ = ["zosmf_ca_not_detectable"]

_RING = "zowe.setup.certificate.keyring"


@rule("ZW139", on=Deployment)
def zosmf_ca_not_detectable(deployment: Deployment, _ctx: Context) -> Verdict:
    """Asked only of a set-up that has still to be run: with Zowe's ring shown, its CAs are the links' matter."""
    settings = deployment.zowe
    if settings is None or not _asks(settings, deployment) or _done(settings, deployment):
        return Holds()
    place = settings.get(f"{_RING}.zOSMF.ca") or settings.get(f"{_RING}.zOSMF") or settings.get(_RING)
    if place is None:
        return Holds()
    user = (settings.text(f"{_RING}.zOSMF.user") or "IZUSVR").upper()
    product = settings.get("zowe.setup.security.product")
    if product is not None and str(product.value).upper() == "ACF2":
        return _fails("with ACF2 it never can", place.key_span, product.span, user)
    rings = [
        s for s in deployment.database.stores.values() if s.kind is StoreKind.KEY_RING and s.owner == user
    ]
    shown = [ring for ring in rings if ring.shown]
    reason = _reason(shown)
    if reason is not None:
        return _fails(reason, place.key_span, shown[0].span, user)
    if user in deployment.database.complete_ring_owners and shown:
        return Holds()
    text = (
        f"Does {user} have one key ring with one CA, whose label has no blank? zwe init looks for it there."
    )
    return Unknown({"user": user}, (Need(f"user:{user}", text, list_rings(user)),))


def _asks(settings: Settings, deployment: Deployment) -> bool:
    kind = (settings.text("zowe.setup.certificate.type") or "").upper()
    host, authority = settings.text("zOSMF.host"), settings.get(f"{_RING}.zOSMF.ca")
    given = authority is not None and (authority.template or text_of(authority))
    checked = deployment.verify is None or deployment.verify.value != Verify.DISABLED.value
    return kind in RING_TYPES and settings.has(f"{_RING}.name") and host is not None and not given and checked


def _done(settings: Settings, deployment: Deployment) -> bool:
    """Whether an input shows the ring that Zowe runs with."""
    uri = ring_uri(settings.text("zowe.certificate.keystore.file") or "")
    if uri is None or not uri.owner or not uri.ring:
        return False
    owner = uri.owner.upper()
    stores = deployment.database.stores.values()
    return any(store.shown and (store.owner, store.name) == (owner, uri.ring) for store in stores)


def _reason(rings: list[Store]) -> str | None:
    if len(rings) > 1:
        return f"{rings[0].owner} has several key rings"
    authorities = [row for ring in rings for row in ring.connections if row.usage is Usage.CERTAUTH]
    if len(authorities) > 1:
        return f"{rings[0].title} holds several CAs"
    if authorities and " " in (authorities[0].label or ""):
        return f"the label '{authorities[0].label}' has a blank"
    personal = [row for ring in rings for row in ring.connections if row.usage is Usage.PERSONAL]
    return f"{rings[0].title} holds several certificates" if len(personal) > 1 else None


def _fails(reason: str, place: Span, other: Span, user: str) -> Fails:
    return Fails(
        {"reason": reason, "user": user},
        primary=place,
        related=((other, reason),),
        subjects=(f"{_RING}.zOSMF.ca",),
        confidence=Confidence.LIKELY,
    )
