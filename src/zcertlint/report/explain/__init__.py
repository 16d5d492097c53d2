"""The page of one rule and the table of all rules, from the words of the rule book."""

from zcertlint.report.explain.markdown import render_rule_markdown
from zcertlint.report.explain.screen import render_rule, render_rules_table

__all__ = ["render_rule", "render_rule_markdown", "render_rules_table"]
