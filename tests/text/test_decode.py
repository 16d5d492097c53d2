"""Bytes to lines: encodings, line ends, limits."""

import time

import pytest

from zcertlint.errors import InputError
from zcertlint.text import decode
from zcertlint.text.codepages import EURO, VARIANTS, table
from zcertlint.text.decode import LINE_LIMIT, cut_lines, load
from zcertlint.text.signs import folded

TEXT = "Digital ring information for user IZUSVR:\n\n  Ring:\n       >Zowe.Keyring<\n"
LINES = ("Digital ring information for user IZUSVR:", "", "  Ring:", "       >Zowe.Keyring<")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.replace("\n", "\x85").encode("cp037"), "cp1047"),
        (TEXT.encode("cp037"), "cp1047"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (TEXT.replace("\n", "\x85").encode(), "utf-8"),
        (TEXT.replace("\n", "\x85").encode("latin-1"), "latin-1"),
    ],
)
def test_encodings_and_line_ends(data: bytes, encoding: str) -> None:
    source = load("x", data)
    assert source.lines == LINES
    assert source.encoding == encoding


@pytest.mark.parametrize(
    ("data", "expected", "encoding"),
    [
        (b"\xad\x81\xbd\x40\xc1\xc2\xc3", "[a] ABC", "cp1047"),
        (b"\xba\x81\xbb\x40\xc1\xc2\xc3", "[a] ABC", "cp037"),
        (b"\x4a\x81\x5a\x40\xc1\xc2\xc3", "[a] ABC", "cp500"),
        ("Für die schöne Büchse".encode("cp273"), "Für die schöne Büchse", "cp273"),
        (b"\x81\xd0\x82\x40\xc1\xc2\xc3", "a}b ABC", "cp1047"),
        (b"\x4a\x81\x40\xc1\xc2\xc3", "¢a ABC", "cp1047"),
    ],
)
def test_code_pages_are_told_by_their_brackets(data: bytes, expected: str, encoding: str) -> None:
    source = load("x", data)
    assert source.lines == (expected,)
    assert source.encoding == encoding


def test_fixed_records_without_line_ends() -> None:
    data = "".join(f"{line:<80}" for line in LINES).encode("cp037")
    assert tuple(line.rstrip() for line in load("x", data).lines) == LINES


def test_only_line_ends_end_lines() -> None:
    assert load("x", "a\x1cb\u2028c\x85d\n".encode()).lines == ("a\x1cb\u2028c\x85d",)


@pytest.mark.parametrize(
    "data",
    [
        b"\x30\x82\x01\x0a\x30\x82" + bytes(range(1, 256)) * 2,
        b"\x30\x80\x02\x01\x03" + bytes(range(256)),
        bytes(range(256)) * 4,
        b"PK\x03\x04\x00\x00\x00",
    ],
)
def test_binary_has_no_lines(data: bytes) -> None:
    source = load("x", data)
    assert source.lines == ()
    assert source.encoding is None


def test_nothing_is_text_without_lines() -> None:
    assert load("x", b"").lines == ()
    assert load("x", b"").encoding == "utf-8"
    assert load("x", b"\n\n").lines == ("", "")


def test_a_huge_line_is_cut_and_told() -> None:
    source = load("x", b"a" * (LINE_LIMIT + 5) + b"\nb\n")
    assert len(source.lines[0]) == LINE_LIMIT + 1
    assert source.lines[1] == "b"
    assert cut_lines(source) == (1,)


def test_a_huge_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "FILE_LIMIT", 10)
    with pytest.raises(InputError, match=r"at most 10 bytes .* this file has 11\b"):
        load("x", b"a" * 11)


@pytest.mark.parametrize("length", range(1, 8))
def test_a_der_header_cut_anywhere_is_no_crash(length: int) -> None:
    assert load("x.der", b"\x30\x84\x7f\xff\xff\xff\x02"[:length]).data


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("cp273", "Schlüssel für Müller. Die Prüfung läuft. Größe."),
        ("cp277", "Nøkkel for Åse Sørensen på Nærøy, får ikke lov."),
        ("cp297", "Clé privée délivrée à la société où le père règne, reçu ça"),
        ("cp1047", "Ring [a] {b} $x #y @z"),
        ("cp037", "Ring [a] of $x #y @z"),
    ],
)
def test_national_pages(page: str, text: str) -> None:
    source = load("x", bytes(table(page).index(char) for char in f"{text}\x85"))
    assert source.encoding == page
    assert source.lines == (text,)


