"""Bytes to lines: encodings, line ends, limits."""

import pytest

from zcertlint.errors import InputError
from zcertlint.text import decode
from zcertlint.text.decode import LINE_LIMIT, cut_lines, load

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
    with pytest.raises(InputError, match="MiB"):
        load("x", b"a" * 11)


@pytest.mark.parametrize("length", range(1, 8))
def test_a_der_header_cut_anywhere_is_no_crash(length: int) -> None:
    assert load("x.der", b"\x30\x84\x7f\xff\xff\xff\x02"[:length]).data
