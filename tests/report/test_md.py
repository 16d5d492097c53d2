"""Values in Markdown are shown as they are written."""

from dataclasses import replace

import pytest

from report.factory import RULE, empty, finding
from zcertlint.report import RenderOptions, render
from zcertlint.report._md import code, fence, md, para, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ID(ZWESVUSR)/Zowe Server", "ID(ZWESVUSR)/Zowe Server"),
        ("a|b", "a\\|b"),
        ("a\\|b", "a\\\\\\|b"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("*.example.com", "\\*.example.com"),
        ("snake_case _em_", "snake_case \\_em\\_"),
        ("[x](y) `c` ~~s~~ $m$", "\\[x\\](y) \\`c\\` \\~\\~s\\~\\~ \\$m\\$"),
        ("@team user@host", "\\@team user@host"),
        ("two\nlines", "two lines"),
    ],
)
def test_text(text: str, expected: str) -> None:
    assert md(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zowe.yaml:3", "`zowe.yaml:3`"),
        ("a|b", "<code>a&#124;b</code>"),
        ("a`b<i>*", "<code>a&#96;b&lt;i&gt;&#42;</code>"),
        (" blanks ", "<code> blanks </code>"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_code(text: str, expected: str) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("12. item", "12\\. item"),
        ("3) item", "3\\) item"),
        ("12 items", "12 items"),
        ("    indented", "indented"),
        ("plain", "plain"),
    ],
)
def test_a_paragraph_starts_nothing_else(text: str, expected: str) -> None:
    assert para(text) == expected


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert fence("a\n````\nb\n") == ["`````text", "a", "````", "b", "`````"]
    assert fence("") == ["```text", "", "```"]


def test_the_reason_of_a_rule_is_told_once() -> None:
    two = (finding(), replace(finding(), id="CH101-b", subjects=("CERTAUTH/Other",)))
    text = render("markdown", empty(findings=two), RenderOptions(rules={RULE.id: RULE}))
    assert text.count("- **CH101** ") == 2
    assert text.count("Why it matters: The client follows the chain") == 1


def test_an_empty_cell_stays_a_cell() -> None:
    assert table(("a", "b"), [("", "x")]) == ["| a | b |", "| --- | --- |", "|   | x |"]
