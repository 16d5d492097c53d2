"""The message book: complete, without contradictions, honest, and harmless whatever is pasted."""

import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import zcertlint.messages.book as book_module
from meta.repository import ROOT
from support.corpus import corpus_dir
from zcertlint.engine.rulebook import book
from zcertlint.messages import Entry, answer, entries, entry, family_of
from zcertlint.messages.book import compile_messages, keys, parts
from zcertlint.messages.codes import codes_in
from zcertlint.messages.entry import entry_of

HERE = Path(__file__).parent
MESSAGE_ID = re.compile(r"[A-Z]{3,5}\d{3,5}[A-Z]|KGEA\d{4}")
CATALOGUE = frozenset((HERE / "catalogue_ids.txt").read_text(encoding="utf-8").split())
BUILT = frozenset(page.id for page in book())


def expected() -> list[tuple[str, str]]:
    """What must be explained, and the entry that must come first."""
    rows = []
    for line in (HERE / "messages_expected.txt").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            asked, _, ident = line.rpartition(" => ")
            rows.append((asked or ident, ident))
    return rows


def examples(one: Entry) -> list[str]:
    """Lines of this entry: those that it gives, else its id with its text."""
    if one.examples:
        return list(one.examples)
    text = re.sub(r"%s|\*", "x", one.texts[0]).replace("%d", "1") if one.texts and is_matched(one) else ""
    head = one.id if MESSAGE_ID.fullmatch(one.id) or not text else ""
    return [f"{head} {text}".strip()]


def is_matched(one: Entry) -> bool:
    """Whether its words alone lead to it; some are too vague for that."""
    return any(ident == one.id for _, ident in keys().phrases)


def first(text: str) -> str:
    found = answer(text).found
    return found[0].entry.id if found else "nothing"


def test_every_message_and_code_that_must_be_known_comes_first() -> None:
    assert [(asked, first(asked)) for asked, ident in expected() if first(asked) != ident] == []


@pytest.mark.parametrize(
    "form", [str.lower, "{} ".format, "  {}: something".format, "12.34.56 STC01234  {}".format]
)
def test_an_id_is_found_in_any_case_and_in_the_middle_of_a_line(form: object) -> None:
    assert callable(form)
    ids = [ident for asked, ident in expected() if asked == ident and MESSAGE_ID.fullmatch(ident)]
    assert len(ids) > 200
    assert [ident for ident in ids if first(form(ident)) != ident] == []


def test_every_entry_is_found_first_by_its_own_examples() -> None:
    wrong = [
        (one.id, line, first(line)) for one in entries() for line in examples(one) if first(line) != one.id
    ]
    assert wrong == []


def test_every_wording_finds_its_own_entry() -> None:
    for one in entries():
        for wording in (*one.texts, *one.says):
            pieces = parts(wording)
            if not pieces or (pieces, one.id) not in keys().phrases:
                continue
            line = re.sub(r"%[sd]|\*|\.\.\.", "77", wording)
            case = (
                f"{one.id.split()[0]} {line}"
                if " " in one.id and one.id.split()[0].lower() in keys().names
                else line
            )
            assert one.id in {found.entry.id for found in answer(case).found}, (one.id, case)


def test_every_entry_is_found_by_its_id_and_names() -> None:
    for one in entries():
        for name in (one.id, *one.names):
            assert first(name) == one.id
            assert first(name.upper()) == one.id


def test_ids_and_codes_stand_once() -> None:
    ids = Counter(one.id.lower() for one in entries())
    codes = Counter(code for one in entries() for code in one.codes)
    assert [ident for found in (ids, codes) for ident, count in found.items() if count > 1] == []
    assert len(keys().codes) == len(codes)


def test_codes_are_written_as_they_are_looked_up() -> None:
    for code in keys().codes:
        component, _, number = code.partition(" ")
        asked = {"kge": f"KGE status {number}", "cms": f"0x{number}", "initacee": f"IRRSIA00 {number}"}.get(
            component, code
        )
        if component == "errno2" and len(number) < 8:
            asked = f"errno2 0be8{number}"
        assert code in codes_in(asked), code


@pytest.mark.parametrize("text", ["read 8 8 84 bytes", "8 8 84 bytes", "job 8 8 16 ended", "8 8", "8 8 16 4"])
def test_three_numbers_between_other_words_are_no_codes(text: str) -> None:
    assert codes_in(text) == ()


