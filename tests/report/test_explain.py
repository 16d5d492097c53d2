"""The page of a rule says what the rule book says."""

from typing import Any

from report.factory import RULE
from zcertlint.engine.results import FixKind, Safety
from zcertlint.engine.rulebook import Page
from zcertlint.engine.verdict import Confidence, Severity
from zcertlint.report import RuleParam, RuleText
from zcertlint.report.explain import render_rule, render_rule_markdown, render_rules_table


def page(**more: Any) -> Page:
    values: dict[str, Any] = {
        "id": "CE103",
        "name": "certificate-expires-soon",
        "title": "a certificate in use ends soon",
        "status": "new",
        "severities": (Severity.WARNING, Severity.ERROR),
        "severity_note": "error within a week",
        "confidence": Confidence.CERTAIN,
        "subject": "certificate",
        "why": "It will fail.",
        "sentences": {"fails": "{certificate} ends on {end}", "holds": "{certificate} lasts"},
        "breaks": ("EZD1287I 401",),
        "fix_kind": FixKind.JCL,
        "fix_safety": Safety.REVIEW,
        "fix_builder": "renew",
        "fix_summary": "renew it",
        "fix_otherwise": "ask its CA",
        "command": "RACDCERT LIST",
        "params": {"days": {"type": "int", "default": 0, "unit": "days", "meaning": "before the end"}},
        "references": ("RFC 5280",),
    }
    return Page(**(values | more))


def test_every_word_of_the_book_is_on_the_page() -> None:
    rule = RuleText.of(page())
    for text in (render_rule(rule), render_rule_markdown(rule)):
        for words in (
            "CE103", "certificate-expires-soon", "a certificate in use ends soon", "new",
            "error within a week", "certain", "It will fail.", "{certificate} ends on {end}",
            "{certificate} lasts", "EZD1287I 401", "renew it", "review", "ask its CA",
            "RACDCERT LIST", "0 days", "before the end", "RFC 5280",
        ):  # fmt: skip
            assert words in text


def test_what_the_book_leaves_out_is_left_out() -> None:
    bare = page(
        severity_note="", fix_safety=None, command=None, params={"x": {"default": ""}}, fix_otherwise=""
    )
    rule = RuleText.of(bare)
    assert rule.severity == "warning or error"
    assert (rule.safety, rule.command, rule.otherwise) == ("", "", "")
    assert rule.params == (RuleParam("x", "", ""),)
    assert "By hand" not in render_rule(rule)
    assert "By hand" not in render_rule_markdown(rule)


def test_a_command_of_several_lines_keeps_its_lines() -> None:
    rule = RuleText.of(page(command="RACDCERT CERTAUTH LIST\n\nSETROPTS LIST"))
    assert "      RACDCERT CERTAUTH LIST\n      SETROPTS LIST\n" in render_rule(rule)


def test_the_catalogue_marks_what_is_not_stable() -> None:
    text = render_rules_table([RULE, RuleText.of(page())], 120)
    assert "CE103  warning   certificate-expires-soon: a certificate in use ends soon (new)\n" in text
    assert "CH101  error     anchor-missing: a trust store lacks the CA of the server's certificate\n" in text
