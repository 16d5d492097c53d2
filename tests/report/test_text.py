"""The screen: marks stand under values, nothing is hidden, nothing is let through to the terminal."""

import re
from dataclasses import replace

import pytest

from report.factory import (
    AS_OF,
    RINGS,
    ZOSMF_LINK,
    ZSS_LINK,
    empty,
    expiring,
    failing,
    finding,
    gap,
    holding,
    link,
    result,
    unknown,
)
from zcertlint.engine.results import Answer3, Fix, FixKind, Gap, Report
from zcertlint.engine.verdict import Severity
from zcertlint.model.deployment import Located
from zcertlint.report import RenderOptions, render
from zcertlint.report._excerpt import excerpt
from zcertlint.report._view import judged_at
from zcertlint.report._words import cells, count, flat, plural, visible, wrap
from zcertlint.text.secrets import in_private_key, mask
from zcertlint.text.source import Span


def shown(report: Report, **options: object) -> str:
    return render("text", report, replace(RenderOptions(), **options))  # type: ignore[arg-type]


def marked(line: str, span: Span, room: int = 60) -> tuple[str, str]:
    found = excerpt(span, {span.path: (line,)}, room)
    assert found is not None
    return found.line, " " * found.indent + "^" * found.length


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span("f", 1, None, "Ring"), "     ^^^^"),
        (Span("f", 1, 6, "Ring"), "     ^^^^"),
        (Span("f", 1, 11, "Ring"), "          ^^^^"),
        (Span("f", 1), "  ^^^^^^^^^^^^"),
        (Span("f", 1, None, "not there"), "  ^^^^^^^^^^^^"),
        (Span("f", 1, 6), "     ^^^^^^^^^"),
        (Span("f", 1, 99, "Ring"), "     ^^^^"),
        (Span("f", 1, 12, "Ring and more"), "           ^^^"),
    ],
)
def test_the_mark_stands_under_the_value(span: Span, expected: str) -> None:
    assert marked("  >> Ring Ring  ", span) == ("  >> Ring Ring", expected)


def test_a_mark_counts_columns_of_the_terminal_not_characters() -> None:
    assert marked("日本 Ring", Span("f", 1, None, "Ring"))[1] == "     ^^^^"
    assert marked("e\u0301 Ring", Span("f", 1, None, "Ring"))[1] == "  ^^^^"


@pytest.mark.parametrize("before", [0, 1, 5, 30, 59, 200])
@pytest.mark.parametrize("after", [0, 1, 40, 200])
def test_a_long_line_is_cut_around_the_value_and_never_in_it(before: int, after: int) -> None:
    line = "x" * before + "<VALUE>" + "y" * after
    cut, mark = marked(line, Span("f", 1, before + 1, "<VALUE>"), 60)
    assert cut[mark.index("^") : len(mark)] == "<VALUE>"
    assert len(cut) <= 60
    assert (cut == line) == (len(line) <= 60)


def test_a_value_longer_than_the_room_stays_whole() -> None:
    assert "V" * 200 in marked("a " + "V" * 200 + " b", Span("f", 1, None, "V" * 200), 60)[0]
    cut, mark = marked("w" * 200, Span("f", 1), 60)
    assert len(cut) == 60 >= len(mark)


@pytest.mark.parametrize("line", [0, 2, None])
def test_there_is_no_excerpt_of_a_line_that_is_not_there(line: int | None) -> None:
    assert excerpt(Span("f", line), {"f": ("x",)}, 60) is None
    assert excerpt(Span("g", 1), {"f": ("x",)}, 60) is None
    assert excerpt(Span("f", 1), {"f": ("   ",)}, 60) is None


