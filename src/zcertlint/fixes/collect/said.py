"""The commands of open questions in the words of ACF2 and Top Secret, for whoever reads the report of ``check``."""

from collections.abc import Iterable
from dataclasses import replace

from zcertlint.engine.results import Gap
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.collect.ask import Ask, AskKind, parsed
from zcertlint.fixes.collect.dialects import NAMES, SUFFIX, Product, acid

__all__ = ["said"]

_RACF = ("RACDCERT ", "RLIST ", "SETROPTS ", "LISTUSER ", "LISTGRP ", "SEARCH ")
_RINGS = frozenset((AskKind.RINGS, AskKind.RING))
_CERTIFICATES = frozenset((AskKind.CERTIFICATES, AskKind.CERTIFICATE))


def said(gaps: Iterable[Gap], product: Product) -> tuple[Gap, ...]:
    """The questions, each with the product's command; where none is known, RACF's is called that."""
    if product is Product.RACF:
        return tuple(gaps)
    return tuple(_said(gap, product) for gap in gaps)


def _said(gap: Gap, product: Product) -> Gap:
    if gap.command is None or not gap.command.startswith(_RACF):
        return gap
    try:
        ask = parsed(gap.command)
    except UnsafeValueError:
        ask = None
    told = None if ask is None else (_acf2(ask) if product is Product.ACF2 else _tss(ask))
    if told is None:
        note = f"(The command is RACF's; the one of {NAMES[product]} is not known to zcertlint.)"
        return replace(gap, needs=f"{gap.needs} {note}")
    command, note = told
    return replace(gap, command=command, needs=f"{gap.needs} {note}".rstrip())


def _acf2(ask: Ask) -> tuple[str, str] | None:
    """The command, and what to do around it."""
    who = acid(ask.owner)
    note = f"(In ACF, behind SET PROFILE(USER) DIVISION({{}}); no input tells the suffix {SUFFIX}.)"
    if ask.kind in _RINGS:
        return f"LIST {who}.{SUFFIX}", note.format("KEYRING")
    if ask.kind in _CERTIFICATES:
        return f"CHKCERT {who}.{SUFFIX} CHAIN", note.format("CERTDATA")
    return None


def _tss(ask: Ask) -> tuple[str, str] | None:
    if ask.kind in _RINGS:
        return f"TSS LIST({acid(ask.owner)}) KEYRING(ALL)", ""
    if ask.kind in _CERTIFICATES:
        return f"TSS LIST({acid(ask.owner)}) DIGICERT(ALL)", ""
    return None
