"""``zcertlint collect``: what it prints, where, and how it ends."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixes import readback

ROOT = Path(__file__).parents[2]
QUICKSTART = (ROOT / "examples" / "quickstart" / "zowe.yaml").read_text(encoding="utf-8")
HEALTHY = ROOT / "examples" / "healthy" / "zowe.yaml"


def collect(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZCERTLINT")}
    return subprocess.run(
        [sys.executable, "-m", "zcertlint", "collect", *arguments],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def commands(text: str) -> tuple[str, ...]:
    (step,) = readback.steps(text)
    return step.commands


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zowe.yaml").write_text(QUICKSTART, encoding="utf-8")
    return tmp_path


def test_a_zowe_yaml_alone_is_enough(folder: Path) -> None:
    done = collect("zowe.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert commands(done.stdout) == (
        "RACDCERT LISTRING(*) ID(ZWESVUSR)",
        "RACDCERT ID(ZWESVUSR) LIST",
        "RACDCERT LISTRING(*) ID(IZUSVR)",
        "RACDCERT ID(IZUSVR) LIST",
        "RACDCERT CERTAUTH LIST",
        "RLIST STARTED IZUSVR1.* STDATA NORACF",
    )
    assert "IZUSVR is only the usual user of z/OSMF" in done.stdout.replace("\n//* ", " ")


def test_two_runs_print_the_same(folder: Path) -> None:
    first = collect("zowe.yaml", "--script", cwd=folder).stdout
    assert first == collect("zowe.yaml", "--script", cwd=folder).stdout


def test_the_script_has_no_password_and_no_line_of_a_job(folder: Path) -> None:
    done = collect("zowe.yaml", "--script", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.startswith("#!/bin/sh\n")
    assert "password" not in done.stdout.lower()
    assert 'run "RACDCERT CERTAUTH LIST"\n' in done.stdout


def test_the_job_goes_to_a_file(folder: Path) -> None:
    done = collect("zowe.yaml", "-o", "collect.jcl", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert (folder / "collect.jcl").read_text(encoding="ascii").startswith("//ZCERTLST JOB ")


def test_card_and_prefix_come_from_the_configuration(folder: Path) -> None:
    config = "job:\n  card:\n    - \"//MYJOB JOB (A),'ME',CLASS=B\"\n  prefix: SEC.TEMP\n"
    (folder / "zcertlint.yaml").write_text(config, encoding="utf-8")
    # z/OSMF is reached by a name that its listing does not show: only the certificate tells.
    site = ROOT / "fixtures" / "deployments" / "site"
    text = (site / "zowe.yaml").read_text(encoding="utf-8")
    (folder / "zowe.yaml").write_text(text.replace("host: zosmf.", "host: zosmf2."), encoding="utf-8")
    shutil.copytree(site / "evidence", folder / "evidence")
    done = collect("zowe.yaml", "--as-of", "2026-11-21", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.startswith("//MYJOB JOB (A),'ME',CLASS=B\n")
    label = "EXPORT(LABEL('DefaultzOSMFCert.IZUDFLT'))"
    wanted = f"RACDCERT ID(IZUSVR) {label} DSN('SEC.TEMP.DEFAULTZ.PEM') FORMAT(CERTB64)"
    assert commands(done.stdout) == (wanted,)
    script = collect("zowe.yaml", "--as-of", "2026-11-21", "--script", cwd=folder).stdout
    assert 'export_to "SEC.TEMP.DEFAULTZ.PEM" \\\n' in script


def test_without_a_path_the_names_are_said_to_be_assumed(tmp_path: Path) -> None:
    done = collect(cwd=tmp_path)
    assert done.returncode == 0
    assert commands(done.stdout)[0] == "RACDCERT LISTRING(*) ID(ZWESVUSR)"
    assert "ASSUMED" in done.stdout


def test_the_product_is_the_one_of_zowe_yaml_unless_the_call_names_one(folder: Path) -> None:
    text = QUICKSTART.replace("product: RACF", "product: TSS")
    assert text != QUICKSTART
    (folder / "zowe.yaml").write_text(text, encoding="utf-8")
    assert commands(collect("zowe.yaml", cwd=folder).stdout)[0] == "TSS LIST(ZWESVUSR) KEYRING(ALL)"
    racf = commands(collect("zowe.yaml", "--product", "RACF", cwd=folder).stdout)
    assert racf[0] == "RACDCERT LISTRING(*) ID(ZWESVUSR)"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--product", "vsam"], "expected racf, acf2 or tss"),
        (["--config", "x.yaml"], "name a zowe.yaml"),
        (["--product", "acf2", "--script"], "use the job"),
        (["zowe.yaml", "-o", "no/such/folder/x"], "cannot be written"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused_in_one_line(
    arguments: list[str], said: str, folder: Path
) -> None:
    done = collect(*arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_nothing_recognised_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "poem.txt").write_text("roses are red\n", encoding="utf-8")
    assert collect("poem.txt", cwd=tmp_path).returncode == 3


def test_nothing_missing_is_said(tmp_path: Path) -> None:
    done = collect(str(HEALTHY), "--as-of", "2026-11-28", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Nothing is missing: no question was left open.\n")


def test_an_unreadable_input_is_told_and_the_job_printed(folder: Path) -> None:
    (folder / "store.p12").write_bytes(b"\x30\x82\x10\x00\x02\x01\x03\x30" + bytes(40))
    done = collect("zowe.yaml", "store.p12", cwd=folder)
    assert done.returncode == 2
    assert "store.p12" in done.stderr
    assert "RACDCERT CERTAUTH LIST" in commands(done.stdout)


def test_file_stores_are_to_be_downloaded(tmp_path: Path) -> None:
    text = (
        "zowe:\n  externalDomains: [zowe.example]\n  certificate:\n"
        "    keystore: {type: PKCS12, file: /var/zowe/keystore/localhost.p12, password: s3cr3t, alias: a}\n"
        "    truststore: {type: PKCS12, file: /var/zowe/keystore/trust.p12, password: s3cr3t}\n"
        "components:\n  zaas: {enabled: true}\n"
    )
    (tmp_path / "zowe.yaml").write_text(text, encoding="utf-8")
    done = collect("zowe.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "/var/zowe/keystore/localhost.p12: download it in binary" in done.stdout
    assert "s3cr3t" not in done.stdout
    assert "EXEC" not in done.stdout
