"""``zcertlint rehearse``: what somebody's job would do, before it does it."""

from typing import Annotated

import typer

from zcertlint.app import NothingRecognisedError, nothing
from zcertlint.cli.console import color, unreadable, width, write, write_file
from zcertlint.cli.exits import exit_of, level
from zcertlint.cli.options import (
    AsOf,
    Certificates,
    Colour,
    Config,
    FailOn,
    Ignore,
    Persona,
    Quiet,
    Select,
    Verbose,
    WarnDays,
    ZoweVersion,
    call_of,
)
from zcertlint.errors import UsageError
from zcertlint.model.change import Change
from zcertlint.rehearsal import Rehearsed, rehearse
from zcertlint.report import RenderOptions
from zcertlint.report.rehearsal import Rehearsal, render_json, render_text

__all__ = ["HELP", "command"]

HELP = (
    "Play the RACF commands of a job, CLIST or ticket on a copy of the system, and tell what they would do."
)

_FORMATS = ("text", "json")


def _diff(done: Rehearsed) -> tuple[str, ...]:
    """The model before and after as a unified diff."""
    import difflib  # noqa: PLC0415 (only with --diff)

    from zcertlint.fixes.job.differences import model_lines  # noqa: PLC0415

    before, after = (model_lines(database) for database in done.databases)
    return tuple(difflib.unified_diff(before, after, "before", "after", lineterm=""))


def command(
    paths: Annotated[list[str], typer.Argument(help="Jobs, and what describes the system, told by content.")],
    as_of: AsOf = None,
    config: Config = None,
    cert: Certificates = None,
    zowe_version: ZoweVersion = None,
    form: Annotated[str | None, typer.Option("--format", help="text or json.")] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = "error",
    warn_days: WarnDays = 60,
    persona: Persona = None,
    diff: Annotated[bool, typer.Option("--diff", help="Also the model before and after.")] = False,  # noqa: FBT002
    quiet: Quiet = False,  # noqa: FBT002 (an option, not a parameter)
    verbose: Verbose = False,  # noqa: FBT002
    colour: Colour = "auto",
) -> None:
    """Tell jobs from evidence, judge, play the jobs, judge again, and print what has changed."""
    counted = level(fail_on)
    shown = form or "text"
    if shown not in _FORMATS:
        raise UsageError(f"--format {shown}: there are {', '.join(_FORMATS)}")
    call = call_of(
        paths,
        as_of,
        config,
        cert,
        zowe_version,
        select=select,
        ignore=ignore,
        warn_days=warn_days,
        persona=persona,
    )
    options = RenderOptions(
        width=80 if output is not None else width(),
        color=color(colour) if output is None else False,
        verbose=verbose,
        quiet=quiet,
        paths=tuple(paths),
    )
    try:
        done = rehearse(call)
    except NothingRecognisedError:
        if shown == "json":
            empty = nothing(call)
            write(render_json(Rehearsal(empty, empty, Change(()))))
        raise
    unreadable(done.unreadable)
    view = Rehearsal(
        done.before, done.after, done.change, done.healed, _diff(done) if diff else (), done.left, done.hints
    )
    text = render_json(view) if shown == "json" else render_text(view, options)
    if output is not None:
        write_file(output, text)
    else:
        write(text)
    raise typer.Exit(exit_of(done.after, counted))
