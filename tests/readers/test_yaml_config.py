"""zcertlint.yaml: every wrong key and value is told with its line, and nothing is judged by it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zcertlint.app import Call, Outcome, check
from zcertlint.assembly.products import itm
from zcertlint.fixes.options import DEFAULT_JOB
from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext, config_yaml
from zcertlint.readers._config_schema import _SECTIONS, _VALUES
from zcertlint.readers._config_values import ROLES
from zcertlint.text.decode import load

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "configuration.md"
DIGEST = "3f2a" * 16
OTHER = "77bc" * 16
# The published default key, as long as every key is: it stands for any key in clear.
CLEAR = "IBMTivoliMonitoringEncryptionKey"
LISTING = "RACDCERT SITE LIST\nIRRD105I No certificate information was found for SITE.\n"
GOOD = f"""version: 1
zos:
  release: "2.5"
certificates:
  zosmf: zosmf.pem
  zowe.zss: zss.pem
  client:ops: ops.pem
job:
  prefix: ACME.ZCERT
  card:
    - "//ZCERTFIX JOB (ACCT),'ZCERTLINT',CLASS=A,MSGCLASS=H,"
    - "//             NOTIFY=&SYSUID"
itm:
  compatibility_mode: auto
  components:
    - {{name: HUBA, role: hub-tems, platform: zos, level: 6.3, key_label: L, kaes256_sha256: {DIGEST}}}
    - name: AGT1
      role: agent
      level: "6.2.3"
      kaes256: missing
      kdsenv: hub/KDSENV
      rklvlog: hub/RKLVLOG
      jcl: hub/STC.jcl
      utc: 2026-11-21T08:00:00Z
      icsf: up
    - {{component: TEPS, role: TEPS, label: L, sha256: "{DIGEST.upper()}", version: v6}}
