"""What the release of z/OS (zcertlint.yaml, zos.release) decides in what is planned and advised."""

from dataclasses import replace

import pytest

from fixes import world
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import Plan
from zcertlint.fixes.builders import plan_for
from zcertlint.fixes.job.racdcert import read_racdcert
from zcertlint.model.certificate import AltNames

TWO = AltNames(dns=("a.acme.example",))


def names(zos: str | None) -> Plan:
    """A second name of one type is asked for."""
    old = replace(world.ZOSMF, alt_names=TWO)
    where = world.deployment(world.database(world.ZOWE_CA, world.ZOSMF_CA, world.SERVER, old))
    values = {"certificate": old.id, "host": "b.acme.example"}
    return plan_for(FixHint("reissue-names", values), (), where, world.options(zos=zos))


@pytest.mark.parametrize(
    ("zos", "since"),
    [
        ("3.2", True),
        ("3.10", True),
        ("4.1", True),
        ("3.1", False),
        ("2.5", False),
        (None, None),
        ("V3R1", None),
        ("3", None),
    ],
)
def test_the_release(zos: str | None, *, since: bool | None) -> None:
    assert world.options(zos=zos).since(3, 2) is since


@pytest.mark.parametrize(
    ("zos", "reason", "export"),
    [
        (None, "one of each before z/OS 3.2", "pkcs12 -export -legacy (needed before z/OS 3.2), with"),
        ("3.1", "one of each before z/OS 3.2", "pkcs12 -export -legacy, with"),
        ("3.2", "lists of names is not confirmed", "pkcs12 -export, with"),
    ],
)
def test_several_names_of_one_type(zos: str | None, reason: str, export: str) -> None:
    made = names(zos)
    assert made.commands == ()
    assert reason in (made.refused or "")
    told = " ".join(made.advice)
    assert export in told
    assert ("ADOMAIN" in told) == (zos == "3.2")
    assert "{" not in told


@pytest.mark.parametrize(
    ("zos", "enhanced", "said"),
    [(None, True, True), ("2.3", False, False), ("2.4", True, False), ("3.1", True, False)],
)
def test_enhanced_passtickets(zos: str | None, *, enhanced: bool, said: bool) -> None:
    values = {"code": "SA111", "application": "IZUDFLT", "variant": "missing"}
    made = plan_for(FixHint("authority", values), (), world.deployment(), world.options(zos=zos))
    told = " ".join(made.advice)
    assert ("EPTKEYLABEL" in told) == enhanced
    assert ("z/OS 2.4 or later" in told) == said
    assert "KEYENCRYPTED" in told


@pytest.mark.parametrize(("zos", "shown"), [(None, False), ("2.4", False), ("2.5", True), ("3.2", True)])
def test_the_fingerprint_of_an_uploaded_ca(zos: str | None, *, shown: bool) -> None:
    ca = replace(world.ZOSMF_CA, id="file:zosmf-ca.pem#1", owner=None, label=None)
    where = world.deployment(world.database(world.ZOWE_CA, world.SERVER, world.ZOSMF, ca))
    values = {"ring": world.RING.id, "certificates": ca.id}
    made = plan_for(FixHint("connect-ca", values), (), where, world.options(zos=zos))
    assert made.refused is None, made.refused
    assert any("CHECKCERT" in line for line in made.advice) == shown


def test_lists_of_names_in_somebodys_job() -> None:
    """z/OS 3.2: the names of both forms are names of the certificate."""
    text = (
        "RACDCERT ID(X) GENCERT SUBJECTSDN(CN('x')) WITHLABEL('x')"
        " ALTNAME(IP(10.1.1.1) AIP(10.1.1.2,10.1.1.3) ADOMAIN('a.acme.example' 'b.acme.example'))"
    )
    asked = read_racdcert(text, len("RACDCERT"), None)
    assert asked.alt_names == AltNames(
        ("a.acme.example", "b.acme.example"), ("10.1.1.1", "10.1.1.2", "10.1.1.3")
    )
