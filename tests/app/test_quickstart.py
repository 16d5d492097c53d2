"""The example of the README, end to end, as a user sees it."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from support.corpus import corpus_dir
from zcertlint.app import Call, NothingRecognisedError, check, fix
from zcertlint.errors import UsageError
from zcertlint.report import RenderOptions, load

ROOT = Path(__file__).parents[2]
AS_OF = datetime(2026, 11, 21, 9, tzinfo=UTC)
WANTED = {"CE101", "LK101", "NA101", "NA102", "NA103", "NA108", "CH101", "CH108", "IT101", "IT106"}


def _call(*paths: str) -> Call:
    return Call(paths, AS_OF)


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("width", [80, 120])
def test_what_check_prints(snapshot: SnapshotAssertion, width: int) -> None:
    outcome = check(_call("examples/quickstart/zowe.yaml"))
    options = RenderOptions(width=width, paths=("examples/quickstart/zowe.yaml",))
    assert load("text").render(outcome.report, options) == snapshot


def test_each_planted_fault_is_found_and_nothing_else() -> None:
    report = check(_call("examples/quickstart/zowe.yaml")).report
    assert {finding.code for finding in report.findings} == WANTED
    for finding in report.findings:
        assert finding.primary.line, finding.code
        assert finding.related, f"{finding.code} shows the partner's place"
        assert finding.breaks, f"{finding.code} names what a user would have seen"
        assert finding.fix.summary, finding.code


def test_expired_from_a_listing_and_from_a_pem() -> None:
    report = check(_call("examples/quickstart/zowe.yaml")).report
    places = {f.primary.path for f in report.findings if f.code == "CE101"}
    assert places == {
        "examples/quickstart/evidence/izusvr.txt",
        "examples/quickstart/evidence/zowe-zss.pem",
    }


def test_under_nonstrict_names_are_information_and_the_link_lives(tmp_path: Path) -> None:
    """The same z/OSMF certificate, valid and trusted: the name alone no longer breaks the link."""
    import shutil  # noqa: PLC0415

    shutil.copytree(ROOT / "fixtures" / "deployments" / "site", tmp_path, dirs_exist_ok=True)
    config = tmp_path / "zowe.yaml"
    strict = config.read_text(encoding="utf-8").replace("host: zosmf.acme.example", "host: 10.1.1.2")
    for word, code, verdict in (("STRICT", "NA103", "fails"), ("NONSTRICT", "NA109", "holds")):
        config.write_text(strict.replace("Certificates: STRICT", f"Certificates: {word}"), encoding="utf-8")
        report = check(_call(str(config))).report
        results = {result.link.id: result.verdict.value for result in report.links}
        assert code in {finding.code for finding in report.findings}
        assert results["zowe.zaas -> zosmf"] == verdict


def test_the_healthy_example_is_all_well() -> None:
    report = check(_call("examples/healthy/zowe.yaml")).report
    assert report.verdict.value == "holds"
    assert report.findings == ()
    assert report.gaps == ()


def test_two_runs_are_the_same_bytes() -> None:
    options = RenderOptions(paths=("examples/quickstart/zowe.yaml",))
    for form in ("text", "concise", "json", "sarif", "markdown"):
        one, two = (
            load(form).render(check(_call("examples/quickstart/zowe.yaml")).report, options) for _ in range(2)
        )
        assert one == two


def test_the_json_document_has_every_key_of_the_contract() -> None:
    document = json.loads(
        load("json").render(check(_call("examples/quickstart/zowe.yaml")).report, RenderOptions())
    )
    assert document["schema"] == 1
    assert set(document) >= {
        "schema", "tool", "as_of", "verdict", "inputs", "endpoints", "links", "findings", "gaps", "summary",
    }  # fmt: skip
    assert document["as_of"] == "2026-11-21T09:00:00Z"
    ends = {endpoint["id"] for endpoint in document["endpoints"]}
    for link in document["links"]:
        assert {link["client"], link["server"]} <= ends
        assert link["id"] == f"{link['client']} -> {link['server']}"
        assert set(link["because"]) <= {finding["id"] for finding in document["findings"]}
        assert (link["verdict"] == "fails") == bool(link["because"])
        assert (link["verdict"] == "unknown") == bool(link["needs"])
    keys = {
        "id", "code", "name", "severity", "confidence", "title", "message", "subjects", "where", "breaks", "links",
        "fix", "help", "fingerprint", "baselined",
    }  # fmt: skip
    for finding in document["findings"]:
        assert set(finding) >= keys
        assert set(finding["fix"]) >= {"kind", "safety", "summary"}
        assert all(set(place) >= {"path", "line", "column", "text"} for place in finding["where"])


def test_fingerprints_do_not_depend_on_where_the_folder_is(tmp_path: Path) -> None:
    import shutil  # noqa: PLC0415

    shutil.copytree(ROOT / "examples" / "quickstart", tmp_path / "elsewhere")
    here = check(_call("examples/quickstart/zowe.yaml")).report
    there = check(_call(str(tmp_path / "elsewhere" / "zowe.yaml"))).report
    assert [f.fingerprint for f in here.findings] == [f.fingerprint for f in there.findings]


def test_after_the_fix_the_planted_links_hold() -> None:
    outcome = check(_call("examples/quickstart/zowe.yaml"))
    change = fix(outcome)
    after = {result.link.id: result.verdict.value for result in change.after.links}
    assert after["zowe.zaas -> zosmf"] == "holds"
    assert after["zosmf -> zowe.gateway"] == "holds"
    jobs = {"apply.jcl", "apply-2-after-soak.jcl", "verify.jcl", "backout.jcl"}
    assert set(change.files) == {"PLAN.md", *jobs, "zowe.yaml.patch"}


def test_each_file_of_the_corpus_ends_in_a_report_or_one_line() -> None:
    folder = corpus_dir()
    if folder is None:
        pytest.skip("the corpus is not here")
    files = [path for name in ("racf", "zowe") for path in sorted((folder / name).iterdir())]
    assert files
    refused = {}
    for path in files:
        try:
            outcome = check(_call(str(path)))
        except (NothingRecognisedError, UsageError) as error:
            refused[path] = str(error)
            continue
        for form in ("text", "json", "sarif", "markdown"):
            assert load(form).render(outcome.report, RenderOptions())
    assert all(str(path) in message for path, message in refused.items())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "examples/healthy/zowe.yaml", "--as-of", "2026-11-21"], 0),
        (["check", "examples/quickstart/zowe.yaml", "--as-of", "2026-11-21"], 1),
        (["check", "examples/quickstart/zowe.yaml", "--as-of", "2026-11-21", "--fail-on", "never"], 0),
        (["check", "examples/quickstart/zowe.yaml", "--as-of", "yesterday"], 2),
        (["check", "nowhere.yaml"], 2),
        (["check", "LICENSE"], 3),
        (["check"], 2),
        (["explain", "CH101"], 0),
        (["explain", "XX999"], 2),
        (["rules"], 0),
    ],
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zcertlint", *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    if code >= 2:
        assert done.stderr.strip()
