"""Key rings of keyring-util, zowex, checkAMS and tables: printed and read back, damaged, and never guessed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from support.envelopes import Envelope, envelopes
from support.ring_tables_print import print_records, print_table
from support.rings import USERS, connections, one_ring, ring_of
from zcertlint.model.certificate import TrustStatus
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.store import Store, Usage
from zcertlint.readers import ReadContext, ring_tables
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "ring-tables"
CORPUS = corpus_dir()


def read(data: bytes | str, path: str = "ring.txt") -> Facts:
    source = load(path, data if isinstance(data, bytes) else data.encode())
    assert ring_tables.recognise(source)
    facts = ring_tables.read(source, ReadContext())
    counted = facts.marks.count(1), facts.marks.count(0), facts.marks.count(2)
    assert facts.lines == counted
    assert sum(counted) == len(source.lines)
    assert len(facts.unread) == counted[2]
    assert not any(problem.fatal for problem in facts.problems)
    return facts


def shape(name: str, folder: str = "shapes") -> Facts:
    return read((FIXTURES / folder / name).read_bytes(), name)


def rows(facts: Facts) -> list[tuple[str, str, list[tuple[str, str, bool | None]]]]:
    return [
        (store.id, store.name, [(c.certificate, c.usage.value, c.default) for c in store.connections])
        for store in facts.stores
    ]


def codes(facts: Facts) -> list[str]:
    return [problem.code for problem in facts.problems]


def trust(facts: Facts) -> dict[str, str]:
    return {c.id: c.trust.value for c in facts.certificates if c.trust is not None}


def test_keyring_util() -> None:
    facts = shape("keyring-util.txt")
    assert rows(facts) == [
        (
            "ring:ZWESVUSR/ZoweKeyring",
            "ZoweKeyring",
            [
                ("ID(ZWESVUSR)/Zowe Server", "PERSONAL", True),
                ("CERTAUTH/Zowe Development CA", "CERTAUTH", False),
                ("CERTAUTH/old root", "CERTAUTH", False),
            ],
        )
    ]
    assert trust(facts) == {
        "ID(ZWESVUSR)/Zowe Server": "TRUST",
        "CERTAUTH/Zowe Development CA": "TRUST",
        "CERTAUTH/old root": "NOTRUST",
    }
    assert codes(facts) == []
    assert not facts.answers  # one ring proves nothing about others
    assert facts.lines == (17, 1, 0)  # the shell's prompt is no part of it
    assert facts.stores[0].span.line == 1
    assert facts.stores[0].connections[1].span.line == 8


def test_zowex_with_blank_lines() -> None:
    facts = shape("zowex.txt")
    assert [store.id for store in facts.stores] == ["ring:IZUSVR/IZUKeyring.IZUDFLT"]
    assert trust(facts)["CERTAUTH/zOSMFCA"] == "HIGHTRUST"
    assert facts.lines == (11, 2, 0)


def test_a_table_below_a_title() -> None:
    facts = shape("markdown-table.md")
    assert rows(facts)[0][2] == [
        ("ID(IZUSVR)/DefaultzOSMFCert.IZUDFLT", "PERSONAL", True),
        ("CERTAUTH/zOSMFCA", "CERTAUTH", False),
        ("SITE/WILDCARD", "SITE", False),
    ]
    assert facts.lines == (6, 5, 0)


def test_other_is_no_usage_and_the_ring_is_not_shown() -> None:
    facts = shape("other-usage.txt")
    assert not facts.stores
    assert codes(facts) == ["IN008"]
    assert facts.problems[0].span.line == 8
    assert trust(facts)["SITE/WILDCARD"] == "TRUST"


@pytest.mark.parametrize("name", ["no-ring-named.md", "checkams.txt"])
def test_a_table_of_an_unnamed_ring_says_what_to_add(name: str) -> None:
    facts = shape(name)
    assert not facts.stores
    assert codes(facts) == ["IN008"]
    assert "keyring-util LISTRING OWNER RING" in facts.problems[0].hint
    named = read(b"Key ring ME/MyRing\n" + (FIXTURES / "shapes" / name).read_bytes())
    assert [store.id for store in named.stores] == ["ring:ME/MyRing"]
    assert {row.default for row in named.stores[0].connections} == {None}


def test_refusals_are_answers_where_their_meaning_is_known() -> None:
    facts = shape("refused.txt")
    assert [(a.kind, str(a.owner), a.name) for a in facts.answers] == [
        (AnswerKind.DENIED, "ID(ZWESVUSR)", "ZoweKeyring"),
        (AnswerKind.NO_SUCH_RING, "ID(ZWESVUSR)", "zoweKeyring"),
    ]
    assert [(p.code, p.span.line) for p in facts.problems] == [("IN008", 6)]
    assert facts.lines == (6, 0, 0)


def test_a_user_id_in_lower_case_was_looked_up_as_typed() -> None:
    text = (FIXTURES / "shapes" / "refused.txt").read_text().replace("ZWESVUSR", "zwesvusr")
    assert not read(text).answers


@pytest.mark.parametrize("path", sorted((FIXTURES / "damaged").glob("*")), ids=lambda path: path.name)
def test_what_is_not_whole_is_not_shown(path: Path) -> None:
    facts = read(path.read_bytes())
    assert not facts.stores
    assert codes(facts) == ["IN002"]
    assert [a.kind for a in facts.answers] == [AnswerKind.TRUNCATED]


@pytest.mark.parametrize(
    "text",
    [
        "Subject CN=x\nIssuer CN=x\nCertificate: x\nOwner: IZUSVR\nStatus: TRUST\nUsage:Site Status:Trust\n",
        "Subject CN=x\nIssuer CN=x\nCertificate: x\nOwner: IZUSVR\nUsage:Site Status:Trust\n",
        "Subject CN=x\nIssuer CN=x\nOwner IZUSVR/x\nUsage: SITE\nStatus: TRUST\nDefault: NO\nCertificate: x\nOwner:\n",
    ],
)
def test_records_of_two_programs_in_one_another(text: str) -> None:
    facts = read("Ring: ME/R\n" + text)
    assert not facts.stores
    assert set(codes(facts)) == {"IN002"}


def test_a_second_table_needs_a_name_of_its_own() -> None:
    table = (FIXTURES / "shapes" / "no-ring-named.md").read_text()
    facts = read(f"Ring: ME/One\n\n{table}\nand\n\n{table}")
    assert [store.id for store in facts.stores] == ["ring:ME/One"]
    assert codes(facts) == ["IN008"]


def test_every_record_of_one_answer_belongs_to_its_command() -> None:
    one = (FIXTURES / "shapes" / "keyring-util.txt").read_text()
    facts = read(one + one.replace("ZoweKeyring", "Other.Ring"))
    assert [store.id for store in facts.stores] == ["ring:ZWESVUSR/ZoweKeyring", "ring:ZWESVUSR/Other.Ring"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Certificate:\n    Data:\n        Version: 3\n        Issuer: CN=x\nOwner usage\n",
        "| label | name |\n|---|---|\n| a | b |\n",
        "The owner of the ring decides its usage.\n",
        "e= Error: R_datalib call failed: function code: 01, SAF rc: 8, RACF rc: 8, RACF rsn: 44\n",
        "Certificate Label Name             Cert Owner     USAGE      DEFAULT\n",
    ],
)
def test_other_inputs_are_left_alone(text: str) -> None:
    assert not ring_tables.recognise(load("x", text.encode()))


def test_the_answer_of_another_command_is_left_alone() -> None:
    text = "READY\nLISTCAT\n" + print_table(RING, [TrustStatus.TRUST]) + "READY\nEND\n"
    facts = read(text)
    assert not facts.stores
    assert facts.lines[0] == 0


LABELS = st.from_regex(r"[A-Za-z0-9.#_@$-]([A-Za-z0-9 .#_@$'-]{0,30}[A-Za-z0-9.#_@$-])?", fullmatch=True)
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.#@$_-]{0,40}", fullmatch=True).filter(
    lambda name: name[-1] != "-"
)
AUTHORITIES = {"CERTAUTH", "SITE", "IRRCERTA", "IRRSITEC", "CERTSITE", "SITECERT"}
CONNECTIONS = connections(LABELS, AUTHORITIES)
RINGS = st.builds(ring_of, USERS, NAMES, st.lists(CONNECTIONS, min_size=1, max_size=5))
RING = one_ring("R")


def plain(ring: Store) -> tuple[str, str | None, str, list[tuple[str, str | None, Usage, bool | None]]]:
    return (
        ring.id,
        ring.owner,
        ring.name,
        [(c.certificate, c.label, c.usage, c.default) for c in ring.connections],
    )


@envelopes
@pytest.mark.parametrize("printer", [print_records, print_table], ids=["records", "table"])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_printed_and_read_back(envelope: Envelope, printer: object, data: st.DataObject) -> None:
    assert printer in {print_records, print_table}
    ring = data.draw(RINGS)
    statuses = data.draw(
        st.lists(st.sampled_from(TrustStatus), min_size=len(ring.connections), max_size=len(ring.connections))
    )
    text = (print_records if printer is print_records else print_table)(ring, statuses)
    facts = read(envelope(text))
    assert [plain(store) for store in facts.stores] == [plain(ring)]
    assert [c.trust for c in facts.certificates] == statuses
    assert codes(facts) == []
    assert facts.lines[2] == 0


@settings(max_examples=60, deadline=None)
@given(ring=RINGS, data=st.data())
def test_damage_shows_no_ring_that_is_not_there(ring: Store, data: st.DataObject) -> None:
    lines = print_records(ring, [TrustStatus.TRUST] * len(ring.connections)).split("\n")
    kind = data.draw(st.sampled_from(["cut", "drop", "junk"]))
    at = data.draw(st.integers(2, len(lines) - 2))
    if kind == "cut":
        lines = lines[:at]
    elif kind == "drop":
        del lines[at]
    else:
        lines.insert(
            at, data.draw(st.text(st.characters(codec="ascii", exclude_characters="\r\n"), max_size=40))
        )
    source = load("x", "\n".join(lines).encode())
    if not ring_tables.recognise(source):
        return
    facts = ring_tables.read(source, ReadContext())
    assert sum(facts.lines) == len(source.lines)
    for store in facts.stores:
        # Whole records that were cut off behind the last one shown leave no trace.
        shown = plain(store)[3]
        assert shown == plain(ring)[3][: len(shown)]
        assert kind == "cut" or len(shown) == len(ring.connections)


@pytest.mark.skipif(CORPUS is None, reason="no corpus here")
def test_the_corpus() -> None:
    assert CORPUS is not None
    table = read((CORPUS / "racf" / "ring_table_zowex_ids.txt").read_bytes())
    assert not table.stores
    assert (codes(table), table.lines) == (["IN008"], (7, 1, 0))
    ams = read((CORPUS / "racf" / "checkams_keyring_contents.txt").read_bytes())
    assert not ams.stores
    assert trust(ams) == {"CERTAUTH/LINUXCA": "TRUST", "ID(COLIN)/TEST": "TRUST"}
    assert (codes(ams), ams.lines) == (["IN008"], (11, 2, 0))
