"""The commands of a plan in the words of ACF2 and Top Secret, as far as an equivalent is known.

The effects that a rehearsal plays are RACF's, so a plan for another product is never ``ready``. What has no
equivalent whose source is known is told, never made up.
"""

from collections.abc import Sequence

from zcertlint.fixes.collect.dialects import Product
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.dialects.translation import Placeholder, Translation

__all__ = ["Placeholder", "Product", "Translation", "translate"]


def translate(commands: Sequence[Command], product: Product) -> Translation:
    """The commands for a product.

    Args:
        commands: of a plan, in order, refreshes among them.
        product: the security product of the system; for RACF the commands as they are (which raises
            UnsafeValueError when a value cannot be written; for another product that command is refused).
    """
    if product is Product.ACF2:
        from zcertlint.fixes.dialects.acf2 import acf2  # noqa: PLC0415 (a plan is for one product)

        return acf2(commands)
    if product is Product.TSS:
        from zcertlint.fixes.dialects.tss import tss  # noqa: PLC0415 (a plan is for one product)

        return tss(commands)
    return Translation(tuple(command.render() for command in commands))
