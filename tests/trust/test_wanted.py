"""Who runs Zowe, where PassTickets are used, and what access follows from that."""

from collections.abc import Mapping

import pytest

from zcertlint.model.access import Purpose
from zcertlint.model.clients import Logon
from zcertlint.model.deployment import Database, Deployment, Endpoint, Role, Stack
from zcertlint.model.security import Profile, Security, Started, User
from zcertlint.model.settings import Scalar, Setting, Settings
from zcertlint.text.source import Span
from zcertlint.trust.wanted import tickets, wanted, zosmf_application, zowe_user

HERE = Span("zowe.yaml", 7)
STC = "zowe.setup.security.stcs.zowe"
USER = "zowe.setup.security.users.zowe"
RING = "zowe.certificate.keystore.file"
X509 = "components.gateway.apiml.security.x509.enabled"
OIDC = "components.zaas.apiml.security.oidc.enabled"
PROVIDER = "components.zaas.apiml.security.auth.provider"
TEMPLATE = "${{ std.getenv('X') }}"


def settings(values: Mapping[str, Scalar]) -> Settings:
    entries = {}
    for dotted, value in values.items():
        path = tuple(dotted.split("."))
        template = isinstance(value, str) and value.startswith("${{")
        entries[path] = Setting(path, value, str(value), template, container=False, span=HERE, key_span=HERE)
    return Settings("zowe.yaml", entries)


def end(ident: str) -> Endpoint:
    return Endpoint(ident, ident.partition(".")[0], Role.SERVER, Stack.JSSE, span=HERE)


def site(
    values: Mapping[str, Scalar] | None = None,
    *ends: str,
    security: Security | None = None,
    own: Mapping[str, Scalar] | None = None,
    logons: tuple[Logon, ...] = (),
) -> Deployment:
    return Deployment(
        Database({}, {}, security=security or Security()),
        {ident: end(ident) for ident in ends},
        zowe=None if values is None else settings(values),
        zosmf=None if own is None else settings(own),
        logons=logons,
    )


def started(name: str, user: str | None, *, trusted: bool = False, asked: str = "") -> Profile:
    segment = Started(user, None, trusted=trusted, privileged=False)
    names = frozenset({asked} if asked else ())
    return Profile("STARTED", name, Span("rlist.txt", 3), started=segment, asked=names)


@pytest.mark.parametrize(
    ("profiles", "user"),
    [
        ((started("ZWESLSTC.*", "ZWEUSER"),), "ZWEUSER"),
        ((started("ZWESLSTC.ZWE1SV", "zweuser"),), "ZWEUSER"),
        ((started("ZWE*.*", "OTHER"), started("ZWESLSTC.*", "ZWEUSER")), "ZWEUSER"),
        ((started("ZWES*.*", "ZWEUSER"), started("Z*.*", "OTHER")), "ZWEUSER"),
        ((started("IZUSVR1.*", "IZUSVR"),), "ZWESVUSR"),
        ((started("**", "STCUSER"),), "ZWESVUSR"),  # a closer one may be there
        ((started("**", "STCUSER", asked="ZWESLSTC.ZWE1SV"),), "STCUSER"),
        ((started("**", "STCUSER", asked="IZUSVR1.IZUSVR1"),), "ZWESVUSR"),
        ((started("ZWESLSTC.*", "=MEMBER"),), None),
        ((started("ZWESLSTC.*", None),), None),
        ((started("ZWESLSTC.A", "ONE"), started("ZWESLSTC.B", "TWO")), None),
        ((started("ZWESLSTC.A", "ONE"), started("ZWESLSTC.B", "ONE")), "ONE"),
        ((), "ZWESVUSR"),
    ],
)
def test_the_user_by_the_profile_of_the_task(profiles: tuple[Profile, ...], user: str | None) -> None:
    runner = zowe_user(site({}, security=Security(profiles=profiles)))
    assert (None if runner is None else runner.user) == user
    if runner is not None:
        assert runner.sure == (runner.span is not None)


def test_the_whole_class_is_known_of_an_unload() -> None:
    security = Security(
        profiles=(started("**", "STCUSER"),),
        users=(User("ZWESVUSR", HERE),),
        unload=HERE,
        unload_classes=frozenset({"STARTED"}),
    )
    runner = zowe_user(site({}, security=security))
    assert runner is not None
    assert runner.user == "STCUSER"


def test_another_procedure() -> None:
    profiles = (started("ZWESLSTC.*", "ONE"), started("MYZOWE.*", "TWO", trusted=True))
    runner = zowe_user(site({STC: "myzowe"}, security=Security(profiles=profiles)))
    assert runner is not None
    assert (runner.user, runner.exempt) == ("TWO", True)


