"""``zcertlint check``: the main job."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from zcertlint.app import NothingRecognisedError, Outcome, check, fix, nothing, product_of
from zcertlint.cli.console import color, unreadable, width, write, write_file
from zcertlint.cli.exits import exit_of, level
from zcertlint.cli.options import (
    AsOf,
    Certificates,
    Colour,
    Config,
    FailOn,
    Ignore,
    Paths,
    Persona,
    Quiet,
    Select,
    Verbose,
    WarnDays,
    ZoweVersion,
    call_of,
)
from zcertlint.cli.words import rule_texts
from zcertlint.engine.results import Report
from zcertlint.errors import UsageError
from zcertlint.report import RenderOptions, formats, load

__all__ = ["HELP", "command"]

HELP = "Read a deployment, judge every TLS link, and print findings, links and gaps."


_MACHINE = {"json", "sarif"}


def _outputs(values: list[str], chosen: str | None) -> tuple[str, list[tuple[str, str]]]:
    """The format for standard output, and (format, file) for each file."""
    known = formats()
    if chosen is not None and chosen not in known:
        raise UsageError(f"--format {chosen}: there are {', '.join(known)}")
    files = []
    for value in values:
        head, equals, name = value.partition("=")
        if equals and head in known:
            files.append((head, name))
        elif equals and head.isalnum():
            raise UsageError(f"-o {value}: {head} is no format; there are {', '.join(known)}")
        else:
            files.append((chosen or "text", value))
    return chosen or "text", files


def _known(baseline: str | None) -> frozenset[str]:
    if baseline is None:
        return frozenset()
    import json  # noqa: PLC0415 (few runs have a baseline)

    try:
        loaded = json.loads(Path(baseline).read_text(encoding="utf-8"))
        return frozenset(str(entry["fingerprint"]) for entry in loaded["findings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"--baseline {baseline}: not a file that --write-baseline wrote") from error


def _baseline(report: Report) -> str:
    import json  # noqa: PLC0415

    rows = [
        {"fingerprint": f.fingerprint, "code": f.code, "subjects": list(f.subjects)} for f in report.findings
    ]
    return json.dumps({"schema": 1, "findings": rows}, indent=2, ensure_ascii=False) + "\n"


def _plan(form: str, outcome: Outcome) -> str | None:
    """The repair for a change ticket: the plan and its jobs; None for every other format."""
    if form != "markdown" or not any(finding.hint for finding in outcome.report.findings):
        return None
    files = fix(outcome).files
    return "\n\n".join(f"==== {name} ====\n\n{text}" for name, text in files.items())


def _said(outcome: Outcome) -> Outcome:
    """The outcome whose open questions name the commands of the security product that the zowe.yaml names."""
    product = product_of(outcome.configuration.zowe)
    if product is None:
        return outcome
    from zcertlint.fixes.collect.said import said  # noqa: PLC0415 (few systems have another product)

    return replace(outcome, report=replace(outcome.report, gaps=said(outcome.report.gaps, product)))


def command(
    paths: Paths,
    as_of: AsOf = None,
    config: Config = None,
    cert: Certificates = None,
    zowe_version: ZoweVersion = None,
    form: Annotated[
        str | None, typer.Option("--format", help="text, concise, json, sarif or markdown.")
    ] = None,
    output: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="[FORMAT=]FILE", help="Write to a file.")
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    fail_on: FailOn = "error",
    warn_days: WarnDays = 60,
    persona: Persona = None,
    baseline: Annotated[
        str | None, typer.Option(help="Findings in this file are known and do not count.")
    ] = None,
    write_baseline: Annotated[str | None, typer.Option(help="Write today's findings to this file.")] = None,
    quiet: Quiet = False,  # noqa: FBT002 (an option, not a parameter)
    verbose: Verbose = False,  # noqa: FBT002
    colour: Colour = "auto",
) -> None:
    """Run the check and print or write the documents that were asked for."""
    counted = level(fail_on)
    shown, files = _outputs(output or [], form)
    options = RenderOptions(
        width=width(), color=color(colour), verbose=verbose, quiet=quiet, paths=tuple(paths)
    )
    call = call_of(
        paths,
        as_of,
        config,
        cert,
        zowe_version,
        select=select,
        ignore=ignore,
        warn_days=warn_days,
        baseline=_known(baseline),
        persona=persona,
    )
    try:
        outcome = check(call)
    except NothingRecognisedError:
        if shown in _MACHINE:  # a program gets its document for every exit code but a wrong call's
            write(load(shown).render(nothing(call), options))
        raise
    unreadable(outcome.unreadable)
    outcome = _said(outcome)
    for name, file in files:
        plain = RenderOptions(
            width=80, verbose=verbose, quiet=quiet, paths=tuple(paths), rules=rule_texts(name)
        )
        write_file(file, load(name).render(outcome.report, plain))
    if not files or (form is None and all(name != "text" for name, _ in files)):
        words = replace(options, rules=rule_texts(shown), plan=_plan(shown, outcome))
        # On a screen the lines on standard error and the findings tell it already.
        told = replace(outcome.report, problems=()) if shown == "text" else outcome.report
        write(load(shown).render(told, words))
    if write_baseline is not None:
        write_file(write_baseline, _baseline(outcome.report))
    raise typer.Exit(exit_of(outcome.report, counted))
