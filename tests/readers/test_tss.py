"""Top Secret: key rings printed and read back, damaged, and the rest told instead of read."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from support.envelopes import Envelope, envelopes
from support.rings import USERS, connections, one_ring, ring_of
from support.tss_print import print_keyrings
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.model.store import Store, Usage
from zcertlint.readers import ReadContext, racdcert, tss
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "tss"
CORPUS = corpus_dir()


def read(data: bytes | str) -> Facts:
    source = load("tss.txt", data if isinstance(data, bytes) else data.encode())
    assert tss.recognise(source)
    facts = tss.read(source, ReadContext())
    assert facts.lines == (facts.marks.count(1), facts.marks.count(0), facts.marks.count(2))
    assert sum(facts.lines) == len(source.lines)
    assert [item.span.line for item in facts.unread] == [
        n for n, mark in enumerate(facts.marks, 1) if mark == 2
    ]
    assert not any(problem.fatal for problem in facts.problems)
    return facts


def shape(name: str, folder: str = "shapes") -> Facts:
    return read((FIXTURES / folder / name).read_bytes())


def codes(facts: Facts) -> list[str]:
    return [problem.code for problem in facts.problems]


def test_two_rings() -> None:
    facts = shape("two-rings.txt")
    assert [
        (store.id, [(c.certificate, c.usage, c.default) for c in store.connections]) for store in facts.stores
    ] == [
        (
            "ring:IZUSVR/IZUKeyring.IZUDFLT",
            [
                ("ID(IZUSVR)/DefaultzOSMFCert.IZUDFLT", Usage.PERSONAL, True),
                ("CERTAUTH/zOSMF (root) CA", Usage.CERTAUTH, False),
            ],
        ),
        ("ring:IZUSVR/Second.Ring", [("SITE/WILDCARD", Usage.SITE, False)]),
    ]
    assert codes(facts) == []
    assert not facts.answers  # never a proof that there are no other rings
    assert facts.lines == (11, 3, 0)


def test_a_ring_of_nobody_says_what_to_keep() -> None:
    facts = shape("no-acid.txt")
    assert not facts.stores
    assert codes(facts) == ["IN008"]
    assert "TSS LIST(acid) KEYRING(ALL)" in facts.problems[0].hint
    text = (FIXTURES / "shapes" / "no-acid.txt").read_text()
    assert read(f"TSS LIST(ZWESVUSR) KEYRING(ALL)\n{text}").stores[0].id == "ring:ZWESVUSR/ZoweKeyring"


def test_what_is_no_key_ring_is_told() -> None:
    facts = shape("other-listing.txt")
    assert not facts.stores
    assert codes(facts) == ["IN008"]
    assert "Top Secret" in facts.problems[0].expected
    assert facts.lines == (3, 0, 2)


@pytest.mark.parametrize("path", sorted((FIXTURES / "damaged").glob("*")), ids=lambda path: path.name)
def test_a_ring_that_is_not_whole_is_not_shown(path: Path) -> None:
    facts = read(path.read_bytes())
    assert not facts.stores
    assert "IN002" in codes(facts)
    assert [(a.kind, a.name, str(a.owner)) for a in facts.answers] == [
        (AnswerKind.TRUNCATED, "ZoweKeyring", "ID(ZWESVUSR)")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  TSS LIST(&ZOWEUSER.) KEYRING(ALL)\n  TSS ADD(ZWESVUSR) KEYRING(ZOWERING) LABLRING(ZoweKeyring)\n",
        "//S1 EXEC PGM=IKJEFT01\n  TSS ADD(CERTAUTH) DIGICERT(A) LABLCERT(B)\n",
        "In Top Secret use TSS LIST(acid) DIGICERT(ALL).\n",
    ],
)
def test_jobs_and_prose_are_left_alone(text: str) -> None:
    assert not tss.recognise(load("x", text.encode()))


def test_an_answer_of_racf_is_left_to_its_reader() -> None:
    listing = "RACDCERT LISTRING(R) ID(ME)\nDigital ring information for user ME:\n\n  Ring:\n       >R<\n"
    text = print_keyrings("ME", [RING]) + listing + "  *** No certificates connected ***\n"
    facts = read(text)
    assert [store.id for store in facts.stores] == ["ring:ME/Mine"]
    assert facts.lines[2] == 0
    other = racdcert.read(load("x", text.encode()), ReadContext())
    assert [store.id for store in other.stores] == ["ring:ME/R"]


AUTHORITIES = {"CERTAUTH", "SITE", "CERTSITE", "SITECERT", "IRRCERTA", "IRRSITEC"}
LABELS = st.from_regex(
    r"[A-Za-z0-9.#_@$()-]([A-Za-z0-9 .#_@$'()-]{0,30}[A-Za-z0-9.#_@$()-])?", fullmatch=True
)
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.#@$_]{0,40}", fullmatch=True)
CONNECTIONS = connections(LABELS, AUTHORITIES)
RING = one_ring("Mine")
Rows = list[tuple[str, Usage, bool | None]]


def rows(store: Store) -> Rows:
    return [(c.certificate, c.usage, c.default) for c in store.connections]


@st.composite
def listings(draw: st.DrawFn) -> tuple[str, list[Store]]:
    user = draw(USERS)
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.upper))
    return user, [ring_of(user, name, draw(st.lists(CONNECTIONS, min_size=1, max_size=4))) for name in names]


@envelopes
@settings(max_examples=15, deadline=None)
@given(listing=listings())
def test_printed_and_read_back(envelope: Envelope, listing: tuple[str, list[Store]]) -> None:
    user, rings = listing
    facts = read(envelope(print_keyrings(user, rings)))
    assert [(store.id, rows(store)) for store in facts.stores] == [(ring.id, rows(ring)) for ring in rings]
    assert codes(facts) == []
    assert facts.lines[2] == 0


@settings(max_examples=60, deadline=None)
@given(listing=listings(), data=st.data())
def test_damage_shows_no_ring_that_is_not_there(
    listing: tuple[str, list[Store]], data: st.DataObject
) -> None:
    user, rings = listing
    lines = print_keyrings(user, rings).split("\n")
    kind = data.draw(st.sampled_from(["cut", "drop", "junk"]))
    at = data.draw(st.integers(1, len(lines) - 2))
    if kind == "cut":
        lines = lines[:at]
    elif kind == "drop":
        if lines[at].startswith("KEYRING"):
            return  # its rows then follow those of the ring above, and nothing tells
        del lines[at]
    else:
        junk = st.text(st.characters(codec="ascii", exclude_characters="\r\n"), max_size=40)
        lines.insert(at, data.draw(junk))
    source = load("x", "\n".join(lines).encode())
    if not tss.recognise(source):
        return
    facts = tss.read(source, ReadContext())
    assert sum(facts.lines) == len(source.lines)
    printed = {ring.id: rows(ring) for ring in rings}
    for store in facts.stores:
        shown = rows(store)
        assert shown == printed[store.id][: len(shown)]
        assert kind == "cut" or len(shown) == len(printed[store.id])


@pytest.mark.skipif(CORPUS is None, reason="no corpus here")
def test_the_corpus() -> None:
    assert CORPUS is not None
    facts = read((CORPUS / "racf" / "tss_list_keyring_fragment.txt").read_bytes())
    assert not facts.stores
    assert (codes(facts), facts.lines) == (["IN008"], (3, 1, 0))
