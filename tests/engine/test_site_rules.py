"""Rules that a site has written: the worked example, and what happens when one is wrong."""

import importlib.metadata
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call, Outcome, check
from zcertlint.engine import rule as registry
from zcertlint.engine import rulebook, site
from zcertlint.engine.verdict import Holds, Verdict

ROOT = Path(__file__).parents[2]
SITE = ROOT / "fixtures" / "deployments" / "site"
AS_OF = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a site brings is gone after the test."""
    monkeypatch.setattr(rulebook, "_SITE", {})
    monkeypatch.setattr(site, "_loaded", {})
    monkeypatch.syspath_prepend(str(ROOT / "examples" / "site-rules"))
    yield
    for ident in [ident for ident, rule in registry._REGISTRY.items() if rule.site is not None]:
        del registry._REGISTRY[ident]
    rulebook.page.cache_clear()
    sys.modules.pop("acme_rules", None)


def entry_point(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    entry = importlib.metadata.EntryPoint("acme", value, site.GROUP)
    monkeypatch.setattr(
        importlib.metadata, "entry_points", lambda group: [entry] if group == site.GROUP else []
    )


def run(folder: Path, config: str, label: str = "Zowe Server") -> Outcome:
    for name in ("zowe.yaml", "evidence/zwesvusr.txt", "evidence/certauth.txt", "evidence/izusvr.txt"):
        text = (SITE / name).read_text(encoding="utf-8").replace("Zowe Server", label)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "zcertlint.yaml").write_text(config, encoding="utf-8")
    return check(Call((str(folder / "zowe.yaml"),), AS_OF))


def test_the_example_finds_a_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_point(monkeypatch, "acme_rules")
    outcome = run(tmp_path, "version: 1\nrules: {site: [acme]}\n", label="Prod Server")
    (found,) = (finding for finding in outcome.report.findings if finding.code == "XA101")
    assert found.message == "the label 'Prod Server' names no application of ours"
    assert found.severity.value == "warning"


def test_the_example_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_point(monkeypatch, "acme_rules")
    outcome = run(tmp_path, "version: 1\nrules: {site: [acme]}\n")
    assert "XA101" not in {finding.code for finding in outcome.report.findings}


def test_what_is_installed_and_not_asked_for_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_point(monkeypatch, "acme_rules")
    run(tmp_path, "version: 1\nrules: {site: [acme]}\n")  # registered from now on
    outcome = run(tmp_path, "version: 1\n", label="Prod Server")
    assert "XA101" not in {finding.code for finding in outcome.report.findings}


def test_a_site_tunes_its_own_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_point(monkeypatch, "acme_rules")
    config = "version: 1\nrules: {site: [acme], severity: {XA101: error}}\n"
    outcome = run(tmp_path, config, label="Prod Server")
    assert [f.severity.value for f in outcome.report.findings if f.code == "XA101"] == ["error"]


@pytest.mark.parametrize("value", ["no_such_module", "acme_rules:nothing"])
def test_a_package_that_cannot_be_imported_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    entry_point(monkeypatch, value)
    (line,) = run(tmp_path, "version: 1\nrules: {site: [acme]}\n").unreadable
    assert "zcertlint.yaml:2" in line
    assert "'acme' cannot be used" in line


def test_a_name_that_nobody_has(tmp_path: Path) -> None:
    (line,) = run(tmp_path, "version: 1\nrules: {site: [other]}\n").unreadable
    assert "no installed package" in line


def test_a_rule_that_raises_is_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry_point(monkeypatch, "acme_rules")
    run(tmp_path, "version: 1\nrules: {site: [acme]}\n")
    monkeypatch.setattr(sys.modules["acme_rules"], "_APPLICATIONS", 7)
    outcome = run(tmp_path, "version: 1\nrules: {site: [acme]}\n")
    assert any("XA101 ended with TypeError" in gap.needs for gap in outcome.report.gaps)


@pytest.mark.parametrize("page", [{"id": "CE101"}, {"id": "XA1"}, {"id": "XA102", "name": "x"}])
def test_a_page_that_cannot_be_meant(page: dict[str, str]) -> None:
    def predicate(_subject: str, _ctx: object) -> Verdict:
        return Holds()

    with pytest.raises(ValueError, match=r"X, a letter|lacks"):
        site.site_rule(page, on=str)(predicate)