def test_an_escape_sequence_in_a_listing_is_shown_not_sent() -> None:
    line, mark = marked("\t\x1b[2J \x9b Ring \u202e", Span("f", 1, None, "Ring"))
    assert line == "␉␛[2J \ufffd Ring \ufffd"
    assert mark.index("^") == line.index("Ring")


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ('keystore: {file: x, password: "s3cr3t, x", alias: Ring}', "s3cr3t, x"),
        ("  password: s3cr3t alias: Ring", "s3cr3t"),
        ("RACDCERT EXPORT(LABEL('Ring')) PASSWORD('s3''cr3t')", "s3''cr3t"),
        ("keytool -list -storepass s3cr3t -alias Ring", "s3cr3t"),
        ("openssl pkcs12 -passin pass:s3cr3t Ring", "s3cr3t"),
        ("keyPassphrase = 's3cr3t' Ring", "s3cr3t"),
        ("KAES256=0123456789abcdef Ring", "0123456789abcdef"),
        ('"password":"s3cr3t","alias":"Ring"', "s3cr3t"),
        ("password: 's3cr3t Ring", "s3cr3t"),
    ],
)
def test_a_secret_beside_the_value_is_not_shown(line: str, secret: str) -> None:
    column = line.index("Ring") + 1
    shown_line, mark = marked(line, Span("f", 1, column, "Ring"), 200)
    assert secret not in shown_line
    if "Ring" in shown_line:
        assert shown_line[mark.index("^") : len(mark)] == "Ring"


