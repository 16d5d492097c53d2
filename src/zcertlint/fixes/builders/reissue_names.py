"""E5: the name that clients use and the names in the certificate are brought together."""

from dataclasses import replace

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.advice import more_names, name_of, restarts, zowe_restart
from zcertlint.fixes.builders._reissue import reissue
from zcertlint.fixes.commands.base import rings_of
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.patch import edit_for
from zcertlint.fixes.plan import Plan, RefusedError, plan_key
from zcertlint.fixes.quote import host as checked_host
from zcertlint.fixes.quote import shown
from zcertlint.fixes.signing import known_certificate, signing
from zcertlint.model.certificate import AltNames, Certificate
from zcertlint.model.deployment import Deployment

__all__ = ["PRIORITY", "build"]

PRIORITY = 30  # before renew: it also gives a new end
_UNCONFIRMED = "how RACDCERT of z/OS 3.2 writes lists of names is not confirmed here"
_ALL = frozenset(("dns", "ip", "email", "uri"))


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """The smallest change: the setting, if the certificate has a usable name; else the same key with more names."""
    certificate = known_certificate(deployment, hint.values.get("certificate"))
    host, path = hint.values.get("host", ""), hint.values.get("path", "")
    alternative = hint.values.get("alternative")
    if alternative and path:
        return _setting(certificate, path, alternative, findings, deployment, options)
    lists = options.since(3, 2)
    names = _names(certificate, host, lists=lists)
    try:
        sign = signing(
            certificate,
            deployment,
            options.as_of,
            years=options.years,
            ca_years=options.ca_years,
            later=False,
        )
    except RefusedError as refused:
        raise RefusedError(str(refused), refused.advice or more_names(lists=lists)) from None
    return reissue(
        "reissue-names",
        sign,
        deployment,
        options,
        findings=findings,
        title=f"issue {name_of(certificate)} again with the same key and the names {names}, until {sign.not_after}",
        why=f"clients call it {host}, and none of its names says so; the same key keeps label and key rings",
        safety=Safety.REVIEW,
        restart=restarts(
            deployment,
            (certificate.id,),
            (),
            (ring.id for ring, _ in rings_of(deployment.database, certificate.id)),
        ),
        alt_names=names,
    )


def _setting(
    certificate: Certificate,
    path: str,
    alternative: str,
    findings: tuple[str, ...],
    deployment: Deployment,
    options: FixOptions,
) -> Plan:
    checked_host(alternative)
    setting = None if options.settings is None else options.settings.get(path)
    if setting is None:
        raise RefusedError(f"no input shows the setting {shown(path)}")
    edit = edit_for(setting, alternative, options.sources)
    return Plan(
        key=plan_key("setting", path, alternative),
        builder="reissue-names",
        findings=findings,
        title=f"set {path} to {alternative}, a name that {name_of(certificate)} has",
        why="the certificate is good; only the name by which it is reached is not in it",
        # Reversible, but whether the name reaches the same system cannot be told offline.
        safety=Safety.REVIEW,
        reasons=(f"that {alternative} reaches the same system as {setting.raw} is for the network to show",),
        restart=zowe_restart(deployment),
        patches=(edit,),
        advice=(
            f"From the host that runs Zowe, check that {alternative} resolves to {setting.raw}: ping {alternative}",
        ),
    )


def _names(certificate: Certificate, host: str, *, lists: bool | None) -> AltNames:
    """Every old name and the new one. ALTNAME replaces all names, so each must be known."""
    try:
        kind, value = checked_host(host)
    except UnsafeValueError as unsafe:
        raise RefusedError(str(unsafe)) from None
    old = certificate.alt_names
    if old is None or not old.all_known:
        raise RefusedError(
            f"not every name of {name_of(certificate)} is known, and ALTNAME would drop the others: give its"
            " certificate file (EXPORT FORMAT(CERTB64)), or a LIST of z/OS 3.2",
            more_names(lists=lists),
        )
    if kind == "ip":
        names = replace(old, ips=tuple(dict.fromkeys((*old.ips, value))), complete=_ALL)
    else:
        names = replace(old, dns=tuple(dict.fromkeys((*old.dns, value))), complete=_ALL)
    if any(len(group) > 1 for group in (names.dns, names.ips, names.emails, names.uris)):
        raise RefusedError(
            f"{name_of(certificate)} would need several names of one type ({names});"
            f" {'RACDCERT writes one of each before z/OS 3.2' if not lists else _UNCONFIRMED}",
            more_names(lists=lists),
        )
    return names
