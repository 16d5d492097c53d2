"""ID101: nothing leads a declared client's certificate to a user."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Unknown, Verdict
from zcertlint.model.certificate import Owner
from zcertlint.model.deployment import Endpoint
from zcertlint.model.facts import AnswerKind
from zcertlint.trust.identity import IdentityKind, identify, whole_system, x509_logon
from zcertlint.trust.needs import Need

__all__ = ["client_certificate_unmapped"]


@rule("ID101", on=Endpoint)
def client_certificate_unmapped(client: Endpoint, ctx: Context) -> Verdict:
    """Certain only where every filter and every certificate is shown: of the system, or of the user who is meant."""
    setting = x509_logon(ctx.deployment.zowe)
    certificate = ctx.deployment.certificate(client.certificate)
    if client.product != "client" or setting is None or certificate is None or certificate.subject is None:
        return Holds()
    database = ctx.deployment.database
    who = identify(certificate, database.filters)
    if who.kind in {IdentityKind.CERTIFICATE, IdentityKind.FILTER, IdentityKind.CRITERIA}:
        return Holds({"user": who.user})
    if who.kind is IdentityKind.REFUSED and who.filter is not None:
        return Holds()  # ID106 speaks
    user = _meant(client, ctx)
    if who.kind is IdentityKind.NONE and not whole_system(database) and not _all_of(user, ctx):
        return _unknown(client, user, ctx)
    return Fails(
        {
            "client": client.id,
            "subject": str(certificate.subject),
            "issuer": str(certificate.issuer),
            "whom": f"user {user}" if user else "a user",
            "why": "the certificate is in RACF with status NOTRUST"
            if who.kind is IdentityKind.REFUSED
            else "it is in RACF, and not under a user"
            if who.kind is IdentityKind.OTHER
            else "it is not in RACF under a user, and no name filter fits",
        },
        primary=certificate.span("subject"),
        related=((setting.span, "logon with certificates is on"),),
        subjects=(client.id, certificate.id),
    )


def _meant(client: Endpoint, ctx: Context) -> str | None:
    """The user that the site says the client logs on as."""
    config = ctx.deployment.config
    for index in config.children("partners") if config is not None else ():
        name = config.at("partners", index, "name") if config is not None else None
        user = config.at("partners", index, "user") if config is not None else None
        if name is not None and user is not None and user.value and client.id == f"client:{name.value}":
            return str(user.value).upper()
    return None


def _listed(user: str, ctx: Context) -> tuple[bool, bool]:
    """Whether every filter of the user, and every certificate, is shown."""
    kinds = {AnswerKind.ALL_MAPPINGS, AnswerKind.NO_MAPPINGS}
    own = Owner.of_user(user)
    database = ctx.deployment.database
    filters = any(one.kind in kinds and one.owner == own for one in database.answers)
    return filters, str(own) in database.complete_owners


def _all_of(user: str | None, ctx: Context) -> bool:
    return user is not None and all(_listed(user, ctx))


def _unknown(client: Endpoint, user: str | None, ctx: Context) -> Unknown:
    if user is None:
        text = (
            f"Which user does {client.id} log on as? Nothing that is shown leads there; say under partners in "
            "zcertlint.yaml which user is meant, or give an unload (IRRDBU00)."
        )
        return Unknown({"subject": client.id}, (Need(client.id, text, "RACDCERT ID(<user>) LISTMAP"),))
    text = f"Does a filter or a certificate of {user} lead {client.id} there?"
    commands = (f"RACDCERT ID({user}) LISTMAP", f"RACDCERT ID({user}) LIST")
    missing = (command for command, shown in zip(commands, _listed(user, ctx), strict=True) if not shown)
    return Unknown({"subject": client.id}, tuple(Need(client.id, text, command) for command in missing))
