"""What stands beside a message and tells where to look: the job, the user, the rule, the resource."""

import re

from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = ["Value", "values_in"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it stands in the text, and what it is for; untrusted."""

    name: str
    text: str
    meaning: str


_MEANINGS = {
    "RULE": "the AT-TLS rule that was used: its key ring and label count",
    "JOBNAME": "the job on this side of the connection",
    "USERID": "its user: this user must be able to read the key ring",
    "LOCAL": "this side",
    "REMOTE": "the partner",
    "USER": "who was refused",
    "CL": "the class of the resource",
    "ACCESS INTENT": "what was needed",
    "ACCESS ALLOWED": "what the user has",
    "SUBJECT": "the subject of the certificate, as RACF writes it in a filter",
    "ISSUER": "its issuer, as RACF writes it in a filter",
    "SUBJECTDN": "the certificate that was refused",
    "ISSUERDN": "its issuer",
    "TRUSTEDSOURCE": "the key ring in which the issuer was looked for",
}
_PAIR = lazy(
    r"\b(RULE|JOBNAME|USERID|LOCAL|REMOTE): ?([^\s]{1,250})"
    r"|\b(USER|CL|ACCESS INTENT|ACCESS ALLOWED|SUBJECT|ISSUER) ?\(([^)\r\n]{1,250}?) ?\)"
    r"|\b(SubjectDN|IssuerDN)= ?<([^>\r\n]{1,250})>"
    r"|\b(TrustedSource)= ?([^\s]{1,250})",
    re.IGNORECASE,
)


def values_in(text: str) -> tuple[Value, ...]:
    """The values that are known by their names, in the order of the text; the first of each name."""
    found: dict[str, Value] = {}
    for one in _PAIR.finditer(text):
        name, value = (part for part in one.groups() if part is not None)
        name = name.upper()
        if name in _MEANINGS:
            found.setdefault(name, Value(name, value.strip(), _MEANINGS[name]))
    return tuple(found.values())
