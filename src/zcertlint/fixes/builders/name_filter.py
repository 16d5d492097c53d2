"""E9: certificate name filters. Only where their class is in use: a plan never activates or RACLISTs one."""

from collections.abc import Callable, Iterable

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.builders._finding import subjects
from zcertlint.fixes.builders._undo import way_back
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.maps import AltMap, DelMap, Map
from zcertlint.fixes.commands.reads import ListMap
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Plan, RefusedError, Step, plan_key
from zcertlint.fixes.quote import quote_label, shown
from zcertlint.model.certificate import TrustStatus
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.facts import NameFilter
from zcertlint.records import dataclass
from zcertlint.trust.identity import rdns_of

__all__ = ["PRIORITY", "build"]

PRIORITY = 60
_CLASS = "DIGTNMAP"
_MEANT = {"ST": "SP", "S": "SP", "EMAILADDRESS": "MAIL"}
_LABEL_MAX = 32


@dataclass(frozen=True, slots=True)
class _Repair:
    """The commands, what they do, why, and why somebody should look twice."""

    commands: tuple[Command, ...]
    title: str
    why: str
    reasons: tuple[str, ...] = ()


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """The repair of the finding's rule."""
    repair_of = _REPAIRS.get(hint.values.get("code", ""))
    if repair_of is None:
        raise RefusedError("there is no repair of a name filter for it")
    database = deployment.database
    _in_use(database)
    user, repair = repair_of(hint, deployment)
    undo, lost = way_back(repair.commands, database, options.as_of)
    reasons = tuple(dict.fromkeys((*repair.reasons, *_doubts(repair.commands, database))))
    return Plan(
        key=plan_key("name-filter", *subjects(hint), repair.title),
        builder="name-filter",
        findings=findings,
        title=repair.title,
        why=repair.why,
        safety=Safety.REVIEW if reasons or lost else Safety.READY,
        steps=(Step(f"the name filters of {user}", repair.commands),),
        proof=(ListMap(user),),
        backout=(Step(f"the name filters of {user} as before", undo),) if undo else (),
        lost=lost,
        reasons=reasons,
        proves=f"LISTMAP of {user} must show the filter with status TRUST." if reasons else None,
    )


def _in_use(database: Database) -> None:
    """Whether the class is shown to be active and RACLISTed.

    Raises:
        RefusedError: it is not, or nothing shows it.
    """
    options = database.security.classes
    known = [one for one in options if one.active is not None and one.raclist is not None]
    if not known:
        raise RefusedError(f"no input shows that {_CLASS} is active and RACLISTed (SETROPTS LIST)")
    for one in known:
        lists = (one.raclist or frozenset()) | (one.global_raclist or frozenset())
        if _CLASS not in (one.active or frozenset()) or _CLASS not in lists:
            raise RefusedError(
                f"{_CLASS} is not active and RACLISTed: that wakes every dormant filter, so it is for you to decide"
            )


def _doubts(commands: Iterable[Command], database: Database) -> list[str]:
    """What is only believed; that an issuer is a whole name is known where a certificate shows it."""
    issuers = {c.issuer.text for c in database.certificates.values() if c.issuer is not None}
    found: list[str] = []
    for command in commands:
        if not (isinstance(command, Map) and command.issuer in issuers):
            found += command.doubts(database)
    return found


def _filter(hint: FixHint, database: Database) -> NameFilter:
    """The filter that the finding is about (``filter:ID(U)/LABEL``)."""
    ident = next((one for one in subjects(hint) if one.startswith("filter:")), "")
    owner, _, label = ident.removeprefix("filter:").partition("/")
    for entry in database.filters:
        whose = f"ID({entry.user})" if entry.user is not None else "MULTIID"
        if whose == owner and entry.label == label:
            if entry.user is None:
                raise RefusedError(
                    "a MULTIID filter goes with criteria profiles: change both together, by hand"
                )
            if entry.names is not None:
                raise RefusedError(
                    f"an unload does not tell the subject's filter from the issuer's: RACDCERT {owner} LISTMAP"
                )
            return entry
    raise RefusedError("no input shows the name filter that the finding is about")


def _as_racf(text: str) -> str:
    """A name as RACF shows it: its keywords, periods, the most specific part first."""
    parts = [
        (_MEANT.get(part.key.upper(), part.key.upper()), part.value) for part in rdns_of(text.lstrip("/"))
    ]
    if not parts:
        raise RefusedError(f"what {shown(text)} is meant to be cannot be told")
    if len(parts) > 1 and parts[0][0] == "C":
        parts.reverse()
    return ".".join(f"{key}={value}" for key, value in parts)


