"""The words of the rules, for the formats that carry them."""

from collections.abc import Mapping

from zcertlint.engine.rulebook import book
from zcertlint.report import RuleText

__all__ = ["rule_texts"]

_NEED_WORDS = {"sarif", "markdown"}


def rule_texts(form: str) -> Mapping[str, RuleText]:
    """The words of every rule, for the formats that carry them; nothing is loaded for the others."""
    return {page.id: RuleText.of(page) for page in book()} if form in _NEED_WORDS else {}
