"""CONFIG= of Zowe's started task: where it stands, what is wrong with it, and what is nobody's fault."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext, read_source, zowe_start
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "zowe-start"


def facts(text: str) -> Facts:
    source = load("stdenv.txt", text.encode())
    found = zowe_start.read(source, ReadContext())
    assert sum(found.lines) == len(source.lines) == len(found.marks)
    return found


def recognised(text: str) -> bool:
    return zowe_start.recognise(load("stdenv.txt", text.encode()))


def wrong(text: str) -> list[str]:
    return [problem.expected for problem in facts(text).problems]


def test_a_started_task() -> None:
    source = load("zweslstc.jcl", (FIXTURES / "shapes/started_task.jcl").read_bytes())
    (found,) = read_source(source, ReadContext())
    assert found.kind == zowe_start.KIND
    assert found.problems == ()
    assert [number for number, mark in enumerate(found.marks, 1) if mark] == [10, 11, 12]


@pytest.mark.parametrize("path", sorted((FIXTURES / "damaged").glob("*")), ids=lambda path: path.stem)
def test_a_config_that_is_cut_is_no_fault(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("PARMLIB(A.B)", "PARMLIB(A.B) names no member"),
        ("PARMLIB(A.B())", "PARMLIB(A.B()) names no member"),
        ("'FILE(/a/b.yaml):PARMLIB(A.B)'", "PARMLIB(A.B) names no member"),
        ("parmlib(a.b(x)):PARMLIB(C.D(Y))", "parmlib(a.b(x)) and PARMLIB(C.D(Y)) name different members"),
        ("PARMLIB(A(X)):PARMLIB(&H..D(Q)):PARMLIB(C(Y))", "PARMLIB(A(X)) and PARMLIB(C(Y)) name different members"),
    ],
)  # fmt: skip
def test_wrong(value: str, said: str) -> None:
    assert recognised(f"CONFIG={value}")
    assert wrong(f"CONFIG={value}") == [said]


@pytest.mark.parametrize(
    "value",
    [
        "/u/zowe/zowe.yaml",
        "FILE(/a/b.yaml)",
        "PARMLIB(A.B(X))",
        "PARMLIB(A.B(X)):PARMLIB(C.D(x)):FILE(/z)",
        "PARMLIB(A.B(&SYSNAME)):PARMLIB(A.B(X))",
        "PARMLIB(&HLQ)",
        "PARMLIB({{dsn}})",
    ],
)
def test_right_or_not_known(value: str) -> None:
    assert wrong(f"CONFIG={value}") == []


@pytest.mark.parametrize(
    "text",
    [
        "//* CONFIG=PARMLIB(A.B)",
        "the CONFIG=PARMLIB(A.B) of a sentence",
        "MYCONFIG=PARMLIB(A.B)",
        "-c x.yaml",
    ],
)
def test_what_is_no_config(text: str) -> None:
    assert not recognised(text)
    assert facts(text).problems == ()


def test_the_command_of_a_shell() -> None:
    text = "$ zwe start --config 'PARMLIB(A.B)'\n"
    assert recognised(text.removeprefix("$ "))
    assert wrong("zwe start -c PARMLIB(A.B)") == ["PARMLIB(A.B) names no member"]


@given(st.text(alphabet="CONFIG=PARMLIB(FILE):A.B\\\n /*'&", max_size=200))
def test_no_text_ends_in_an_exception(text: str) -> None:
    if load("stdenv.txt", text.encode()).lines:
        facts(text)
