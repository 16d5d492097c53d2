"""Which user a client certificate leads to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from support.certificates import authority, certificate
from support.links import CLIENT
from zcertlint.model.certificate import Certificate, TrustStatus
from zcertlint.model.deployment import Database
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.model.security import Security
from zcertlint.model.settings import Setting, Settings
from zcertlint.text.source import Span
from zcertlint.trust.identity import (
    Fit,
    Identity,
    IdentityKind,
    fit,
    identify,
    logons,
    rdns_of,
    whole_system,
    x509_logon,
)

SUBJECT, ISSUER = "CN=Jane.OU=Dev.O=Acme.C=GB", "CN=Root.O=Acme.C=GB"
PERSON = Certificate("file:jane.pem#1", subject=Name(SUBJECT), issuer=Name(ISSUER))


def mapped(
    subject: str | None = None, issuer: str | None = None, user: str | None = "JANE", **more: Any
) -> NameFilter:
    first, second = (Name(text) if text else None for text in (issuer, subject))
    plain = NameFilter(
        user, f"{subject}/{issuer}", TrustStatus.TRUST, first, second, None, Span("map.txt", 1)
    )
    return replace(plain, **more)


@pytest.mark.parametrize(
    ("text", "parts", "separators", "blanks"),
    [
        ("CN=Jane.O=Acme", ["CN=jane", "O=acme"], ["", "."], []),
        ("CN=Jane, O=Acme", ["CN=jane", "O=acme"], ["", ","], ["O"]),
        ("CN=Jane ,O=Acme", ["CN=jane", "O=acme"], ["", ","], ["CN"]),
        ("CN = Jane.O= Acme", ["CN=jane", "O=acme"], ["", "."], ["CN", "O"]),
        ("cn=Jane;o=Acme", ["CN=jane", "O=acme"], ["", ";"], []),
        ("C=GB/O=Acme/CN=Jane", ["C=gb", "O=acme", "CN=jane"], ["", "/", "/"], []),
        ("CN=Jane+SERIALNUMBER=1", ["CN=jane", "SERIALNUMBER=1"], ["", "+"], []),
        ("CN=J. Doe.O=Acme", ["CN=j. doe", "O=acme"], ["", "."], []),
        ("EMAILADDRESS=a@b.c.ST=x", ["MAIL=a@b.c", "SP=x"], ["", "."], []),
        ("E=a@b.S=x", ["MAIL=a@b", "SP=x"], ["", "."], []),
        ("EMAIL=a@b.SP=x", ["MAIL=a@b", "SP=x"], ["", "."], []),
        ("CN=Jane   Doe ", ["CN=jane doe"], [""], []),
        ("Jane.O=Acme", [], [], []),
        ("", [], [], []),
        ("X=Jane", [], [], []),
    ],
)
def test_parts(text: str, parts: list[str], separators: list[str], blanks: list[str]) -> None:
    found = rdns_of(text)
    assert [part.plain for part in found] == parts
    assert [part.separator for part in found] == separators
    assert [part.key for part in found if part.blanks] == blanks


@pytest.mark.parametrize(
    ("subject", "issuer", "order"),
    [
        (SUBJECT, ISSUER, 0),
        ("OU=Dev.O=Acme.C=GB", ISSUER, 1),
        (SUBJECT, None, 2),
        ("OU=Dev.O=Acme.C=GB", None, 3),
        ("C=GB", None, 3),
        (None, ISSUER, 4),
        (None, "O=Acme.C=GB", 5),
        # IRRD146I: an issuer in part stands alone.
        (SUBJECT, "O=Acme.C=GB", None),
        ("C=GB", "O=Acme.C=GB", None),
        (None, None, None),
        ("CN=John.OU=Dev.O=Acme.C=GB", None, None),
        (SUBJECT, "CN=Other.O=Acme.C=GB", None),
        ("ev.O=Acme.C=GB", None, None),
        ("Acme.C=GB", None, None),
        (SUBJECT.upper(), None, None),
    ],
)
def test_filter(subject: str | None, issuer: str | None, order: int | None) -> None:
    length = len(subject or "") + len(issuer or "")
    assert fit(mapped(subject, issuer), PERSON) == (Fit(order, length) if order is not None else None)


@pytest.mark.parametrize(
    ("joined", "order", "length"),
    [
        (f"{SUBJECT}.{ISSUER}", 0, len(SUBJECT) + len(ISSUER)),
        (f"{ISSUER}.{SUBJECT}", 0, len(SUBJECT) + len(ISSUER)),
        (f"OU=Dev.O=Acme.C=GB.{ISSUER}", 1, len("OU=Dev.O=Acme.C=GB") + len(ISSUER)),
        (SUBJECT, 2, len(SUBJECT)),
        ("OU=Dev.O=Acme.C=GB", 3, len("OU=Dev.O=Acme.C=GB")),
        (ISSUER, 4, len(ISSUER)),
        ("CN=Other.C=GB", None, 0),
        ("O=Acme.C=GB", 3, len("O=Acme.C=GB")),
    ],
)
def test_filter_of_an_unload(joined: str, order: int | None, length: int) -> None:
    """It does not tell subject and issuer apart."""
    entry = mapped(names=Name(joined))
    assert fit(entry, PERSON) == (Fit(order, length) if order is not None else None)


@pytest.mark.parametrize("bare", [replace(PERSON, subject=None), replace(PERSON, issuer=None)])
def test_filter_for_names_that_are_not_shown(bare: Certificate) -> None:
    assert fit(mapped(SUBJECT), bare) is None


def test_who() -> None:
    owned = certificate("Jane")
    assert identify(owned, ()) == Identity(IdentityKind.CERTIFICATE, "ZWESVUSR")
    refused = replace(owned, trust=TrustStatus.NOTRUST)
    assert identify(refused, ()) == Identity(IdentityKind.REFUSED, "ZWESVUSR")
    assert identify(authority("Root"), ()) == Identity(IdentityKind.OTHER)
    assert identify(PERSON, ()) == Identity(IdentityKind.NONE)
    assert identify(PERSON, [mapped("CN=John", user="JOHN")]) == Identity(IdentityKind.NONE)
    one = mapped(SUBJECT)
    assert identify(PERSON, [one]) == Identity(IdentityKind.FILTER, "JANE", one)
    many = mapped(SUBJECT, user=None)
    assert identify(PERSON, [many]) == Identity(IdentityKind.CRITERIA, None, many)
    closed = mapped(SUBJECT, status=TrustStatus.NOTRUST)
    assert identify(PERSON, [closed]) == Identity(IdentityKind.REFUSED, "JANE", closed)


def test_the_most_specific_filter_decides() -> None:
    short, long, whole = (
        mapped("C=GB", user="A"),
        mapped("O=Acme.C=GB", user="B"),
        mapped(SUBJECT, ISSUER, "C"),
    )
    assert identify(PERSON, [short, long]).user == "B"
    assert identify(PERSON, [long, short]).user == "B"
    assert identify(PERSON, [short, whole, long]).user == "C"
    # A subject goes before an issuer, whichever is longer.
    assert identify(PERSON, [mapped(issuer=ISSUER, user="A"), mapped("C=GB", user="B")]).user == "B"
    # The first one decides even when it is not trusted.
    closed = replace(long, status=TrustStatus.NOTRUST)
    assert identify(PERSON, [short, closed]).kind is IdentityKind.REFUSED


def test_whole_system() -> None:
    unload = Security(unload=Span("unload.txt", 1))

    def database(*filters: NameFilter, security: Security = unload) -> Database:
        return Database({}, {}, filters=filters, security=security)

    assert whole_system(database())
    assert whole_system(database(mapped(SUBJECT), mapped(issuer=ISSUER), mapped(names=Name(SUBJECT))))
    assert not whole_system(database(mapped(SUBJECT), mapped()))
    assert not whole_system(database(security=Security()))


def settings(values: Mapping[str, bool]) -> Settings:
    entries: dict[tuple[str, ...], Setting] = {}
    for number, (dotted, value) in enumerate(values.items(), 1):
        path, span = tuple(dotted.split(".")), Span("zowe.yaml", number)
        entries[path] = Setting(path, value, str(value), False, False, span, span)
    return Settings("zowe.yaml", entries)


@pytest.mark.parametrize("core", ["apiml", "zaas", "gateway"])
def test_setting_that_turns_logon_on(core: str) -> None:
    path = f"components.{core}.apiml.security.x509.enabled"
    entry = x509_logon(settings({path: True}))
    assert entry is not None
    assert entry.path == tuple(path.split("."))
    assert x509_logon(settings({path: True, f"components.{core}.enabled": True})) is not None
    assert x509_logon(settings({path: True, f"components.{core}.enabled": False})) is None
    assert x509_logon(settings({path: False})) is None
    assert x509_logon(settings({})) is None
    assert x509_logon(None) is None


ON = settings({"components.gateway.apiml.security.x509.enabled": True})


def test_logons() -> None:
    jane, john = mapped(SUBJECT), mapped("CN=John", user="JOHN")
    unloaded = mapped(names=Name("CN=Many"), user="MANY")
    database = Database({}, {}, filters=(jane, john, mapped("CN=x", user=None), unloaded))
    ends = [
        replace(CLIENT, id="zowe.zaas", certificate="ID(ZWESVUSR)/Own"),
        replace(CLIENT, id="client:bare", product="client", certificate=None),
        replace(CLIENT, id="client:nobody", product="client", certificate="file:nobody#1"),
        replace(CLIENT, id="client:jane", product="client", certificate=PERSON.id),
        replace(CLIENT, id="client:desk", product="client", certificate=PERSON.id),
        replace(CLIENT, id="client:owned", product="client", certificate="ID(ZWESVUSR)/Own"),
    ]
    known = {
        c.id: c for c in (PERSON, certificate("Own"), Certificate("file:nobody#1", subject=Name("CN=N")))
    }
    found = {one.user: one for one in logons(database, known, ON, ends)}
    assert list(found) == ["JANE", "JOHN", "ZWESVUSR"]
    assert found["JANE"].filters == (jane,)
    assert found["JANE"].clients == ("client:jane", "client:desk")
    assert (found["JOHN"].filters, found["JOHN"].clients) == ((john,), ())
    assert (found["ZWESVUSR"].filters, found["ZWESVUSR"].clients) == ((), ("client:owned",))
    assert logons(database, known, settings({}), ends) == ()


def test_logon_by_a_filter_of_an_unload() -> None:
    """An unload holds the filters of the whole system: only one that a client meets counts."""
    entry = mapped(names=Name(SUBJECT))
    end = replace(CLIENT, id="client:jane", product="client", certificate=PERSON.id)
    (one,) = logons(Database({}, {}, filters=(entry,)), {PERSON.id: PERSON}, ON, [end, end])
    assert (one.user, one.filters, one.span) == ("JANE", (entry,), entry.span)


@pytest.mark.parametrize("entry", [mapped(SUBJECT, status=TrustStatus.NOTRUST), mapped(SUBJECT, user=None)])
def test_nobody_logs_on(entry: NameFilter) -> None:
    end = replace(CLIENT, id="client:jane", product="client", certificate=PERSON.id)
    found = logons(Database({}, {}, filters=(entry,)), {PERSON.id: PERSON}, ON, [end])
    assert [one.clients for one in found] in ([], [()])
