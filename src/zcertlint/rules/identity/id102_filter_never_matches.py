"""ID102: no certificate can match the filter, or the client that it was written for does not."""

from zcertlint.engine.rule import Context, rule
from zcertlint.engine.verdict import Confidence, Fails, Holds, Verdict
from zcertlint.model.facts import NameFilter
from zcertlint.rules.identity._filters import asked, clients, filter_id, owner, texts
from zcertlint.trust.identity import Rdn, fit, rdns_of

__all__ = ["filter_never_matches"]

_MEANT = {"ST": "SP", "S": "SP", "EMAILADDRESS": "MAIL"}


@rule("ID102", on=NameFilter)
def filter_never_matches(entry: NameFilter, ctx: Context) -> Verdict:
    """Filters for certificates that nobody has shown get no verdict beyond their form."""
    if not asked(entry, ctx):
        return Holds()
    facts = {"label": entry.label, "owner": owner(entry)}
    for which, text in texts(entry):
        parts = rdns_of(text)
        if "*" in text or any(part.separator not in {"", "."} for part in parts):
            return Holds()  # ID103 and ID104 speak
        wrong = _wrong(parts, joined=which == "name")
        if wrong is not None:
            return Fails(
                {**facts, "filter": text, "wrong": wrong}, primary=entry.span, subjects=(filter_id(entry),)
            )
    return _nearly(entry, ctx) or Holds()


def _wrong(parts: tuple[Rdn, ...], *, joined: bool) -> str | None:
    if not parts:
        return "it does not begin with a keyword such as CN= or OU="
    strange = next((part.key for part in parts if part.key.upper() in _MEANT), None)
    if strange is not None:
        return f"RACF writes {_MEANT[strange.upper()]}= and not {strange}="
    if any(part.blanks for part in parts):
        return "a blank stands around a period or an equals sign"
    if not joined and len(parts) > 1 and parts[0].key.upper() == "C":
        return "it begins with the country: RACF writes the most specific part (CN=) first and C= last"
    return None


def _nearly(entry: NameFilter, ctx: Context) -> Fails | None:
    """A declared client whose name differs from the filter only in its spelling."""
    if entry.subject is None:
        return None
    given = rdns_of(entry.subject.text)
    for ident, certificate in clients(ctx.deployment):
        if certificate.subject is None or fit(entry, certificate) is not None:
            continue
        own = rdns_of(certificate.subject.text)
        tail = own[-len(given) :]
        if not _same(given, own) and not _same(given, tail):
            continue
        if certificate.subject.text.endswith(entry.subject.text):
            continue  # the subject fits, the issuer is another
        in_order = [part.plain for part in given] == [part.plain for part in tail]
        return Fails(
            {
                "label": entry.label,
                "owner": owner(entry),
                "filter": entry.subject.text,
                "client": ident,
                "meant": ".".join(f"{part.key}={part.value}" for part in tail),
                "differs": "in upper and lower case" if in_order else "in the order of its parts",
            },
            primary=entry.span,
            related=((certificate.span("subject"), "its subject as RACF shows it"),),
            subjects=(filter_id(entry), ident),
            confidence=Confidence.LIKELY if in_order else None,
            variant="near",
        )
    return None


def _same(one: tuple[Rdn, ...], other: tuple[Rdn, ...]) -> bool:
    return bool(one) and sorted(part.plain for part in one) == sorted(part.plain for part in other)
