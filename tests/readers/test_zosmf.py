"""z/OSMF's settings in their three shapes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext, zosmf_settings
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "zosmf"


def read(data: bytes | str) -> Facts:
    source = load("z", data if isinstance(data, bytes) else data.encode())
    assert zosmf_settings.recognise(source)
    facts = zosmf_settings.read(source, ReadContext())
    assert sum(facts.lines) == len(source.lines)
    return facts


def values(facts: Facts) -> dict[str, tuple[object, int | None, int | None]]:
    assert facts.zosmf is not None
    entries = facts.zosmf.entries.values()
    return {".".join(entry.path): (entry.value, entry.span.line, entry.span.column) for entry in entries}


def shape(name: str) -> Facts:
    facts = read((FIXTURES / "shapes" / name).read_bytes())
    assert not facts.problems
    return facts


def test_parmlib() -> None:
    assert values(shape("IZUPRM00.txt")) == {
        "hostname": ("ZOSMF.acme.example", 2, 11),
        "port": (10443, 3, 15),
        "keyring": ("IZUKeyring.IZUDFLT", 7, 6),
        "saf_prefix": ("IZUDFLT", 8, 12),
    }


def test_properties() -> None:
    assert values(shape("bootstrap.properties")) == {
        "keyring": ("IZUKeyring.IZUDFLT", 2, 31),
        "port": (443, 3, 18),
        "jwks_hostname": ("zosmf.acme.example", 4, 20),
    }


def test_liberty() -> None:
    facts = shape("server.xml")
    assert values(facts) == {
        "keystore.location": ("safkeyringhybrid:///IZUKeyring.IZUDFLT", 6, 23),
        "keyring": ("IZUKeyring.IZUDFLT", 6, 23),
        "client_authentication": ("supported", 8, 61),
        "jwt_builder.issuer": ("zOSMF", 9, 41),
        "jwt_builder.key_alias": ("zOSMFServer2", 10, 25),
        "mp_jwt.issuer": ("zOSMF", 11, 25),
        "calls.0": ("https://${izu.jwks.hostname}:${izu.https.port}/jwt/ibm/api/zOSMFBuilder/jwk", 11, 41),
        "calls.1": ("https://zowe.acme.example:7554/token", 13, 25),
        "calls.2": ("https://zowe.acme.example:7554/jwk", 13, 79),
    }
    assert facts.zosmf is not None
    assert facts.zosmf.unresolved("calls.0")
    assert not facts.zosmf.unresolved("calls.1")
    assert "password=" not in repr(facts)


def test_the_default_key_store_wins_wherever_it_stands() -> None:
    default = '<keyStore id="defaultKeyStore" location="safkeyring:///A"/>'
    other = '<keyStore id="x" location="safkeyring://OWNER/B"/>'
    for text in (default + other, other + default):
        assert {key: value[0] for key, value in values(read(text)).items()} == {
            "keystore.location": "safkeyring:///A",
            "keyring": "A",
        }


def test_client_authentication_is_told_apart() -> None:
    assert values(read('<ssl clientAuthentication="true" clientAuthenticationSupported="true"/>')) == {
        "client_authentication": ("true", 1, 28)
    }
    assert values(read('<ssl clientAuthentication="false"/>')) == {}


def test_a_later_statement_wins_and_both_places_are_kept() -> None:
    facts = read("SAF_PREFIX(ONE)\nSAF_PREFIX('Two')\n")
    assert values(facts) == {"saf_prefix": ("Two", 2, 13)}
    assert facts.zosmf is not None
    ((path, first, later),) = facts.zosmf.duplicates
    assert (path, first.line, later.line) == (("saf_prefix",), 1, 2)


@pytest.mark.parametrize("path", sorted((FIXTURES / "damaged").iterdir()), ids=lambda path: path.name)
def test_damage_is_one_problem_with_its_line(path: Path) -> None:
    facts = read(path.read_bytes())
    (problem,) = facts.problems
    assert (problem.code, problem.fatal) == ("IN001", True)
    assert problem.span.line == int(path.name.split("-")[1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SSL_PORT(1)\n",
        "zowe:\n  a: 1\n",
        "<!DOCTYPE html>\n<keyStore>\n",
        "<html><ssl></html>",
        "<svg/>",
        "The statement SAF_PREFIX(IZUDFLT) is the APPL\n",
        "RACDCERT ADDRING(IZUKeyring.IZUDFLT) ID(IZUSVR)\n",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert not zosmf_settings.recognise(load("z", text.encode()))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=150), st.text("<>/!\"'=& \nab(){}$*-", max_size=150)), st.booleans())
def test_any_text_gives_facts(text: str, xml: bool) -> None:  # noqa: FBT001
    start = '<jwtSso a="b"/>\n' if xml else "SAF_PREFIX(A)\nizu.https.port=1\n"
    source = load("z", (start + text).encode("utf-8", "surrogatepass"))
    facts = zosmf_settings.read(source, ReadContext())
    assert sum(facts.lines) == len(source.lines)


def test_the_corpus() -> None:
    folder = corpus_dir()
    if folder is None:
        pytest.skip("no corpus")
    found = {}
    for path in sorted((folder / "zos").iterdir()):
        source = load(path.name, path.read_bytes())
        if zosmf_settings.recognise(source):
            facts = zosmf_settings.read(source, ReadContext())
            assert not facts.problems
            found[path.name] = {key: value[0] for key, value in values(facts).items()}
    assert set(found) == {
        "zosmf-bootstrap-properties.txt",
        "zosmf-izuprm-colinpaice.txt",
        "zosmf-server_override-jwt.xml.txt",
    }
    assert found["zosmf-izuprm-colinpaice.txt"] == {
        "hostname": "*",
        "port": 10443,
        "saf_prefix": "IZUDFLT",
        "keyring": "IZUKeyring.IZUDFLT",
        "unauth_user": "IZUGUEST",
    }
    assert found["zosmf-server_override-jwt.xml.txt"]["jwt_builder.key_alias"] == "DefaultzOSMFCert.IZUDFLT"
