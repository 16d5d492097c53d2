"""E5: the name that clients use and the names in the certificate are brought together."""

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.advice import name_of, restarts, zowe_restart
from zcertlint.fixes.builders._names import all_names, called_by, unwritten
from zcertlint.fixes.builders._reissue import reissue
from zcertlint.fixes.commands.base import rings_of
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.patch import edit_for
from zcertlint.fixes.plan import Plan, RefusedError, plan_key
from zcertlint.fixes.quote import host as checked_host
from zcertlint.fixes.quote import shown
from zcertlint.fixes.signing import Signing, known_certificate, signing
from zcertlint.model.certificate import AltNames, Certificate
from zcertlint.model.deployment import Deployment

__all__ = ["PRIORITY", "build"]

PRIORITY = 30  # before renew: it also gives a new end


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """The smallest change: the setting, if the certificate has a usable name; else the same key with more names."""
    certificate = known_certificate(deployment, hint.values.get("certificate"))
    host, path = hint.values.get("host", ""), hint.values.get("path", "")
    alternative = hint.values.get("alternative")
    if alternative and path:
        return _setting(certificate, path, alternative, findings, deployment, options)
    hosts = tuple(dict.fromkeys((*called_by(certificate, deployment), host)))
    names = all_names(certificate, hosts)
    sign: Signing | RefusedError
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
        sign = refused
    reason = unwritten(certificate, names, lists=options.since(3, 2))
    if reason is None and isinstance(sign, Signing):
        return _reissued(sign, names, hosts, findings, deployment, options)
    able = sign if isinstance(sign, Signing) else None
    from zcertlint.fixes.builders._outside import key_from_outside  # noqa: PLC0415 (few need it)

    advice = key_from_outside(certificate, names, able, deployment, options)
    if reason is None:
        raise RefusedError(str(sign), (sign.advice if isinstance(sign, RefusedError) else ()) or advice)
    raise RefusedError(reason, advice)


def _reissued(
    sign: Signing,
    names: AltNames | None,
    hosts: tuple[str, ...],
    findings: tuple[str, ...],
    deployment: Deployment,
    options: FixOptions,
) -> Plan:
    certificate = sign.certificate
    return reissue(
        "reissue-names",
        sign,
        deployment,
        options,
        findings=findings,
        title=f"issue {name_of(certificate)} again with the same key and the names {names}, until {sign.not_after}",
        why=f"clients call it {' and '.join(hosts)}, and its names do not say so; the same key keeps label and key"
        " rings",
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