@pytest.mark.parametrize("page", [page for page in VARIANTS if page != "cp871"])
def test_what_a_page_cannot_tell_is_said(page: str) -> None:
    """A text of another country is read, or the characters that may be wrong are named."""
    text = "Señor Muñoz, café à Åsa où {a} [b] für Müller"
    signs = table(page)
    data = bytes(signs.index(char) if char in signs else 0x40 for char in f"{text}\x85")
    source = load("x", data)
    expected = data[:-1].decode("latin-1").translate({n: signs[n] for n in range(256)})
    odd = {one for one, other in zip(source.lines[0], expected, strict=True) if one != other}
    letters = {char for char in odd if char.isalpha()}
    assert letters <= source.undecided | set("ÑÄÖÅÆØ£§àÐ#@$")


@pytest.mark.parametrize("page", sorted({*VARIANTS, *EURO.values()}))
def test_pages_have_every_character_once_and_racf_letters_in_place(page: str) -> None:
    signs = table(page)
    assert len(signs) == len(set(signs)) == 256
    letters = "ABCXYZabcxyz0189 .<(+&*);-/,%_>?:'=\""
    assert [signs.index(char) for char in letters] == list(letters.encode("cp037"))
    if page in {"cp037", "cp500", "cp1140"}:
        assert signs == bytes(range(256)).decode(page)


def test_euro() -> None:
    data = bytes(table("cp1141").index(char) for char in "Schlüssel für Müller kostet 5 €. Größe läuft\x85")
    assert load("x", data).encoding == "cp1141"
    assert "5 €." in load("x", data).lines[0]


def test_signs_that_another_page_shows_otherwise() -> None:
    assert load("x", b"\x4a\x81\x40\xc1\xc2\xc3\x15").undecided == frozenset("¢")
    assert load("x", TEXT.encode("cp037")).undecided == frozenset()


@pytest.mark.parametrize("width", [80, 121, 133, 137])
def test_records_of_every_usual_length(width: int) -> None:
    rows = [f"row {number} of a listing that goes on" for number in range(266)]
    data = "".join(f"{row:<{width}}" for row in rows).encode("cp037")
    assert [line.rstrip() for line in load("x", data).lines] == rows


@pytest.mark.parametrize("blocked", [False, True])
def test_variable_records(*, blocked: bool) -> None:
    def described(data: bytes) -> bytes:
        return (len(data) + 4).to_bytes(2, "big") + b"\0\0" + data

    records = b"".join(described(line.encode("cp037")) for line in LINES)
    data = described(records) * 2 if blocked else records
    assert load("x", data).lines == (LINES * 2 if blocked else LINES)


def test_descriptor_words_that_lead_nowhere_are_data() -> None:
    assert load("x", b"\x00\x09\x00\x00abcde\x00\xff\x01\x00a").lines == ()


def test_numbers_of_an_editor() -> None:
    data = (
        b"****** **** Top of Data ****\n000001 zowe:\n000002   a: 1\n000003\n==MSG> x\n000004 b\n"
        b"1234567 c\n000005 d\n"
    )
    assert load("x", data).lines == (
        "****** **** Top of Data ****",
        "zowe:",
        "  a: 1",
        "",
        "",
        "b",
        "1234567 c",
        "000005 d",
    )
    assert load("x", b"000001 a\n000003 b\n").lines == ("a", "000003 b")
    assert load("x", b"000100 a\n000200 b\n").lines == ("a", "b")


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "LINES_LIMIT", 10)
    assert len(load("x", b"\n" * 10).lines) == 10
    with pytest.raises(InputError, match=r"x:10: at most 10 lines"):
        load("x", b"\n" * 11)


@pytest.mark.parametrize(
    "data",
    [
        b"a" * 30_000_000,
        b'{"stdout": "' + b"\\n" * 3_000_000,
        b"<securityresult>" + b"<message" * 500_000,
        b"<securityresult>" + b"<message>" * 500_000,
        b'{"cmdResponse":' + b"[" * 3_000_000,
        b"\x00\x05\x00\x00\xc1" * 500_000,
        "a".encode("utf-16-le") * 5_000_000,
        b"\x81\x4a\xd0\xc0\x5b" * 2_000_000,
        b"\r" * 3_000_000,
        b"000001 \n" * 400_000,
    ],
    ids=range(10),
)
def test_hostile_files_take_a_moment_only(data: bytes) -> None:
    start = time.perf_counter()
    source = load("x", data)
    folded(source)
    assert all(len(line) <= LINE_LIMIT + 1 for line in source.lines)
    assert time.perf_counter() - start < 10


def test_the_text_in_lower_case_is_that_of_the_lines() -> None:
    rows = "".join(f"Row {number}\n" for number in range(200_000))
    for text in (rows, rows.rstrip("\n"), f"{rows}\n", f"{rows}\r\nX", f"{rows}{'Y' * (LINE_LIMIT + 1)}\n"):
        source = load("x", text.encode())
        assert folded(source).rstrip("\n") == "\n".join(source.lines).lower().rstrip("\n")
