"""The same collection for ACF2 and Top Secret, as far as their commands are known.

Sources: the keyring jobs that Zowe ships for each product (ZWEIKRA1, ZWEIKRT1, ZWENOKRA, ZWENOKRT) and the
output that ``zwe`` reads. What they do not show is told as missing, never made up.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from zcertlint.fixes.collect.ask import Ask, AskKind
from zcertlint.fixes.collect.plan import Collection, Group

__all__ = ["NAMES", "SUFFIX", "Product", "acid", "translated"]


class Product(Enum):
    """The external security manager."""

    RACF = "racf"
    ACF2 = "acf2"
    TSS = "tss"


_FILES = (
    "Certificates as files decide what a listing leaves open, and no command that exports one is known to zcertlint"
    " for {name}: save what the server sends instead: openssl s_client -connect HOST:PORT -showcerts"
)
_NOTES = {
    Product.ACF2: (
        "ACF2 keeps key rings and certificates as USER.SUFFIX. No input tells a suffix: replace each XXXXXXXX by"
        " it, one line for each key ring and certificate, before you submit. The key ring's name and the label are"
        " attributes of these records."
    ),
    Product.TSS: "zcertlint reads key rings as TSS LIST KEYRING(ALL) prints them; certificates best come as files.",
}
NAMES = {Product.ACF2: "ACF2", Product.TSS: "Top Secret"}
_AUTHORITY = {
    Product.ACF2: "a logon ID that may list PROFILE records",
    Product.TSS: "an ACID that may list others (TSS LIST)",
}
SUFFIX = "XXXXXXXX"


def translated(collection: Collection, product: Product) -> Collection:
    """The collection in the commands of a product."""
    if product is Product.RACF:
        return collection
    groups, untold = [], []
    for group in collection.groups:
        asks = tuple(_acf2(group) if product is Product.ACF2 else _tss(group))
        untold += [
            ask.text for ask in group.asks if ask.kind in {AskKind.IDENTITY, AskKind.EXPORT}
        ]  # RACF's own commands
        if asks:
            network = all(ask.kind is AskKind.NETWORK for ask in asks)
            authority = group.authority if network else _AUTHORITY[product]
            groups.append(Group(group.title, authority, asks))
    name = NAMES[product]
    refused = tuple(f"{text}: no {name} command for it is known to zcertlint" for text in untold)
    return replace(
        collection,
        groups=tuple(groups),
        refused=(*collection.refused, *refused),
        notes=(*collection.notes, _NOTES[product], _FILES.format(name=name)),
        authority="Authority, for the commands of",
    )


def acid(owner: str | None) -> str:
    """``ID(U)`` as the products name it: ``U``; CERTAUTH is one itself, SITE is CERTSITE."""
    text = owner or ""
    if text == "SITE":
        return "CERTSITE"
    return text[3:-1] if text.startswith("ID(") else text


def _command(ask: Ask, *words: str) -> Ask:
    return Ask(ask.kind, words, ask.owner, ask.name)


def _acf2(group: Group) -> Iterator[Ask]:
    """The records of an owner, in one call of the ACF command."""
    inside: list[Ask] = []
    checked = False
    for ask in group.asks:
        who = acid(ask.owner)
        if ask.kind is AskKind.RINGS:
            inside.append(_command(ask, "SET", "PROFILE(USER)", "DIVISION(KEYRING)"))
            inside.append(_command(ask, "LIST", f"{who}.{SUFFIX}"))
        elif ask.kind in {AskKind.CERTIFICATES, AskKind.CERTIFICATE} and not checked:
            checked = True
            inside.append(_command(ask, "SET", "PROFILE(USER)", "DIVISION(CERTDATA)"))
            inside.append(_command(ask, "CHKCERT", f"{who}.{SUFFIX}", "CHAIN"))
        elif ask.kind is AskKind.NETWORK:
            yield ask
    if inside:
        yield replace(inside[0], words=("ACF",))
        yield from inside
        yield replace(inside[0], words=("END",))


def _tss(group: Group) -> Iterator[Ask]:
    seen: set[tuple[str, ...]] = set()
    for ask in group.asks:
        who = acid(ask.owner)
        if ask.kind is AskKind.RINGS:
            made = _command(ask, "TSS", f"LIST({who})", "KEYRING(ALL)")
        elif ask.kind in {AskKind.CERTIFICATES, AskKind.CERTIFICATE}:
            made = _command(ask, "TSS", f"LIST({who})", "DIGICERT(ALL)")
        elif ask.kind is AskKind.NETWORK:
            made = ask
        else:
            continue
        if made.words not in seen:
            seen.add(made.words)
            yield made
