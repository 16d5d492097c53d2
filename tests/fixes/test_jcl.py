"""Jobs are read back as they were meant: by the reader of somebody's jobs, and by a parser that is not ours."""

import json
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixes import any_command as some
from fixes import world
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes import make_change
from zcertlint.fixes.commands.add import Add, Delete
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.generate import KEY_USAGES, Gencert
from zcertlint.fixes.commands.issue import Genreq, Rekey
from zcertlint.fixes.commands.keep import Alter, Export
from zcertlint.fixes.commands.maps import AltMap, DelMap, Map
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.profiles import Ralter, Rdefine, Rdelete
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListMap, ListRing, Rlist
from zcertlint.fixes.commands.rings import AddRing, Connect, DelRing, Remove
from zcertlint.fixes.commands.rollover import Rollover
from zcertlint.fixes.commands.setropts import Setropts
from zcertlint.fixes.commands.users import ConnectGroup, RemoveGroup
from zcertlint.fixes.jcl import (
    WIDTH,
    command_step,
    condition,
    end_if,
    idcams_step,
    job_lines,
    tso_lines,
    tso_step,
)
from zcertlint.fixes.job.general import general_value
from zcertlint.fixes.job.racdcert import read_racdcert
from zcertlint.fixes.job.racf import read_general
from zcertlint.fixes.job.reader import read_job
from zcertlint.fixes.job.tso import verb_of
from zcertlint.fixes.job.values import value_of
from zcertlint.fixes.options import DEFAULT_JOB
from zcertlint.model.certificate import AltNames, KeyKind, TrustStatus
from zcertlint.model.security import Level
from zcertlint.model.store import Usage
from zcertlint.text.source import Source

# What has broken somebody's job: apostrophes, symbols, parentheses, signs of continuation, comments, delimiters.
HOSTILE = st.text(st.sampled_from("'&()+-/*$@# ,;.=\"%<>aZ9"), min_size=1, max_size=32)
LABELS = HOSTILE.filter(lambda text: text == text.strip(" "))
RINGS = st.text(st.sampled_from("abXYZ09!#$%&*.:=?@_-"), min_size=2, max_size=237).filter(
    lambda name: "/*" not in name
)
USERS = st.text(st.sampled_from("ABXYZ#@$"), min_size=1, max_size=8)
OWNERS = st.sampled_from(some.OWNERS)
SETS = st.sampled_from(["A.B", "ZWE.D261121.Z0A1B2C.BACKUP", "ABCDEFGH." * 4 + "A1234567"])
VALUES = st.text(st.sampled_from("ab,.='&()+- C"), min_size=1, max_size=64).filter(
    lambda text: text == text.strip(" ")
)
PROFILES = st.text(st.sampled_from("ABC9.*%&#"), min_size=1, max_size=60).filter(
    lambda text: "/*" not in text
)
FILTERS = VALUES.map(lambda text: f"CN={text}.O=a, b.C=GB")
TRUST = st.sampled_from([TrustStatus.TRUST, TrustStatus.NOTRUST])
DAYS = st.dates(date(2026, 1, 1), date(2098, 1, 1))
FLAG = st.booleans()


def _subject(names: list[str], units: list[str]) -> tuple[tuple[str, str], ...]:
    return (("CN", names[0]), *(("OU", unit) for unit in units), ("C", "GB"))


SUBJECTS = st.builds(_subject, st.lists(VALUES, min_size=1, max_size=1), st.lists(VALUES, max_size=3))
EVERY_NAME = AltNames(("a.example",), ("10.0.0.1",), ("x@a.example",), ("https://a.example/?a=b&c=d",))
NAMES = st.sampled_from([None, EVERY_NAME, AltNames((), ("2001:db8::1",))])
USAGE = st.frozensets(st.sampled_from(sorted(KEY_USAGES)))
LEVELS = st.sampled_from(Level)

