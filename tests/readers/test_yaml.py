"""zowe.yaml and zcertlint.yaml: shapes, types, templates, secrets, damage, hostile input, the corpus."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from zcertlint.model.facts import Facts
from zcertlint.model.settings import Settings
from zcertlint.readers import ReadContext, config_yaml, zowe_yaml
from zcertlint.text.decode import load

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "zowe-yaml"


def facts_of(text: str | bytes) -> Facts:
    source = load("zowe.yaml", text if isinstance(text, bytes) else text.encode())
    assert zowe_yaml.recognise(source)
    assert not config_yaml.recognise(source)
    facts = zowe_yaml.read(source, ReadContext())
    assert sum(facts.lines) == len(source.lines)
    return facts


def read(text: str | bytes) -> Settings:
    facts = facts_of(text)
    assert not facts.problems
    assert facts.zowe is not None
    return facts.zowe


def shape(name: str) -> Settings:
    return read((FIXTURES / "shapes" / name).read_bytes())


def test_a_whole_file_with_places_and_types() -> None:
    zowe = shape("v3-ring.yaml")
    alias = zowe.get("zowe.certificate.keystore.alias")
    assert alias is not None
    assert (alias.value, alias.raw) == ("Zowe Server", '"Zowe Server"')
    assert (alias.span.line, alias.span.column, alias.span.text) == (13, 14, '"Zowe Server"')
    assert (alias.key_span.line, alias.key_span.column, alias.key_span.text) == (13, 7, "alias")
    assert zowe.number("zOSMF.port") == 10443
    assert zowe.flag("components.gateway.enabled") is True
    assert zowe.text("zowe.externalDomains.1") == "192.0.2.10"
    assert list(zowe.children("components")) == ["gateway", "app-server"]
    assert zowe.at("components", "app-server") is not None


def test_references_are_resolved_and_other_templates_decide_nothing() -> None:
    zowe = shape("v3-ring.yaml")
    assert zowe.text("zowe.certificate.truststore.type") == "JCERACFKS"
    assert zowe.text("zowe.certificate.truststore.file") == "safkeyring://ZWESVUSR/ZoweKeyring"
    assert zowe.text("zowe.certificate.truststore.password") == "password"
    assert zowe.number("components.gateway.port") == 7554
    assert zowe.text("components.gateway.port") == "7554"
    assert zowe.unresolved("components.app-server.enabled")
    assert zowe.flag("components.app-server.enabled") is None


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("${{ zowe.a }}", "x"),
        ("${{zowe.a}}/b", "x/b"),
        ("${{ zowe.a }}-${{ zowe.n }}", "x-7"),
        ("${{ zowe.list[1] }}", "second"),
        ("${{ zowe['a'] }}", "x"),
        ("${{ zowe?.a }}", "x"),
        ("${{ zowe.chain }}", "x"),
        ("${{ zowe.missing }}", None),
        ("${{ zowe.list }}", None),
        ("${{ zowe.a + '.B' }}", None),
        ("${{ zowe.loop }}", None),
        ("${{ a }}", None),
        ("${{ zowe.a", None),
    ],
)
def test_templates(template: str, value: str | None) -> None:
    text = (
        "zowe:\n  a: x\n  n: 7\n  list: [first, second]\n  chain: ${{ zowe.a }}\n"
        f'  loop: ${{{{ zowe.loop }}}}\n  t: "{template}"\n'
    )
    zowe = read(text)
    assert zowe.text("zowe.t") == value
    assert zowe.unresolved("zowe.t") is (value is None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("on", "on"),
        ("0777", 777),
        ("0x1F", 31),
        ("0o17", 15),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("12:30:45", "12:30:45"),
        ("2024-01-01", "2024-01-01"),
        ('"7554"', "7554"),
        ("'true'", "true"),
        ("!!str 5", "5"),
        ("&a 5", 5),
        ("IBMUSER.F$$", "IBMUSER.F$$"),
        (".", "."),
        ("9" * 5000, "9" * 5000),
        ("<<", "<<"),
    ],
)
def test_types_are_those_of_yaml_1_2(raw: str, value: object) -> None:
    entry = read(f"zowe:\n  k: {raw}\n").get("zowe.k")
    assert entry is not None
    assert entry.value == value
    assert type(entry.value) is type(value)


def test_the_column_behind_an_anchor_is_the_value_s() -> None:
    entry = read("zowe:\n  k: &a x\n").get("zowe.k")
    assert entry is not None
    assert (entry.span.column, entry.span.text) == (9, "x")


@pytest.mark.parametrize(
    "line",
    [
        "password: hunter22",
        "keyPassphrase: 'hunter22'",
        "SECRET_KEY: hunter22",
        "password: [hunter22]",
        "password: {a: hunter22}",
        "password: |\n    hunter22",
        "password: hunter22-${{ zowe.a }}",
        "password: ${{ 'hunter22' }}",
        "q: {password: hunter22}\n  copy: ${{ zowe.q.password }}",
    ],
)
def test_a_secret_is_nowhere_in_the_facts(line: str) -> None:
    facts = facts_of(f"zowe:\n  a: x\n  {line}\n")
    assert facts.zowe is not None
    assert "hunter22" not in repr((facts, dict(facts.zowe.entries)))
    assert "***" in repr(dict(facts.zowe.entries))


def test_what_may_be_told_of_a_password() -> None:
    zowe = read(
        "zowe:\n  a: {password: password}\n  b: {password: ''}\n  c: {password: }\n  d: {password: 12345}\n"
    )
    values = [zowe.entries["zowe", key, "password"].value for key in "abcd"]
    assert values == ["password", "", None, "***"]
    assert zowe.entries["zowe", "a", "password"].span.text is None


def test_a_syntax_error_beside_a_password_does_not_show_it() -> None:
    facts = facts_of("zowe:\n  password: hunter22: x\n")
    assert "hunter22" not in repr(facts)
    assert facts.problems[0].span.line == 2


def test_duplicates_are_kept_and_the_later_wins() -> None:
    zowe = read("zowe:\n  a: {x: 1, y: 2}\n  b: 1\n  a: {x: 3}\n")
    assert zowe.number("zowe.a.x") == 3
    assert not zowe.has("zowe.a.y")
    ((path, first, later),) = zowe.duplicates
    assert (path, first.line, later.line) == (("zowe", "a"), 2, 4)


def test_merge_keys() -> None:
    zowe = read("zowe:\n  b: &b {x: 1, y: 2}\n  c: {<<: *b, y: 3}\n  d: {<<: [{x: 8}, *b]}\n")
    assert [zowe.number(f"zowe.{key}") for key in ("c.x", "c.y", "d.x", "d.y")] == [1, 3, 8, 2]
    assert not zowe.duplicates


def test_several_documents() -> None:
    zowe = read("---\nzowe:\n  a: 1\n---\nzowe:\n  a: 2\n")
    assert (zowe.documents, zowe.number("zowe.a")) == (2, 1)


def test_fragments_stand_where_they_belong() -> None:
    assert shape("fragment-certificate.yaml").text("zowe.certificate.keystore.type") == "PKCS12"
    assert shape("fragment-setup.yaml").text("zowe.setup.certificate.keyring.name") == "ZoweKeyring"
    assert read("pem:\n  key: ''\n").has("zowe.certificate.pem.key")


@pytest.mark.parametrize(("name", "line"), [("config-map.yaml", 10), ("fenced.yaml", 5), ("flow.json", 1)])
def test_envelopes_keep_their_lines(name: str, line: int) -> None:
    zowe = shape(name)
    alias = zowe.get("zowe.certificate.keystore.alias")
    assert alias is not None
    assert alias.value == "localhost"
    assert alias.span.line == line
    assert not zowe.has("other")


def test_other_line_ends_do_not_shift_lines() -> None:
    entry = read("zowe:\n  a: 'x\u0085y\u2028z'\n  b: 1\n").get("zowe.b")
    assert entry is not None
    assert entry.span.line == 3


def test_an_ebcdic_file_is_read() -> None:
    assert read("zowe:\n  a: 1\n".encode("cp037")).number("zowe.a") == 1


@pytest.mark.parametrize("path", sorted((FIXTURES / "damaged").iterdir()), ids=lambda path: path.name)
def test_damage_is_one_problem_with_its_line(path: Path) -> None:
    facts = facts_of(path.read_bytes())
    assert facts.zowe is None
    (problem,) = facts.problems
    assert (problem.code, problem.fatal) == ("ZW130", True)
    assert problem.span.line == int(path.name.split("-")[1])
    assert problem.expected.startswith("column ")
    assert problem.hint


BOMB = "zowe:\n  a0: &a0 [x]\n" + "".join(
    f"  a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "text",
    [
        "zowe: " + "[" * 2_000_000,
        "zowe: " + "[\n" * 100_000,
        "zowe: " + "{a: " * 5_000,
        "zowe:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 400)),
        "zowe: " + "- " * 20_000,
        "zowe: &a [*a]",
        "zowe: &a\n  <<: *a\n  b: 1",
        BOMB,
        "zowe:\n" + "".join(f"  k{number}: 1\n" for number in range(200_001)),
        "zowe: [" + "x" * 100_000 + "]",
        "zowe:\n  ? [a, b]\n  : c\n  ? {d: e}\n  : f\n",
        "[zowe: 1]\n",
    ],
    ids=[
        "brackets",
        "lines",
        "braces",
        "indents",
        "dashes",
        "self",
        "merge self",
        "bomb",
        "wide",
        "long",
        "keys",
        "list",
    ],
)
def test_hostile_files_end_soon(text: str) -> None:
    source = load("zowe.yaml", text.encode())
    started = time.monotonic()
    facts = zowe_yaml.read(source, ReadContext())
    assert time.monotonic() - started < 10
    assert len(facts.problems) == (0 if "? [a" in text else 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# zowe:\n",
        "hello\nzowe: is a framework\n",
        "openapi: 3.0\ncomponents:\n  gateway: x\n",
        "services:\n  zowe: x\n",
        "READY\nRACDCERT LIST ID(A)\n",
        "components:\n  schemas: {}\n",
        "-----BEGIN CERTIFICATE-----\n",
        "certificate: x\n",
        "id: KR101\nname: x\n",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    source = load("zowe.yaml", text.encode())
    assert not zowe_yaml.recognise(source)
    assert not config_yaml.recognise(source)


CONFIG = "certificates:\n  zowe.zss: evidence/zss.pem\njob:\n  card:\n    - //A JOB\n"


@pytest.mark.parametrize(
    "text",
    [
        CONFIG,
        "itm:\n  components: []\n",
        "version: 1\nzos: {release: '3.2'}\n",
        "{certificates: {zowe.zss: x.pem}}\n",
        "certificates: {zosmf: x.pem}\n",
        "version: 1\nrules:\n  CE103:\n    days: 30\n",
        "job:\n  prefix: IBMUSER\n",
    ],
)
def test_our_own_configuration(text: str) -> None:
    source = load("zcertlint.yaml", text.encode())
    assert config_yaml.recognise(source)
    assert not zowe_yaml.recognise(source)
    facts = config_yaml.read(source, ReadContext())
    assert facts.config is not None
    assert facts.config.entries
    assert sum(facts.lines) == len(source.lines)


def test_our_own_configuration_when_it_is_no_yaml() -> None:
    source = load("x", (CONFIG + "\titm: 1\n").encode())
    assert config_yaml.recognise(source)
    (problem,) = config_yaml.read(source, ReadContext()).problems
    assert (problem.code, problem.span.line) == ("IN001", 6)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text("ab:- \n\t'\"[]{}&*!|>#${},<?", max_size=200)))
def test_any_text_gives_facts(text: str) -> None:
    source = load("x", ("zowe:\n  a: 1\n" + text).encode("utf-8", "surrogatepass"))
    for reader in (zowe_yaml, config_yaml):
        facts = reader.read(source, ReadContext())
        assert isinstance(facts, Facts)
        assert sum(facts.lines) == len(source.lines)


# Where the corpus' files keep what we ask for most: (keystore file, z/OSMF host, templates left).
CORPUS = {
    "07-v2.18.0-example-zowe.yaml": (
        "/global/zowe/keystore/localhost/localhost.keystore.p12",
        "dvipa.my-company.com",
        0,
    ),
    "11-v2.0.0-k8s-config-cm.yaml": ("/home/zowe/keystore/keystore.p12", "<zosmf-host-name>", 0),
    "21-zlux-yaml-function.yaml": ("safkeyring://user/ringname", None, 1),
    "30-docs-2024-troubleshoot-typo-ring.yaml": ("safkeyring:////ZWESVUSR/ZWEKeyring", None, 0),
    "34-docs-v3.5-ring-truststore-templates.yaml": ("safkeyring://YOURID/YOURKEYRING", None, 0),
    "37-colinpaice-v3.1-zss-only.yaml": ("safkeyring:////IZUSVR/CCPKeyring.IZUDFLT", None, 0),
}


def test_every_file_of_the_corpus() -> None:
    folder = corpus_dir()
    if folder is None:
        pytest.skip("no corpus")
    seen = {}
    for path in sorted((folder / "zowe").glob("*.yaml")):
        source = load(path.name, path.read_bytes())
        if path.name == "13-v1.28.8-k8s-config-cm.yaml":  # instance.env of v1: no zowe.yaml
            assert not zowe_yaml.recognise(source)
            continue
        zowe = read(path.read_bytes())
        assert any(key[0] in {"zowe", "components"} for key in zowe.entries)
        for entry in zowe.entries.values():
            assert entry.span.line is not None
            line = source.lines[entry.span.line - 1]
            assert entry.span.text is None or line[(entry.span.column or 1) - 1 :].startswith(entry.span.text)
        left = sum(entry.template for entry in zowe.entries.values())
        seen[path.name] = (zowe.text("zowe.certificate.keystore.file"), zowe.text("zOSMF.host"), left)
    assert {name: seen[name] for name in CORPUS} == CORPUS
