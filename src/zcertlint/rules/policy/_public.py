"""Publicly trusted CAs, by the organization in the issuer's name."""

from zcertlint.model.certificate import Certificate
from zcertlint.text.patterns import lazy

__all__ = ["publicly_trusted"]

# The organizations whose roots browsers and Java ship and that sell TLS certificates; none of them is a name that
# a company would give to its own CA.
_ORGANIZATIONS = (
    "actalis s.p.a.", "amazon", "apple inc.", "asseco data systems s.a.", "buypass as-983163327", "certum",
    "cloudflare", "comodo ca limited", "d-trust gmbh", "deutsche telekom security gmbh", "digicert",
    "digicert inc", "digicert, inc.", "entrust, inc.", "geotrust inc.", "globalsign nv-sa", "godaddy.com, inc.",
    "google trust services", "google trust services llc", "harica",
    "hellenic academic and research institutions ca", "identrust", "identrust, inc.", "let's encrypt",
    "microsoft corporation", "network solutions l.l.c.", "quovadis limited", "quovadis trustlink b.v.",
    "sectigo limited", "ssl corp", "ssl corporation", "starfield technologies, inc.", "swisssign ag",
    "symantec corporation", "t-systems enterprise services gmbh", "telia finland oyj", "thawte, inc.",
    "the usertrust network", "trustwave holdings, inc.", "unizeto technologies s.a.", "verisign, inc.",
    "zerossl",
)  # fmt: skip
_NAMES = frozenset(name.replace(" ", "").replace(",", "").replace(".", "") for name in _ORGANIZATIONS)
_OID = "2.5.4.10"
_O = lazy(r"(?:^|\.)O=(.*?)(?:\.(?:CN|OU|L|SP|ST|S|C|DC|T|STREET)=|$)")


def publicly_trusted(certificate: Certificate) -> str | None:
    """The organization of a publicly trusted issuer; None for any other. A private CA is never one of them."""
    issuer = certificate.issuer
    if issuer is None or certificate.self_issued:
        return None
    if issuer.rdns is not None:
        values = [value for rdn in issuer.rdns for oid, value in rdn if oid == _OID]
    else:
        found = _O.search(issuer.text)
        values = [found[1]] if found else []
    for value in values:
        plain = "".join(char for char in value.casefold() if char not in " ,.")
        if plain in _NAMES:
            return value
    return None
