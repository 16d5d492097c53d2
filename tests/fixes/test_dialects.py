"""ACF2 and Top Secret: what has a known equivalent is written, everything else is told."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixes import any_command as some
from fixes import readback
from fixes.world import CERTAUTH, IZU, ZWE, options
from zcertlint.engine.results import Safety
from zcertlint.fixes.commands.add import Add, Delete
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq
from zcertlint.fixes.commands.keep import AddCa, Alter, Export
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing, Refresh
from zcertlint.fixes.commands.rings import AddRing, Connect, Remove
from zcertlint.fixes.dialects import Product, Translation, translate
from zcertlint.fixes.jcl import command_step, job_lines
from zcertlint.fixes.options import DEFAULT_JOB
from zcertlint.fixes.plan import Plan, Step
from zcertlint.fixes.plan_md import left_behind
from zcertlint.fixes.product import advice_for, for_product, limit_of, product_files
from zcertlint.model.certificate import AltNames, Owner, OwnerKind, TrustStatus
from zcertlint.model.security import Level
from zcertlint.model.store import Usage

PLACE = ("ZWESVUSR", "ZoweKeyring")
CONNECT = Connect(CERTAUTH, "zOSMFCA", *PLACE, Usage.CERTAUTH)
LABEL = "DefaultzOSMFCert.IZUDFLT"
END = date(2028, 11, 21)
RENEW: tuple[Command, ...] = (
    Export(IZU, LABEL, "A.BACKUP"), Genreq(IZU, LABEL, "A.CSR"),
    GencertFromRequest(IZU, LABEL, "A.CSR", CERTAUTH, "zOSMFCA", END),
)  # fmt: skip
LISTRING = "IRR.DIGTCERT.LISTRING"


def text(translation: Translation) -> list[str]:
    return [" ".join(words) for words in translation.commands]


def test_racf_stays_racf() -> None:
    made = translate([CONNECT], Product.RACF)
    assert made.commands == (CONNECT.render(),)
    assert made.safety(Safety.READY) is Safety.READY


def test_a_connect() -> None:
    acf2 = translate([CONNECT, Refresh("DIGTRING")], Product.ACF2)
    assert text(acf2) == [
        "ACF",
        "CONNECT CERTDATA(CERTAUTH.?XXXXX01) RINGNAME(ZoweKeyring) KEYRING(ZWESVUSR.?XXXXX02) USAGE(CERTAUTH)",
        "F ACF2,REBUILD(USR),CLASS(P),DIVISION(KEYRING)",
        "END",
    ]
    assert [(one.text, "zOSMFCA" in one.meaning) for one in acf2.placeholders] == [
        ("?XXXXX01", True),
        ("?XXXXX02", False),
    ]
    assert acf2.safety(Safety.READY) is Safety.REVIEW
    tss = translate([CONNECT, Refresh("DIGTRING")], Product.TSS)
    assert text(tss) == [
        "TSS ADD(ZWESVUSR) KEYRING(?XXXXX01) LABLRING(ZoweKeyring) RINGDATA(CERTAUTH,?XXXXX02) USAGE(CERTAUTH)"
    ]
    default = Connect(ZWE, "a", *PLACE, Usage.PERSONAL, default=True)
    assert text(translate([default], Product.TSS))[0].endswith(
        "RINGDATA(ZWESVUSR,?XXXXX02) USAGE(PERSONAL) DEFAULT"
    )
    assert text(translate([default], Product.ACF2))[1].endswith("USAGE(PERSONAL) DEFAULT")


def test_one_name_has_one_placeholder() -> None:
    made = translate([CONNECT, Remove(CERTAUTH, "zOSMFCA", *PLACE)], Product.ACF2)
    assert text(made)[2] == "REMOVE CERTDATA(CERTAUTH.?XXXXX01) KEYRING(ZWESVUSR.?XXXXX02)"
    assert len(made.placeholders) == 2


def test_a_renewal_is_one_command() -> None:
    acf2 = translate([*RENEW, Refresh("DIGTCERT")], Product.ACF2)
    assert text(acf2) == [
        "ACF",
        "SET PROFILE(USER) DIVISION(CERTDATA)",
        "CHKCERT IZUSVR.?XXXXX01",
        "RENEW IZUSVR.?XXXXX01 EXPIRE(11/21/28)",
        "CHKCERT IZUSVR.?XXXXX01 CHAIN",
        "F ACF2,REBUILD(USR),CLASS(P),DIVISION(CERTDATA)",
        "END",
    ]
    assert acf2.refused == ()
    assert [LABEL in one.meaning for one in acf2.placeholders] == [True]
    tss = translate(RENEW, Product.TSS)
    assert text(tss) == ["TSS RENEW(IZUSVR) DIGICERT(?XXXXX01) NADATE(11/21/28)"]
    assert tss.refused == ()
    assert acf2.notes
    assert tss.notes


@pytest.mark.parametrize("product", [Product.ACF2, Product.TSS])
@pytest.mark.parametrize(
    "command",
    [
        Delete(IZU, LABEL), Alter(IZU, LABEL, "New"), Export(IZU, LABEL, "A.B"), Genreq(IZU, LABEL, "A.B"),
        GencertFromRequest(IZU, LABEL, "A.B", CERTAUTH, "x", None),
        GencertFromRequest(IZU, LABEL, "A.B", CERTAUTH, "x", END, AltNames(("a.b",))),
        GencertFromRequest(IZU, LABEL, "A.B", CERTAUTH, "x", END, handshake=True),
        Permit("APPL", "IZUDFLT", ("COLIN",), Level.READ), Permit("RDATALIB", "ZWESVUSR.**", ("COLIN",), Level.READ),
        Permit("FACILITY", LISTRING, ("COLIN",), Level.READ, reset=True),
    ],
)  # fmt: skip
def test_what_has_no_known_equivalent_is_told(product: Product, command: Command) -> None:
    made = translate([command, CONNECT], product)
    assert len(made.refused) == 1
    assert len(made.commands) == (1 if product is Product.TSS else 3)
    assert made.safety(Safety.READY) is Safety.ADVICE
    assert made.safety(Safety.ADVICE) is Safety.ADVICE


def test_only_one_of_them_knows() -> None:
    remove = Remove(CERTAUTH, "zOSMFCA", *PLACE)
    assert translate([remove], Product.TSS).refused
    assert not translate([remove], Product.ACF2).refused
    site = Connect(CERTAUTH, "x", *PLACE, Usage.SITE)
    assert translate([site], Product.ACF2).refused
    assert "USAGE(CERTSITE)" in text(translate([site], Product.TSS))[0]
    control = Permit("FACILITY", LISTRING, ("COLIN",), Level.CONTROL)
    assert translate([control], Product.ACF2).refused
    status = Alter(CERTAUTH, "zOSMFCA", trust=TrustStatus.NOTRUST)
    assert text(translate([status], Product.ACF2))[1:3] == [
        "SET PROFILE(USER) DIVISION(CERTDATA)", "CHANGE CERTAUTH.?XXXXX01 NOTRUST",
    ]  # fmt: skip
    assert translate([status], Product.TSS).refused
    assert translate([Alter(CERTAUTH, "zOSMFCA", trust=TrustStatus.HIGHTRUST)], Product.ACF2).refused
    late = GencertFromRequest(IZU, LABEL, "A.B", CERTAUTH, "x", date(2050, 1, 1))
    assert translate([late], Product.TSS).refused
    assert translate([late], Product.ACF2).refused


def test_permits() -> None:
    read = Permit("FACILITY", LISTRING, ("ZWESVUSR",), Level.READ)
    acf2 = translate([read, Refresh("FACILITY")], Product.ACF2)
    assert text(acf2) == [
        "ACF", "SET RESOURCE(FAC)", "RECKEY IRR ADD(DIGTCERT.LISTRING UID(?XXXXX01) SERVICE(READ) ALLOW)",
        "F ACF2,REBUILD(FAC)", "END",
    ]  # fmt: skip
    update = Permit("RDATALIB", "IZUSVR.IZUKEYRING.IZUDFLT.LST", ("ZWESVUSR",), Level.UPDATE)
    assert text(translate([update], Product.ACF2))[2] == (
        "RECKEY IZUSVR ADD(IZUKEYRING.IZUDFLT.LST UID(?XXXXX01) SERVICE(READ,UPDATE) ALLOW)"
    )
    assert text(translate([read], Product.TSS)) == [f"TSS PERMIT(ZWESVUSR) IBMFAC({LISTRING}) ACCESS(READ)"]
    off = Permit("FACILITY", LISTRING, ("ZWESVUSR",), delete=True)
    assert text(translate([off], Product.TSS)) == [f"TSS REVOKE(ZWESVUSR) IBMFAC({LISTRING})"]
    assert "not confirmed" in translate([update], Product.TSS).notes[0]


def test_rings_authorities_and_listings() -> None:
    new = (AddRing("ZWESVUSR", "New"), AddCa("A.CA", "New CA", "file:x#1"))
    assert text(translate(new, Product.ACF2))[1:-1] == [
        "SET PROFILE(USER) DIVISION(KEYRING)", "INSERT ZWESVUSR.?XXXXX01 RINGNAME(New)",
        "SET PROFILE(USER) DIVISION(CERTDATA)", "INSERT CERTAUTH.?XXXXX02 DSN('A.CA') LABEL(New CA) TRUST",
    ]  # fmt: skip
    assert text(translate(new, Product.TSS)) == [
        "TSS ADD(ZWESVUSR) KEYRING(?XXXXX01) LABLRING(New)",
        "TSS ADD(CERTAUTH) DIGICERT(?XXXXX02) DCDSN('A.CA') TRUST LABLCERT('New CA')",
    ]
    reads = (ListCert(ZWE, "a"), ListChain(ZWE, "a"), ListRing(*PLACE))
    assert text(translate(reads, Product.TSS)) == [
        "TSS LIST(ZWESVUSR) DIGICERT(ALL)",
        "TSS LIST(ZWESVUSR) KEYRING(ALL)",
    ]
    assert text(translate(reads, Product.ACF2))[-2] == "LIST LIKE(ZWESVUSR.-)"
    site = ListCert(Owner(OwnerKind.SITE), "it's")
    assert text(translate([site], Product.ACF2))[2] == "CHKCERT SITECERT.?XXXXX01"
    assert text(translate([site], Product.TSS)) == ["TSS LIST(CERTSITE) DIGICERT(ALL)"]
    assert translate([AddCa("A.CA", "it's", "file:x#1")], Product.TSS).refused


def test_labels_that_acf2_cannot_take() -> None:
    for label in ("a (b)", "a, b", " a", "\xe9"):
        made = translate([AddCa("A.CA", label, "file:x#1"), CONNECT], Product.ACF2)
        assert "cannot be written" in made.refused[0]
        assert len(made.commands) == 3
    bad = translate([AddCa("A.CA", "a, b", "file:x#1"), CONNECT], Product.ACF2)
    assert [one.text for one in bad.placeholders] == ["?XXXXX01", "?XXXXX02"]
    assert "?XXXXX01) RINGNAME" in text(bad)[1]


@given(st.lists(some.any_command, max_size=6), st.sampled_from([Product.ACF2, Product.TSS]))
@settings(max_examples=200)
def test_nothing_is_lost_in_translation(commands: list[Command], product: Product) -> None:
    made = translate(commands, product)
    assert made.safety(Safety.READY) is not Safety.READY
    assert not any("RACDCERT" in line or "SETROPTS" in line for line in text(made))
    (step,) = readback.steps(job_lines(DEFAULT_JOB, command_step("S1", made.commands, goes_on=True)))
    assert list(step.commands) == text(made)
    for one in made.placeholders:
        assert any(one.text in line for line in text(made))
    if not commands:
        assert made.commands == ()


def test_a_record_is_checked_once_in_a_row() -> None:
    reads = (ListCert(ZWE, "a"), ListChain(ZWE, "a"), ListCert(ZWE, "a"), ListRing(*PLACE), ListRing(*PLACE))
    assert text(translate(reads, Product.ACF2)) == [
        "ACF",
        "SET PROFILE(USER) DIVISION(CERTDATA)",
        "CHKCERT ZWESVUSR.?XXXXX01 CHAIN",
        "SET PROFILE(USER) DIVISION(KEYRING)",
        "LIST LIKE(ZWESVUSR.-)",
        "END",
    ]


def renewal(lost: tuple[str, ...] = ()) -> Plan:
    """A renewal as RACF's builder makes it: backup, request, rows put back, copy."""
    row = Connect(IZU, LABEL, "IZUSVR", "IZUKeyring.IZUDFLT", Usage.PERSONAL, default=True)
    return Plan(
        "Z123456", "renew", (), f"renew ID(IZUSVR) '{LABEL}'", "w", Safety.REVIEW,
        steps=(
            Step("back up the certificate", RENEW[:1]), Step("make a request from it", RENEW[1:2]),
            Step("sign it", (RENEW[2], ListCert(IZU, LABEL))), Step("its key rings as before", (row,)),
            Step("a copy", (Export(IZU, LABEL, "A.CERT"),)),
        ),
        proof=(ListCert(IZU, LABEL),),
        backout=(Step("as before", (Add(IZU, "A.BACKUP", LABEL), row)),),
        lost=lost,
        reasons=("that RACF keeps label, status and key rings is believed, not documented: read them back",),
        proves=f"LIST of ID(IZUSVR) '{LABEL}' must show the same label, Private Key YES, status TRUST.",
        advice=("Send A.CSR to the CA.", "Tell the partners."),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("product", "name", "renew"),
    [
        (Product.ACF2, "ACF2", "RENEW IZUSVR.?XXXXX01 EXPIRE(11/21/28)"),
        (Product.TSS, "Top Secret", "TSS RENEW(IZUSVR) DIGICERT(?XXXXX01) NADATE(11/21/28)"),
    ],
)
def test_the_plan_of_a_renewal_tells_what_its_jobs_do(product: Product, name: str, renew: str) -> None:
    made = for_product(renewal(("whether RACF takes the older certificate is not confirmed",)), product)
    assert isinstance(made, Plan)
    assert left_behind([made]) == ()
    assert made.backout == ()
    assert made.lost == (
        f"ID(IZUSVR) '{LABEL}' as it was: no command of {name} is known that goes back to the older certificate",
    )
    told = "\n".join((*made.reasons, made.proves or "", *made.advice, *made.lost))
    for word in ("RACF keeps", "LIST of", "Private Key YES", "A.CSR", "A.BACKUP"):
        assert word not in told
    assert f"that {name} keeps label" in told
    assert "Tell the partners." in made.advice
    files = product_files([made], replace(options(), product=product))
    assert renew in files["apply.jcl"]
    assert "P1S1: renew it" in files["apply.jcl"]
    assert files["apply.jcl"].count("RENEW") == 1
    assert "CONNECT" not in files["apply.jcl"]
    assert "RINGDATA" not in files["apply.jcl"]
    assert "EXEC" not in files["backout.jcl"]
    assert "no command: what stays is said in the first lines" in files["backout.jcl"]


