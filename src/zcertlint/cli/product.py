"""What ``--product`` names."""

from typing import TYPE_CHECKING

from zcertlint.errors import UsageError

if TYPE_CHECKING:
    from zcertlint.fixes.collect.dialects import Product

__all__ = ["product_named"]


def product_named(word: str | None) -> "Product | None":
    """The security product that the call names; None when it names none.

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
