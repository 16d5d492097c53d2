"""E3, E6 with a CA outside of RACF: the new key and its request now; everything else when the CA has answered."""

from dataclasses import replace
from datetime import timedelta

from zcertlint.fixes.builders._reissue import free_label_guard, one_key
from zcertlint.fixes.commands.add import Add
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
    first, _sign, *rest = plan.steps
    add = Step(
        "add the answer of the CA", (Add(owner, answer, trust=TrustStatus.TRUST), ListCert(owner, label))
    )
    signed = DataSet(answer, DataSetKind.CERTIFICATE, _answer(old, bits, options), f"{owner}/{label}")
    guards = (
        Guard(GuardKind.DATA_SET, answer, there="the answer of the CA"),
        Guard(GuardKind.LABEL, f"{owner} '{label}'", ListCert(owner, label), there="the new key"),
        *plan.guards,
    )
    made = Guard(GuardKind.NO_DATA_SET, request, there="the request was made, and is not made again")
    again = "Where ADD has failed, upload the answer again; submit it again: what was done is done once more."
    return replace(
        plan,
        title=f"a new RSA {bits} certificate {owner} '{label}' beside '{old.label}', signed by its CA outside of RACF",
        guards=(made, free_label_guard(place)),
        again=f"{one_key((owner, label), request)} {request} shows that all is done.",
        steps=(Step("make the new key and a request from it", first.commands),),
        later=(Stage(When.ANSWER, (add, *rest), guards, (signed,), again), *plan.later),
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
