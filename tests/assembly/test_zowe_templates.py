"""A template of Zowe decides nothing: the links that its setting touches are unknown, and no others."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call, check

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
ATTLS = "  network:\n    server:\n      tls:\n        attls: {value}\n  verifyCertificates: STRICT"


@pytest.mark.parametrize(
    ("text", "holding"),
    [
        (ATTLS.format(value="false"), None),
        (ATTLS.format(value='"${{ zowe.attls }}"'), {"zowe.zaas -> zosmf"}),
        (
            '  verifyCertificates: "${{ zowe.verify }}"',
            {"zowe.zss -> zowe.gateway", "browser -> zowe.gateway"},
        ),
    ],
)
def test_templates(tmp_path: Path, text: str, holding: set[str] | None) -> None:
    shutil.copytree(SITE, tmp_path / "site")
    file = tmp_path / "site" / "zowe.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("  verifyCertificates: STRICT", text), encoding="utf-8")
    report = check(Call(paths=(str(file),), as_of=datetime(2026, 11, 21, tzinfo=UTC))).report
    verdicts = {view.link.id: view.verdict.value for view in report.links}
    held = {ident for ident, verdict in verdicts.items() if verdict == "holds"}
    assert held == (set(verdicts) if holding is None else holding)
    assert "fails" not in verdicts.values()


@pytest.mark.parametrize(
    ("old", "new", "link", "code"),
    [
        ('      alias: "Zowe Server"\n', "", "zowe.gateway -> zowe.discovery", "ZW111"),
        ("type: JCERACFKS", "type: JKS", "zowe.gateway -> zowe.discovery", "ZW105"),
        ("safkeyring://ZWESVUSR", "safkeyring:///ZWESVUSR", "zowe.gateway -> zowe.app-server", "ZW104"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_no_pass(
    old: str, new: str, link: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link fails, by the rule that speaks of the setting."""
    shutil.copytree(SITE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "zowe.yaml"
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new, 1), encoding="utf-8")
    report = check(Call(("zowe.yaml",), datetime(2026, 11, 21, tzinfo=UTC))).report
    assert {r.link.id: r.verdict.value for r in report.links}[link] == "fails"
    assert [f.code for f in report.findings if link in f.links] == [code]
