"""The security product of a call: what ``--product`` names, else what the zowe.yaml says."""

from typing import TYPE_CHECKING

from zcertlint.app import Outcome
from zcertlint.errors import UsageError

if TYPE_CHECKING:
    from zcertlint.fixes.collect.dialects import Product

__all__ = ["SETTING", "product_named", "product_of"]

SETTING = "zowe.setup.security.product"
_WORDS = frozenset(("RACF", "ACF2", "TSS"))  # the values of Zowe's schema


def product_named(word: str | None) -> "Product | None":
    """The product that the call names; None when it names none.

    Raises:
        UsageError: there is no such product.
    """
    if word is None:
        return None
    from zcertlint.fixes.collect.dialects import Product  # noqa: PLC0415 (only where it is asked for)

    try:
        return Product(word.lower())
    except ValueError:
        raise UsageError(f"--product {word}: expected racf, acf2 or tss") from None


def product_of(outcome: Outcome) -> "Product | None":
    """The product for which ``zwe`` sets up security, where zowe.yaml tells."""
    settings = outcome.configuration.zowe
    word = settings.text(SETTING) if settings is not None else None
    return product_named(word) if word is not None and word.strip().upper() in _WORDS else None
