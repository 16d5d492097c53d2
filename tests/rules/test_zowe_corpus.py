"""Real zowe.yaml files: each gets what it deserves, for the reason that stands beside it, and nothing else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.corpus import corpus_dir
from zcertlint.app import Call, check

CORPUS = corpus_dir()
FOLDER = CORPUS / "zowe" if CORPUS is not None else None
# 13 holds shell variables of v1 and no zowe.yaml.
FILES = [p for p in sorted(FOLDER.glob("*.yaml")) if p.name[:2] != "13"] if FOLDER is not None else []

# What a file deserves, by its number. A file that is not named here is good, or too small a part to be wrong.
DESERVED: dict[str, dict[str, str]] = {
    **{
        number: {"NA110": "error"} for number in ("01", "02", "03", "05", "07", "15")
    },  # their own sample names
    "11": {"ZW112": "error"},  # trustStore, a name of v1, in a file for v2
    "12": {
        "ZW112": "error",  # the same
        "ZW115": "warning",  # v3, whole, and no TLS version anywhere
        "ZW118": "warning",  # useConfigmgr: false, which v3 has no use for
    },
    "18": {
        "ZW102": "warning",  # DISABLED
        "ZW121": "info",  # ZWEMVDJS has eight characters
    },
    "21": {"ZW104": "warning"},  # the owner of the ring in lower case
    "30": {
        "ZW104": "warning",  # four slashes, and nothing tells the version
        "ZW140": "info",  # pem: key: without a value
        "ZW142": "warning",  # ZWEKeyring and ZWEKering
    },
    "35": {"ZW112": "error"},  # components under zowe
    "37": {"ZW104": "warning"},  # four slashes in a part of a file
    "40": {"ZW104": "warning"},  # four slashes, and an owner in lower case
}


@pytest.mark.skipif(not FILES, reason="no corpus")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:40])
def test_a_file_gets_what_it_deserves(path: Path) -> None:
    report = check(Call((str(path),), datetime(2026, 11, 21, tzinfo=UTC))).report
    found = {f.code: f.severity.value for f in report.findings}
    assert found == DESERVED.get(path.name[:2], {})


@pytest.mark.skipif(not FILES, reason="no corpus")
def test_every_file_that_deserves_something_is_there() -> None:
    assert set(DESERVED) <= {path.name[:2] for path in FILES}


@pytest.mark.skipif(not FILES, reason="no corpus")
@pytest.mark.parametrize(("file", "defaults"), [("07", "09"), ("15", "16")])
def test_to_override_the_defaults_is_no_fault(file: str, defaults: str) -> None:
    paths = tuple(str(path) for number in (file, defaults) for path in FILES if path.name[:2] == number)
    report = check(Call(paths, datetime(2026, 11, 21, tzinfo=UTC))).report
    assert {f.code for f in report.findings} <= {"NA110", "ZW135"}
    assert not [f for f in report.findings if f.code == "ZW135"]
