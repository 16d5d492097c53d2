"""Jobs as people write them: which commands TSO gets, in which order, and what is told when one cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from zcertlint.fixes.job.lines import Job
from zcertlint.fixes.job.play import play_jobs
from zcertlint.fixes.job.reader import is_job, read_job
from zcertlint.fixes.job.secrets import hidden, without_secrets
from zcertlint.fixes.job.words import TreeError, Word, complete, parse, without_comments
from zcertlint.model.change import SlipKind
from zcertlint.model.deployment import Database
from zcertlint.text.decode import load
from zcertlint.text.source import Source

FIXTURES = Path(__file__).parents[2] / "fixtures"
JOBS = sorted(path for path in (FIXTURES / "jobs").glob("*") if path.suffix != ".yaml")


def source(text: str, path: str = "job.txt") -> Source:
    return load(path, text.encode())


def job(text: str) -> Job:
    made = source(text)
    assert is_job(made)
    return read_job(made)


def step(*lines: str, dd: str = "DD *", end: str = "/*") -> str:
    cards = ["//J        JOB 1", "//S1       EXEC PGM=IKJEFT1B", f"//SYSTSIN  {dd}"]
    return "\n".join([*cards, *lines, *([end] if end else [])]) + "\n"


def texts(read: Job) -> list[str]:
    return [" ".join(one.text.split()) for one in read.commands]


# --- JCL

A, B = "RACDCERT CERTAUTH DELETE(LABEL('A'))", "RACDCERT CERTAUTH DELETE(LABEL('B'))"


@pytest.mark.parametrize(
    ("dd", "lines", "end", "commands"),
    [
        ("DD *", [A], "/*", [A]),
        ("DD *", [A], "", [A]),
        ("DD *", [A, "//NEXT EXEC PGM=IEFBR14"], "", [A]),
        ("DD *,DLM=$$", [A, "/* a comment */", B], "$$", [A, B]),
        ("DD *,DLM='$$'", [A], "$$", [A]),
        ("DD DATA", [A, "//* not the end", B], "/*", [A, B]),
        ("DD DATA,DLM=@@", [A, "//S2 EXEC PGM=X", "/*", B], "@@", [A, B]),
        ("DD *", [A, "", B], "/*", [A, B]),
        ("DD *", ["RACDCERT CERTAUTH +", "    DELETE(LABEL('A'))"], "/*", [A]),
        ("DD *", ["RACDCERT CERTAUTH -", "    DELETE(LABEL('A'))"], "/*", [A]),
        ("DD *", ["RACDCERT CERTAUTH DELETE(LAB+", "    EL('A'))"], "/*", [A]),
        ("DD *", ["RACDCERT CERTAUTH /* the CA */ DELETE(LABEL('A'))"], "/*", [A]),
        ("DD *", [A.ljust(72) + "00010000"], "/*", [A]),
        ("DD *", [" " + A], "/*", [A]),
    ],
)  # fmt: skip
def test_in_stream_data_ends_where_jes_ends_it(
    dd: str, lines: list[str], end: str, commands: list[str]
) -> None:
    read = job(step(*lines, dd=dd, end=end))
    assert [text for text in texts(read) if text.startswith("RACDCERT")] == commands
    assert read.unreadable == ()
    assert all(not one.slips for one in read.commands)


def test_a_command_knows_its_lines() -> None:
    (one,) = job(step("RACDCERT CERTAUTH +", "   DELETE(LABEL('A'))")).commands
    assert (one.line, one.span().line) == (4, 4)
    place = one.span(one.text.index("'A'"), "'A'")
    assert (place.line, place.column, place.text) == (5, 17, "'A'")


def test_a_comment_in_column_1_ends_the_data_and_what_follows_is_never_read() -> None:
    read = job(step(A, "/* now B */", B))
    assert texts(read) == [A, B]
    assert [bool(one.unreached) for one in read.commands] == [False, True]


def test_a_jcl_comment_ends_data_that_begin_with_an_asterisk_whatever_dlm_says() -> None:
    read = job(step(A, "//* now B", B, dd="DD *,DLM=$$", end="$$"))
    assert texts(read) == [A, B]
    assert [bool(one.unreached) for one in read.commands] == [False, True]
    assert read.unreadable == ()


def test_symbols_are_put_in_only_where_jcl_does_it() -> None:
    cards = "//J JOB 1\n// EXPORT SYMLIST=(U)\n// SET U=ZWESVUSR,V='x y'\n//S EXEC PGM=IKJEFT01\n"
    data = "RACDCERT ID(&U) LIST(LABEL('&U..&V'))\n"
    assert texts(job(f"{cards}//SYSTSIN DD *\n{data}/*\n")) == [data.strip()]
    one = job(f"{cards}//SYSTSIN DD *,SYMBOLS=JCLONLY\n{data}/*\n").commands[0]
    assert one.text == "RACDCERT ID(ZWESVUSR) LIST(LABEL('ZWESVUSR.&V'))"
    assert one.unresolved == ("V",)
    assert "LIST(LABEL('ZWESVUSR.x y'))" in texts(
        job(f"{cards.replace('(U)', '*')}//SYSTSIN DD *,SYMBOLS=JCLONLY\n{data}/*\n")
    )[0]  # fmt: skip


def test_cards_are_continued_and_numbered() -> None:
    text = (
        "//J        JOB (ACCT),'IT''S ME',CLASS=A,                              00010000\n"
        "//             USER=IBMUSER,MSGCLASS=X                                 00020000\n"
        "//S1       EXEC PGM=IKJEFT01,                                          00030000\n"
        "//             PARM='RACDCERT CERTAUTH LIST'                           00040000\n"
        "//SYSTSIN  DD DUMMY                                                    00050000\n"
    )
    read = job(text)
    assert texts(read) == ["RACDCERT CERTAUTH LIST"]
    assert read.submitter == "IBMUSER"
    assert read.slips == ()


def test_an_editor_s_numbers_and_a_ticket_s_marks_are_dropped() -> None:
    plain = step(A)
    numbered = "".join(f"{number:06d} {line}\n" for number, line in enumerate(plain.splitlines(), 1))
    screen = f"****** **************** Top of Data ****************\n{numbered}"
    quoted = "".join(f"> {line}\n" for line in plain.splitlines())
    fenced = f"```jcl\n{plain}```\n"
    for text in (numbered, screen, quoted, fenced):
        assert texts(job(text)) == [A]
    place = job(quoted).commands[0].span(0, "RACDCERT")
    assert (place.line, place.column) == (4, 3)


def test_ebcdic_is_read() -> None:
    made = load("JOB", step(A).replace("\n", "\x85").encode("cp037"))
    assert is_job(made)
    assert texts(read_job(made)) == [A]


@pytest.mark.parametrize(
    ("cards", "words"),
    [
        ("//S1 EXEC PGM=IKJEFT01\n//SYSTSIN DD DSN=ACME.CNTL(CERT),DISP=SHR\n", "ACME.CNTL(CERT)"),
        ("//S1 EXEC TSOBATCH\n", "the procedure TSOBATCH"),
        ("//S1 EXEC PROC=TSOBATCH\n", "the procedure TSOBATCH"),
        ("// INCLUDE MEMBER=CERTS\n//S1 EXEC PGM=IEFBR14\n", "the member CERTS"),
        ("//S1 EXEC PGM=BPXBATCH,PARM='SH tsocmd \"RACDCERT LIST\"'\n", "runs BPXBATCH"),
        ("//S1 EXEC PGM=IEBGENER\n//SYSUT1 DD *\nRACDCERT LIST\n/*\n", "no step of TSO reads"),
    ],
)
def test_what_a_job_runs_and_does_not_show_is_a_question(cards: str, words: str) -> None:
    read = job(f"//J JOB 1\n{cards}")
    assert read.commands == ()
    assert len(read.notes) == 1
    assert words in read.notes[0].text


def test_a_procedure_with_commands_of_the_job_is_played() -> None:
    read = job(f"//J JOB 1\n//S1 EXEC TSOBATCH\n//TMP.SYSTSIN DD *\n{A}\n/*\n")
    assert texts(read) == [A]


def test_what_is_no_jcl_is_told_with_its_line() -> None:
    read = job("//J JOB 1\n//S1 EXEC PGM=IKJEFT01\nhello there\n//S2 WHAT\n")
    assert [(one.span.line, one.why[:10]) for one in read.unreadable] == [
        (3, "this is ne"),
        (4, "this is no"),
    ]


@pytest.mark.parametrize(
    ("lines", "kind", "line"),
    [
        (["RACDCERT ID(ZWESVUSR) CONNECT(CERTAUTH LABEL('zOSMFCA') RING(ZoweKeyring))"], SlipKind.BEYOND, 4),
        ([A.ljust(90) + "X"], SlipKind.CUT, 4),
        (["RACDCERT CERTAUTH", "  DELETE(LABEL('A'))"], SlipKind.CONTINUATION, 4),
        (["RACDCERT CERTAUTH DELETE(LABEL('A')", " )"], SlipKind.CONTINUATION, 4),
        ([f"{A} +"], SlipKind.CONTINUATION, 4),
        ([f"{A} -", "", B], SlipKind.CONTINUATION, 4),
    ],
)
def test_lines_that_are_cut_or_not_continued_are_told(lines: list[str], kind: SlipKind, line: int) -> None:
    slips = [slip for one in job(step(*lines)).commands for slip in one.slips]
    assert (slips[0].kind, slips[0].span.line) == (kind, line)


# --- REXX, CLIST, pasted commands


def test_literal_rexx_is_read() -> None:
    text = (
        "/* REXX */\n"
        "user = 'ZWESVUSR'\n"
        'label = "it\'s"  /* a label */\n'
        "if user = 'X' then do\n"
        "  \"RACDCERT ID(X) DELETE(LABEL('a'))\"\n"
        "end\n"
        'address tso "RACDCERT ID("user") ADDRING(r)" ; \n'
        '"SETROPTS RACLIST(DIGTRING)",\n'
        '  || " REFRESH"\n'
        "say 'RACDCERT is done'\n"
    )
    read = job(text)
    assert texts(read) == [
        "RACDCERT ID(X) DELETE(LABEL('a'))", "RACDCERT ID(ZWESVUSR) ADDRING(r)", "SETROPTS RACLIST(DIGTRING) REFRESH",
    ]  # fmt: skip
    assert [bool(one.when) for one in read.commands] == [True, False, False]
    assert read.unreadable == ()


@pytest.mark.parametrize(
    "start",
    ["parse arg user", "user = value('X')", "user = 'A'\nuser = 'B'", "do user = 1 to 2", "interpret x"],
)
def test_rexx_with_a_variable_that_is_not_known_is_told(start: str) -> None:
    read = job(f'/* REXX */\n{start}\n"RACDCERT ID("user") ADDRING(r)"\n')
    assert read.commands == ()
    assert len(read.unreadable) == 1
    assert "variables" in read.unreadable[0].why


def test_a_clist_is_read_with_what_is_set_once() -> None:
    text = (
        "PROC 1 LABEL\n"
        "SET USER = ZWESVUSR\n"
        "RACDCERT ID(&USER) ADDRING(r)\n"
        "IF &LASTCC = 0 THEN RACDCERT ID(&USER) LISTRING(r)\n"
        "RACDCERT ID(&USER) DELETE(LABEL('&LABEL'))\n"
        "END\n"
    )
    read = job(text)
    assert texts(read) == ["RACDCERT ID(ZWESVUSR) ADDRING(r)", "RACDCERT ID(&USER) LISTRING(r)"]
    assert read.commands[1].when
    assert [one.span.line for one in read.unreadable] == [5]


@pytest.mark.parametrize(
    "text", ["RDELETE FACILITY BPX.DAEMON", " rdel rdatalib a.b.lst", "RDEFINE FACILITY X", "DELUSER COLIN"]
)
def test_commands_that_need_no_parentheses_are_a_change(text: str) -> None:
    assert is_job(source(f"{text}\n"))
    assert not is_job(source(f"{text.split(maxsplit=1)[0]}: what it does\n"))


def test_pasted_commands_with_prompts() -> None:
    read = job(f"READY\n{A}\nREADY\n ===> {B}\nEND\n")
    assert texts(read) == [A, B]


@pytest.mark.parametrize(
    "text",
    [
        "READY\nRACDCERT ID(U) LISTRING(*)\nDigital ring information for user U:\n",
        "READY\nRACDCERT ID(U) ADDRING(r)\nIRRD122I Ring r already exists.\nREADY\n",
        "RACDCERT CERTAUTH LIST\n",
        "zowe:\n  setup:\n    racf: RACDCERT ID(U) ADDRING(r)\n",
        "The command RACDCERT ID(U) ADDRING(r) makes a ring.\nIt is quick.\nTry it.\n",
        "SEARCH CLASS(USER)\nIBMUSER\n",
        "-----BEGIN CERTIFICATE-----\n",
        "",
    ],
)
def test_what_is_evidence_or_text_is_no_job(text: str) -> None:
    assert not is_job(source(text))


def test_the_corpus_holds_no_job_among_its_evidence() -> None:
    folder = corpus_dir()
    if folder is None:
        pytest.skip("the corpus is not here")
    taken = [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.stat().st_size < 1 << 20 and is_job(load(path.name, path.read_bytes()))
    ]
    assert [name for name in taken if not name.endswith((".jcl", ".txt"))] == []


# --- words


def test_words_are_taken_apart() -> None:
    words = parse("CONNECT(LABEL('it''s, (ok)') RING(r&%) ) ID ( U )")
    assert [word.text for word in words] == ["CONNECT", "ID"]
    label, ring = words[0].values or ()
    assert (label.values or ())[0] == Word("it's, (ok)", quoted=True, offset=14)
    assert (ring.values or ())[0].text == "r&%"
    assert (words[1].values or ())[0].folded == "U"


@pytest.mark.parametrize("text", ["A(", "A(B", "A)", "A('b)", "'", "(" * 20 + ")" * 20])
def test_what_does_not_pair_is_an_error_with_its_place(text: str) -> None:
    with pytest.raises(TreeError) as error:
        parse(text)
    assert 0 <= error.value.offset <= len(text)


def test_comments_are_blanks_outside_apostrophes() -> None:
    assert without_comments("A /* b */ C '/* d */' /* e") == "A         C '/* d */'     "


def test_abbreviations_are_unambiguous_beginnings() -> None:
    keywords = ("LIST", "LISTRING", "LISTMAP", "TRUST")
    assert complete("list", keywords) == ("LIST",)
    assert complete("LISTR", keywords) == ("LISTRING",)
    assert complete("LI", keywords) == ("LIST", "LISTRING", "LISTMAP")
    assert complete("X", keywords) == ()


# --- whatever stands there


def play(read: Job) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    play_jobs([read], Database({}, {}), datetime(2026, 11, 21, tzinfo=UTC))


@given(
    path=st.sampled_from(JOBS),
    cuts=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 40), st.text(max_size=5)), max_size=6),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_jobs_are_read_and_played_and_nothing_is_lost(
    path: Path, cuts: list[tuple[int, int, str]]
) -> None:
    text = path.read_text(encoding="utf-8")
    for start, length, new in cuts:
        text = text[:start] + new + text[start + length :]
    made = source(text, path.name)
    if not is_job(made):
        return
    read = read_job(made)
    play(read)
    lines = without_secrets(made, read)
    assert len(lines) == len(made.lines)
    assert all(1 <= one.line <= len(made.lines) for one in read.commands)


COMMANDS = st.text(st.sampled_from("RACDCERT ID(U)'+-/*,&LABEL PASSWORD\n"), max_size=80)


@given(st.lists(COMMANDS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_systsin_is_played(lines: list[str]) -> None:
    text = step(*lines, dd="DD DATA,DLM=QQ", end="QQ")
    play(read_job(source(text)))


@given(st.text(st.sampled_from("abPASSWORD()' "), max_size=60))
@settings(max_examples=300)
def test_a_secret_is_hidden_wherever_it_stands(before: str) -> None:
    secret = "Hush4Marker"
    text = f"RACDCERT ADD('a.b') {before.replace(chr(39), '')} PASSWORD('{secret}')"
    assert secret not in hidden(text)
    assert secret not in hidden(text.removesuffix(")"))
    assert secret not in hidden(text.replace("PASSWORD('", "PASS('"))


def test_a_job_is_read_alike_whatever_its_line_ends() -> None:
    text = step(A, B)
    assert texts(read_job(load("a", text.replace("\n", "\r\n").encode()))) == texts(job(text))
    assert replace(job(text), path="") == replace(read_job(source(text, "job.txt")), path="")


def test_the_input_of_tso_may_be_another_dd_and_conditions_may_be_symbols() -> None:
    text = (
        "//J        JOB\n"
        "//         EXPORT SYMLIST=*\n"
        "//         SET PRODUCT=RACF,USER=ZWESVUSR,MORE=0\n"
        "//S1       EXEC PGM=IKJEFT01\n"
        "//SYSTSIN  DD DDNAME=&PRODUCT\n"
        "//RACF     DD DATA,DLM=$$,SYMBOLS=JCLONLY\n\n"
        "/* the key ring .................................................... */\n"
        "   RACDCERT ADDRING(r) +\n"
        "            ID(&USER.)\n"
        "$$\n"
        "//ACF2     DD DATA,DLM=$$\n"
        "ACF\n$$\n"
        "//MORE     IF (&MORE EQ 1) THEN\n"
        "//S2       EXEC PGM=IKJEFT01\n"
        "//SYSTSIN  DD *\n"
        f"{A}\n"
        "//MOREX    ENDIF\n"
    )
    read = job(text)
    assert texts(read) == ["RACDCERT ADDRING(r) ID(ZWESVUSR)", A]
    assert [[guard.text for guard in one.when] for one in read.commands] == [[], ["(0 EQ 1)"]]


def test_sequence_numbers_of_a_clist_and_typed_quotes_are_undone() -> None:
    sequenced = "".join(f"{line:<72}{number:08d}\n" for number, line in enumerate(("PROC 0", A, "END"), 1))
    assert texts(job(sequenced)) == [A]
    typed = "RACDCERT CERTAUTH DELETE(LABEL(\u2018A\u2019))\nRACDCERT CERTAUTH \u2013\n DELETE(LABEL(\u2018B\u2019))\n"
    assert texts(job(typed)) == [A, B]


# --- mails and tickets

MAIL = """\
From: Colin <colin@acme.example>
Subject: RE: new CA

