"""One unload by hand: whole, as an extract, searched through, cut; small reads, small memory, other code pages."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from zcertlint.model.certificate import Absent, KeyKind, TrustStatus
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.security import Level, Signon, Started
from zcertlint.model.store import StoreState
from zcertlint.readers import ByteStream, ReadContext, stream_reader
from zcertlint.readers._irrdbu00_facts import facts_of
from zcertlint.readers._irrdbu00_people import People
from zcertlint.readers._irrdbu00_records import collect
from zcertlint.readers.irrdbu00 import KIND, read_stream, recognise_head

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "irrdbu00"
WHOLE = (FIXTURES / "shapes" / "whole.txt").read_bytes()
RING = "ring:ZWESVUSR/ZoweKeyring"


def facts(data: bytes) -> Facts:
    return read_stream("unload.txt", io.BytesIO(data), ReadContext())


def fixture(name: str) -> Facts:
    return facts((FIXTURES / name).read_bytes())


def test_a_whole_unload() -> None:
    found = facts(WHOLE)
    assert found.problems == ()
    assert found.lines[2] == 0
    server = next(one for one in found.certificates if one.label == "Zowe Server")
    assert (server.id, server.serial, server.trust) == (
        "ID(ZWESVUSR)/Zowe Server",
        0x1A2B,
        TrustStatus.HIGHTRUST,
    )
    assert server.key is not None
    assert (server.key.kind, server.key.bits, server.private_key) == (KeyKind.EC, 256, True)
    assert str(server.not_after) == "2027-02-28 23:59:59"
    assert str(server.subject) == "CN=zowe.acme.example.OU=Systems.O=Acme Ltd.C=DE"
    assert server.rings == (("ZWESVUSR", "ZoweKeyring"),)
    line = server.span("not_after").line
    assert line is not None
    assert WHOLE.split(b"\n")[line - 1].startswith(b"0560 1A2B.")
    old = next(one for one in found.certificates if one.label == "Zowe Server 2025")
    assert (old.trust, old.private_key, old.key, old.rings) == (TrustStatus.NOTRUST, False, None, ())
    rings = {store.id: store for store in found.stores}
    rows = [(row.certificate, row.usage.value, row.default) for row in rings[RING].connections]
    assert rows == [("ID(ZWESVUSR)/Zowe Server", "PERSONAL", True), ("CERTAUTH/AcmeCA", "CERTAUTH", False)]
    empty = rings["ring:ZWESVUSR/Empty.Ring"]
    assert (empty.state, empty.connections) == (StoreState.SHOWN, ())
    proved = {(answer.kind, str(answer.owner)) for answer in found.answers}
    assert (AnswerKind.ALL_CERTIFICATES, "CERTAUTH") in proved
    assert (AnswerKind.ALL_RINGS, "ID(ZWESVUSR)") in proved
    assert (AnswerKind.ALL_MAPPINGS, "ID(JDOE)") in proved


def test_who_may_do_what() -> None:
    security = facts(WHOLE).security
    assert security is not None
    assert security.unload is not None
    assert {"RDATALIB", "FACILITY", "DIGTCERT", "DIGTRING", "DIGTNMAP"} <= security.unload_classes
    zowe, recovery, jane = map(security.user, ("ZWESVUSR", "IBMUSER", "JDOE"))
    assert zowe is not None
    assert recovery is not None
    assert jane is not None
    assert (zowe.protected, zowe.revoked, zowe.uid, zowe.groups) == (True, False, 5001, ("ZWEADMIN",))
    assert zowe.attributes == frozenset(("RESTRICTED", "PROTECTED"))
    assert (recovery.revoked, recovery.uid) == (True, 0)
    assert recovery.attributes == frozenset(("SPECIAL", "OPERATIONS", "REVOKED"))
    assert (jane.revoked, jane.uid, jane.default_group) == (None, Absent.ABSENT, "USERS")  # a date decides
    assert jane.groups == ("USERS", "SYS1")
    assert security.user("NOBODY") is None
    assert {group.id: group.gid for group in security.groups}["USERS"] is Absent.ABSENT
    profiles = {item.id: item for item in security.profiles}
    ring = profiles["profile:RDATALIB/ZWESVUSR.ZOWEKEYRING.LST"]
    assert ring.access is not None
    assert [(entry.who, entry.level) for entry in ring.access] == [("ZWESVUSR", Level.UPDATE)]
    assert (ring.warning, ring.app_data) == (True, Absent.ABSENT)
    unique = profiles["profile:FACILITY/BPX.UNIQUE.USER"]
    assert unique.conditional is not None
    assert [entry.condition for entry in unique.conditional] == ["PROGRAM IRRDBU00"]
    assert unique.app_data == "MODEL1"
    assert profiles["profile:STARTED/ZWESLSTC.*"].started == Started("ZWESVUSR", "ZWEADMIN", False, False)
    assert profiles["profile:PTKTDATA/OMVSAPPL"].signon == Signon("KEYMASKED")


def test_an_extract_by_type_shows_rings_and_no_absence() -> None:
    found = fixture("shapes/extract_by_type.txt")
    assert found.problems == ()
    assert found.answers == ()
    assert found.security is not None
    assert found.security.unload is None
    assert len(found.certificates) == 3
    states = {store.id: (store.state, len(store.connections)) for store in found.stores}
    assert states[RING] == (StoreState.SHOWN, 2)
    assert states["ring:ZWESVUSR/Empty.Ring"] == (StoreState.NOT_SHOWN, 0)  # its rows may have been left out


def test_a_search_shows_no_ring() -> None:
    found = fixture("shapes/search_for_the_ring.txt")
    assert found.certificates == ()
    assert [store.state for store in found.stores] == [StoreState.NOT_SHOWN]
    assert found.stores[0].reason is not None
    assert "extract" in found.stores[0].reason


@pytest.mark.parametrize("name", ["no_line_end", "cut_in_a_record", "columns_lost"])
def test_damage_is_told_and_proves_no_absence(name: str) -> None:
    found = fixture(f"damaged/{name}.txt")
    assert found.problems
    assert not any(problem.fatal for problem in found.problems)
    assert found.security is not None
    assert found.security.unload is None
    assert found.answers == ()
    assert all(store.state is StoreState.NOT_SHOWN for store in found.stores)


def test_two_unloads_in_one_file_prove_no_absence() -> None:
    security = facts(WHOLE + WHOLE).security
    assert security is not None
    assert security.unload is None
    zowe = security.user("ZWESVUSR")
    assert zowe is not None
    assert (zowe.uid, zowe.groups, zowe.protected) == (5001, None, True)


class Trickle:
    """A file that gives few bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._file = io.BytesIO(data)
        self._size = size

    def read(self, size: int, /) -> bytes:
        return self._file.read(min(size, self._size))


