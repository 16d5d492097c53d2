"""Whatever a listing holds, a document keeps its structure and a terminal gets no orders."""

import functools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.factory import AS_OF, ENDPOINTS, RULE, empty, failing, finding, gap, link, result
from support.corpus import corpus_dir
from zcertlint.engine.results import Answer3, Fix, FixKind, InputView, Report, Safety
from zcertlint.engine.verdict import Confidence
from zcertlint.model.deployment import Located
from zcertlint.report import RenderOptions, RuleParam, RuleText, render
from zcertlint.report._words import cells
from zcertlint.report.explain import render_rule, render_rule_markdown, render_rules_table
from zcertlint.report.json import to_dict
from zcertlint.text.source import Span

NASTY = (
    "a|b",
    "\\|",
    "``` ",
    "`",
    "<script>",
    "</code>",
    "-->",
    "]]>",
    "&amp;",
    "\x1b[31m",
    "\x1b]0;t\x07",
    "\x9b2J",
    "\r\n# head",
    "\n| a | b |",
    "\n\n---\n",
    "\u202eabc",
    "\u2028",
    "\x85",
    "\ud800",
    "![x](http://y)",
    "[a](b)",
    "**",
    "__a__",
    "~~~",
    "'; rm -rf /",
    '"',
    "{{ x }}",
    "{client}",
    "%s",
    "$x$",
    "@team",
    "1. ",
    "- ",
    "+",
    "=====",
    "https://evil.example",
    "\\",
    "  ",
    "",
    "日本語",
    "é",
    "\ufeff",
    "\x00",
    "\t",
    "Käse",
)
hostile = st.lists(
    st.one_of(
        st.sampled_from(NASTY), st.text(st.characters(), max_size=12), st.text("ab |`\\<>_*\n", max_size=8)
    ),
    max_size=4,
).map("".join)


@st.composite
def reports(draw: Callable[..., Any]) -> Report:
    text = functools.partial(draw, hostile)
    lines = st.lists(hostile.map(lambda one: one.replace("\n", " ")), max_size=3).map(tuple)
    number = st.one_of(st.none(), st.integers(-1, 5))
    sources = {path: draw(lines) for path in ("f", text())}

    def span() -> Span:
        return Span(
            draw(st.sampled_from([*sources, text()])), draw(number), draw(number), draw(st.none() | hostile)
        )

    one = replace(link("a", "b", host=Located(text()), port=draw(number)), id=text())
    found = finding(
        id=text(),
        code=text(),
        name=text(),
        title=text(),
        message=text(),
        subjects=draw(st.lists(hostile, max_size=2).map(tuple)),
        primary=span(),
        related=tuple((span(), text()) for _ in range(draw(st.integers(0, 2)))),
        breaks=draw(st.lists(hostile, max_size=2).map(tuple)),
        links=(one.id, text()),
        spared=(text(),),
        fix=Fix(draw(st.sampled_from(FixKind)), draw(st.none() | st.sampled_from(Safety)), text()),
        fingerprint=text(),
        note=draw(st.none() | hostile),
        confidence=draw(st.sampled_from(Confidence)),
        baselined=draw(st.booleans()),
    )
    hole = replace(gap(), code=text(), subject=text(), needs=text(), command=draw(st.none() | hostile))
    return empty(
        verdict=draw(st.sampled_from(Answer3)),
        inputs=(InputView(text(), text(), "0" * 64, 1, text(), 1),),
        endpoints=(replace(ENDPOINTS[0], id=text(), names=(text(),), keystore=text()),),
        links=(result(one, draw(st.sampled_from(Answer3)), because=(found.id, text()), needs=(text(),)),),
        findings=(found,),
        gaps=(hole,),
        next_expiry=(text(), draw(st.integers(-3, 3))),
        headline=((text(), text()),),
        sources=sources,
        problems=(text(),),
    )


