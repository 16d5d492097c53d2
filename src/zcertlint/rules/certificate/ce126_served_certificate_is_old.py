"""CE126: the running server still presents the certificate that was renewed."""

from datetime import timedelta

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Severity, Verdict
from zcertlint.model.deployment import Endpoint

__all__ = ["served_certificate_is_old"]


@rule("CE126", on=Endpoint)
def served_certificate_is_old(endpoint: Endpoint, ctx: Context) -> Verdict:
    """An older file than the listing; a newer one is IN006, for then the listing is the one to doubt."""
    presented = ctx.deployment.certificate(endpoint.presented)
    listed = ctx.deployment.certificate(endpoint.certificate)
    if presented is None or listed is None or presented.not_after is None:
        return Holds()
    ends = ctx.deployment.endpoints.values()
    if any(end.certificate == presented.id and end.product == endpoint.product for end in ends):
        return (
            Holds()
        )  # the file was named for the whole product, and is what another of its servers presents
    ended = presented.not_after.before(ctx.as_of) is not False
    soon = presented.not_after.at - ctx.as_of <= timedelta(days=ctx.warn_days)
    place = listed.span("not_before", "serial")
    return Fails(
        {
            "server": endpoint.product if endpoint.product != "zosmf" else "z/OSMF",
            "certificate": listed.id,
            "served": presented.id,
            "end": str(presented.not_after),
            "listed_end": str(listed.not_after),
        },
        primary=presented.span("not_after"),
        related=((place, f"{listed.id} has been renewed since"),),
        subjects=(listed.id, presented.id),
        severity=Severity.ERROR if ended or soon else Severity.WARNING,
        variant="ended" if ended else None,
    )
