"""``zcertlint fix``: the jobs and the patch that repair what the check found."""

import re
from pathlib import Path
from typing import Annotated

import typer

from zcertlint.app import PRODUCT_SETTING, check, fix
from zcertlint.cli.console import unreadable, write
from zcertlint.cli.exits import exit_of
from zcertlint.cli.options import AsOf, Certificates, Config, Ignore, Paths, Select, ZoweVersion, call_of
from zcertlint.cli.product import product_named
from zcertlint.errors import UsageError
from zcertlint.fixes.collect.dialects import NAMES
from zcertlint.fixes.options import SplitBy

__all__ = ["HELP", "command"]

HELP = "Write the jobs, the patch and the plan that repair what the check found."

_OURS = re.compile(r"PLAN\.md|(?:apply|later|verify|backout)(?:-[^/]*)?\.jcl|[^/]+\.patch")


def _split(word: str | None) -> SplitBy | None:
    """What ``--split-by`` names."""
    if word is None:
        return None
    try:
        return SplitBy(word.lower())
    except ValueError:
        raise UsageError(f"--split-by {word}: owner or system") from None


def _keep_others(folder: Path, output: str, files: dict[str, str]) -> None:
    """Nothing that stands there is written over: it may be the way back of a change that was made.

    The very same plan may be written again.

    Raises:
        UsageError: a file of an earlier plan, or of somebody else, is in the way.
    """
    if not folder.exists():
        return
    for path in sorted(folder.iterdir()):
        name = path.name
        if not _OURS.fullmatch(name) and name not in files:
            continue
        if (
            path.is_symlink()
            or not path.is_file()
            or path.read_bytes() != files.get(name, "").encode("utf-8")
        ):
            raise UsageError(
                f"{output.rstrip('/')}/{name} is there already, of another plan or not ours (it may be the way back"
                " of a change that was made): name a new folder with -o, or remove it"
            )


def _write_all(folder: Path, output: str, files: dict[str, str]) -> None:
    """Write the files of a change."""
    try:
        _keep_others(folder, output, files)
        folder.mkdir(parents=True, exist_ok=True)
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
    split_by: Annotated[
        str | None, typer.Option(metavar="owner|system", help="One job for each owner, or each system.")
    ] = None,
    product: Annotated[
        str | None,
        typer.Option(
            metavar="racf|acf2|tss", help="The security product; default: the zowe.yaml's, else RACF."
        ),
    ] = None,
) -> None:
    """Check, plan, rehearse on the model, and write what the rehearsal proved."""
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{output} is a file; -o names a folder")
    call = call_of(
        paths, as_of, config, cert, zowe_version, select=select, ignore=ignore, skip=(str(folder),)
    )
    split, named = _split(split_by), product_named(product)
    outcome = check(call)
    unreadable(outcome.unreadable)
    change = fix(outcome, split=split, product=named)
    _write_all(folder, output, dict(change.files))
    lines = [change.headline, ""]
    chosen = outcome.fix_options().product
    if named is None and chosen is not None:
        lines += [f"For {NAMES[chosen]}, as {PRODUCT_SETTING} says (--product racf: for RACF).", ""]
    width = max((len(f"{output.rstrip('/')}/{name}") for name in change.outline), default=0)
    lines += [
        f"{output.rstrip('/') + '/' + name:<{width}}  {change.outline[name]}" for name in change.outline
    ]
    lines += ["", *change.closing] if change.closing else []
    write("\n".join(lines).rstrip() + "\n")
    raise typer.Exit(exit_of(change.after if not outcome.unreadable else outcome.report, "error"))
