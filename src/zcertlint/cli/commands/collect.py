"""``zcertlint collect``: one job for everything that could not be told."""

from typing import Annotated

import typer

from zcertlint.app import check
from zcertlint.cli.console import unreadable, write, write_file
from zcertlint.cli.options import AsOf, Certificates, Config, Paths, ZoweVersion, call_of

__all__ = ["HELP", "command"]

HELP = "Print the job that gathers what is missing for a verdict."


def command(
    paths: Paths,
    as_of: AsOf = None,
    config: Config = None,
    cert: Certificates = None,
    zowe_version: ZoweVersion = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")
    ] = None,
) -> None:
    """Check, and turn the gaps into a job."""
    from zcertlint.fixes.collect import collect_job  # noqa: PLC0415 (nothing of it before the check)

    outcome = check(call_of(paths, as_of, config, cert, zowe_version))
    unreadable(outcome.unreadable)
    if not outcome.report.gaps:
        write("Nothing is missing: no question was left open.\n")
        raise typer.Exit(2 if outcome.unreadable else 0)
    job = collect_job(outcome.report.gaps, outcome.fix_options().job)
    if output is None:
        write(job)
    else:
        write_file(output, job)
    raise typer.Exit(2 if outcome.unreadable else 0)
