"""What stands behind a keyword of a password is shown nowhere, however the keyword is mistyped."""

from collections.abc import Iterable
from string import ascii_uppercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zcertlint.fixes.job import racdcert, racf
from zcertlint.fixes.job.secrets import hidden
from zcertlint.text import commands, passwords
from zcertlint.text.commands import masked
from zcertlint.text.passwords import KEYWORDS, is_secret_word, secret_spans
from zcertlint.text.secrets import mask

VALUE = "Hush4Marker"
LETTERS = st.sampled_from(ascii_uppercase)


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A keyword with one or two slips of the pen, in any case."""
    word = draw(st.sampled_from(KEYWORDS))
    swap = draw(st.integers(-len(word), len(word) - 2))
    if swap >= 0:
        word = word[:swap] + word[swap : swap + 2][::-1] + word[swap + 2 :]
    for _ in range(draw(st.integers(0, 2)) if swap < 0 else 0):
        at = draw(st.integers(0, len(word) - 1))
        kind = draw(st.sampled_from(("less", "more", "other")))
        letter = draw(LETTERS)
        if kind == "less":
            word = word[:at] + word[at + 1 :]
        elif kind == "more":
            word = word[:at] + letter + word[at:]
        else:
            word = word[:at] + letter + word[at + 1 :]
    return draw(st.sampled_from((word, word.lower(), word.title())))


@given(
    word=slips(),
    form=st.sampled_from(
        ("{}('{}')", "{}({})", "{} ('{}')", "{}  ( {} )", "{}('{}", "{}({}", "{}(old {} new)")
    ),
    behind=st.sampled_from(("", " TRUST", " WITHLABEL('x')", " NAME('O'Brien')")),
    before=st.sampled_from(
        ("RACDCERT ID(U) ADD('A.B') ", "ALU U ", "ALU U NAME('O'Brien') ", "AU U NETVIEW(")
    ),
)
@settings(max_examples=1500, deadline=None)
def test_the_value_behind_a_mistyped_keyword_is_hidden(
    word: str, form: str, behind: str, before: str
) -> None:
    text = before + form.format(word, VALUE) + behind
    if word.upper() in passwords._OTHERS:  # a keyword of its own
        return
    assert VALUE not in hidden(text)
    assert VALUE not in masked(text)
    if " (" not in form and "  (" not in form:
        assert VALUE not in mask(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "ALU U PASS(v)", "ALU U PASSWD(v)", "ALU U PASW(v)", "ALU U PWD(v)", "ALU U PASSWROD(v)", "ALU U PHRAS('v v')",
        "ALU U NEWPASSWORD(v)", "ALU U PAS (v", "ALU U PASSWORD 'v'", "ALU U PASSWORD v", "ALU U PASSWORD=v",
        "RDEFINE PTKTDATA A SSIGNON(KEYMASKD(v))", "PASSWORD PASSWORD(v v)", "TSS ADD(U) PASSWORD(v,0)", "AU U PSWD(v)",
    ],
)  # fmt: skip
def test_each_of_these_is_a_password(text: str) -> None:
    start, end = secret_spans(text)[0]
    assert text[start:end].strip().startswith(("v", "'v"))


def words() -> Iterable[str]:
    """Every keyword that the readers of commands know."""
    for group in (
        racf._SETROPTS, racf._PERMIT, racf._PROFILE, racf._USER, racf._GROUP, racf.FULL, racf.READING, racf.HARMLESS,
        racdcert._KEYWORDS, racdcert._SUBJECT, racdcert._USAGES, racdcert._CERTIFICATE, racdcert._ON_RING,
        commands._RACDCERT.split(),
    ):  # fmt: skip
        yield from group


def test_the_operand_of_no_other_keyword_is_hidden_nor_of_its_abbreviations() -> None:
    secret = {"PASSWORD", "PHRASE", "NOPASSWORD", "NOPHRASE", "RVARYPW"}
    wrong = {
        (word, word[:size])
        for word in words()
        for size in range(3, len(word) + 1)
        if is_secret_word(word[:size]) and not any(name.startswith(word[:size]) for name in secret)
    }
    assert wrong == set()


@pytest.mark.parametrize(
    "text",
    [
        "PERMIT A.B CLASS(FACILITY) ID(PASSUSR) ACCESS(READ)",
        "RACDCERT ID(U) LIST(LABEL('Base case (2024)'))",
        "ALU U NOPASSWORD NOPHRASE RESUME",
        "LISTUSER PASSUSR OMVS NORACF",
        "RLIST PTKTDATA PASSTICKET ALL",
        "SETROPTS ERASE(ALL) PREFIX(X) CLASSACT(DIGTNMAP)",
    ],
)
def test_what_is_no_password_is_shown(text: str) -> None:
    assert hidden(text) == text
    assert masked(text) == text


def test_a_word_without_end_is_looked_at_once() -> None:
    assert not is_secret_word("A" * 1_000_000)
    assert hidden("A" * 1_000_000 + "(x)").endswith("(x)")