@st.composite
def rules(draw: Callable[..., Any]) -> RuleText:
    text = functools.partial(draw, hostile)
    return RuleText(
        text(), text(), text(), text(), text(), text(), text(), text(),
        sentences=((text(), text()),),
        needs=text(), command=text(), breaks=(text(),), fix=text(), safety=text(), otherwise=text(),
        params=(RuleParam(text(), text(), text()),),
        references=(text(),),
    )  # fmt: skip


def wide(report: Report, **options: Any) -> RenderOptions:
    return RenderOptions(paths=tuple(view.path for view in report.inputs), **options)


@settings(max_examples=50, deadline=None)
@given(reports(), st.booleans(), st.booleans(), st.sampled_from([40, 80, 120]))
def test_text_sends_nothing_to_the_terminal(report: Report, verbose: bool, quiet: bool, width: int) -> None:  # noqa: FBT001
    options = wide(report, verbose=verbose, quiet=quiet, width=width)
    plain = render("text", report, options)
    assert plain.replace("\n", "").isprintable()
    coloured = render("text", report, replace(options, color=True))
    assert re.sub(r"\x1b\[[0-9;]{1,4}m", "", coloured) == plain


@settings(max_examples=50, deadline=None)
@given(reports())
def test_concise_is_one_line_per_finding(report: Report) -> None:
    text = render("concise", report, RenderOptions(verbose=True))
    assert text.count("\n") == len(report.findings)
    assert text.replace("\n", "").isprintable()


def without_halves(value: Any) -> Any:
    text = json.dumps(value)
    return json.loads(re.sub(r"(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}", r"\1\\ufffd", text))


@settings(max_examples=50, deadline=None)
@given(reports())
def test_json_is_read_back_as_it_was_meant(report: Report) -> None:
    text = render("json", report, RenderOptions())
    text.encode("utf-8")
    assert text.replace("\n", "").isprintable()
    read = json.loads(text)
    whole = json.dumps(to_dict(report), ensure_ascii=False)
    assert read == json.loads("".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in whole))


@functools.cache
def schema() -> Any:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    folder = corpus_dir()
    path = folder / "schemas" / "sarif-schema-2.1.0-errata01.json" if folder else None
    return (
        jsonschema_rs.validator_for(json.loads(path.read_text("utf-8"))) if path and path.is_file() else None
    )


@settings(max_examples=50, deadline=None)
@given(reports(), rules())
def test_sarif_stays_valid(report: Report, rule: RuleText) -> None:
    text = render("sarif", report, RenderOptions(rules={found.code: rule for found in report.findings}))
    text.encode("utf-8")
    assert text.replace("\n", "").isprintable()
    document = json.loads(text)
    assert len(document["runs"][0]["results"]) == len(report.findings)
    if schema() is not None:
        assert [str(error) for error in schema().iter_errors(document)] == []


def structure(text: str) -> tuple[list[str], list[str], list[list[int]]]:
    """What a Markdown reader sees: tags outside of tables, raw HTML, and the cells per row of each table."""
    markdown_it = pytest.importorskip("markdown_it")
    tokens = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    tags: list[str] = []
    html: list[str] = []
    tables: list[list[int]] = []
    inside = False
    for token in tokens:
        if token.type == "table_open":
            inside = True
            tables.append([])
        elif token.type == "table_close":
            inside = False
        elif token.type == "tr_open":
            tables[-1].append(0)
        elif token.type in {"td_open", "th_open"}:
            tables[-1][-1] += 1
        elif not inside and token.nesting >= 0 and token.type != "inline":
            tags.append(token.tag or token.type)
        for child in token.children or ():
            if child.type == "html_inline":
                html.append(child.content)
            elif child.type not in {
                "text",
                "code_inline",
                "softbreak",
                "text_special",
                "strong_open",
                "strong_close",
            }:
                tags.append(child.type)
        if token.type == "html_block":
            html.append(token.content)
    return tags, html, tables


