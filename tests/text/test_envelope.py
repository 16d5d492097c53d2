"""Commands and their answers, out of everything that surrounds them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.envelopes import Envelope, envelopes
from support.listings import systsprt
from zcertlint.errors import InputError
from zcertlint.text import envelope
from zcertlint.text.decode import load
from zcertlint.text.envelope import Transcript, masked, transcript, transcript_of


def same(lines: list[str]) -> Transcript:
    """What is found, the same whether all lines are stripped at once or each when somebody looks."""
    found, other = transcript(lines), transcript(lines, "\n".join(lines))
    assert list(other.texts) == list(found.texts)
    assert other.exchanges == found.exchanges
    assert [other.texts[index] for index in range(-1, -len(lines), -1)] == list(other.texts[:0:-1])
    return found


def exchanges(text: str) -> list[tuple[str | None, list[str], bool]]:
    found = same(text.split("\n"))
    return [
        (each.command, [line for line in found.texts[each.start : each.end] if line], each.closed)
        for each in found.exchanges
    ]


def test_batch_output() -> None:
    text = (
        "1READY\n READY\n RACDCERT ID(A) -\n   LISTRING(*)\n answer\n READY\n LISTCAT\n other\n READY\n END\n"
    )
    assert exchanges(text) == [
        ("RACDCERT ID(A) LISTRING(*)", ["answer"], True),
        ("LISTCAT", ["other"], True),
    ]


def test_an_answer_without_echo() -> None:
    text = "READY\nDigital ring information for user A:\nREADY\nIRRD101I no\nEND"
    assert exchanges(text) == [
        (None, ["Digital ring information for user A:"], True),
        (None, ["IRRD101I no"], True),
    ]


@pytest.mark.parametrize(
    "echo",
    ["racdcert list certauth", '$ tsocmd "racdcert list certauth"', "tsocmd racdcert list certauth"],
)
def test_echo_without_ready(echo: str) -> None:
    assert exchanges(f"{echo}\nanswer") == [("racdcert list certauth", ["answer"], False)]


def test_prose_is_no_command() -> None:
    text = "RACDCERT was run by Bob\nIRRD101I You are not authorized to issue the RACDCERT command."
    assert [command for command, _, _ in exchanges(text)] == [None]


def test_sdsf_columns() -> None:
    found = transcript(["SDSF OUTPUT DISPLAY X  JOB1  DSID 2 LINE 0  COLUMNS 21- 100", "me  Cert Owner"])
    assert [(each.lost_columns, each.first_column) for each in found.exchanges] == [(0, 21)]
    found = transcript(["SDSF OUTPUT DISPLAY X  JOB1  DSID 2 LINE 0  COLUMNS 1- 80", "text"])
    assert [each.lost_columns for each in found.exchanges] == [None]


def lost(*lines: str) -> list[int | None]:
    return [each.lost_columns for each in transcript(lines).exchanges]


def test_from_column_2_on_nothing_is_missing_where_lines_that_begin_in_column_1_are_whole() -> None:
    first, later = (f"SDSF OUTPUT DISPLAY X  JOB1  DSID 2 LINE {n}  COLUMNS 02- 81" for n in (0, 40))
    head = "Digital ring information for user A:"
    assert lost(first, "READY", "RACDCERT ID(A) LISTRING(*)", head, later, "x", "READY", "END") == [None]
    assert lost(first, "x", head, later, "x") == [None]
    # Nothing tells, or what tells is cut itself.
    assert lost(first, "x") == [0]
    assert lost(first, "EADY", "ACDCERT ID(A) LISTRING(*)", head[1:], later, "x") == [0]
    # Another data set, and another start.
    assert lost(first, "READY", "RACDCERT CERTAUTH LIST", "x", first, "x") == [None, 4]
    assert lost(first, "READY", "RACDCERT CERTAUTH LIST", "x", later.replace("02-", "03-"), "x") == [4]


def test_marks_of_screens_and_markdown_are_blanked_but_not_answers() -> None:
    lines = ["***", "*** No certificates connected ***", "```text", "**** BOTTOM OF DATA ****", "<pre>"]
    assert transcript(lines).texts == ["", "*** No certificates connected ***", "", "", ""]


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("RACDCERT ADD('a') PASSWORD('s3(c''ret)') TRUST", "RACDCERT ADD('a') PASSWORD(...) TRUST"),
        ("RACDCERT ADD('a') password( s3cret )", "RACDCERT ADD('a') password(...)"),
        ("RACDCERT ADD('a') PASSWORD('s3cret", "RACDCERT ADD('a') PASSWORD(...)"),
    ],
)
def test_passwords_never_leave(command: str, shown: str) -> None:
    assert masked(command) == shown
    assert exchanges(f"READY\n{command}\nREADY")[0][0] == shown


def test_a_heading_of_another_command_ends_the_answer() -> None:
    text = "tsocmd RACDCERT CERTAUTH LIST\nIRRD101I no\nCLASS      NAME\nrow"
    assert exchanges(text) == [
        ("RACDCERT CERTAUTH LIST", ["IRRD101I no"], False),
        (None, ["CLASS      NAME", "row"], False),
    ]


def test_what_an_exec_prints_has_no_command() -> None:
    text = "READY\n%CERTS\nDigital ring information for user A:\nREADY\nEND"
    assert exchanges(text) == [
        ("%CERTS", [], False),
        (None, ["Digital ring information for user A:"], True),
    ]


def test_a_list_of_commands_is_no_list_of_answers() -> None:
    text = "Run these:\nRACDCERT ID(A) LIST\nRACDCERT CERTAUTH LIST\nand send the output."
    assert exchanges(text) == [
        (None, ["Run these:"], True),
        ("RACDCERT CERTAUTH LIST", ["and send the output."], False),
    ]


def test_commands_in_jcl_were_not_run_here() -> None:
    text = (
        "//LIST JOB\n//TSO EXEC PGM=IKJEFT01\n//SYSTSIN DD *\n RACDCERT ID(A) LIST\n RACDCERT SITE LIST\n/*\n"
        "Digital ring information for user A:\nx"
    )
    assert exchanges(text) == [(None, ["/*", "Digital ring information for user A:", "x"], False)]


def test_a_label_is_no_jcl() -> None:
    lines = ["// CERTAUTH PERSONAL NO", "//* A", "//A", "x"]
    assert transcript(lines).texts == lines


@pytest.mark.parametrize(
    ("lines", "command"),
    [
        (["RACDCERT ID(A) -", "  LISTRING(*)"], "RACDCERT ID(A) LISTRING(*)"),
        (["RACDCERT ID(A)+", "  LISTRING(*)"], "RACDCERT ID(A)LISTRING(*)"),
        (
            ["RACDCERT LIST(LABEL('Zowe Ser+", "       ver')) ID(A)"],
            "RACDCERT LIST(LABEL('Zowe Server')) ID(A)",
        ),
        (["RACDCERT LIST(LABEL('a  b'))  +", "  SITE"], "RACDCERT LIST(LABEL('a  b')) SITE"),
        (["RACDCERT ID(A) -", "LIST -", "(LABEL('b'))"], "RACDCERT ID(A) LIST (LABEL('b'))"),
        (["RACDCERT ID(A) LIST -"], "RACDCERT ID(A) LIST"),
    ],
)
def test_continued_commands(lines: list[str], command: str) -> None:
    text = "\n".join(["READY", *lines, "Digital certificate information for user A:", "READY"])
    assert exchanges(text) == [(command, ["Digital certificate information for user A:"], True)]


def test_a_user_called_end() -> None:
    assert exchanges("READY\nSEARCH CLASS(USER)\nADAM\nEND\nEVE\nREADY\nEND") == [
        ("SEARCH CLASS(USER)", ["ADAM", "END", "EVE"], True)
    ]


def test_subcommands_of_acf() -> None:
    text = "READY\nACF\nSET PROFILE(USER) DIV(KEYRING)\nLIST A.RING\nKEYRING / A.RING\nEND\nREADY\nEND"
    assert [(command, answer) for command, answer, _ in exchanges(text) if answer] == [
        ("LIST A.RING", ["KEYRING / A.RING"])
    ]


def test_a_job_is_noise_but_for_systsprt() -> None:
    text = (
        "1                       J E S 2  J O B  L O G  --  S Y S T E M  X\n0 \n"
        " 16.48.58 JOB02773  $HASP373 RINGS STARTED\n-  08 OCT 2026 JOB EXECUTION DATE\n"
        "1READY\n RACDCERT ID(A) LISTRING(*)\n Digital ring information for user A:\n0  Ring:\n READY\n END\n"
    )
    assert exchanges(text)[1] == (
        "RACDCERT ID(A) LISTRING(*)",
        ["Digital ring information for user A:", "Ring:"],
        True,
    )


def test_screens_of_ispf() -> None:
    found = transcript(["BROWSE    A.LISTING(X)       Line 0000000000 Col 021 100", "text"])
    assert [(each.lost_columns, each.first_column) for each in found.exchanges] == [(0, 21)]
    found = transcript(
        ["VIEW      A.LISTING       Columns 00001 00072", "Command ===>      Scroll ===> CSR", "text"]
    )
    assert [(each.lost_columns, found.texts[1]) for each in found.exchanges] == [(None, "")]


def test_html_and_markdown_signs() -> None:
    lines = ["<pre>Digital ring information for user A:", "&gt;R&amp;D&lt;<br>", "a &lt; b</pre>"]
    assert transcript(lines).texts == ["Digital ring information for user A:", ">R&D<", "a < b"]
    assert transcript(["Ring:", r"\>A\_B<"]).texts == ["Ring:", ">A_B<"]
    assert transcript(["Ring:", ">&gt;x&lt;<"]).texts == ["Ring:", ">&gt;x&lt;<"]
    assert transcript(["{noformat}", "~~~", "[code]", "Label: [code]"]).texts == ["", "", "", "Label: [code]"]


def test_quotes_go_as_deep_as_their_headings() -> None:
    lines = ["> > Ring:", "> > ", "> >      >Zowe<", "> yes", "", ">Label: x<"]
    assert transcript(lines).texts == ["Ring:", "", ">Zowe<", "yes", "", ">Label: x<"]
    deep = ">" * 30_000 + "Ring:"
    assert transcript([deep] * 50).texts[0].endswith("Ring:")


def test_too_many_commands_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "EXCHANGE_LIMIT", 3)
    source = load("many.txt", b"READY\nLISTCAT\nno\n" * 5)
    with pytest.raises(InputError, match=r"many\.txt:11: at most 3 commands"):
        transcript_of(source)


@pytest.mark.parametrize(
    "part",
    [
        "READY\nx\n",
        "READY\n",
        "RACDCERT ID(A) LIST -\n",
        "RACDCERT LIST('\n",
        "RACDCERT LIST(((((((((((\n",
        "> > > Ring:\n",
        ">" * 40 + "Label:\n\n",
        "RLIST A B\n",
        "//A DD *\n",
        "tsocmd " * 20 + "\n",
        "LINE COLUMNS 1 - \n",
        "<pre><pre><pre>\n",
        "&gt;&gt;\n",
        "READY\n\n\n\n",
        "PASSWORD('''''''''\n",
        "CLASS NAME\n",
        "LISTUSER " + "OMVS " * 30 + "x\n",
        "RACDCERT LIST(" + "''" * 40 + "(\n",
        "// CERTAUTH PERSONAL NO\n",
    ],
)
def test_time_grows_with_the_lines_only(part: str) -> None:
    def seconds(count: int) -> float:
        lines = (part * count).split("\n")
        best = 9.9
        for _ in range(3):
            start = time.perf_counter()
            transcript(lines)
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(8_000) < 16 * seconds(2_000) + 0.1


COMMANDS = st.sampled_from(
    [
        "RACDCERT ID(A) LISTRING(*)",
        "RACDCERT CERTAUTH LIST(LABEL('x y'))",
        "SETROPTS LIST",
        "RLIST FACILITY BPX.DAEMON AUTHUSER",
        "LISTUSER A OMVS",
        "SEARCH CLASS(USER)",
        "NETSTAT HOME",
    ]
)
# Rows that are neither a command nor a part of any envelope.
ROWS = st.from_regex(r"[AGHJKOQUWX][a-z0-9.()'=]{0,12}( [a-z0-9]{1,9}){0,3}", fullmatch=True)
PAIRS = st.lists(st.tuples(COMMANDS, st.lists(ROWS, min_size=1, max_size=4)), min_size=1, max_size=4)


@envelopes
@given(pairs=PAIRS)
@settings(max_examples=25, deadline=None)
def test_pairs_come_back_out_of_every_envelope(
    envelope: Envelope, pairs: list[tuple[str, list[str]]]
) -> None:
    text = systsprt([(command, "".join(f"  {row}\n" for row in rows)) for command, rows in pairs])
    # A whole answer without a heading is told from a sentence by READY; a quote by its heading.
    source = load("x", envelope(f"{text}READY\nREADY\n"))
    found = transcript_of(source)
    shown = [
        (each.command, [line for line in found.texts[each.start : each.end] if line])
        for each in found.exchanges
        if each.command is not None and each.closed
    ]
    assert [(command, rows) for command, rows in shown if rows] == pairs


@given(data=st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        source = load("x", data)
        found = transcript_of(source)
    except InputError:
        return
    assert len(found.texts) == len(source.lines)
    ends = [0, *(each.end for each in found.exchanges)]
    assert ends == sorted(ends)
    assert all(each.at <= each.start <= each.end <= len(source.lines) for each in found.exchanges)


@given(
    text=st.lists(
        st.sampled_from(
            [
                "READY",
                "END",
                ">",
                "Ring:",
                "***",
                "RACDCERT ID(A) LIST",
                "1READY",
                "0",
                "x",
                "",
                "//A DD *",
                "-",
                "+",
                "<pre>",
                "&gt;a&lt;",
                "> > Label: x",
                "SDSF OUTPUT LINE 1 COLUMNS 2- 81",
                "ACF",
                "CLASS NAME",
                "/*",
                " \tREADY\x0c ",
                " > >< ",
                "\x1f***",
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_line_outside_the_envelope_is_lost(text: list[str]) -> None:
    found = same(text)
    covered = {index for each in found.exchanges for index in range(each.start, each.end)}
    assert all(not line or index in covered for index, line in enumerate(found.texts))
