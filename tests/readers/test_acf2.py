"""ACF2: recognised, orphans told, nothing concluded."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from support.envelopes import Envelope, envelopes
from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext, acf2
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "acf2"
CORPUS = corpus_dir()
ORPHAN = (FIXTURES / "shapes" / "orphan.txt").read_text()


def read(data: bytes | str) -> Facts:
    source = load("acf2.txt", data if isinstance(data, bytes) else data.encode())
    assert acf2.recognise(source)
    facts = acf2.read(source, ReadContext())
    assert facts.lines == (facts.marks.count(1), facts.marks.count(0), facts.marks.count(2))
    assert sum(facts.lines) == len(source.lines)
    assert {(problem.code, problem.fatal) for problem in facts.problems} == {("IN008", False)}
    assert (facts.stores, facts.certificates, facts.answers) == ((), (), ())
    return facts


def test_a_pointer_to_a_deleted_certificate() -> None:
    facts = read(ORPHAN)
    (problem,) = facts.problems
    assert "ZWESVUSR.ZOWECERT" in problem.expected
    assert problem.span.line == 4
    assert facts.lines == (2, 4, 0)


def test_a_trace_is_told_to_be_one() -> None:
    facts = read((FIXTURES / "shapes" / "trace.txt").read_bytes())
    (problem,) = facts.problems
    assert "trace" in problem.expected
    assert facts.lines == (8, 0, 0)


def test_an_unknown_listing_is_told_not_to_be_read() -> None:
    facts = read((FIXTURES / "shapes" / "chkcert.txt").read_bytes())
    assert "this is an ACF2 listing" in facts.problems[0].expected
    # Of the answer itself one line hangs below the command; how far it reaches is not known.
    assert facts.marks.count(2) == 2


def test_messages_that_are_cut() -> None:
    facts = read((FIXTURES / "damaged" / "message-cut.txt").read_bytes())
    assert facts.lines == (1, 0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "//ACF2 EXEC PGM=IKJEFT01\nACF\nSET PROFILE(USER) DIVISION(CERTDATA)\nCHKCERT ZWESVUSR.ZOWECERT\n",
        "F ACF2,REBUILD(USR),CLASS(P),DIVISION(KEYRING)\n",
        "In ACF2 use CHKCERT to see it.\n",
    ],
)
def test_jobs_and_prose_are_left_alone(text: str) -> None:
    assert not acf2.recognise(load("x", text.encode()))


@envelopes
def test_every_envelope(envelope: Envelope) -> None:
    # After READY a message is an answer, no command.
    message = "\n".join(ORPHAN.split("\n")[2:4]) + "\n"
    facts = read(envelope(message))
    assert [problem.expected for problem in facts.problems] == [read(ORPHAN).problems[0].expected]
    assert facts.lines[0] == 2


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.integers(0, len(ORPHAN)))
def test_damage_gives_facts(junk: str, at: int) -> None:
    source = load("x", (ORPHAN[:at] + junk + ORPHAN[at:]).encode("utf-8", "replace"))
    if acf2.recognise(source):
        facts = acf2.read(source, ReadContext())
        assert sum(facts.lines) == len(source.lines)
        assert not facts.stores


@pytest.mark.skipif(CORPUS is None, reason="no corpus here")
@pytest.mark.parametrize(
    ("name", "lines"), [("acf2_orphan_pointer.txt", (2, 1, 0)), ("acf2_sectrace_rdatalib.txt", (24, 1, 0))]
)
def test_the_corpus(name: str, lines: tuple[int, int, int]) -> None:
    assert CORPUS is not None
    facts = read((CORPUS / "racf" / name).read_bytes())
    assert facts.lines == lines
    assert len(facts.problems) == 1
