"""Real outputs written by others, counted by hand; skipped where the corpus is absent."""

import pytest

from support.corpus import corpus_dir
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.readers import ReadContext
from zcertlint.readers.racdcert import read, recognise
from zcertlint.text.decode import load

CORPUS = corpus_dir()
pytestmark = pytest.mark.skipif(CORPUS is None, reason="no corpus on this machine")

RINGS = {
    "listring_izusvr_izukeyring.txt": (
        "ring:IZUSVR/IZUKeyring.IZUDFLT",
        ["CERTAUTH/JES2CA_EDS", "ID(IZUSVR)/DefaultzOSMFCert.IZUDFLT", "CERTAUTH/zOSMFCA"],
        1,
    ),
    "listring_empty_ring_lab32.txt": ("ring:H7USER/LAB32RING", [], None),
    "listring_no_separator_ragged_zowe1965.txt": (
        "ring:SZOWE/ZOWE_TEST_KEYRING",
        [
            "CERTAUTH/ZOWE_Test_local_ca",
            "ID(SZOWE)/ZOWE_Test_Serv",
            "CERTAUTH/CA 2017",
            "ID(SZOWE)/jwtsecret",
        ],
        1,
    ),
    "listring_zowe_no_header.txt": (
        "ring:ZWESVUSR/ZoweKeyring",
        ["CERTAUTH/zowes0w1ca", "ID(ZWESVUSR)/zowes0w1", "CERTAUTH/zOSMFCA"],
        1,
    ),
    "listring_liberty_indented_shifted_owner.txt": (
        "ring:IN00501/YOUR.KEYRING",
        ["CERTAUTH/LIBERTY.CA", "ID(<USER_ID>)/Liberty"],
        1,
    ),
    "listring_liberty_trimmed.txt": (
        "ring:<USER_ID>/YOUR.KEYRING",
        ["CERTAUTH/LIBERTY.CA", "ID(<USER_ID>)/Liberty"],
        1,
    ),
}
RECORDS = {
    "list_certauth_adcd_z25b.txt": ["CERTAUTH/zOSMFCA"],
    "list_certauth_adcd_fingerprint_nodateblank.txt": ["CERTAUTH/zOSMFCA"],
    "list_certauth_mqca_indent4.txt": ["CERTAUTH/MQ CA"],
    "listchain_ibm_example_stripped.txt": ["ID(CHOI)/samplecert", "CERTAUTH/sampleCA"],
    "checkcert_ibm_example_stripped.txt": ["ID(GTM)/LABEL00000001"],
}


def facts(name: str) -> Facts:
    assert CORPUS is not None
    return read(load(name, (CORPUS / "racf" / name).read_bytes()), ReadContext())


def names() -> list[str]:
    return [] if CORPUS is None else sorted(path.name for path in (CORPUS / "racf").glob("*.txt"))


@pytest.mark.parametrize("name", names())
def test_every_file_is_read_and_every_line_counted(name: str) -> None:
    assert CORPUS is not None
    source = load(name, (CORPUS / "racf" / name).read_bytes())
    found = read(source, ReadContext())
    assert sum(found.lines) == len(source.lines)
    known = name.startswith(("listring", "list_", "listmap", "listchain", "checkcert", "msg"))
    assert recognise(source) is known


@pytest.mark.parametrize(("name", "expected"), RINGS.items())
def test_rings(name: str, expected: tuple[str, list[str], int | None]) -> None:
    ident, rows, default = expected
    found = facts(name)
    [ring] = found.stores
    assert ring.id == ident
    assert [connection.certificate for connection in ring.connections] == rows
    assert [at for at, connection in enumerate(ring.connections) if connection.default] == (
        [] if default is None else [default]
    )
    assert not found.problems
    assert not found.unread


@pytest.mark.parametrize(("name", "expected"), RECORDS.items())
def test_records(name: str, expected: list[str]) -> None:
    found = facts(name)
    assert [certificate.id for certificate in found.certificates] == expected
    assert not found.unread


def test_all_of_one_record() -> None:
    [certificate] = facts("list_certauth_adcd_z25b.txt").certificates
    assert str(certificate.not_before) == "2022-05-17 15:00:00"
    assert str(certificate.not_after) == "2050-10-30 14:59:59"
    assert certificate.serial == 0
    assert certificate.self_issued
    assert certificate.fingerprint == "8CE318EC9C8009450D7B797E876BCE7F80753B34CAE6F462DA1B7F36FD3EC136"
    assert certificate.rings == (("IZUSVR", "IZUKeyring.IZUDFLT"),)
    assert certificate.span("id").line == 4
    assert certificate.span("id").column == 10


def test_a_name_over_two_lines_is_joined_as_it_stands() -> None:
    [certificate] = facts("checkcert_ibm_example_stripped.txt").certificates
    assert certificate.subject is not None
    assert certificate.subject.text.endswith("O=BobsBank,INC..SP=NY.L=Internet.C=USA")


def test_first_name_of_each_type_is_not_all() -> None:
    names = facts("listchain_ibm_example_stripped.txt").certificates[0].alt_names
    assert names is not None
    assert names.emails == ("choi@us.ibm.com",)
    assert names.complete == {"uri"}


def test_a_row_that_cannot_be_understood_takes_the_ring_with_it() -> None:
    found = facts("listring_label_containing_certauth_word.txt")
    assert not found.stores
    assert [problem.code for problem in found.problems] == ["IN002"]
    assert [unread.span.line for unread in found.unread] == [4]


def test_messages() -> None:
    assert [answer.kind for answer in facts("msg_not_authorized.txt").answers] == [AnswerKind.DENIED]
    [answer] = facts("msg_user_has_no_rings.txt").answers
    assert answer.kind is AnswerKind.NO_RINGS
    assert str(answer.owner) == "ID(H7USER)"


def test_lines_joined_into_one_are_listed_as_unread() -> None:
    found = facts("checkcert_colinpaice_flattened.txt")
    assert not found.certificates
    assert found.unread
