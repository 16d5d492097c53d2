"""Recipes for what no job of ours does: told, not written."""

from collections.abc import Iterable

from zcertlint.fixes.quote import shown
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment

__all__ = ["EXTERNAL_CA", "MORE_NAMES", "NOT_TRUSTED", "name_of", "restarts"]

EXTERNAL_CA = (
    "Make a request from the existing certificate: RACDCERT GENREQ(LABEL(...)) ID(...) DSN(...). Send it to the CA.",
    "While you wait, never delete the certificate and never REKEY again: its entry holds the private key.",
    "When the CA answers: ADD its new intermediates CERTAUTH TRUST and CONNECT them to the key rings first.",
    "Then RACDCERT ADD('signed') ID(...) TRUST, without WITHLABEL: the key finds the entry; label and key rings stay.",
    "LIST must show Private Key YES, the label and the rings as before; refresh DIGTCERT and DIGTRING; restart.",
)

MORE_NAMES = (
    "1. With openssl, outside of z/OS: make a key and a request with all names.",
    "2. Upload the request as text into a VB data set.",
    (
        "3. RACDCERT GENCERT('csr') ID(user) SIGNWITH(...) NOTAFTER(...) WITHLABEL('tmp'), without ALTNAME: the names"
        " of the request are copied. LIST shows Private Key NO."
    ),
    (
        "4. RACDCERT EXPORT(LABEL('tmp')) ID(user) FORMAT(CERTB64) DSN(...), and download it. With a CA outside of RACF"
        " steps 2 to 4 are the CA's."
    ),
    "5. openssl pkcs12 -export -legacy, with the chain of the CA; upload it in binary into a VB data set.",
    "6. RACDCERT DELETE(LABEL('tmp')) ID(user): it has no key and no ring, and ADD would meet IRRD109I.",
    "7. Type RACDCERT ADD('p12') ID(user) PASSWORD(...) WITHLABEL('new') TRUST yourself: a password stands in no job.",
    (
        "8. LIST must show Private Key YES; CONNECT the new one beside the old one on every ring, change the labels,"
        " restart, and REMOVE the old one after the soak."
    ),
)

NOT_TRUSTED = (
    "RACF gave it NOTRUST for a reason: an issuer is missing, a signature or a date is wrong.",
    "RACDCERT LISTCHAIN(LABEL(...)) first; ALTER(LABEL(...)) TRUST only when the chain is complete.",
)

_ZOWE = "Zowe: stop all HA members, then start them; it reads key rings when it starts."
_ZOSMF = "z/OSMF: stop and start its server; it reads its key ring when it starts."
_ATTLS = (
    "AT-TLS: raise EnvironmentUserInstance in the TTLSEnvironmentAction, then F PAGENT,UPDATE: System SSL keeps a"
    " key ring until there is a new environment."
)


def restarts(deployment: Deployment, certificates: Iterable[str], stores: Iterable[str]) -> tuple[str, ...]:
    """What must be restarted after these certificates and stores have changed."""
    changed, rings = set(certificates), set(stores)
    found = [
        endpoint
        for endpoint in deployment.endpoints.values()
        if endpoint.certificate in changed or endpoint.keystore in rings or endpoint.truststore in rings
    ]
    texts: dict[str, None] = {}
    for endpoint in found:
        if endpoint.product == "zowe":
            texts[_ZOWE] = None
        elif endpoint.product == "zosmf":
            texts[_ZOSMF] = None
        elif not (endpoint.attls or endpoint.product == "attls"):
            texts[f"{shown(endpoint.id)}: restart it if it reads certificates only when it starts."] = None
    if any(endpoint.attls or endpoint.product in {"attls", "zowe"} for endpoint in found):
        texts[_ATTLS if any(e.attls or e.product == "attls" for e in found) else f"With {_ATTLS}"] = None
    return tuple(texts)


def name_of(certificate: Certificate) -> str:
    """A certificate as a sentence names it: ``CERTAUTH 'zOSMFCA'``."""
    if certificate.owner is None or certificate.label is None:
        return shown(certificate.id)
    return f"{certificate.owner} '{shown(certificate.label)}'"