@pytest.mark.parametrize(
    "line", ["  Label: Token Signing Key", "RACDCERT LISTTOKEN(ZWETOKEN)", "Passport: x", "passed: 3"]
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert mask(line, 3) == (line, 3)


def test_the_inside_of_a_private_key_is_not_shown() -> None:
    key = ("-----BEGIN RSA PRIVATE KEY-----", "MIIabc", "-----END RSA PRIVATE KEY-----", "MIIdef")
    assert [in_private_key(key, number) for number in (1, 2, 3, 4)] == [False, True, False, False]
    certificate = ("-----BEGIN CERTIFICATE-----", "MIIabc")
    assert not in_private_key(certificate, 2)
    text = shown(empty(findings=(finding(primary=Span("k", 2), related=()),), sources={"k": key}))
    assert "MIIabc" not in text
    assert "(private key, not shown)" in text


def test_words_that_do_not_fit_beside_a_mark_stand_below_it() -> None:
    words = "this certification authority is the one that issued it and it is connected to no key ring"
    text = shown(
        failing(findings=(finding(related=((Span("evidence/certs.txt", 41, 10, "zOSMFCA"), words),)),))
    )
    below = text.split("-------\n")[1].split("   =")[0]
    assert " ".join(below.replace("|", " ").split()) == words
    assert below.startswith("   |          this")


def test_a_related_place_without_text_keeps_its_words() -> None:
    text = shown(empty(findings=(finding(related=((Span("ca.der"), "this CA issued it"),)),)))
    assert "  ::: ca.der\n   | this CA issued it\n" in text


def test_the_gutter_grows_with_the_line_number() -> None:
    lines = ("",) * 12344 + ("value",)
    text = shown(
        empty(findings=(finding(primary=Span("f", 12345, 1, "value"), related=()),), sources={"f": lines})
    )
    assert "     --> f:12345:1\n      |\n12345 | value\n      | ^^^^^\n" in text


def test_a_finding_without_a_place_still_says_everything() -> None:
    text = shown(empty(findings=(finding(primary=Span(""), related=()),)))
    assert "-->" not in text
    assert "error[CH101]: Zowe does not trust" in text


def test_several_links_stand_below_each_other() -> None:
    text = shown(failing(findings=(finding(links=(ZOSMF_LINK.id, ZSS_LINK.id, "a -> b")),)))
    assert (
        "   = breaks: zowe.zaas -> zosmf (zosmf.acme.example:10443)\n"
        "             zowe.zss -> zowe.gateway (zowe.acme.example:7554)\n"
        "             a -> b\n"
    ) in text


@pytest.mark.parametrize(
    ("host", "port", "expected"),
    [
        ("h.example", 443, "(h.example:443)"),
        ("2001:db8::1", 443, "([2001:db8::1]:443)"),
        ("2001:db8::1", None, "(2001:db8::1)"),
        (None, 443, "(port 443)"),
        (None, None, ""),
    ],
)
def test_a_link_tells_what_is_known_of_its_address(host: str | None, port: int | None, expected: str) -> None:
    one = replace(ZOSMF_LINK, host=Located(host) if host else None, port=port)
    text = shown(failing(links=(result(one, Answer3.FAILS),)))
    assert f"   = breaks: {one.id} {expected}".rstrip() + "\n" in text


def test_no_fix_no_line() -> None:
    assert "= fix" not in shown(empty(findings=(finding(fix=Fix(FixKind.NONE, None, "")),)))
    assert "Fixes for" not in shown(empty(findings=(expiring(),)))


def test_a_known_finding_is_hidden_and_counted() -> None:
    known = replace(finding(), baselined=True)
    summary = replace(empty().summary, baselined=1)
    report = empty(findings=(known,), summary=summary, verdict=Answer3.FAILS)
    assert "CH101" not in shown(report)
    assert "Nothing new: 1 finding in the baseline" in shown(report)
    assert "error[CH101]: Zowe does not trust the certificate of z/OSMF (in the baseline)" in shown(
        report, verbose=True
    )
    assert render("concise", report) == ""
    assert render("concise", report, RenderOptions(verbose=True)).count("\n") == 1


@pytest.mark.parametrize(
    "report",
    [
        holding(gaps=(gap(),), verdict=Answer3.UNKNOWN),
        holding(problems=("rings.txt: cut",)),
        holding(findings=(expiring(),)),
        holding(verdict=Answer3.UNKNOWN),
        holding(verdict=Answer3.FAILS),
    ],
)
def test_all_is_well_only_when_nothing_is_left_to_say(report: Report) -> None:
    assert "Nothing to fix" in shown(holding())
    assert "Nothing to fix" not in shown(report)
    assert "Nothing was left unknown" not in shown(report)


def test_no_link_is_no_all_clear() -> None:
    assert "links hold" not in shown(empty())
    assert "There is no TLS link in these files" in shown(empty())


def test_what_is_unknown_comes_first_when_nothing_fails() -> None:
    text = shown(unknown(findings=(expiring(),)))
    assert text.index("no all-clear") < text.index("Could not tell") < text.index("warning[CE103]")
    text = shown(failing())
    assert text.index("error[CH101]") < text.index("Links") < text.index("Could not tell")


def test_problems_with_inputs_are_told_before_everything_else() -> None:
    text = shown(failing(problems=("evidence/rings.txt:1: this listing was copied from a screen",)))
    assert text.index("this listing was copied") < text.index("error[CH101]")


def test_one_command_answers_several_questions_once() -> None:
    gaps = tuple(Gap("CE101", f"CERTAUTH/CA{n}", f"question {n}", "RACDCERT CERTAUTH LIST") for n in range(9))
    text = shown(unknown(gaps=gaps, links=()))
    assert text.count("      RACDCERT CERTAUTH LIST\n") == 1
    assert "question 3" in text
    assert "question 4" not in text
    assert "and 5 more questions that this answers" in text
    assert "question 8" in shown(unknown(gaps=gaps, links=()), verbose=True)


def test_many_commands_are_counted_not_dropped() -> None:
    gaps = tuple(
        Gap("KR109", f"ring:A/R{n}", f"question {n}", f"RACDCERT LISTRING(R{n}) ID(A)") for n in range(20)
    )
    text = shown(unknown(gaps=gaps, links=()))
    assert "8 more questions; --verbose shows them all." in text
    assert "LISTRING(R19)" in shown(unknown(gaps=gaps, links=()), verbose=True)


def test_a_command_stays_on_its_line_whatever_the_width() -> None:
    command = "RACDCERT CERTAUTH EXPORT(LABEL('A  very long label, 32 charac')) DSN(A.B) FORMAT(CERTB64)"
    paths = ("some/long path/zowe.yaml", "another/folder/with/evidence", "third")
    text = shown(
        unknown(gaps=(replace(gap(), command=command),), findings=(finding(),)), width=40, paths=paths
    )
    assert f"      {command}\n" in text
    call = "'some/long path/zowe.yaml' another/folder/with/evidence third"
    assert f"Fixes for 1 finding:\n    zcertlint fix {call} -o change/\n" in text
    assert f"    zcertlint collect {call}\n" in text


def test_a_link_that_waits_says_for_how_much() -> None:
    text = shown(unknown())
    assert re.search(r"zowe.zaas -> zosmf +STRICT +unknown +1 gap\n", text)
    assert "zowe.zaas -> zosmf: the certificates of ZWESVUSR/ZoweKeyring" in text


def test_a_long_link_id_keeps_the_table_straight() -> None:
    long = link("client:" + "X" * 60, "zowe.gateway")
    codes = tuple(replace(finding(f"CH1{n:02}"), id=str(n)) for n in range(12))
    broken = result(long, Answer3.FAILS, because=tuple(one.id for one in codes))
    lines = shown(empty(links=(broken,), findings=codes, verdict=Answer3.FAILS)).split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith("Links"))
    verify = lines[start].index("verify")
    assert lines[start + 1] == f"  {long.id}"
    assert lines[start + 2].index("STRICT") == verify
    assert lines[start + 3].strip().startswith("CH1")
    assert all(len(line) <= 80 for line in lines[start + 2 : start + 6])