RACDCERT: dict[type, st.SearchStrategy[Command]] = {
    Connect: st.builds(Connect, OWNERS, LABELS, USERS, RINGS, st.sampled_from(Usage), FLAG),
    Remove: st.builds(Remove, OWNERS, LABELS, USERS, RINGS),
    AddRing: st.builds(AddRing, USERS, RINGS),
    DelRing: st.builds(DelRing, USERS, RINGS),
    Export: st.builds(Export, OWNERS, LABELS, SETS),
    Alter: st.builds(Alter, OWNERS, LABELS, LABELS, TRUST | st.none()),
    Add: st.builds(Add, OWNERS, SETS, LABELS | st.none(), TRUST | st.none()),
    Delete: st.builds(Delete, OWNERS, LABELS, FLAG),
    Genreq: st.builds(Genreq, OWNERS, LABELS, SETS),
    Rekey: st.builds(Rekey, OWNERS, LABELS, LABELS, st.sampled_from([2048, 4096, None]), DAYS | st.none()),
    Rollover: st.builds(Rollover, OWNERS, LABELS, LABELS, FLAG),
    Gencert: st.builds(
        lambda owner, subject, label, signer, signed, day, names, words: Gencert(
            owner, subject, label, None, signer, signed, KeyKind.RSA, 2048, None, day, names, words
        ),
        OWNERS, SUBJECTS, LABELS, st.sampled_from(some.OWNERS[2:]), LABELS, DAYS, NAMES, USAGE,
    ),
    Map: st.builds(Map, USERS, LABELS, FILTERS, FILTERS | st.none(), trust=TRUST),
    AltMap: st.builds(AltMap, USERS, LABELS, LABELS, TRUST),
    DelMap: st.builds(DelMap, USERS, LABELS),
    ListCert: st.builds(ListCert, OWNERS, LABELS),
    ListChain: st.builds(ListChain, OWNERS, LABELS),
    ListRing: st.builds(ListRing, USERS, RINGS),
    ListMap: st.builds(ListMap, USERS, LABELS),
}  # fmt: skip
GENERAL: dict[type, st.SearchStrategy[Command]] = {
    Permit: st.builds(
        lambda name, who, level: Permit("RDATALIB", name, tuple(who), level),
        PROFILES, st.lists(USERS, min_size=1, max_size=5, unique=True), LEVELS,
    ),
    Rdefine: st.builds(
        lambda name, level, data: Rdefine("RDATALIB", name, level, None, data),
        PROFILES, LEVELS, VALUES | st.none(),
    ),
    Ralter: st.builds(
        lambda name, level, warning: Ralter("RDATALIB", name, level, warning=warning), PROFILES, LEVELS, FLAG
    ),
    Rdelete: st.builds(Rdelete, st.just("RDATALIB"), PROFILES),
    Setropts: st.builds(
        lambda names, again: Setropts(raclist=tuple(names), again=again),
        st.lists(st.sampled_from(["DIGTCERT", "DIGTRING", "FACILITY"]), min_size=1, unique=True), FLAG,
    ),
    ConnectGroup: st.builds(ConnectGroup, USERS, USERS),
    RemoveGroup: st.builds(RemoveGroup, USERS, USERS),
}  # fmt: skip


def read_back(command: Command) -> str:
    """The command's text in a job, as the reader of somebody's jobs finds it."""
    text = job_lines(DEFAULT_JOB, tso_step("S1", [command]))
    job = read_job(Source("job.jcl", text.encode(), tuple(text.split("\n")[:-1]), "utf-8"))
    (found,) = job.commands
    assert not found.slips
    assert not found.unresolved
    return found.text


