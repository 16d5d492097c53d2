"""Rows of key rings, labels and statuses: what is planned, and what is left to a person."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fixes import world
from fixes.world import IZU, RING, SERVER, ZOSMF, ZOSMF_CA, ZOWE_CA, ZWE
from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes import Plan
from zcertlint.fixes.builders import plan_for
from zcertlint.fixes.commands.base import text_of
from zcertlint.model.certificate import Certificate, TrustStatus
from zcertlint.model.deployment import Deployment
from zcertlint.model.names import Name
from zcertlint.model.store import Store, StoreKind, StoreState, Usage

SPARE = world.certificate(ZWE, "Spare", "CN=spare.acme.example", "CN=Acme Zowe CA.O=Acme")


def site(ring: Store = RING, *more: Certificate) -> Deployment:
    known = {c.id: c for c in (ZOWE_CA, ZOSMF_CA, SERVER, ZOSMF, *more)}
    return world.deployment(world.database(*known.values(), stores=(ring, world.IZU_RING)))


def plan(
    code: str, where: Deployment, values: Mapping[str, str] | None = None, builder: str = "ring-rows"
) -> Plan:
    given = {"code": code, "subjects": RING.id, **(values or {})}
    return plan_for(FixHint(builder, given), ("F-1",), where, world.options())


def texts(made: Plan) -> list[str]:
    return [text_of(command) for command in made.commands]


def rows(*more: tuple[Certificate, Usage, bool | None]) -> Store:
    return replace(
        RING, connections=tuple(world.row(c, usage, default=default) for c, usage, default in more)
    )


def test_the_alias_becomes_the_default() -> None:
    ring = rows((SERVER, Usage.PERSONAL, False), (SPARE, Usage.PERSONAL, True))
    made = plan("KR134", site(ring, SPARE), {"label": "Zowe Server"})
    assert texts(made) == [
        "RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)"
    ]
    assert made.safety is Safety.REVIEW
    back = [text_of(c) for step in made.backout for c in step.commands]
    assert back[-1].endswith("LABEL('Spare') RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)")


def test_the_undo_says_what_a_listing_does_not_show() -> None:
    ring = rows((SERVER, Usage.PERSONAL, False), (SPARE, Usage.PERSONAL, None))
    made = plan("KR134", site(ring, SPARE), {"label": "Zowe Server"})
    assert any("DEFAULT" in text for text in made.lost)


def test_an_expired_ca_is_taken_off() -> None:
    old = replace(ZOSMF_CA, id="CERTAUTH/old", label="old", not_after=world.moment(2020))
    ring = rows((old, Usage.CERTAUTH, False), (ZOSMF_CA, Usage.CERTAUTH, False))
    made = plan("KR116", site(ring, old), {"subjects": f"{RING.id}\n{old.id}"})
    assert texts(made) == ["RACDCERT ID(ZWESVUSR) REMOVE(CERTAUTH LABEL('old') RING(ZoweKeyring))"]
    assert made.safety is Safety.REVIEW


@pytest.mark.parametrize(
    ("code", "where", "values", "words"),
    [
        ("XX999", site(), {}, "no repair of a key ring"),
        ("KR101", site(), {"subjects": "ring:NO/ring"}, "does not name a key ring"),
        ("KR101", site(replace(RING, kind=StoreKind.PKCS12)), {}, "is no key ring"),
        ("KR101", site(replace(RING, state=StoreState.NOT_SHOWN)), {}, "not shown"),
        ("KR101", site(rows((ZOWE_CA, Usage.CERTAUTH, False))), {}, "no certificate on"),
        (
            "KR101",
            site(rows((SERVER, Usage.PERSONAL, False), (SPARE, Usage.PERSONAL, False)), SPARE),
            {},
            "2 certificates",
        ),
        ("KR101", site(RING, replace(SERVER, private_key=None)), {}, "no certificate on"),
        ("KR101", site(RING, replace(SERVER, trust=TrustStatus.NOTRUST)), {}, "no certificate on"),
        ("KR101", site(RING, replace(SERVER, not_after=world.moment(2025))), {}, "no certificate on"),
        ("KR105", site(), {"label": "Unknown"}, "no input shows a certificate ID(ZWESVUSR) 'Unknown'"),
        ("KR105", site(RING, replace(SPARE, private_key=False)), {"label": "Spare"}, "is not shown"),
        ("KR108", site(), {"label": "Zowe Server"}, "several certificates"),
        ("KR112", site(RING, replace(SPARE, private_key=False)), {"new": SPARE.id}, "is not shown"),
        ("KR112", site(), {"new": "none"}, "no input shows the certificate"),
        ("KR134", site(), {"label": "none"}, "which certificate"),
        ("KR130", site(), {"subjects": f"{RING.id}\nID(ZWESVUSR)/jwtsecret"}, "is not on"),
        ("KR103", site(RING, SPARE, replace(SERVER, private_key=False)), {}, "could be"),
    ],
)
def test_refused(code: str, where: Deployment, values: dict[str, str], words: str) -> None:
    made = plan(code, where, values)
    assert words in (made.refused or ""), made.refused
    assert made.commands == ()


def test_an_unknown_default_is_never_touched() -> None:
    ring = rows((ZOSMF_CA, Usage.PERSONAL, None))
    made = plan("KR133", site(ring), {"subjects": f"{RING.id}\n{ZOSMF_CA.id}"})
    assert "whether CERTAUTH 'zOSMFCA' is the DEFAULT" in (made.refused or "")


# status

NOTRUST = replace(ZOSMF, trust=TrustStatus.NOTRUST, not_after=world.moment(2030))


def test_the_status_is_changed_after_a_look_at_the_chain() -> None:
    made = plan("CE111", site(RING, NOTRUST), {"subjects": NOTRUST.id}, "trust")
    assert [text.split(" ")[2].split("(")[0] for text in texts(made)] == ["LISTCHAIN", "ALTER"]
    assert made.safety is Safety.REVIEW
    assert [text_of(c) for step in made.backout for c in step.commands] == [
        "RACDCERT ID(IZUSVR) ALTER(LABEL('DefaultzOSMFCert.IZUDFLT')) NOTRUST"
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ((replace(NOTRUST, not_after=world.moment(2025)),), "is valid now"),
        ((NOTRUST, replace(ZOSMF_CA, trust=TrustStatus.NOTRUST)), "status TRUST"),
        ((NOTRUST, replace(ZOSMF_CA, trust=None)), "status TRUST"),
        ((NOTRUST, replace(ZOSMF_CA, not_after=None)), "is valid now"),
        ((NOTRUST, replace(ZOSMF_CA, id="CERTAUTH/twin", label="twin")), "for sure"),
        ((replace(NOTRUST, owner=None, label=None),), "not shown"),
    ],
)
def test_a_status_stays(changed: tuple[Certificate, ...], words: str) -> None:
    made = plan("CE111", site(RING, *changed), {"subjects": NOTRUST.id}, "trust")
    assert words in (made.refused or ""), made.refused


# a CA that was created again

AGAIN = replace(ZOSMF_CA, id="CERTAUTH/again", label="again", subject_key_id="BB")
OLD_CA = replace(ZOSMF_CA, subject_key_id="AA")
CHILD = replace(ZOSMF, authority_key_id="AA", not_after=world.moment(2030))
GENERATIONS = {"subjects": f"{AGAIN.id}\n{CHILD.id}"}


def test_the_old_generation_is_connected_where_it_is_still_there() -> None:
    ring = rows((SERVER, Usage.PERSONAL, True), (AGAIN, Usage.CERTAUTH, False))
    made = plan("KR117", site(ring, AGAIN, OLD_CA, CHILD), GENERATIONS, "generation")
    assert texts(made) == [
        "RACDCERT ID(ZWESVUSR) CONNECT(CERTAUTH LABEL('zOSMFCA') RING(ZoweKeyring) USAGE(CERTAUTH))"
    ]


def test_what_the_old_generation_signed_is_signed_by_the_new_one() -> None:
    other = replace(ZOSMF_CA, subject=Name("CN=x"))  # the old one is gone
    made = plan("KR117", site(RING, AGAIN, other, CHILD), GENERATIONS, "generation")
    assert any("SIGNWITH(CERTAUTH LABEL('again'))" in text for text in texts(made))
    assert any("IRRD109I" in text for text in made.reasons)
    assert made.safety is Safety.REVIEW


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ((replace(AGAIN, private_key=False), CHILD), "can sign"),
        ((replace(AGAIN, trust=TrustStatus.NOTRUST), CHILD), "is trusted"),
        ((replace(AGAIN, key_usage=frozenset({"digitalSignature"})), CHILD), "is trusted"),
        ((AGAIN, replace(CHILD, private_key=None)), "private key of"),
        ((replace(AGAIN, not_after=world.moment(2025)), CHILD), "expired"),
    ],
)
def test_a_generation_that_cannot_sign(changed: tuple[Certificate, ...], words: str) -> None:
    other = replace(ZOSMF_CA, subject=Name("CN=x"))
    made = plan("KR117", site(RING, other, *changed), GENERATIONS, "generation")
    assert words in (made.refused or ""), made.refused


# the newer twin

NEW = replace(SERVER, id="ID(ZWESVUSR)/New", label="New", rings=(), key=world.RSA)


def test_the_newer_one_is_connected_and_named() -> None:
    values = {"old": SERVER.id, "new": NEW.id}
    made = plan("KR136", site(RING, NEW), values, "newer-twin")
    assert texts(made) == [
        "RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('New') RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)"
    ]
    assert [(edit.dotted, edit.value) for edit in made.patches] == [
        ("zowe.certificate.keystore.alias", "New")
    ]
    back = [text_of(c) for step in made.backout for c in step.commands]
    assert [text.split(" ")[2].split("(")[0] for text in back] == ["REMOVE", "CONNECT"]


def test_a_newer_one_that_is_there_needs_no_command() -> None:
    ring = rows((SERVER, Usage.PERSONAL, False), (NEW, Usage.PERSONAL, False))
    made = plan("KR136", site(ring, NEW), {"old": SERVER.id, "new": NEW.id}, "newer-twin")
    assert made.commands == ()
    assert made.backout == ()
    assert made.patches


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (site(RING, replace(NEW, private_key=False)), "can present"),
        (site(RING, replace(NEW, label=None)), "not shown"),
        (site(rows((SERVER, Usage.PERSONAL, None)), NEW), "whether"),
        (site(rows((ZOWE_CA, Usage.CERTAUTH, False)), NEW), "whether"),
    ],
)
def test_a_newer_one_that_cannot_serve(where: Deployment, words: str) -> None:
    made = plan("KR136", where, {"old": SERVER.id, "new": NEW.id}, "newer-twin")
    assert words in (made.refused or ""), made.refused


def test_owners_are_not_mixed_up() -> None:
    other = replace(SPARE, owner=IZU, id=f"{IZU}/Spare")
    made = plan("KR105", site(RING, other), {"label": "Spare"})
    assert "no input shows" in (made.refused or "")
