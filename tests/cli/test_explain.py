"""``zcertlint explain`` as people call it."""

import json
import os
import subprocess
import sys

import pytest

from zcertlint.cli.commands.explain import asks


def explain(*arguments: str, stdin: bytes = b"", columns: str = "80") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "zcertlint", "explain", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": columns},
    )


def text(*arguments: str, stdin: bytes = b"") -> str:
    done = explain(*arguments, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "questions"),
    [
        (["EZD1287I", "435"], ["EZD1287I 435"]),
        (["GSK", "428"], ["GSK 428"]),
        (["errno2", "0be8044c"], ["errno2 0be8044c"]),
        (["R_datalib", "8/8/44"], ["R_datalib 8/8/44"]),
        (["CH101", "KR105"], ["CH101", "KR105"]),
        (["ZWEAM701E", "KGEA0003"], ["ZWEAM701E", "KGEA0003"]),
        (["EZD1287I", "TTLS", "Error", "RC:", "6", "ch101"], ["EZD1287I TTLS Error RC: 6", "ch101"]),
        (["key-ring-not-found", "GSK", "6", "8/8/8"], ["key-ring-not-found", "GSK 6 8/8/8"]),
        (["self-signed", "certificate"], ["self-signed certificate"]),
        (["a line of words", "another line"], ["a line of words", "another line"]),
        (["a line of words", "435"], ["a line of words", "435"]),
    ],
)
def test_the_words_of_a_call_are_one_question_or_several(arguments: list[str], questions: list[str]) -> None:
    assert asks(arguments) == questions


def test_the_screen_of_a_pasted_message() -> None:
    shown = text("EZD1287I TTLS Error RC: 435 Initial Handshake")
    assert shown.startswith("EZD1287I RC 435   AT-TLS: the certification authority is unknown\n")
    for words in (
        "Most often\n  1. ",
        "CH101",
        "KR117",
        "Which one it is\n",
        "LISTRING(ring)",
        "Fix\n",
        "Also in this text",
    ):
        assert words in shown
    assert max(map(len, shown.split("\n"))) <= 80


def test_one_call_in_words_or_as_a_line_says_the_same() -> None:
    assert text("EZD1287I", "435") == text("EZD1287I 435")
    assert text("ezd1287i", "435") == text("EZD1287I 435")


def test_several_questions() -> None:
    shown = text("ZWEAM510E", "KGEA0003", "CH101")
    assert [shown.index(head) for head in ("ZWEAM510E   ", "KGEA0003   ", "CH101   ")] == sorted(
        shown.index(head) for head in ("ZWEAM510E   ", "KGEA0003   ", "CH101   ")
    )


def test_a_rule_by_its_name_and_in_a_pasted_finding() -> None:
    assert text("CH101") == text("partner-ca-not-trusted") == text("error[CH101]: the key ring lacks the CA")


def test_a_wrapped_message_from_standard_input() -> None:
    shown = text(
        "-",
        stdin=b"ZWEAM511E There was a TLS request error accessing\nthe URL 'h': 'PKIX path building\nfailed'\n",
    )
    assert shown.startswith('"PKIX path building failed"')
    assert "ZWEAM511E" in shown


def test_a_log_from_standard_input_shows_each_message_once() -> None:
    log = (
        b"12.00 nothing of interest\r\n" * 10 + b"ZWEAM510E Invalid key alias 'x'\r\n" * 10 + b"IRRD109I\r\n"
    )
    shown = text("-", stdin=log)
    assert shown.count("ZWEAM510E   ") == 1
    assert "IRRD109I   " in shown


def test_json_carries_the_same() -> None:
    done = explain("EZD1287I", "435", "CH101", "--format", "json")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert (document["schema"], document["asked"]) == (1, "EZD1287I 435 CH101")
    assert [rule["id"] for rule in document["rules"]] == ["CH101"]
    message, rule = document["answers"]
    assert (message["messages"][0]["shown"], message["messages"][0]["id"]) == ("EZD1287I RC 435", "GSK 435")
    named = {one["id"]: one["built"] for cause in message["messages"][0]["causes"] for one in cause["rules"]}
    assert named["CH101"] is True
    assert message["messages"][1]["id"] == "EZD1287I"
    assert (rule["rules"], rule["messages"]) == (["CH101"], [])


