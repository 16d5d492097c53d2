"""CE119: two certificates bear one issuer's name and one serial number."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.certificate import Certificate
from zcertlint.trust.handshake import Judge

__all__ = ["duplicate_serial"]

_Number = tuple[int, str]
_NUMBERS: WeakKeyDictionary[Judge, Mapping[_Number, list[Certificate]]] = WeakKeyDictionary()


@rule("CE119", on=Certificate)
def duplicate_serial(certificate: Certificate, ctx: Context) -> Verdict:
    """Two roots of one name (serial number 00 each) are CE127; a file that differs from its listing is IN006."""
    number = _number(certificate)
    same = _numbers(ctx)[number] if number is not None else []
    twins = [other for other in same if other.id != certificate.id and _are_two(certificate, other)]
    if not twins:
        return Holds()
    facts = {"serial": f"{number[0]:02X}" if number is not None else "", "issuer": str(certificate.issuer)}
    both = sorted((certificate, *twins), key=lambda c: c.id)
    first, rest = both[0], both[1:]
    return Fails(
        {**facts, "certificate": first.id, "other": ", ".join(c.id for c in rest)},
        primary=first.span("serial"),
        related=tuple((c.span("serial"), f"{c.id} bears it too") for c in rest),
        subjects=tuple(c.id for c in both),
    )


def _number(certificate: Certificate) -> _Number | None:
    if certificate.serial is None or certificate.issuer is None:
        return None
    return certificate.serial, certificate.issuer.text.casefold()


def _numbers(ctx: Context) -> Mapping[_Number, list[Certificate]]:
    known = _NUMBERS.get(ctx.judge)
    if known is None:
        found: dict[_Number, list[Certificate]] = {}
        for one in ctx.judge.certificates.values():
            number = _number(one)
            if number is not None:
                found.setdefault(number, []).append(one)
        known = _NUMBERS[ctx.judge] = found
    return known


def _are_two(one: Certificate, other: Certificate) -> bool:
    """Whether they are shown to be two certificates, and not one that two inputs show."""
    if one.issuer is None or other.issuer is None or not one.issuer.same_as(other.issuer):
        return False
    if one.self_issued and other.self_issued:
        return False
    if one.fingerprint is not None and other.fingerprint is not None:
        # A file beside a listing with the fingerprint of another one, for the same subject, is IN006.
        listed = (one.owner is None) != (other.owner is None)
        return one.fingerprint != other.fingerprint and not (listed and _one_subject(one, other))
    if one.subject is None or other.subject is None:
        return False
    return not one.subject.same_as(other.subject)


def _one_subject(one: Certificate, other: Certificate) -> bool:
    return one.subject is not None and other.subject is not None and one.subject.same_as(other.subject)
