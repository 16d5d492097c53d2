"""Open questions in the words of another product; where none is known, RACF's command is called that."""

import pytest

from zcertlint.engine.results import Gap
from zcertlint.fixes.collect.dialects import Product
from zcertlint.fixes.collect.said import said


def gap(command: str | None) -> Gap:
    return Gap("CH101", "x", "What is it?", command)


@pytest.mark.parametrize(
    ("command", "acf2", "tss"),
    [
        ("RACDCERT LISTRING(*) ID(IZUSVR)", "LIST IZUSVR.XXXXXXXX", "TSS LIST(IZUSVR) KEYRING(ALL)"),
        ("RACDCERT LISTRING(Zowe Ring) ID(IZUSVR)", "LIST IZUSVR.XXXXXXXX", "TSS LIST(IZUSVR) KEYRING(ALL)"),
        ("RACDCERT CERTAUTH LIST", "CHKCERT CERTAUTH.XXXXXXXX CHAIN", "TSS LIST(CERTAUTH) DIGICERT(ALL)"),
    ],
)
def test_what_is_known(command: str, acf2: str, tss: str) -> None:
    for product, wanted in ((Product.ACF2, acf2), (Product.TSS, tss), (Product.RACF, command)):
        (one,) = said([gap(command)], product)
        assert one.command == wanted


@pytest.mark.parametrize(
    "command", ["RLIST FACILITY BPX.DAEMON AUTHUSER", "SETROPTS LIST", "RACDCERT CERTAUTH LIST(LABEL('a' b))"]
)
def test_what_is_not_known_is_said(command: str) -> None:
    (one,) = said([gap(command)], Product.TSS)
    assert one.command == command
    assert "The command is RACF's" in one.needs


@pytest.mark.parametrize("command", [None, "NETSTAT HOME", "openssl s_client -connect HOST:PORT"])
def test_what_is_not_racfs_stays(command: str | None) -> None:
    assert said([gap(command)], Product.ACF2) == (gap(command),)
