"""SA111: Zowe logs users on to z/OSMF with PassTickets, and no key is there to make them with."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, FixHint, Holds, Unknown, Verdict
from zcertlint.model.certificate import Absent
from zcertlint.model.deployment import Deployment
from zcertlint.model.security import Profile
from zcertlint.rules.access._profiles import all_names, decided, rlist
from zcertlint.rules.access._tickets import CLASS, given, names_of
from zcertlint.text.source import Span
from zcertlint.trust.access import active
from zcertlint.trust.needs import Need
from zcertlint.trust.wanted import Tickets, tickets

__all__ = ["passticket_profile_missing"]


@rule("SA111", on=Deployment)
def passticket_profile_missing(deployment: Deployment, _ctx: Context) -> Verdict:
    """A profile may also be named APPL.group, APPL.user or APPL.group.user: then nothing is concluded."""
    use, database = tickets(deployment), deployment.database
    if use is None:
        return Holds()
    if active(database, CLASS) is False:
        shown = next(one.span for one in database.security.classes if one.active is not None)
        return _fails(use, shown, "class", certain=False)
    name = use.application
    if not given(database, name) or any(one.startswith(f"{name}.") for one in names_of(database)):
        return Holds()
    found, certain = decided(database, CLASS, name), all_names(database, CLASS) is not None
    if found is None:
        return _unknown(
            name, f"Is there a profile {name} in the class {CLASS}, with a key? No input shows it."
        )
    if not isinstance(found, Profile):
        return _fails(use, found, None, certain=certain)
    if found.signon is Absent.ABSENT:
        return _fails(use, found.span, "key", certain=certain)
    if found.signon is None or (found.signon.form is None and found.signon.label is None):
        return _unknown(
            name, f"Has the profile {found.name} of class {CLASS} a key? What is shown does not tell."
        )
    return Holds({"application": name})


def _unknown(name: str, text: str) -> Unknown:
    command = rlist(CLASS, name, "SSIGNON", "NORACF")
    return Unknown({"application": name}, (Need(f"profile:{CLASS}/{name}", text, command),))


def _fails(use: Tickets, place: Span, variant: str | None, *, certain: bool) -> Fails:
    reason = ".".join(use.reason.path)
    return Fails(
        {"application": use.application, "reason": reason},
        primary=place,
        related=(
            (use.reason.span, "makes Zowe log users on to z/OSMF with PassTickets"),
            *(((use.given.span, "the application"),) if use.given is not None else ()),
        ),
        subjects=(f"profile:{CLASS}/{use.application}",),
        confidence=None if certain and use.given is not None else Confidence.LIKELY,
        variant=variant,
        fix=FixHint(
            "authority", {"code": "SA111", "application": use.application, "variant": variant or "missing"}
        ),
    )