@given(size=st.integers(1, 5000), end=st.sampled_from(["\n", "\r\n", "\r", "\x85"]))
@settings(max_examples=30, deadline=None)
def test_how_much_comes_at_once_does_not_matter(size: int, end: str) -> None:
    data = WHOLE.decode().replace("\n", end).encode()
    stream: ByteStream = Trickle(data, size)
    assert read_stream("unload.txt", stream, ReadContext()) == facts(data)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_blank_lines_count(end: bytes) -> None:
    """A place in the file is a line as an editor counts it."""
    lines = WHOLE.split(b"\n")
    found = facts((end * 2).join(lines[:-1]) + end)
    server = next(one for one in found.certificates if one.label == "Zowe Server")
    line = server.span("not_after").line
    assert line is not None
    assert lines[line // 2].startswith(b"0560 1A2B.")


def test_lines_that_lack_a_carriage_return() -> None:
    """As where somebody edited a file: some lines end with CRLF, some with LF."""
    lines = WHOLE.split(b"\n")
    mixed = b"".join(line + (b"\r\n" if at % 3 else b"\n") for at, line in enumerate(lines[:-1]))
    assert facts(mixed) == facts(WHOLE)


def test_memory_is_bounded() -> None:
    """What finds no room is told, and then nothing is absent; what was kept is right."""
    seen = collect(io.BytesIO(WHOLE), 1500)
    assert seen is not None
    assert seen.dropped
    found = facts_of(KIND, "unload.txt", seen)
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert found.answers == ()
    assert found.security is not None
    assert found.security.unload is None
    assert all(store.state is StoreState.NOT_SHOWN for store in found.stores)


def test_a_line_that_is_too_long_is_no_record() -> None:
    line = b"0200 " + b"X" * 200_000
    found = facts(WHOLE + line + b"\n" + WHOLE)
    assert found.lines[2] == 1
    assert [problem.code for problem in found.problems] == ["IN008"]


def test_a_user_whose_name_has_another_place_in_the_page() -> None:
    """In the German page @ stands where § does in others."""
    people = People(lambda data: data.decode("cp273"), lambda text: text.encode("cp037"), 1 << 20)
    line = list(" " * 637)
    line[:4], line[5:9], line[39:41], line[390:393] = "0200", "A@B$", "NO", "PRO"
    handlers = people.handlers()
    assert handlers["0200"](1, ["".join(line).encode("cp273")]) == []
    assert handlers["0205"](2, ["0205 A@B$     SYS1     2020-01-01".encode("cp273")]) == []
    users = people.all_users("unload.txt", whole=True, numbered=False)
    user = users.named("A@B$")
    assert user is not None
    assert (user.protected, user.groups) == (True, ("SYS1",))
    assert users.named("A@B") is None
    assert people.has_user("A@B$")
    assert set(people.protected()) == {"A@B$"}


def test_columns_that_are_none_any_more() -> None:
    assert not recognise_head((FIXTURES / "damaged" / "blanks_made_one.txt").read_bytes())


@pytest.mark.parametrize(
    "head",
    [
        b"0200 is a year that was long ago\n" * 30,
        b"0500 00.CN=x\n",
        b"",
        b"\n" * 100,
        b"2026-01-01 0200 IBMUSER \n" * 5,
        b"0100,SYS1,SYS1,2020-01-01\n" * 5,
    ],
)
def test_what_is_no_unload(head: bytes) -> None:
    assert not recognise_head(head)


def test_the_corpus() -> None:
    folder = corpus_dir()
    if folder is None:
        pytest.skip("no corpus on this machine")
    data = (folder / "racf" / "synthetic_irrdbu00_cert_records.txt").read_bytes()
    reader = stream_reader(data[: 1 << 16])
    assert reader is not None
    found = reader.read_stream("unload.txt", io.BytesIO(data), ReadContext())
    assert min(one.id for one in found.certificates).startswith("CERTAUTH/")
    ring = next(store for store in found.stores if store.id == "ring:IZUSVR/IZUKeyring.IZUDFLT")
    assert ring.state is StoreState.SHOWN
    assert len(ring.connections) == 2
    assert [(item.user, item.label) for item in found.filters] == [("JSMITH", "JSmithMap")]
    assert found.security is not None
    assert found.security.unload is None
