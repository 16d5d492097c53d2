"""What SECURITY.md promises: offline, the same bytes for the same input, no secret in any output."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from meta.repository import ROOT, SRC

AS_OF = ["--as-of", "2026-11-21T09:00:00Z"]
FORMATS = ["text", "concise", "json", "sarif", "markdown"]
PURE = [
    path for folder in ("model", "trust", "rules", "text") for path in sorted((SRC / folder).rglob("*.py"))
]
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic"}

# Ends the process at once when anything asks for the network or starts another program.
GUARDED = """
import os, sys
def guard(event, _arguments):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn", "urllib.")):
        os.write(2, ("touched " + event).encode())
        os._exit(99)
sys.addaudithook(guard)
sys.argv[0] = "zcertlint"
from zcertlint.__main__ import main
sys.exit(main())
"""


def run(
    *arguments: str, cwd: Path = ROOT, program: tuple[str, ...] = ("-m", "zcertlint")
) -> tuple[int, str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ZCERTLINT")}
    done = subprocess.run(
        [sys.executable, *program, *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env={**kept, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout, done.stderr


def everything(folder: Path) -> str:
    """All that check, in every format, and fix say and write about the deployment in this folder."""
    said = []
    for form in FORMATS:
        for extra in ([], ["--verbose"]) if form == "text" else ([],):
            code, out, err = run("check", "zowe.yaml", *AS_OF, "--format", form, *extra, cwd=folder)
            assert code in {0, 1}, err
            said += [out, err]
    code, out, err = run("fix", "zowe.yaml", *AS_OF, "-o", "change", cwd=folder)
    assert code in {0, 1}, err
    said += [out, err]
    said += [path.read_text(encoding="utf-8") for path in sorted((folder / "change").glob("*"))]
    return "\n".join(said)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "quickstart", tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.parametrize(
    "command",
    [["check", "zowe.yaml", *AS_OF], ["fix", "zowe.yaml", *AS_OF, "-o", "change"]],
    ids=["check", "fix"],
)
def test_nothing_is_asked_of_the_network_or_of_another_program(command: list[str], site: Path) -> None:
    code, _, err = run(*command, cwd=site, program=("-c", GUARDED))
    assert code in {0, 1}, err


def test_the_guard_would_be_seen() -> None:
    code, _, err = run(
        program=("-c", GUARDED.replace("from zcertlint", "import socket; socket.socket()\nfrom zcertlint"))
    )
    assert (code, err) == (99, "touched socket.__new__")


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.relative_to(SRC).as_posix())
def test_what_decides_has_no_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [one.lineno for one in called if isinstance(one, ast.Attribute) and one.attr in CLOCKS] == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    command = ["check", "examples/quickstart/zowe.yaml", *AS_OF, "--format", form]
    assert run(*command) == run(*command)


def test_a_password_in_the_configuration_is_never_told(site: Path) -> None:
    marker = "Hush4Marker"
    path = site / "zowe.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('password: "password"', f'password: "{marker}"'))
    assert path.read_text(encoding="utf-8").count(marker) == 6
    assert marker not in everything(site)


def test_nor_is_one_that_stands_on_the_line_of_a_finding(site: Path) -> None:
    """A finding shows the line of its place; in flow style the password stands there too."""
    marker = "Hush4Marker"
    path = site / "zowe.yaml"
    block = re.compile(
        r"keystore:\n +type: JCERACFKS\n +file: (\S+)\n +password: \"password\".*\n +alias: (\".*\")\n"
    )
    flow = rf'keystore: {{type: JCERACFKS, file: "\1", password: "{marker}", alias: \2}}' + "\n"
    text, count = block.subn(flow, path.read_text(encoding="utf-8"))
    assert count == 3
    path.write_text(text, encoding="utf-8")
    told = everything(site)
    assert "LK101" in told
    assert marker not in told


def test_a_private_key_in_an_input_is_never_told(site: Path) -> None:
    body = "MIIHushHushHushHushHushHushHushHushHushHushHushHushHushHushHush"
    pem = site / "evidence" / "zosmf.pem"
    words = "PRIVATE" + " KEY"
    block = f"-----BEGIN {words}-----\n{body}\n-----END {words}-----\n"
    pem.write_text(pem.read_text(encoding="utf-8") + block, encoding="utf-8")
    assert body not in everything(site)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("zowe.yaml", b"zowe:\n\tcertificate:\n"),
        ("zowe.yaml", b"zowe: " + b"[" * 200_000),
        ("evidence/zosmf.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        ("evidence/izusvr.txt", b"\x00\xff" * 999),
        ("evidence/certauth.txt", b""),
        ("zcertlint.yaml", b"version: 1\nitm: [\n"),
        ("zcertlint.yaml", b"version: 1\ncertificates: {zosmf: nowhere.pem}\n"),
    ],
    ids=["tab", "deep", "broken-pem", "binary", "empty", "broken-config", "missing-file"],
)
def test_no_input_ends_in_a_traceback(file: str, content: bytes, site: Path) -> None:
    (site / file).write_bytes(content)
    code, out, err = run("check", "zowe.yaml", *AS_OF, cwd=site)
    assert "Traceback" not in out + err
    assert code in {0, 1, 2, 3}