def test_references_lead_somewhere() -> None:
    ids = {one.id for one in entries()}
    assert [(one.id, see) for one in entries() for see in one.see if see not in ids or see == one.id] == []


def test_rules_are_in_the_catalogue() -> None:
    named = {rule for one in entries() for rule in one.rules}
    assert named - CATALOGUE - BUILT == set()


def test_rules_that_the_book_names_and_nobody_has_built_yet() -> None:
    waiting = sorted({rule for one in entries() for rule in one.rules} - BUILT)
    if waiting:
        pytest.skip(f"{len(waiting)} rules that the message book names are not built: {' '.join(waiting)}")


def test_the_rule_book_and_the_message_book_agree() -> None:
    """What a rule's page says a user would see is in the message book, and leads back to the rule."""
    wrong = [
        (page.id, text)
        for page in book()
        for text in page.breaks
        if page.id not in {rule for found in answer(text).found for rule in found.entry.rules}
    ]
    assert wrong == []


def test_nobody_is_told_to_give_update_on_bpx_daemon() -> None:
    """READ is enough there; Zowe's own sentence, which asks for more, is quoted and not followed."""
    told = [one for one in entries() if "BPX.DAEMON" in one.fix]
    assert told
    for one in told:
        behind = one.fix.partition("BPX.DAEMON")[2]
        assert behind.find("ACCESS(READ)") >= 0, one.id
        assert "UPDATE" not in behind, one.id


def test_each_entry_says_something() -> None:
    for one in entries():
        assert one.title, one.id
        assert not one.title.endswith("."), one.id
        assert not re.search(
            r"\[[A-Z]{2}\d", "".join((one.title, one.means, one.fix, *(c.text for c in one.causes)))
        ), one.id
        for sentence in (one.means, *(cause.text for cause in one.causes)):
            assert not sentence or sentence[-1] in '.?!:"*)', (one.id, sentence)


def test_files_have_only_known_fields() -> None:
    known = {
        "id", "title", "text", "says", "codes", "names", "example", "means", "causes", "look", "fix", "see",
        "ahead", "vague", "wrapper",
    }  # fmt: skip
    for name, file in compile_messages(ROOT / "messages").items():
        assert set(file) <= {"title", "prefixes", "entries"}, name
        for raw in file["entries"]:
            assert set(raw) <= known, (name, raw["id"])
            assert isinstance(raw["id"], str), (name, raw["id"])
            entry_of(raw, name)


def test_the_best_fit_comes_first_and_the_others_follow() -> None:
    line = "ERROR ZWEAM511E There was a TLS request error accessing the URL 'https://h:1': 'PKIX path building failed'"
    assert [found.entry.id for found in answer(line).found] == ["java-pkix-path", "ZWEAM511E"]
    line = "EZD1287I TTLS Error RC: 435 Initial Handshake"
    assert [(found.entry.id, found.shown) for found in answer(line).found] == [
        ("GSK 435", "EZD1287I RC 435"),
        ("EZD1287I", "EZD1287I"),
    ]
    line = (
        "CWWKS2907E: ... APPL-ID IZUDFLT. SAF return code 0x00000008. RACF return code 0x00000008. "
        "RACF reason code 0x00000020."
    )
    assert [found.entry.id for found in answer(line).found] == ["CWWKS2907E", "initACEE 8/8/32"]


def test_a_message_on_several_lines() -> None:
    text = (
        " EZD1287I TTLS Error RC: 5004 Initial Handshake 614\n   LOCAL: 10.1.1.2..3973\n   REMOTE: 10.1.1.3..8803\n"
        "   JOBNAME: ZWE1SV RULE: GatewayRule\n   USERID: ZWESVUSR GRPID: 00000003 ENVID: 00000001 CONNID: 0001EEF1\n"
    )
    found = answer(text)
    assert found.found[0].entry.id == "GSK 5004"
    assert [(one.name, one.text) for one in found.values] == [
        ("LOCAL", "10.1.1.2..3973"),
        ("REMOTE", "10.1.1.3..8803"),
        ("JOBNAME", "ZWE1SV"),
        ("RULE", "GatewayRule"),
        ("USERID", "ZWESVUSR"),
    ]