def test_what_top_secret_cannot_take_off_is_said_and_not_called_complete() -> None:
    remove = Remove(CERTAUTH, "zOSMFCA", *PLACE)
    racf = Plan(
        "Z123456", "connect-ca", (), "CONNECT", "w", Safety.READY, steps=(Step("connect", (CONNECT,)),),
        backout=(Step("put it back as it was", (remove,)),),
    )  # fmt: skip
    tss, acf2 = for_product(racf, Product.TSS), for_product(racf, Product.ACF2)
    assert isinstance(tss, Plan)
    assert isinstance(acf2, Plan)
    assert (acf2.lost, acf2.backout) == ((), racf.backout)
    assert tss.backout == ()
    (stays,) = tss.lost
    assert stays.startswith("CERTAUTH 'zOSMFCA' stays on ZWESVUSR/ZoweKeyring: no command of Top Secret")
    files = product_files([acf2], replace(options(), product=Product.ACF2))
    assert "P1S1: connect" in files["apply.jcl"]
    assert "B1S1: put it back as it was" in files["backout.jcl"]


def test_recipes_of_racf_are_no_advice_for_another_product() -> None:
    recipe = ("1. With openssl, make a key.", "2. RACDCERT GENCERT('csr') ID(user).", "Look at the clock.")
    assert advice_for(recipe, None) == recipe
    assert advice_for(recipe[2:], Product.TSS) == recipe[2:]
    told = advice_for(recipe, Product.TSS)
    assert told[0] == "Look at the clock."
    assert not any("RACDCERT" in line or "openssl" in line for line in told)
    reason = "RACDCERT writes one name"
    assert limit_of(reason, None) == reason
    assert "so it is with RACF" in limit_of(reason, Product.ACF2)
    assert limit_of(f"for ACF2: {reason}", Product.ACF2) == f"for ACF2: {reason}"