def _again(entry: NameFilter, subject: str | None, issuer: str | None, why: str) -> tuple[str, _Repair]:
    """The filter deleted and defined again under its label."""
    user = entry.user or ""
    new = Map(user, entry.label, subject, issuer, trust=TrustStatus.TRUST)
    title = f"define the name filter {user} '{shown(entry.label)}' again:"
    title += f" subject {shown(subject)}" if subject else ""
    title += f" issuer {shown(issuer)}" if issuer else ""
    reasons = () if entry.status is TrustStatus.TRUST else ("the filter gets status TRUST",)
    return user, _Repair((DelMap(user, entry.label), new), title, why, reasons)


def _spelt(hint: FixHint, deployment: Deployment) -> tuple[str, _Repair]:
    """ID102, ID104: the names as RACF shows them."""
    entry = _filter(hint, deployment.database)
    subject, issuer = (
        None if one is None or one.empty else one.text for one in (entry.subject, entry.issuer)
    )
    near = hint.values.get("meant") if hint.values.get("client") else None
    new_subject = near or (_as_racf(subject) if subject else None)
    new_issuer = _as_racf(issuer) if issuer else None
    if (new_subject, new_issuer) == (subject, issuer):
        raise RefusedError("what the filter is meant to be cannot be told")
    return _again(
        entry, new_subject, new_issuer, "RACF compares names letter by letter, in the form that it shows"
    )


def _whole_issuer(hint: FixHint, deployment: Deployment) -> tuple[str, _Repair]:
    """ID105: the whole name of the issuer, where one certificate alone tells it."""
    entry = _filter(hint, deployment.database)
    subject = entry.subject.text if entry.subject is not None else ""
    given = entry.issuer.text if entry.issuer is not None else ""
    issuers = {
        certificate.issuer.text
        for certificate in deployment.database.certificates.values()
        if certificate.subject is not None
        and certificate.issuer is not None
        and f".{certificate.subject.text}".endswith(f".{subject}")
        and certificate.issuer.text.endswith(f".{given}")
    }
    if not subject or len(issuers) != 1:
        raise RefusedError("which issuer is meant no certificate tells")
    why = "beside a subject RACF takes only the whole name of an issuer"
    return _again(entry, subject, issuers.pop(), why)


def _trusted(hint: FixHint, deployment: Deployment) -> tuple[str, _Repair]:
    """ID106: the filter counts again."""
    entry = _filter(hint, deployment.database)
    command = AltMap(entry.user, entry.label, trust=TrustStatus.TRUST)
    title = f"give the name filter {entry.user} '{shown(entry.label)}' status TRUST"
    reason = "somebody may have set NOTRUST to keep these certificates out"
    return entry.user or "", _Repair(
        (command,), title, "a filter with NOTRUST leads nobody to a user", (reason,)
    )


def _new(hint: FixHint, deployment: Deployment) -> tuple[str, _Repair]:
    """ID101: a filter for exactly this certificate's names, to the user that the site says."""
    user = hint.values.get("whom", "").removeprefix("user ")
    client = next((one for one in subjects(hint) if one.startswith("client:")), "")
    found = (deployment.certificate(one) for one in subjects(hint))
    certificate = next((one for one in found if one is not None), None)
    if not user or user == hint.values.get("whom") or certificate is None:
        raise RefusedError("which user is meant is not said: name it under partners in zcertlint.yaml")
    if certificate.owner is not None or certificate.subject is None or certificate.issuer is None:
        raise RefusedError("the certificate is in RACF already, and not under this user")
    label = client.removeprefix("client:")[:_LABEL_MAX].strip() or "client"
    quote_label(label)
    new = Map(user, label, certificate.subject.text, certificate.issuer.text, trust=TrustStatus.TRUST)
    reasons = (
        f"whoever has the key of this certificate is {user} from then on",
        "compare the names with RACDCERT CHECKCERT of the certificate: the filter must hold what it shows",
    )
    why = "nothing leads the certificate to a user, and the site names one"
    return user, _Repair(
        (new,), f"lead the certificate of {client} to {user} by a name filter '{label}'", why, reasons
    )


_REPAIRS: dict[str, Callable[[FixHint, Deployment], tuple[str, _Repair]]] = {
    "ID101": _new,
    "ID102": _spelt,
    "ID104": _spelt,
    "ID105": _whole_issuer,
    "ID106": _trusted,
}
