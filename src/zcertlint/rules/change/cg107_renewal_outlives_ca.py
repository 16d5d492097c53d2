"""CG107: the new certificate is to end after the one that signs it."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Unknown, Verdict
from zcertlint.model.change import Ending, Played
from zcertlint.rules.change._played import confidence, named, outlives
from zcertlint.trust.needs import Need, list_certificate

__all__ = ["renewal_outlives_ca"]


@rule("CG107", on=Played)
def renewal_outlives_ca(played: Played, _ctx: Context) -> Verdict:
    """Without NOTAFTER RACF gives one year, as far as is known."""
    signer, made = played.signer, played.made
    if played.ending is Ending.FAILS or signer is None or played.ends is None:
        return Holds()
    answer = outlives(played)
    if answer is False:
        return Holds()
    if answer is None:
        text = f"When does {signer.id} end? What it signs must end before."
        ask = None if signer.owner is None else list_certificate(signer.owner, signer.label or "")
        return Unknown({"subject": signer.id}, (Need(signer.id, text, ask),))
    given = "NOTAFTER" in played.text.upper()
    return Fails(
        {
            "label": named(made) if made is not None else "the new certificate",
            "end": f"{played.ends.at:%Y-%m-%d}",
            "signer": named(signer),
            "last": f"{signer.not_after.at:%Y-%m-%d}" if signer.not_after is not None else None,
        },
        primary=played.span,
        related=((signer.span("not_after"), "the signer ends here"),),
        subjects=(made.id if made is not None else played.id, signer.id),
        confidence=confidence(played) if given else Confidence.LIKELY,
    )
