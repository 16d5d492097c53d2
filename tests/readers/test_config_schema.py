"""The JSON schema of zcertlint.yaml, and what reads the file: they take and refuse the same configurations."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from zcertlint.engine.rulebook import book
from zcertlint.engine.tuning import tuning_of
from zcertlint.readers import ReadContext, config_yaml
from zcertlint.text.decode import load

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "src" / "zcertlint" / "schemas" / "zcertlint.schema.json"
VALIDATOR = jsonschema_rs.Draft7Validator(
    json.loads(SCHEMA.read_text(encoding="utf-8")), validate_formats=True
)
PARAMS = {page.id: tuple(page.params) for page in book()}


def by_schema(config: object) -> bool:
    return bool(VALIDATOR.is_valid(config))


def by_reader(config: object) -> bool:
    """JSON is YAML too, with the types of the values in plain sight."""
    source = load("zcertlint.yaml", json.dumps(config, ensure_ascii=False).encode())
    facts = config_yaml.read(source, ReadContext())
    assert facts.config is not None or facts.problems
    slips = tuning_of(facts.config, lambda: PARAMS)[1] if facts.config is not None else ()
    return not facts.problems and not slips


TEXT = st.text(alphabet="abcXYZ019 .-_/:äß'\"", max_size=12)
WORD = st.text(alphabet="abcXYZ019", min_size=1, max_size=8)
ENDPOINTS = st.sampled_from(
    ["zowe", "zowe.gateway", "zosmf", "zowe.zss@LPAR1", "client:ci", "attls:RULE", "browser"]
)
CODES = st.sampled_from(["CE", "CE103", "ce1", "KR105"])
DIGESTS = st.sampled_from(
    ["missing", " Missing ", "ab" * 32, ":".join(["AB"] * 32), "AB" * 16 + " ", "ab" * 31]
)
CARD = st.sampled_from(
    [
        "//X JOB (A),'B',CLASS=A,", "//X JOB", "//  NOTIFY=&SYSUID", "//" + "x" * 69, "//" + "x" * 70, "// a  ",
        "X JOB", "//é",
    ]
)  # fmt: skip


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


PARTNER = some(
    name=WORD, host=TEXT, port=st.integers(0, 70000), calls=ENDPOINTS, certificate=TEXT, ca=TEXT, user=WORD,
    kind=st.sampled_from(["browser", "Java", "node", "system-ssl", "perl"]),
)  # fmt: skip
COMPONENT = some(
    role=st.sampled_from(["hub-tems", "HUB", "agent", "boss"]), platform=TEXT,
    level=st.sampled_from(["6.3", 6.3, 6, "v6", "new"]),
    key_label=TEXT, kaes256_sha256=DIGESTS, utc=st.just({"a": [1]}),
)  # fmt: skip
SUPPRESSION = st.fixed_dictionaries(
    {"rule": st.sampled_from(["CE103", "kr105"]), "reason": WORD},
    optional={
        "subject": TEXT,
        "owner": TEXT,
        "expires": st.sampled_from(["2027-03-31", "2027-02-31", "soon"]),
    },
)
CONFIG = some(
    version=st.sampled_from([1, "1", 2]),
    persona=st.sampled_from(["operator", "auditor", "Auditor"]),
    zos=some(release=st.sampled_from(["2.5", "3.1", "V3R1"]), shared_keys=st.booleans()),
    certificates=st.dictionaries(ENDPOINTS | WORD, TEXT, max_size=2),
    partners=st.lists(PARTNER, max_size=2),
    clients=some(
        urls=st.lists(st.sampled_from(["https://localhost:1/x", "http://a", "https:///"]), max_size=2),
        addresses=st.lists(st.sampled_from(["192.0.2.1", "2001:db8::1", "host", "1.2.3"]), max_size=2),
    ),
    job=some(
        prefix=st.sampled_from(["ACME.ZC", "acme", "A" * 9]),
        card=st.lists(CARD, max_size=3),
        user=st.sampled_from(["CERTADM", "certadm", "9X", "TOOLONGUS", 7]),
        delimiter=st.sampled_from(["$$", "AB", "//", "A", "ab", 12]),
        **{"class": st.sampled_from(["A", "PROD", "9", 9, "A B", "TOOLONGCL"])},
    ),
    rules=some(
        select=st.lists(CODES, max_size=2), ignore=st.lists(CODES, max_size=2), site=st.lists(WORD, max_size=2),
        severity=st.dictionaries(CODES, st.sampled_from(["error", "info", "fatal"]), max_size=2),
        params=some(CE103=some(days=st.integers(-1, 99))),
    ),
    suppress=st.lists(SUPPRESSION, max_size=2),
    itm=some(components=st.lists(COMPONENT, max_size=3), jcl=TEXT),
)  # fmt: skip
ODD = st.sampled_from([None, True, 0, 3, -1, 0.5, "", "x", "${{ zowe.a }}", [], {}, [1], {"a": 1}, "CE103"])


def places(value: object, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a configuration."""
    found = [above] if above else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += places(inner, (*above, key))
    return found


@st.composite
def configurations(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    """One that is nearly right: at most one value or key is replaced or added."""
    config: dict[str, Any] = deepcopy(draw(CONFIG))
    for number, item in enumerate((config.get("itm") or {}).get("components", ())):
        item[draw(st.sampled_from(["name", "component"]))] = f"N{number}"
    known = places(config)
    if known and draw(st.booleans()):
        path = draw(st.sampled_from(known))
        target: Any = config
        for key in path[:-1]:
            target = target[key]
        # What the rules say of the numbers and texts of other rules is no matter of a schema.
        if path[:2] not in {("rules", "params"), ("rules", "select"), ("rules", "ignore")}:
            target[path[-1]] = deepcopy(draw(ODD))
            free = path[:2] == ("rules", "severity")  # whether a rule exists is told by the rule book
            if isinstance(target, dict) and not free and draw(st.booleans()):
                target[draw(st.sampled_from(["unknown", "kind", "client:", "0", "Name"]))] = deepcopy(
                    draw(ODD)
                )
    return config


@settings(max_examples=400, deadline=None)
@given(configurations())
def test_schema_and_reader_agree(config: dict[str, Any]) -> None:
    assert by_schema(config) == by_reader(config)


@pytest.mark.parametrize(
    "path",
    [ROOT / "examples" / name / "zcertlint.yaml" for name in ("quickstart", "healthy")]
    + [ROOT / "fixtures" / "deployments" / "logon" / "zcertlint.yaml"],
    ids=lambda path: path.parent.name,
)
def test_our_own_files_are_valid(path: Path) -> None:
    if path.is_file():
        assert by_schema(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) | {"version": 1})


def test_the_example_of_the_document_is_valid() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    config = json.loads(json.dumps(yaml.safe_load(example), default=str))
    assert by_schema(config)
    assert by_reader(config)
    config["partners"][0]["hots"] = "x"
    assert not by_schema(config)
    assert not by_reader(config)