@pytest.mark.parametrize("kind", RACDCERT, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_a_hostile_command_is_read_back_as_itself(kind: type, data: st.DataObject) -> None:
    command = data.draw(RACDCERT[kind])
    text = read_back(command)
    start = text.index("RACDCERT") + len("RACDCERT")
    assert value_of(read_racdcert(text, start, None)) == command


@pytest.mark.parametrize("kind", GENERAL, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_a_command_of_profiles_is_read_back_as_itself(kind: type, data: st.DataObject) -> None:
    command = data.draw(GENERAL[kind])
    text = read_back(command)
    verb = verb_of(text)
    start = text.index(verb) + len(verb)
    values: tuple[object, ...] | None = general_value(read_general(verb, text, start))
    assert values == (command,)


def test_a_sign_at_the_end_would_go_on() -> None:
    for sign in "+-":
        with pytest.raises(UnsafeValueError, match="go on"):
            tso_lines(["RDELETE", "FACILITY", f"ABC{sign}"])
    assert tso_lines(["RLIST", "FACILITY", "ABC-", "AUTHUSER"]) == [" RLIST FACILITY ABC- AUTHUSER"]
    assert text_of(Rlist("FACILITY", "ABC-")).endswith("AUTHUSER")


def test_an_apostrophe_at_the_edge_of_a_line() -> None:
    for size in range(1, 33):
        command = Connect(world.ZWE, "'" * size, "ZWESVUSR", "r" * 200, Usage.SITE, default=True)
        assert value_of(read_racdcert(read_back(command), 8, None)) == command


def test_no_line_depends_on_its_last_columns() -> None:
    for size in range(1, 238):
        lines = tso_lines(Connect(world.CERTAUTH, "a'b" * 10, "IZUSVR", "x" * size, Usage.SITE).render())
        assert max(map(len, lines)) <= WIDTH
        assert all(line.startswith(" ") and line == line.rstrip() for line in lines)


# --- from outside ---------------------------------------------------------------------------------------------

outside = pytest.mark.skipif(find_spec("jclparser") is None, reason="jcl-parser is not installed")


def parsed(text: str, folder: Path, *options: str) -> str:
    """What jcl-parser says of a job; it runs as a program of its own."""
    path = folder / "job.jcl"
    path.write_text(text, encoding="ascii")
    call = [sys.executable, "-m", "jclparser", str(path), *options]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def flat(steps: list[dict[str, object]]) -> list[dict[str, object]]:
    """The steps, those in conditions too."""
    found: list[dict[str, object]] = []
    for step in steps:
        if step["type"] == "conditional":
            assert not step["else_steps"]
            inner = step["then_steps"]
            assert isinstance(inner, list)
            found += flat(inner)
        else:
            found.append(step)
    return found


def in_stream(step: dict[str, object]) -> list[str]:
    """The lines of a step's data."""
    cards = step["dd_statements"]
    assert isinstance(cards, list)
    (data,) = [card["inline_data"] for card in cards if "inline_data" in card]
    assert isinstance(data, str)
    return data.split("\n")


@outside
@given(st.lists(st.one_of(*RACDCERT.values(), *GENERAL.values()), min_size=30, max_size=60))
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                                                          HealthCheck.data_too_large, HealthCheck.large_base_example]
)  # fmt: skip
def test_another_parser_finds_the_same_commands(tmp_path: Path, commands: list[Command]) -> None:
    body: list[str] = []
    for number, command in enumerate(commands, 1):
        body += condition(
            f"I{number}",
            [f"(S{other}.RUN = FALSE | S{other}.RC = 0)" for other in range(1, number)][-9:] or ["RC <= 4"],
        )
        body += [*tso_step(f"S{number}", [command], goes_on=number % 2 == 0), end_if(f"X{number}")]
    steps = flat(json.loads(parsed(job_lines(DEFAULT_JOB, body), tmp_path, "--json"))["steps"])
    assert [step["program"] for step in steps] == [
        "IKJEFT01" if number % 2 == 0 else "IKJEFT1B" for number in range(1, len(commands) + 1)
    ]
    assert [in_stream(step) for step in steps] == [tso_lines(command.render()) for command in commands]


@outside
def test_another_parser_accepts_the_jobs_of_a_change(tmp_path: Path) -> None:
    site = world.deployment()
    change = make_change(world.run(site), site, world.options(), world.deployment, world.run)
    jobs = {name: text for name, text in change.files.items() if name.endswith(".jcl")}
    assert len(jobs) >= 3
    assert "no errors" in parsed(jobs["apply.jcl"], tmp_path, "--validate")
    for text in jobs.values():
        steps = flat(json.loads(parsed(text, tmp_path, "--json"))["steps"])
        cards = [line.split()[1:3] for line in text.split("\n") if line.startswith("//") and " EXEC " in line]
        assert [f"PGM={step['program']}" for step in steps] == [rest.split(",")[0] for _exec, rest in cards]


@outside
def test_another_parser_finds_what_is_wrong(tmp_path: Path) -> None:
    """The check from outside can fail."""
    body = [*command_step("S1", [("PROFILE",)]), *idcams_step("G1", "A.B")]
    broken = job_lines(DEFAULT_JOB, body).replace("EXEC PGM=IDCAMS", "EXEC")
    path = tmp_path / "job.jcl"
    path.write_text(broken, encoding="ascii")
    call = [sys.executable, "-m", "jclparser", str(path), "--validate"]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=60)
    assert "no errors" not in done.stdout