@pytest.mark.parametrize(
    ("values", "user", "doubtful"),
    [
        ({}, "ZWESVUSR", False),
        ({USER: "zweuser"}, "ZWEUSER", False),
        ({USER: "zweuser", RING: "safkeyring://OTHER/R"}, "ZWEUSER", False),
        ({RING: "safkeyring://zwesvusr/R"}, "ZWESVUSR", False),
        ({RING: "safkeyring://OTHER/R"}, "ZWESVUSR", True),
        ({RING: "safkeyring:////OTHER/R"}, "ZWESVUSR", True),
        ({RING: "/var/zowe/keystore.p12"}, "ZWESVUSR", False),
        ({RING: "safkeyring:///OTHER/R"}, "ZWESVUSR", False),
    ],
)
def test_the_user_by_the_settings(values: dict[str, Scalar], user: str, *, doubtful: bool) -> None:
    runner = zowe_user(site(values))
    assert runner is not None
    assert (runner.user, runner.sure, runner.doubt is not None) == (user, False, doubtful)
    if runner.doubt is not None:
        assert runner.doubt[1] == "RLIST STARTED ZWESLSTC.* STDATA NORACF"


def test_a_default_user_that_does_not_exist_is_doubtful() -> None:
    runner = zowe_user(site({}, security=Security(unload=HERE)))
    assert runner is not None
    assert runner.doubt is not None


def test_nobody_is_named_by_a_template_or_without_a_configuration() -> None:
    assert zowe_user(site({USER: TEMPLATE})) is None
    assert zowe_user(site()) is None


@pytest.mark.parametrize(
    ("values", "application"),
    [
        ({X509: True}, "IZUDFLT"),
        ({X509: True, "zOSMF.applId": "izutest"}, "IZUTEST"),
        ({X509: True, "zOSMF.applId": TEMPLATE}, None),
        ({X509: True, PROVIDER: "ZOSMF"}, "IZUDFLT"),
        ({X509: True, PROVIDER: "saf"}, None),
        ({X509: True, PROVIDER: TEMPLATE}, None),
        ({X509: True, "components.gateway.apiml.security.auth.provider": "saf"}, None),
        (
            {X509: True, PROVIDER: "zosmf", "components.gateway.apiml.security.auth.provider": "saf"},
            "IZUDFLT",
        ),
        ({X509: False}, None),
        ({X509: True, "components.gateway.enabled": False}, None),
        ({OIDC: True}, "IZUDFLT"),
        ({OIDC: True, "components.zaas.enabled": False}, None),
        ({OIDC: TEMPLATE}, None),
        ({}, None),
    ],
)
def test_where_passtickets_are_used(values: dict[str, Scalar], application: str | None) -> None:
    use = tickets(site(values, "zosmf", "zowe.gateway"))
    assert (None if use is None else use.application) == application
    assert tickets(site(values, "zowe.gateway")) is None
    if use is not None:
        assert (use.given is not None) == ("zOSMF.applId" in values)


@pytest.mark.parametrize(
    ("values", "own", "told"),
    [
        ({}, None, ("IZUDFLT", False)),
        ({"zOSMF.applId": "izutest"}, None, ("IZUTEST", True)),
        ({"zOSMF.applId": "IZUTEST"}, {"saf_prefix": "IZUPROD"}, ("IZUPROD", True)),
        ({"zOSMF.applId": TEMPLATE}, {"saf_prefix": "IZUPROD"}, ("IZUPROD", True)),
        ({"zOSMF.applId": TEMPLATE}, None, None),
        ({}, {"saf_prefix": TEMPLATE}, None),
    ],
)
def test_the_application_of_zosmf(
    values: dict[str, Scalar], own: dict[str, Scalar] | None, told: tuple[str, bool] | None
) -> None:
    assert zosmf_application(site(values, own=own)) == told


def needs(deployment: Deployment) -> list[tuple[str, str, str, str]]:
    return [(one.user, one.resource, one.level.value, one.purpose.name) for one in wanted(deployment)]


def test_what_follows_from_zss_and_zosmf() -> None:
    identity = Purpose.IDENTITY.name
    zss = [("ZWESVUSR", "BPX.SERVER", "READ", identity), ("ZWESVUSR", "BPX.DAEMON", "READ", identity)]
    guest = ("IZUGUEST", "IZUDFLT", "READ", Purpose.APPLICATION.name)
    assert needs(site({}, "zowe.gateway")) == []
    assert needs(site({}, "zowe.zss")) == zss
    assert needs(site({}, "zowe.zss@SYS1", "zowe.zss@SYS2")) == zss
    assert needs(site({}, "zosmf")) == [guest]
    exempt = Security(profiles=(started("ZWESLSTC.*", "ZWEUSER", trusted=True),))
    assert needs(site({}, "zowe.zss", security=exempt)) == []


@pytest.mark.parametrize(
    ("own", "user", "sure"),
    [
        ({"unauth_user": "izuanon", "saf_prefix": "IZUDFLT"}, "IZUANON", True),
        ({"unauth_user": "IZUANON"}, "IZUANON", False),
        ({"saf_prefix": "IZUDFLT"}, "IZUGUEST", False),
        ({"unauth_user": TEMPLATE}, None, None),
    ],
)
def test_the_guest_user(own: dict[str, Scalar], user: str | None, *, sure: bool | None) -> None:
    found = wanted(site({}, "zosmf", own=own))
    assert [one.user for one in found] == ([] if user is None else [user])
    assert [one.sure for one in found] == ([] if sure is None else [sure])


def test_a_guest_whom_certificates_lead_to_is_told_by_the_rule_about_them() -> None:
    assert needs(site({}, "zosmf", logons=(Logon("IZUGUEST", HERE),))) == []
