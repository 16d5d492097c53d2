"""What a person or a program sees, kept in files: a change of a word shows up in review."""

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from report.factory import RULE, empty, failing, holding, unknown
from zcertlint._version import __version__
from zcertlint.report import RenderOptions, RuleText, render
from zcertlint.report.explain import render_rule, render_rule_markdown, render_rules_table

STORIES = {"failing": failing, "holding": holding, "unknown": unknown, "empty": empty}
PATHS = ("zowe.yaml",)


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("color", [False, True], ids=["plain", "coloured"])
def test_text(story: str, width: int, color: bool, snapshot: SnapshotAssertion) -> None:  # noqa: FBT001
    shown = render("text", STORIES[story](), RenderOptions(width=width, color=color, paths=PATHS))
    assert shown.replace("\x1b", "␛") == snapshot


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize(
    "options",
    [RenderOptions(verbose=True, paths=PATHS), RenderOptions(quiet=True, paths=PATHS)],
    ids=["verbose", "quiet"],
)
def test_text_more_or_less(story: str, options: RenderOptions, snapshot: SnapshotAssertion) -> None:
    assert render("text", STORIES[story](), options) == snapshot


@pytest.mark.parametrize("name", ["concise", "json", "sarif", "markdown"])
@pytest.mark.parametrize("story", STORIES)
def test_document(name: str, story: str, snapshot: SnapshotAssertion) -> None:
    options = RenderOptions(paths=PATHS, rules={RULE.id: RULE})
    shown = render(name, STORIES[story](), options)
    assert re.sub(rf'(ersion": "){re.escape(__version__)}"', r'\1VERSION"', shown) == snapshot


def test_markdown_with_a_plan(snapshot: SnapshotAssertion) -> None:
    options = RenderOptions(plan="1. RACDCERT CONNECT\n```\n2. SETROPTS\n", change_dir="out")
    assert render("markdown", failing(), options) == snapshot


def test_rule_pages(snapshot: SnapshotAssertion) -> None:
    bare = RuleText("ZZ999", name="bare-rule", status="preview", severity="warning")
    for page in (RULE, bare):
        assert render_rule(page, 80) == snapshot
        assert render_rule_markdown(page) == snapshot
    assert render_rules_table([RULE, bare], 60) == snapshot
    assert render_rules_table([], 60) == snapshot
