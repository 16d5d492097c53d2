"""``zcertlint fix``: the jobs and the patch that repair what the check found."""

from pathlib import Path
from typing import Annotated

import typer

from zcertlint.app import check, fix
from zcertlint.cli.console import unreadable, write
from zcertlint.cli.exits import exit_of
from zcertlint.cli.options import AsOf, Certificates, Config, Ignore, Paths, Select, ZoweVersion, call_of
from zcertlint.errors import UsageError

__all__ = ["FILES", "HELP", "command"]

HELP = "Write the jobs, the patch and the plan that repair what the check found."

FILES = ("PLAN.md", "apply.jcl", "verify.jcl", "backout.jcl", "zowe.yaml.patch")


def _write_all(folder: Path, files: dict[str, str]) -> None:
    """Write the files of a change; one of an earlier change that has no successor is removed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if name not in files:
                (folder / name).unlink(missing_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {(error.strerror or 'error').lower()}") from error


def command(
    paths: Paths,
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The folder to write to.")],
    as_of: AsOf = None,
    config: Config = None,
    cert: Certificates = None,
    zowe_version: ZoweVersion = None,
    select: Select = None,
    ignore: Ignore = None,
) -> None:
    """Check, plan, rehearse on the model, and write what the rehearsal proved."""
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{output} is a file; -o names a folder")
    call = call_of(
        paths, as_of, config, cert, zowe_version, select=select, ignore=ignore, skip=(str(folder),)
    )
    outcome = check(call)
    unreadable(outcome.unreadable)
    change = fix(outcome)
    _write_all(folder, dict(change.files))
    lines = [change.headline, ""]
    width = max((len(f"{output.rstrip('/')}/{name}") for name in change.outline), default=0)
    lines += [
        f"{output.rstrip('/') + '/' + name:<{width}}  {change.outline[name]}"
        for name in FILES
        if name in change.outline
    ]
    lines += ["", *change.closing] if change.closing else []
    write("\n".join(lines).rstrip() + "\n")
    raise typer.Exit(exit_of(change.after if not outcome.unreadable else outcome.report, "error"))
