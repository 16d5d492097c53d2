"""Puts what `zcertlint check` prints today into the first block of README.md: `python scripts/refresh_readme.py`.

The block shows one finding and the table of links; tests/meta fails when it is not what is printed.
"""
# ruff: noqa: INP001 (a script, no package)

import os
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
COMMAND = ["check", "examples/quickstart/zowe.yaml", "--as-of", "2026-11-21T09:00:00Z"]


def between(text: str, start: str, end: str) -> str:
    """From the line that begins with ``start`` up to the next one that begins with ``end``."""
    lines = text.split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith(start))
    last = next(n for n, line in enumerate(lines) if n > first and line.startswith(end))
    return "\n".join(lines[first:last]).rstrip() + "\n"


def main() -> None:
    """Run the command and write the block."""
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "zcertlint", *COMMAND],
        capture_output=True,
        check=False,
        cwd=README.parent,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
    )
    finding = between(done.stdout, "error[CH101]", "error[CH108]")
    links = between(done.stdout, "Links", "Could not tell")
    text = README.read_text(encoding="utf-8")
    start = text.index("```console\n")
    end = text.index("\n```\n", start)
    block = f"```console\n$ zcertlint {' '.join(COMMAND)}\n...\n{finding}...\n{links}..."
    README.write_text(text[:start] + block + text[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
