"""E3, E6 with a CA outside of RACF: the new key and its request now; everything else when the CA has answered."""

from dataclasses import replace
from datetime import timedelta

from zcertlint.fixes.commands.add import Add
from zcertlint.fixes.commands.issue import GencertFromRequest
from zcertlint.fixes.commands.reads import ListCert
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import Guard, GuardKind, Plan, Stage, Step, When
from zcertlint.fixes.quote import dsn
from zcertlint.model.certificate import Certificate, Key, KeyKind, Moment, Owner, TrustStatus
from zcertlint.model.datasets import DataSet, DataSetKind

__all__ = ["when_answered"]

_TERM = timedelta(days=365)


def when_answered(
    plan: Plan, old: Certificate, place: tuple[Owner, str], request: str, bits: int, options: FixOptions
) -> Plan:
    """The plan in three jobs: request, answer, soak. The settings follow with the answer."""
    owner, label = place
    answer = dsn(request.removesuffix(".CSR") + ".SIGNED")
    first, *rest = plan.steps
    add = Step(
        "add the answer of the CA", (Add(owner, answer, trust=TrustStatus.TRUST), ListCert(owner, label))
    )
    signed = DataSet(answer, DataSetKind.CERTIFICATE, _answer(old, bits, options), f"{owner}/{label}")
    guards = (
        Guard(GuardKind.DATA_SET, answer),
        Guard(GuardKind.LABEL, f"{owner} '{label}'", ListCert(owner, label)),
        *(guard for guard in plan.guards if guard.kind is GuardKind.NO_DATA_SET and guard.subject != request),
    )
    asked = tuple(command for command in first.commands if not isinstance(command, GencertFromRequest))
    return replace(
        plan,
        title=f"a new RSA {bits} certificate {owner} '{label}' beside '{old.label}', signed by its CA outside of RACF",
        steps=(Step("make the new key and a request from it", asked),),
        later=(Stage(When.ANSWER, (add, *rest), guards, (signed,)), *plan.later),
        patch_after=When.ANSWER,
        reasons=(
            *plan.reasons,
            "what the CA will answer is not known: the rehearsal takes the same names and issuer, and a year",
        ),
        advice=(
            f"Send {request} to the CA. While you wait: no DELETE, no second REKEY; {owner} '{label}' holds the key.",
            f"Upload the answer into the VB data set {answer} (LRECL 84, as text when it is base64).",
            "Does the CA sign with a new intermediate? ADD that CERTAUTH TRUST first, and CONNECT it.",
            *plan.advice,
        ),
    )


def _answer(old: Certificate, bits: int, options: FixOptions) -> Certificate:
    """What the rehearsal takes as the answer of the CA: the old one with the new key."""
    return replace(
        old,
        id=f"answer:{old.id}",
        owner=None,
        label=None,
        serial=None,
        key=Key(KeyKind.RSA, bits),
        not_before=Moment(options.as_of),
        not_after=Moment(options.as_of + _TERM),
        signature=None if old.signature is None else "sha256RSA",
        subject_key_id=None,
        fingerprint=None,
        hardware_key=None,
        der=None,
        trust=None,
        rings=None,
        files=(),
    )