Hi all, please delete the old CA(s) tonight. These are the commands:
Delete the data set afterwards.

> On Fri, Oct 31, 2026 at 9:12 AM Ops (night shift) wrote:
> RACDCERT commands as discussed:
>
> RACDCERT CERTAUTH DELETE(LABEL('A'))
>> racdcert certauth add('ACME.X') +
>>    trust withlabel('B')
> setropts raclist(digtcert digtring) refresh
>
> Do we need a restart?

Yes. Don't forget it.
--\x20
Colin
"""


def test_the_prose_of_a_mail_is_no_command() -> None:
    read = job(MAIL)
    assert texts(read) == [
        A, "racdcert certauth add('ACME.X') trust withlabel('B')", "setropts raclist(digtcert digtring) refresh"
    ]  # fmt: skip
    assert read.unreadable == ()
    assert [one.line for one in read.commands] == [10, 11, 13]
    assert read.around == 12  # two of them quote an empty line
    place = read.commands[0].span(read.commands[0].text.index("'A'"), "'A'")
    assert (place.line, place.column) == (10, MAIL.split("\n")[9].index("'A'") + 1)


def test_what_a_fence_or_a_header_shows_to_be_a_mail_is_one() -> None:
    assert texts(job(f"We run this tonight:\n```\n{A}\n{B}\n```\nAny objections?\n")) == [A, B]
    assert texts(job(f"From: me@acme.example\n\nHello,\n\n{A}\n\nRegards\n")) == [A]
    assert texts(job(f"> > > {A}\n> > Fine.\nDone.\n")) == [A]


def test_a_job_in_a_mail_is_jcl() -> None:
    quoted = "".join(f"> {line}\n" for line in step(A).split("\n")[:-1])
    read = job(f"Hi,\nis this right?\n> Thanks, look at it:\n{quoted}> Colin\nWe ran it.\n")
    assert (read.kind, texts(read), read.unreadable) == ("JCL", [A], ())
    assert read.commands[0].line == 7


def test_a_command_inside_a_sentence_is_told() -> None:
    lines = [
        A,
        B,
        "SETROPTS RACLIST(DIGTCERT) REFRESH",
        f"then run {A} please",
        "RACDCRT CERTAUTH DELETE(LABEL('C'))",
    ]
    read = job("".join(f"> {line}\n" for line in [*lines, "TRUST"]))
    assert texts(read) == lines[:3]
    assert [(one.span.line, "sentence" in one.why) for one in read.unreadable] == [
        (4, True),
        (5, False),
        (6, False),
    ]


def test_a_mail_without_a_command_is_no_job() -> None:
    assert not is_job(source("> Could you run RACDCERT for me?\nI think the CA is gone. Let us talk.\n"))
    assert not is_job(source(f"> please run {A} tonight\n"))