def plain_copy(report: Report) -> Report:
    """The same report with the word ``x`` in place of every text that is not empty."""

    def word(text: str | None) -> str | None:
        return text if text is None else "x" if text.strip() else ""

    (found,) = report.findings
    spans = tuple(
        (replace(span, path=word(span.path) or ""), word(words) or "") for span, words in found.related
    )
    calm = replace(
        found,
        message=word(found.message) or "",
        note=word(found.note),
        primary=replace(found.primary, path="x" if found.primary.path else ""),
        related=spans,
        breaks=tuple("x" for _ in found.breaks),
        fix=replace(found.fix, summary="x" if found.fix.summary else ""),
    )
    return replace(report, findings=(calm,))


@settings(max_examples=50, deadline=None)
@given(reports(), st.none() | hostile)
def test_markdown_keeps_its_tables_and_opens_nothing(report: Report, plan: str | None) -> None:
    text = render("markdown", report, wide(report, plan=plan))
    assert text.replace("\n", "").isprintable()
    tags, html, tables = structure(text)
    assert set(html) <= {"<code>", "</code>"}
    assert html.count("<code>") == html.count("</code>")
    assert not {"a", "img", "link_open", "image", "em_open", "s_open"} & set(tags)
    sizes = [len(set(rows)) for rows in tables]
    assert sizes == [1] * len(tables)
    # links, gaps, inputs
    assert [rows[0] for rows in tables] == [5, 4, 3]
    gaps = 1 + sum(
        1 for one in report.links if one.verdict is Answer3.UNKNOWN and one.link.id not in gap_links(report)
    )
    assert [len(rows) for rows in tables] == [2, 1 + gaps, 2]
    headings = [tag for tag in tags if tag in {"h1", "h2", "h3"}]
    calm = structure(render("markdown", plain_copy(report), wide(report, plan=plan and "x")))[0]
    assert headings == [tag for tag in calm if tag in {"h1", "h2", "h3"}]


def gap_links(report: Report) -> set[str]:
    return {ident for one in report.gaps for ident in one.links}


@settings(max_examples=50, deadline=None)
@given(rules(), st.sampled_from([40, 80]))
def test_the_pages_of_a_rule_stay_what_they_are(rule: RuleText, width: int) -> None:
    for text in (render_rule(rule, width), render_rules_table([rule], width), render_rule_markdown(rule)):
        assert text.replace("\n", "").isprintable()
    tags, html, tables = structure(render_rule_markdown(rule))
    assert set(html) <= {"<code>", "</code>"}
    assert tags.count("h1") == 1
    assert not {"hr", "ol", "link_open", "image", "em_open", "s_open"} & set(tags)
    assert [len(set(rows)) for rows in tables] == [1] * len(tables)
    assert [rows[0] for rows in tables] == [2, 2, 3]


words = st.lists(st.text("abcdefghij.", min_size=1, max_size=14), min_size=1, max_size=30).map(" ".join)


@settings(max_examples=50, deadline=None)
@given(words, words, words, words, st.sampled_from([60, 80, 120]))
def test_no_line_is_wider_than_the_screen(one: str, two: str, three: str, four: str, width: int) -> None:
    found = finding(
        message=one,
        note=two,
        breaks=(three, four),
        related=((Span("evidence/certs.txt", 41, 10, "zOSMFCA"), two),),
        fix=Fix(FixKind.JCL, Safety.READY, three),
    )
    report = failing(
        findings=(found,),
        gaps=(replace(gap(), needs=four, command="LIST"),),
        headline=(("x", one),),
        problems=(two,),
    )
    for verbose in (False, True):
        text = render("text", report, RenderOptions(width=width, verbose=verbose))
        lines = [line for line in text.split("\n") if "sha256" not in line]
        assert max(map(cells, lines)) <= width
    page = replace(RULE, why=one, title=two, fix=three, needs=four)
    assert max(map(cells, render_rule(page, width).split("\n"))) <= width
    assert max(map(cells, render_rules_table([page], width).split("\n"))) <= width


def test_the_moment_is_the_only_time_in_a_report() -> None:
    later = replace(failing(), as_of=AS_OF.replace(year=2031))
    for name in ("text", "json", "sarif", "markdown"):
        assert render(name, later).replace("2031-11-21", "2026-11-21") == render(name, failing())
