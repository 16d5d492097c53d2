"""ID104: the parts of a filter are separated by something else than periods."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Fails, Holds, Verdict
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import asked, filter_id, owner, texts
from zcertlint.trust.identity import fit, rdns_of

__all__ = ["filter_with_commas"]

_WORDS = {",": "commas", "/": "slashes", ";": "semicolons"}


@rule("ID104", on=NameFilter)
def filter_with_commas(entry: NameFilter, ctx: Context) -> Verdict:
    """A comma inside a value (O=Acme, Inc.) separates nothing; one before a keyword does."""
    if not asked(entry, ctx):
        return Holds()
    for _, text in texts(entry):
        parts = rdns_of(text)
        separator = next((part.separator for part in parts if part.separator in _WORDS), None)
        if separator is None:
            continue
        known = ctx.deployment.database.certificates.values()
        if any(fit(entry, certificate) is not None for certificate in known):
            return Holds()  # a value that looks like a part
        return Fails(
            {
                "label": entry.label,
                "owner": owner(entry),
                "filter": text,
                "separator": _WORDS[separator],
                "meant": ".".join(f"{part.key}={part.value}" for part in parts),
            },
            primary=entry.span,
            subjects=(filter_id(entry),),
        )
    return Holds()
