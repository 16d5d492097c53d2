"""Real RLIST outputs written by others, counted by hand; skipped where the corpus is absent."""

import pytest

from support.corpus import corpus_dir
from zcertlint.model.certificate import Absent
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Level, Started
from zcertlint.readers import ReadContext
from zcertlint.readers.rlist import read, recognise
from zcertlint.text.decode import load

CORPUS = corpus_dir()
pytestmark = pytest.mark.skipif(CORPUS is None, reason="no corpus on this machine")

PROFILES = {
    "rlist_appl_class_multi_v1r13.txt": ["APPL/OMVSAPPL NONE", "APPL/IZUDFLT READ", "APPL/TSO NONE"],
    "rlist_basic_noaccesslist.txt": ["ELIJTEST/TESTING READ"],
    "rlist_generic.txt": ["ELIJTEST/TEST* READ"],
    "rlist_started_stdata.txt": ["STARTED/TSTTSKEL NONE"],
    "rlist_surrogat_generic_authuser.txt": ["SURROGAT/&SUSERS.SUBMIT NONE"],
    "rlist_xfacilit_groupclass.txt": ["XFACILIT/IRR.IRRSMO00.PRECHECK READ"],
}


def facts(name: str) -> Facts:
    assert CORPUS is not None
    source = load(name, (CORPUS / "racf" / name).read_bytes())
    assert recognise(source)
    return read(source, ReadContext())


@pytest.mark.parametrize("name", PROFILES)
def test_profiles(name: str) -> None:
    found = facts(name)
    assert found.security is not None
    assert [
        f"{one.class_name}/{one.name} {one.universal.value if one.universal else None}"
        for one in found.security.profiles
    ] == PROFILES[name]
    assert not found.unread
    assert not found.problems


def test_the_only_real_access_list() -> None:
    found = facts("rlist_surrogat_generic_authuser.txt")
    assert found.security is not None
    (one,) = found.security.profiles
    assert [(entry.who, entry.level) for entry in one.access or ()] == [
        ("IBMUSER", Level.ALTER),
        ("EMRE", Level.READ),
    ]
    assert one.generic


def test_the_real_segment() -> None:
    found = facts("rlist_started_stdata.txt")
    assert found.security is not None
    (one,) = found.security.profiles
    assert one.started == Started("", "", trusted=True, privileged=False)
    assert (one.access, one.app_data) == (None, Absent.ABSENT)


@pytest.mark.parametrize(
    ("name", "profile"),
    [
        ("rlist_error_notfound.txt", "ELIJTEST/TESTING"),
        ("systsprt_ready_netcmds_jp.txt", "NETCMDS/NET1.CNM01.EZLE0000"),
    ],
)
def test_what_does_not_exist(name: str, profile: str) -> None:
    assert [(one.kind, one.name) for one in facts(name).answers] == [(AnswerKind.NO_SUCH_PROFILE, profile)]


def test_nothing_else_in_the_corpus_is_taken() -> None:
    assert CORPUS is not None
    taken = set()
    for path in (CORPUS / "racf").glob("*.txt"):
        if recognise(load(path.name, path.read_bytes())):
            taken.add(path.name)
    assert taken == {*PROFILES, "rlist_error_notfound.txt", "systsprt_ready_netcmds_jp.txt"}
