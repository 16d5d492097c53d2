"""ICH408I in logs: every envelope of a log, what was refused, and what damage does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from zcertlint.model.facts import Facts
from zcertlint.model.security import Denial, Level
from zcertlint.readers import ReadContext, security_log
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "security-log"


def facts(data: bytes) -> Facts:
    source = load("log.txt", data)
    found = security_log.read(source, ReadContext())
    assert sum(found.lines) == len(source.lines) == len(found.marks)
    assert found.lines[2] == len(found.unread)
    return found


def denials(found: Facts) -> tuple[Denial, ...]:
    return () if found.security is None else found.security.denials


def fixture(name: str) -> Facts:
    data = (FIXTURES / name).read_bytes()
    assert security_log.recognise(load(name, data))
    return facts(data)


def short(item: Denial) -> tuple[str | None, str | None, str | None, Level | None, Level | None]:
    return (item.user, item.resource, item.class_name, item.intent, item.allowed)


def test_a_job_log() -> None:
    found = fixture("shapes/job_log.txt")
    first, second = denials(found)
    assert short(first) == ("ZWESVUSR", "ZWESVUSR.ZOWEKEYRING.LST", "RDATALIB", Level.READ, Level.NONE)
    assert (first.group, first.reason) == ("ZWEADMIN", "INSUFFICIENT ACCESS AUTHORITY")
    assert (first.span.line, first.span.column) == (4, 21)
    assert (second.reason, second.intent) == ("INSUFFICIENT AUTHORITY TO OPEN", None)


def test_the_system_log() -> None:
    found = fixture("shapes/system_log.txt")
    (item,) = denials(found)
    assert short(item) == ("ZWESVUSR", "BPX.SERVER", "FACILITY", Level.UPDATE, Level.READ)
    assert found.lines == (4, 1, 0)


def test_pasted_in_several_ways() -> None:
    found = fixture("shapes/pasted.txt")
    assert [short(item) for item in denials(found)] == [
        ("START1", "EZB.TRCCTL.S0W1.TCPIP.OPEN", "SERVAUTH", Level.READ, Level.NONE),
        ("JONES", "OMVSAPPL", "APPL", Level.READ, Level.NONE),
        (None, "CSFDSG", "CSFSERV", Level.READ, Level.NONE),
        ("IBMUSER", None, None, None, None),
    ]
    assert denials(found)[3].reason == "LOGON/JOB INITIATION - INVALID PASSWORD ENTERED AT TERMINAL LCL701"
    assert found.marks[7] == 0  # "Any idea?"
    assert not found.unread
    assert not found.problems


def test_certificates_that_lead_to_no_user() -> None:
    found = fixture("shapes/certificates.txt")
    first, second = denials(found)
    assert first.reason == "DIGITAL CERTIFICATE IS NOT DEFINED"
    assert first.serial == "0163"
    assert first.subject is not None
    assert first.subject.text == "CN=adcdd (test).O=cpwebuser.C=GB"
    assert first.issuer is not None
    assert first.issuer.text == "CN=SSCA8.OU=CA.O=SSS.C=GB"
    assert second.serial == "02"
    assert second.subject is not None
    assert second.subject.text == "CN=Some Person.OU=A Department With A Long Name.O=cpwebuser.C=GB"
    assert second.issuer is None  # a blank may have stood where the line ends
    assert found.lines == (8, 2, 0)


def test_warning_mode_refuses_nothing() -> None:
    found = fixture("shapes/warning_mode.txt")
    assert not denials(found)
    assert found.lines == (5, 0, 0)


def test_a_message_without_its_end_is_told_once() -> None:
    found = fixture("damaged/head_only.txt")
    assert not denials(found)
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert [unread.span.line for unread in found.unread] == [3]


def test_a_cut_resource_is_not_taken() -> None:
    found = facts((FIXTURES / "damaged/columns_cut_at_24.txt").read_bytes())
    assert all(item.resource is None for item in denials(found))


@pytest.mark.parametrize(
    "text",
    ["", "See ICH408I in the log.\n", "ICH408I   USER (userid) GROUP (group-name)\n", "ICH409I USER(A)\n"],
)
def test_other_text_is_not_recognised(text: str) -> None:
    assert not security_log.recognise(load("x", text.encode()))


@pytest.mark.skipif(corpus_dir() is None, reason="no corpus on this machine")
def test_the_message_in_a_long_document() -> None:
    folder = corpus_dir()
    assert folder is not None
    found = facts((folder / "documents" / "000_90151425f4f1ef3f.txt").read_bytes())
    assert [(item.user, item.serial, str(item.subject and item.subject.text)) for item in denials(found)] == [
        ("START1", "0163", "CN=adcdd.O=cpwebuser.C=GB")
    ]
    assert found.lines[0] == 2
    assert not found.unread


USERS = st.from_regex(r"[A-Z$#@][A-Z0-9$#@]{0,7}", fullmatch=True)
RESOURCES = st.from_regex(r"[A-Z][A-Z0-9]{0,7}(\.[A-Za-z0-9*$]{1,8}){0,4}", fullmatch=True)
CLASSES = st.sampled_from(["RDATALIB", "FACILITY", "APPL", "CSFSERV", "PTKTDATA"])
LEVELS = st.sampled_from(Level)


@st.composite
def models(draw: st.DrawFn) -> tuple[str, str, str, Level, Level]:
    return draw(USERS), draw(RESOURCES), draw(CLASSES), draw(LEVELS), draw(LEVELS)


def printed(model: tuple[str, str, str, Level, Level], *, generic: bool) -> list[str]:
    user, resource, class_name, intent, allowed = model
    return [
        f"ICH408I USER({user:<8}) GROUP(SYS1    ) NAME(SOMEBODY            )",
        f"  {resource} CL({class_name:<8})",
        "  INSUFFICIENT ACCESS AUTHORITY",
        *(["  FROM ** (G)"] if generic else []),
        f"  ACCESS INTENT({intent.value:<7})  ACCESS ALLOWED({allowed.value:<7})",
    ]


MARGINS: dict[str, Callable[[str, bool], str]] = {
    "plain": lambda line, _: line,
    "bare": lambda line, _: line.strip(),
    "quoted": lambda line, _: f"> {line}",
    "each line named": lambda line, _: line if line.startswith("ICH") else f"ICH408I {line}",
    "job log": lambda line, first: (
        f" 08.55.04 STC00150  {line} 179" if first else f"   179             {line}"
    ),
    "system log": lambda line, first: (
        f"N 4020000 S0W1     26103 08:55:04.12 STC00150 00000090  {line}"
        if first
        else f"D                                         179 00000090  {line}"
    ),
}


@pytest.mark.parametrize("margin", MARGINS)
@given(several=st.lists(models(), min_size=1, max_size=3), generic=st.booleans())
@settings(max_examples=25, deadline=None)
def test_refusals_are_read_back(
    margin: str, several: list[tuple[str, str, str, Level, Level]], *, generic: bool
) -> None:
    with_margin = MARGINS[margin]
    lines = [
        with_margin(line, number == 0)
        for model in several
        for number, line in enumerate(printed(model, generic=generic))
    ]
    found = facts("\n".join([*lines, "Regards"]).encode())
    assert [short(item) for item in denials(found)] == several
    assert not found.unread


@given(model=models(), width=st.sampled_from([12, 24, 40, 72]), gone=st.integers(0, 5), generic=st.booleans())
@settings(max_examples=80, deadline=None)
def test_damage_never_raises_and_never_invents(
    model: tuple[str, str, str, Level, Level], width: int, gone: int, *, generic: bool
) -> None:
    lines = printed(model, generic=generic)
    del lines[gone : gone + 1]
    for item in denials(facts("\n".join(line[:width] for line in lines).encode())):
        for value, truth in zip(short(item), model, strict=True):
            assert value is None or value == truth


@pytest.mark.parametrize(
    "line", ["ICH408I USER(A) " * 50_000, "  A" + " .-" * 60_000 + "!", "  A, " * 60_000, "(" * 200_000]
)
def test_hostile_lines_take_no_time(line: str) -> None:
    facts(f"ICH408I USER(A) GROUP(B) NAME(C)\n{line}\n{line[:4000]}\n".encode())