def test_json_for_what_nobody_knows() -> None:
    done = explain("ZWEAM702E", "--format", "json")
    assert done.returncode == 2
    one = json.loads(done.stdout)["answers"][0]
    assert (one["messages"], one["not_in_the_book"]) == ([], ["ZWEAM702E"])
    assert "ZWEAM701E" in {near["id"] for near in one["near"]}


def test_markdown() -> None:
    shown = text("ICH408I USER(A|B) NAME(`x`) IRR.RUSERMAP CL(FACILITY)", "--format", "markdown")
    assert shown.startswith("# ICH408I RUSERMAP: ")
    assert "- USER `A|B`" not in shown
    assert "## Most often\n\n1. " in shown


def test_unknown_is_said_and_the_nearest_are_told_as_guesses() -> None:
    done = explain("ZWEAM702E")
    assert (done.returncode, done.stdout) == (2, b"")
    told = done.stderr.decode()
    assert "ZWEAM702E: neither a rule nor in the message book" in told
    assert "ZWEAM702E is a message of: Zowe API Mediation Layer" in told
    assert "these look alike, and may be something else" in told
    assert "ZWEAM701E" in told


def test_what_is_known_is_printed_beside_what_is_not() -> None:
    done = explain("ZWEAM510E", "XX999")
    assert done.returncode == 2
    assert done.stdout.startswith(b"ZWEAM510E   ")
    assert b"XX999: neither" in done.stderr


def test_a_rule_of_later() -> None:
    done = explain("CG116")
    if done.returncode == 0:
        pytest.skip("CG116 is built")
    assert b"a rule that this version does not have yet" in done.stderr
    assert b"IRRD109I" in done.stderr


@pytest.mark.parametrize("arguments", [["", " "], ["x", "--format", "html"], []])
def test_wrong_calls(arguments: list[str]) -> None:
    assert explain(*arguments).returncode == 2


def test_nothing_on_standard_input() -> None:
    assert explain("-").returncode == 2


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_hostile_text_gives_no_orders(form: str) -> None:
    nasty = (
        "EZD1287I \x1b[31mTTLS\x1b]0;t\x07 RC: 435 RULE: \x1b[2J\x9b1m\u202eevil USERID: `<b>` JOBNAME: ]]>"
    )
    done = explain(nasty, "--format", form)
    assert done.returncode == 0
    out = done.stdout.decode()
    assert not any(sign in out for sign in ("\x1b", "\x07", "\x9b"))
    assert form == "json" or "\u202e" not in out
    done = explain("\x1b[31mqqq\x9b\x07", "--format", form)
    assert done.returncode == 2
    assert not any(sign in done.stdout + done.stderr for sign in (b"\x1b", b"\x07"))


def test_ten_megabytes_and_bytes_that_are_no_text() -> None:
    done = explain("-", stdin=b"EZD1287I TTLS Error RC: 435 " + b"x" * 10_000_000)
    assert done.returncode == 0
    assert done.stdout.startswith(b"EZD1287I RC 435")
    assert b"Only the first 20,000 characters" in done.stdout
    assert explain("-", stdin=bytes(range(256)) * 100).returncode == 2


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_passwords_of_a_pasted_line_are_not_repeated(form: str) -> None:
    for line in (
        "ZWES1061I TLS settings: keyring 'r', label 'l', password 'hunter2', stash 'hunter2'",
        "ZWEQQ999E unknown thing, password=hunter2 and keystore password: hunter2",
        "ZWEQQ999E unknown thing, password 'hunter2'",
    ):
        done = explain(line, "--format", form)
        assert b"hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_nothing_is_wider_than_the_screen(columns: str) -> None:
    done = explain(
        "EZD1287I 435", "ZWEAM511E", "IRRD109I", "ICH408I", "java-pkix-path", "8/8/8", columns=columns
    )
    assert done.returncode == 0
    assert max(map(len, done.stdout.decode().split("\n"))) <= int(columns)
