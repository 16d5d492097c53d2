"""A value is read back equal, or it is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixes import readback
from fixes.world import AS_OF
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes import quote as q
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.issue import GencertFromRequest, Rekey
from zcertlint.fixes.commands.reads import ListCert, Refresh
from zcertlint.fixes.commands.rings import Connect, Remove
from zcertlint.fixes.jcl import comment, condition, job_lines, tso_lines, tso_step
from zcertlint.fixes.options import DEFAULT_JOB
from zcertlint.model.certificate import AltNames, Owner, OwnerKind
from zcertlint.model.store import Usage

PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
HOSTILE = st.text(st.sampled_from("'&()+-/*$@# ,;.=\"aZ9"), min_size=1, max_size=32)
LABELS = (HOSTILE | st.text(PRINTABLE, min_size=1, max_size=32)).filter(lambda text: text == text.strip(" "))
RINGS = st.text(st.sampled_from("abcXYZ019!#$%&*.:=?@_-"), min_size=2, max_size=237)
USERS = st.text(st.sampled_from("ABCXYZ019#@$"), min_size=1, max_size=8)
ANY_OWNER = st.sampled_from([Owner(OwnerKind.CERTAUTH), Owner(OwnerKind.SITE)]) | USERS.map(Owner.of_user)


@given(LABELS)
def test_a_quoted_label_is_read_back(label: str) -> None:
    assert q.unquote(q.quote_label(label)) == label


@given(st.text())
def test_any_text_is_read_back_or_refused(text: str) -> None:
    try:
        quoted = q.quote_label(text)
    except UnsafeValueError as error:
        told = str(error)
    else:
        told = ""
        assert q.unquote(quoted) == text
        assert text.isascii()
    assert told.isprintable()
    assert "\n" not in told


@pytest.mark.parametrize(
    "label",
    ["", " a", "a ", "a\nb", "a\x00", "x" * 33, "Zo\xeb", "\u20ac", "\x7f", "a\x85b", "a\u2028b", "\t"],
)
def test_unsafe_labels_are_refused(label: str) -> None:
    with pytest.raises(UnsafeValueError):
        q.quote_label(label)


@pytest.mark.parametrize("text", ["", "'", "x", "'a", "'a'b'", "a'"])
def test_what_is_not_quoted_is_refused(text: str) -> None:
    with pytest.raises(UnsafeValueError):
        q.unquote(text)


@pytest.mark.parametrize(
    "name", ["", "*", "a b", "a,b", "a;b", "a(b", "a)b", "a'b", "a/*b", "r" * 238, "\xac", "a\n"]
)
def test_unsafe_rings_are_refused(name: str) -> None:
    with pytest.raises(UnsafeValueError):
        q.ring_name(name)


@pytest.mark.parametrize("user", ["", "zwesvusr", "TOOLONGID", "A B", "A)", "A\n"])
def test_unsafe_users_are_refused(user: str) -> None:
    with pytest.raises(UnsafeValueError):
        q.user_id(user)
    with pytest.raises(UnsafeValueError):
        q.certificate_owner(f"ID({user})")


def test_owners() -> None:
    assert q.certificate_owner(Owner(OwnerKind.SITE)) == "SITE"
    assert q.certificate_owner(Owner.of_user("abc")) == "ID(ABC)"
    with pytest.raises(UnsafeValueError):
        q.certificate_owner("MULTIID")


@pytest.mark.parametrize(
    "name", ["", "A", "A..B", "1A.B", "A.B'", "A.lower", "A." + "B" * 9, "A" + ".B" * 30, "A.B\n"]
)
def test_unsafe_data_sets_are_refused(name: str) -> None:
    with pytest.raises(UnsafeValueError):
        q.dsn(name)


@pytest.mark.parametrize(
    "name", ["", "a b", "a..b", "-a", "a-", "a'", "a)", ".a", "a" * 254, "a\n", "b\xfccher"]
)
def test_unsafe_hosts_are_refused(name: str) -> None:
    with pytest.raises(UnsafeValueError):
        q.host(name)


def test_hosts_and_days() -> None:
    assert q.host("10.1.1.2") == ("ip", "10.1.1.2")
    assert q.host("2001:DB8::1") == ("ip", "2001:db8::1")
    assert q.host("*.acme.example") == ("dns", "*.acme.example")
    with pytest.raises(UnsafeValueError):
        q.ip_address("fe80::1%eth0")
    assert q.day(date(2028, 2, 29)) == "2028-02-29"
    with pytest.raises(UnsafeValueError):
        q.day(date(2100, 1, 1))


def test_characters_that_move_between_code_pages_are_known() -> None:
    assert q.varies("a[1]")
    assert not q.varies("Zowe Server #1 & 'co' (x)")


@given(
    ANY_OWNER,
    LABELS,
    USERS,
    RINGS.filter(lambda name: "/*" not in name),
    st.sampled_from(Usage),
    st.booleans(),
)
def test_commands_are_read_back_from_a_job(
    owner: Owner,
    label: str,
    user: str,
    ring: str,
    usage: Usage,
    default: bool,  # noqa: FBT001 (hypothesis passes it)
) -> None:
    commands: list[Command] = [
        Connect(owner, label, user, ring, usage, default=default),
        Remove(owner, label, user, ring),
        Rekey(owner, label, label[::-1], 2048, AS_OF.date()),
        GencertFromRequest(owner, label, "A.B", Owner(OwnerKind.CERTAUTH), label, AS_OF.date()),
        ListCert(owner, label),
    ]
    text = job_lines(DEFAULT_JOB, tso_step("S1", commands))
    (step,) = readback.steps(text)
    assert list(step.commands) == [text_of(command) for command in commands]
    connect, remove, rekey, gencert, _listed = step.commands
    assert readback.operand(connect, "LABEL") == ("quoted", label)
    assert readback.operand(connect, "RING") == ring
    assert readback.operand(connect, "USAGE") == usage.value
    inner = readback.tree(connect)[-1]
    assert isinstance(inner, tuple)
    assert (inner[-1] == "DEFAULT") == default
    assert readback.operand(remove, "LABEL") == ("quoted", label)
    assert readback.operand(rekey, "WITHLABEL") == ("quoted", label[::-1])
    assert readback.operand(gencert, "LABEL") == ("quoted", label)
    assert readback.operand(gencert, "DATE") == "2026-11-21"


def test_a_label_of_apostrophes_fits() -> None:
    command = ListCert(Owner.of_user("ZWESVUSR"), "'" * 32)
    assert readback.join(tso_lines(command.render())) == [text_of(command)]


@given(
    st.lists(
        st.text(st.sampled_from("ab' "), min_size=1, max_size=200).map(lambda t: "x" + t + "x"), min_size=1
    )
)
def test_long_words_are_joined_again(words: list[str]) -> None:
    try:
        lines = tso_lines(words)
    except UnsafeValueError:
        return
    assert all(len(line) <= 71 for line in lines)
    assert readback.join(lines) == [" ".join(words)]


def test_a_word_that_cannot_be_split_is_refused() -> None:
    with pytest.raises(UnsafeValueError):
        tso_lines(["x" + " " * 100 + "x"])


def test_the_delimiter_is_nowhere_in_the_data() -> None:
    owner = Owner.of_user("U")
    text = job_lines(DEFAULT_JOB, tso_step("S1", [ListCert(owner, "$$ @@ ##"), ListCert(owner, "AA")]))
    assert "DLM=AD" in text  # AB and AC are in RACDCERT and LABEL
    assert len(readback.steps(text)[0].commands) == 2


def test_alternative_names_are_one_operand() -> None:
    names = AltNames(("a.example",), ("10.0.0.1",), ("x@a.example",), ("https://a.example/",))
    owner = Owner.of_user("U")
    command = GencertFromRequest(owner, "L", "A.B", owner, "L", AS_OF.date(), names, handshake=True)
    assert text_of(command) == (
        "RACDCERT ID(U) GENCERT('A.B') SIGNWITH(LABEL('L')) NOTAFTER(DATE(2026-11-21)) KEYUSAGE(HANDSHAKE)"
        " ALTNAME(IP(10.0.0.1) DOMAIN('a.example') EMAIL('x@a.example') URI('https://a.example/'))"
    )


@pytest.mark.parametrize("name", ["", "facility", "DIGTCERT)", "DATASET", "TOOLONGNAME", "A,B"])
def test_only_classes_of_general_resources_are_refreshed(name: str) -> None:
    with pytest.raises(UnsafeValueError):
        Refresh(name).render()


def test_cards() -> None:
    assert comment("") == ["//*"]
    assert all(len(line) <= 71 for line in comment("x" * 100 + " \xe9\n\x00", "1. "))
    many = condition("NAME", [f"P{number}S1.RC = 0" for number in range(12)], "|")
    assert all(len(line) <= 71 for line in many)
    with pytest.raises(UnsafeValueError):
        job_lines(DEFAULT_JOB, ["x" * 72])


def test_a_person_reads_a_value_as_it_is() -> None:
    assert (q.shown("€uro é\\x"), q.escaped("€uro é\\x")) == ("€uro é\\x", "\\u20acuro \\xe9\\x")
    # Nothing moves the cursor, hides, or turns what follows around.
    assert q.shown("a\n\x1b[31m\u202eb\xa0") == r"a\n\x1b[31m\u202eb\xa0"