def test_quiet_is_one_line_per_finding_and_the_totals() -> None:
    lines = shown(failing(), quiet=True).split("\n")
    assert lines[0].startswith("evidence/rings.txt:6: error CH101 Zowe does not trust")
    assert len([line for line in lines if "CE103" in line]) == 1
    assert "2 errors, 1 warning" in lines[3]
    coloured = shown(failing(), quiet=True, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(failing(), quiet=True)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_colour_changes_no_letter(width: int) -> None:
    for report in (failing(), holding(), unknown()):
        coloured = shown(report, color=True, width=width)
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(report, width=width)
    assert "\x1b[1;31merror[CH101]\x1b[0m" in shown(failing(), color=True)


def test_the_next_expiry_in_words() -> None:
    texts = {days: shown(failing(next_expiry=("X", days))) for days in (-3, -1, 0, 1, 1204)}
    flat_texts = {days: " ".join(text.split()) for days, text in texts.items()}
    assert "Next expiry: X, expired 3 days ago." in flat_texts[-3]
    assert "Next expiry: X, expired 1 day ago." in flat_texts[-1]
    assert "Next expiry: X today." in flat_texts[0]
    assert "Next expiry: X in 1 day." in flat_texts[1]
    assert "Next expiry: X in 1,204 days." in flat_texts[1204]


def test_infos_are_counted_when_there_are_any() -> None:
    summary = replace(failing().summary, infos=2)
    assert "2 infos" in shown(failing(summary=summary))
    assert "info" not in shown(failing())


def test_an_info_has_its_own_word() -> None:
    assert "info[CH101]: " in shown(empty(findings=(finding(severity=Severity.INFO),)))


def test_wrap_breaks_at_blanks_only_and_keeps_what_it_does_not_break() -> None:
    assert wrap("a label 'two  blanks' here", 80) == ["a label 'two  blanks' here"]
    assert wrap("one two three", 7, 5) == ["one two", "three"]
    assert wrap("short averyveryverylongword end", 10) == ["short", "averyveryverylongword", "end"]
    assert wrap("", 10) == [""]
    assert wrap("   ", 10) == [""]
    assert wrap("two\nlines\r\nand\ttab", 80) == ["two lines and tab"]


def test_small_words() -> None:
    assert [plural(one) for one in ("key ring", "query", "key", "z/OSMF settings", "ring (virtual)")] == [
        "key rings", "queries", "keys", "z/OSMF settings", "rings (virtual)",
    ]  # fmt: skip
    assert [count(n, "day") for n in (0, 1, 2, 12345)] == ["0 days", "1 day", "2 days", "12,345 days"]
    assert visible("a\u00a0b\u2028c\x7f\x00") == "a b c␡␀"
    assert flat("a\nb\r\nc") == "a b c"
    assert cells("日本e\u0301") == 5
    assert judged_at(AS_OF.replace(second=5)) == "2026-11-21 09:00:05 UTC"


def test_the_place_is_where_an_editor_finds_it() -> None:
    assert render("concise", failing()).split("\n")[1].startswith("zowe.yaml:19:16: error LK101 ")
    assert RINGS in render("concise", failing())