"""


def facts_of(text: str) -> Facts:
    source = load("zcertlint.yaml", text.encode())
    facts = config_yaml.read(source, ReadContext())
    assert facts.config is not None
    return facts


def problems_of(text: str) -> Sequence[Problem]:
    return facts_of(text).problems


def site(folder: Path, config: str, name: str = "zcertlint.yaml") -> Outcome:
    (folder / "listing.txt").write_text(LISTING, encoding="utf-8")
    (folder / name).write_text(config, encoding="utf-8")
    named = None if name == "zcertlint.yaml" else str(folder / name)
    return check(Call((str(folder / "listing.txt"),), datetime(2026, 11, 21, tzinfo=UTC), config=named))


def test_what_is_documented_is_right() -> None:
    facts = facts_of(GOOD)
    assert facts.problems == ()
    components = itm.components(facts.config)
    assert [(c.name, c.role, c.key, c.label, c.level) for c in components] == [
        ("HUBA", "hub-tems", DIGEST, "L", "6.3"),
        ("AGT1", "agent", "missing", None, "6.2.3"),
        ("TEPS", "teps", DIGEST, "L", "v6"),
    ]


def test_the_example_of_the_document_is_right() -> None:
    _, _, rest = DOCUMENT.read_text(encoding="utf-8").partition("```yaml\n")
    example, _, table = rest.partition("```")
    assert "components:" in example
    assert problems_of(example) == ()
    legal = {path[-1] for path in (*_SECTIONS, *_VALUES)} - {"*"}
    assert {key for key in legal if f"{key}" not in example + table} == set()


@pytest.mark.parametrize("name", ["quickstart", "healthy"])
def test_the_examples_are_right(name: str) -> None:
    path = ROOT / "examples" / name / "zcertlint.yaml"
    assert problems_of(path.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing yet\n",
        "zos:\n",
        "job: {card: [], prefix: }\n",
        "itm: {components: []}\n",
        "version: '1'\n",
    ],
)
def test_nothing_set_is_nothing_wrong(text: str) -> None:
    assert problems_of(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "expected", "hint"),
    [
        ("zos: {}\ncertficates: {}\n", 2, "'certficates' is no key", "Did you mean certificates?"),
        ("zos:\n  realese: '3.1'\n", 2, "'realese' under zos is no key", "Did you mean release?"),
        ("job:\n  crad: []\n", 2, "'crad' under job is no key", "Did you mean card?"),
        ("version: 1\nprefix: A\n", 2, "'prefix' is no key", "It belongs under job"),
        ("version: 1\nkey_label: A\n", 2, "'key_label' is no key", "It belongs under components"),
        ("version: 1\nxyz: A\n", 2, "'xyz' is no key", "Every key: docs/configuration.md"),
        (
            "certificates:\n  zowe.gatway: x\n",
            2,
            "'zowe.gatway' is no endpoint",
            "Did you mean zowe.gateway?",
        ),
        ("certificates:\n  'client:': x\n", 2, "'client:' is no endpoint", ""),
        ("itm:\n  component: []\n", 2, "'component' under itm is no key", "Did you mean components?"),
        (
            "itm:\n  components:\n    - name: A\n      lvel: 6\n",
            4,
            "component 1: 'lvel'",
            "Did you mean level?",
        ),
        ("job:\n  'a\u0007b': 1\n", 2, "'a\\x07b' under job is no key", ""),
    ],
)
def test_a_mistyped_key_is_told_with_its_line(text: str, line: int, expected: str, hint: str) -> None:
    if "\u0007" in text:
        text = text.replace("'a\u0007b'", '"a\\ab"')
    (problem,) = problems_of(text)
    assert (problem.code, problem.fatal, problem.span.line) == ("IN001", True, line)
    assert expected in problem.expected
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("version: 2\n", 1, "version is not 1"),
        ("version: true\n", 1, "version is not 1"),
        ("version: [1]\n", 1, "version should have one value"),
        ("zos: '3.1'\n", 1, "zos should be keys with values"),
        ("zos: [3.1]\n", 1, "zos should be keys with values"),
        ("zos:\n  release: 3.10\n", 2, "release is 3.10 without quotes"),
        ("zos:\n  release: V3R1\n", 2, "release is no release of z/OS"),
        ("zos:\n  release: 3\n", 2, "release is no release of z/OS"),
        ("zos:\n  release: ${{ zowe.a }}\n", 2, "release is a template"),
        ("certificates: zosmf.pem\n", 1, "certificates should be keys with values"),
        ("certificates:\n  zosmf: [a.pem]\n", 2, "zosmf should have one value"),
        ("certificates:\n  zosmf: 12\n", 2, "the value of zosmf is not the name of a file"),
        ("certificates:\n  zowe: {gateway: a.pem}\n", 2, "zowe should have one value"),
        ("job:\n  card: //A JOB\n", 2, "card should be a list"),
        ("job:\n  card: |\n    //A JOB\n", 2, "card should be a list"),
        ("job:\n  card: {a: //A JOB}\n", 2, "card should be a list"),
        ("job:\n  card:\n    - 12\n", 3, "line 1 of card is not a text"),
        ("job:\n  card:\n    - //A JOB\n    -\n", 4, "line 2 of card is not a text"),
        ("job:\n  card:\n    - //A JOB\n    - A\n", 4, "line 2 of card does not start with //"),
        ("job:\n  card:\n    - //A\n", 3, "line 1 of card is not a JOB statement"),
        (f"job:\n  card:\n    - //A JOB {'A' * 64}\n", 3, "line 1 of card has 72 characters"),
        ("job:\n  user: 9X\n", 2, "user is no user ID"),
        ("job:\n  class: A B\n", 2, "class is no job class"),
        ("job:\n  delimiter: //\n", 2, "delimiter is not two characters"),
        ("job:\n  prefix: acme\n", 2, "prefix is not the start of a data set name"),
        ("job:\n  prefix: ACME.ZCERTLINT\n", 2, "prefix is not the start of a data set name"),
        ("job:\n  prefix: AAAAAAAA.BBBBBBBB.CCCCC\n", 2, "prefix is not the start of a data set name"),
        ("itm:\n  components: {A: {}}\n", 2, "components should be a list"),
        ("itm:\n  components:\n    - HUBA\n", 3, "item 1 of components should be keys with values"),
        ("itm:\n  components:\n    - role: agent\n", 3, "a component has no name"),
        ("itm:\n  components:\n    - name: A\n    - component: A\n", 4, "a second component is named A"),
        ("itm:\n  components:\n    - name: A\n      role: hubb\n", 4, "component 1: role is none of"),
        ("itm:\n  components:\n    - name: A\n      level: six\n", 4, "component 1: level is not a number"),
        (
            "itm:\n  components:\n    - name: A\n      level: 6.3 FP1\n",
            4,
            "component 1: level is not a number",
        ),
        ("itm:\n  components:\n    - name: A\n      platform: true\n", 4, "component 1: platform is true"),
        ("job: {}\nzos: {}\njob: {}\n", 3, "job stands twice"),
        ("job: {}\n---\njob: {}\n", None, "more than one YAML document"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(text: str, line: int | None, expected: str) -> None:
    (problem,) = problems_of(text)
    assert (problem.code, problem.fatal, problem.span.line) == ("IN001", True, line)
    assert expected in problem.expected
    assert problem.hint


def test_every_problem_is_told_in_the_order_of_the_file() -> None:
    found = problems_of("version: 3\nzos: {release: x, b: 1}\nc: 1\n")
    assert [problem.span.line for problem in found] == [1, 2, 2, 3]


def test_the_contents_of_an_unknown_key_are_not_told_once_more() -> None:
    assert len(problems_of("partners:\n  a: {b: 1}\n  c: [1, 2]\n")) == 1


@pytest.mark.parametrize("key", ["kaes256_sha256", "sha256", "kaes256"])
@pytest.mark.parametrize(
    "value", [CLEAR, f"'{CLEAR}'", f"|\n        {CLEAR}", "Hushhh", OTHER[:-1], "[Hushhh]", "${{ Hush.hh }}"]
)
def test_what_is_no_digest_is_refused_and_never_repeated(key: str, value: str, tmp_path: Path) -> None:
    text = (
        f"itm:\n  components:\n    - {{name: HUBA, role: hub, sha256: {DIGEST}}}\n"
        f"    - name: AGT1\n      role: agent\n      {key}: {value}\n"
    )
    facts = facts_of(text)
    (problem,) = facts.problems
    assert (problem.span.line, problem.span.text) == (6, None)
    assert ("32 characters" in problem.expected) is (CLEAR in value)
    assert facts.config is not None
    hub, agent = itm.components(facts.config)
    assert (hub.key, agent.key) == (DIGEST, None)
    word = value.strip("'|\n []${}")
    assert word not in repr((facts.problems, dict(facts.config.entries)))
    outcome = site(tmp_path, text)
    assert word not in repr((outcome.report, outcome.unreadable, outcome.deployment))


@pytest.mark.parametrize(
    "key", ["key", "kaes256_file", "RTE_SECURITY_KAES256_KEY", "KDS_TEMS_SECURITY_KAES256_ENCKEY"]
)
def test_a_key_in_clear_under_any_name_is_not_shown(key: str, tmp_path: Path) -> None:
    text = (
        f"itm:\n  components:\n    - {{name: HUBA, role: hub, key_label: A, {key}: {CLEAR}}}\n"
        "    - {name: B, label: B}\n"
    )
    outcome = site(tmp_path, text)
    assert len(outcome.unreadable) == 1
    assert CLEAR not in repr((outcome.report, outcome.unreadable, outcome.deployment))
    assert any(finding.code == "IT106" for finding in outcome.report.findings)


@pytest.mark.parametrize(
    "text",
    [
        f"mine: {CLEAR}\n",
        f"mine: &key {CLEAR}\nitm: {{components: [{{name: A, sha256: *key}}]}}\n",
        f"itm: {{components: [{{name: A, sha256: {CLEAR}}}]}}\n",
        f"itm: {{components: [{{name: A, sha256: {CLEAR}, sha256: {CLEAR}}}]}}\n",
        f"itm: {{components: {CLEAR}}}\n",
        f"itm: {CLEAR}\n",
        f"itm: [{CLEAR}]\n",
        f"job: {{card: [{CLEAR}], kaes256: {CLEAR}}}\n",
    ],
)
def test_nor_is_one_in_another_place(text: str, tmp_path: Path) -> None:
    outcome = site(tmp_path, text)
    assert outcome.unreadable
    assert CLEAR not in repr((outcome.report, outcome.unreadable, outcome.deployment))


def test_a_mistyped_key_without_a_value_is_shown_as_it_is(tmp_path: Path) -> None:
    lines = site(tmp_path, "certficates:\n  zosmf: x\n").report.sources
    assert [text[0] for name, text in lines.items() if name.endswith("zcertlint.yaml")] == ["certficates:"]


def test_a_key_in_clear_in_a_file_that_is_no_yaml_is_not_shown(tmp_path: Path) -> None:
    outcome = site(tmp_path, f"itm:\n  components:\n    - name: A\n      sha256: {CLEAR}: x\n")
    assert outcome.unreadable[0].split(":")[1] == "4"
    assert CLEAR not in repr((outcome.report, outcome.unreadable))


def test_a_component_whose_level_cannot_be_read_is_in_no_verdict() -> None:
    """It may be one that checks no keys: neither its key nor its label is compared."""
    facts = facts_of(
        f"itm:\n  components:\n    - {{name: HUBA, role: hub, sha256: {DIGEST}}}\n"
        f"    - {{name: AGT1, role: agent, level: 6.2 FP5, sha256: {OTHER}}}\n"
    )
    assert [component.name for component in itm.components(facts.config)] == ["HUBA"]


@pytest.mark.parametrize(
    ("level", "compared"),
    [
        ("6.3", True),
        ("6.2.3", False),
        ("6.30", True),
        ("06.30.07", True),
        ("06.23.05", False),
        ("6.23", False),
        ("623", False),
        ("630", True),
        ("v6.2", False),
        ("7", True),
    ],
)
def test_a_level_is_understood_as_people_write_it(level: str, *, compared: bool) -> None:
    facts = facts_of(
        f"itm:\n  components:\n    - {{name: HUBA, role: hub}}\n    - {{name: A, role: agent, level: {level}}}\n"
    )
    assert facts.problems == ()
    assert bool(itm.pairs(itm.components(facts.config))) is compared


def test_a_wrong_line_of_a_card_does_not_leave_half_a_card(tmp_path: Path) -> None:
    outcome = site(tmp_path, "job:\n  prefix: ACME\n  card:\n    - //A JOB\n    - 12\n")
    assert len(outcome.unreadable) == 1
    assert outcome.fix_options().job == DEFAULT_JOB
    assert outcome.fix_options().prefix == "ACME"


def test_a_card_for_the_submitter(tmp_path: Path) -> None:
    options = site(tmp_path, 'job:\n  user: certadm\n  class: S\n  delimiter: "##"\n').fix_options()
    assert options.job[0].startswith("//CERTADMF JOB ,'ZCERTLINT',CLASS=S,")
    assert options.job[1].endswith(",NOTIFY=CERTADM")
    assert options.prefix == "CERTADM.ZCERT"
    assert options.delimiter == "##"
    named = site(tmp_path, "job:\n  user: A\n  prefix: ACME\n  card:\n    - //B JOB\n").fix_options()
    assert (named.job, named.prefix) == (("//B JOB",), "ACME")


def test_the_roles_that_are_servers_are_roles() -> None:
    assert set(itm._SERVERS) <= set(ROLES)


def test_the_rest_is_checked_when_something_is_wrong(tmp_path: Path) -> None:
    outcome = site(
        tmp_path,
        "versoin: 1\nitm:\n  components:\n    - {name: HUBA, role: hub, sha256: " + DIGEST + "}\n"
        "    - {name: AGT1, role: agent, sha256: " + OTHER + "}\n",
    )
    assert {finding.code for finding in outcome.report.findings} == {"IN001", "IT101"}
    assert len(outcome.unreadable) == 1


@pytest.mark.parametrize("name", ["zcertlint.yaml", "site.yaml"])
def test_a_configuration_of_mistyped_keys_only_is_still_read_as_one(name: str, tmp_path: Path) -> None:
    outcome = site(tmp_path, "certficates:\n  zosmf: x.pem\n", name)
    (line,) = outcome.unreadable
    assert "'certficates' is no key" in line
    assert f"{name}:1:1" in line


def test_an_empty_configuration_is_none(tmp_path: Path) -> None:
    assert site(tmp_path, "# nothing\n").unreadable == ()


@pytest.mark.parametrize(
    ("content", "words"), [("zowe:\n  a: 1\n", "no zcertlint.yaml"), ("hello\n", "top level")]
)
def test_another_file_is_no_configuration(content: str, words: str, tmp_path: Path) -> None:
    outcome = site(tmp_path, content, "other.yaml")
    assert any(words in line for line in outcome.unreadable)


def test_a_configuration_that_is_wrong_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "zcertlint.yaml"
    path.write_text("jbo: {}\n", encoding="utf-8")
    outcome = check(Call((str(path),), datetime(2026, 11, 21, tzinfo=UTC)))
    assert [finding.code for finding in outcome.report.findings] == ["IN001"]
    assert "jbo" in outcome.unreadable[0]


KEYS = st.sampled_from(
    [
        "version",
        "zos",
        "release",
        "certificates",
        "zosmf",
        "job",
        "card",
        "itm",
        "components",
        "name",
        "x",
        "kaes256",
    ]
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just(CLEAR))
TREES = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4))
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, TREES, max_size=5))
def test_any_tree_is_judged(tree: dict[str, object]) -> None:
    import yaml  # noqa: PLC0415

    facts = config_yaml.read(load("zcertlint.yaml", yaml.safe_dump(tree).encode()), ReadContext())
    if facts.config is not None:
        itm.components(facts.config)
        again = yaml.safe_dump(tree)
        assert len(facts.problems) <= again.count("\n") * 5 + 1
    assert CLEAR not in repr(facts.problems)


def test_a_hostile_list_is_judged_soon() -> None:
    text = "itm:\n  components:\n" + "".join(f"    - {{name: A{n}, role: x}}\n" for n in range(20_000))
    assert len(problems_of(text)) == 20_000