def test_a_code_without_its_component_has_all_its_meanings() -> None:
    found = answer("8/8/8")
    assert {one.entry.id for one in found.found} == {"R_datalib 8/8/8", "R_ticketserv 8/8/0"}
    assert found.alike == 2
    assert answer("R_datalib 8/8/8").alike == 1


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "hello", "11/21/26 something happened", "2026-11-21 08:08:44", "ssh: Permission denied",
        "PORT 435 is open", "version 8.16.28", "/u/8/8/44/x", "SHA256 AES256 TLS13", "the value is 143",
    ],
)  # fmt: skip
def test_what_is_no_message_is_not_taken_for_one(text: str) -> None:
    assert answer(text).found == ()
    assert answer(text).strangers == ()


def test_what_the_book_does_not_have_is_said() -> None:
    found = answer("ZWEAM702E The request")
    assert (found.found, found.strangers) == ((), ("ZWEAM702E",))
    assert "ZWEAM701E" in {one.id for one in found.near}
    assert family_of("ZWEAM702E") == ("ZWEAM", "Zowe API Mediation Layer, any of its services")
    assert family_of("ABC123I") is None
    found = answer("EZD1287I TTLS Error RC: 999 Initial Handshake")
    assert [one.entry.id for one in found.found] == ["EZD1287I"]
    assert found.strangers == ("GSK 999",)
    assert answer("qwertyuiop asdfghjkl").near == ()


def test_an_unknown_reason_code_of_unix_is_not_guessed() -> None:
    found = answer("errno2 0be8ffff")
    assert (found.found, found.strangers) == ((), ("errno2 0be8ffff",))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000_000,
        "8/" * 5_000_000,
        "8," * 5_000_000,
        "SAF rc: 8, " * 900_000,
        "SAF rc: 8 " + " " * 9_000_000,
        "USER(" * 2_000_000,
        "SUBJECT(" + "CN=" * 3_000_000,
        "EZD1287I RC " * 800_000,
        "ZWES1060W" * 1_000_000,
        "ZWEAM400E " * 1_000_000,
        "a.b " * 2_500_000,
        "AAAAA111111" * 900_000,
        "\x1b[31m\x00\x9b" * 2_000_000,
        "PKIX path building " * 500_000,
        "Certificate for <" * 500_000,
    ],
    ids=range(15),
)
def test_ten_megabytes_on_one_line_are_harmless(text: str) -> None:
    began = time.process_time()
    answer(text)
    assert time.process_time() - began < 1.5


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    found = answer(text)
    assert found.asked == text
    assert len(found.near) <= 3
    assert not (found.found and found.near)


@given(
    st.text(max_size=30), st.text(max_size=30), st.sampled_from(["ZWEAM400E", "IRRD109I", "EZD1287I RC: 435"])
)
@settings(max_examples=100, deadline=None)
def test_an_id_is_found_whatever_stands_around_it(before: str, after: str, message: str) -> None:
    found = {one.entry.id for one in answer(f"{before} {message} {after}").found}
    assert message.split(maxsplit=1)[0] in found


def test_real_logs_are_explained() -> None:
    """Every line of the corpus has an answer, and the messages in it are found."""
    folder = corpus_dir()
    if folder is None:
        pytest.skip("the corpus is not here")
    found = {
        one.entry.id
        for name in ("zos", "racf", "documents")
        for path in sorted((folder / name).glob("*.txt"))
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n")
        for one in answer(line).found
    }
    assert found >= {
        "GSK 6", "GSK 403", "GSK 428", "GSK 435", "GSK 467", "GSK 510", "GSK 5004", "CMS 03353022", "KGE -2", "KGE -6",
        "KGEA0003", "R_datalib 8/8/8", "R_datalib 8/8/44", "R_ticketserv 8/16/28", "R_ticketserv 8/8/16", "errno2 044c",
        "errno2 03d1", "CWWKS2907E", "ZWED0149E", "ICH408I CERTIFICATE", "java-rs256", "java-ec-class-cast",
    }  # fmt: skip


def test_a_compiled_book_is_the_same_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = compile_messages(ROOT / "messages")
    (tmp_path / "index.json").write_text(json.dumps(compiled, separators=(",", ":")), encoding="utf-8")
    monkeypatch.setattr("zcertlint.messages.book._folder", lambda: tmp_path)
    assert book_module._raw.__wrapped__() == compiled


def test_unknown_entry() -> None:
    with pytest.raises(KeyError):
        entry("nosuch")
