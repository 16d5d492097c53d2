"""``zcertlint collect``: one job, or one script, for everything that could not be told."""

from typing import TYPE_CHECKING, Annotated

import typer

from zcertlint.app import Outcome, check, product_of
from zcertlint.cli.console import unreadable, write, write_file
from zcertlint.cli.options import AsOf, Certificates, Config, ZoweVersion, call_of
from zcertlint.cli.product import product_named
from zcertlint.errors import UsageError

if TYPE_CHECKING:
    from zcertlint.fixes.collect import Collection

__all__ = ["HELP", "command"]

HELP = "Print the job that gathers what is missing for a verdict."


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...", help="Files and folders; without any, the job for names as they are shipped."
        ),
    ] = None,
    as_of: AsOf = None,
    config: Config = None,
    cert: Certificates = None,
    zowe_version: ZoweVersion = None,
    script: Annotated[  # noqa: FBT002 (an option, given by name)
        bool, typer.Option("--script", help="A script for z/OS UNIX instead of a job.")
    ] = False,
    product: Annotated[
        str | None,
        typer.Option(
            metavar="racf|acf2|tss", help="The security product; default: the zowe.yaml's, else RACF."
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")
    ] = None,
) -> None:
    """Check, and turn what is open into commands."""
    from zcertlint.fixes.collect import (  # noqa: PLC0415
        Product,
        collect_job,
        collect_script,
        general,
        translated,
    )
    from zcertlint.fixes.options import DEFAULT_JOB  # noqa: PLC0415 (nothing of it before it is needed)

    chosen = product_named(product)
    wrong = False
    card: tuple[str, ...] = DEFAULT_JOB
    if paths:
        outcome = check(call_of(paths, as_of, config, cert, zowe_version))
        unreadable(outcome.unreadable)
        wrong = bool(outcome.unreadable)
        card = outcome.fix_options().job
        if not outcome.report.gaps:
            write("Nothing is missing: no question was left open.\n")
            raise typer.Exit(2 if wrong else 0)
        chosen = chosen or product_of(outcome.configuration.zowe)
        found = _wanted(outcome)
    else:
        if config is not None or cert:
            raise UsageError("--config and --cert belong to a deployment: name a zowe.yaml")
        found = general()
    if script and chosen is Product.ACF2:
        raise UsageError(
            "--script: the commands of ACF2 need one ACF session, and tsocmd opens one each; use the job"
        )
    collection = translated(found, chosen) if chosen is not None else found
    if not collection.asks:
        text = _nothing_to_run(collection, [g.needs for g in outcome.report.gaps] if paths else [])
    else:
        # Under the name of the job that changes things, nobody would submit it unread.
        named = (card[0].replace("ZCERTFIX", "ZCERTLST", 1), *card[1:]) if card == DEFAULT_JOB else card
        text = collect_script(collection) if script else collect_job(collection, named)
    if output is None:
        write(text)
    else:
        write_file(output, text)
    raise typer.Exit(2 if wrong else 0)


def _wanted(outcome: Outcome) -> "Collection":
    from zcertlint.fixes.collect import wanted  # noqa: PLC0415
    from zcertlint.fixes.options import DEFAULT_PREFIX  # noqa: PLC0415

    options = outcome.fix_options()
    prefix = options.prefix if options.prefix != DEFAULT_PREFIX else None
    return wanted(outcome.report.gaps, outcome.deployment, outcome.configuration.zowe, prefix)


def _nothing_to_run(collection: "Collection", questions: list[str]) -> str:
    """What is open, where no command of z/OS closes it."""
    lines = ["No command shows what is missing. Open are:", *(f"- {text}" for text in questions)]
    if collection.elsewhere or collection.refused:
        lines += ["What would tell:", *(f"- {text}" for text in (*collection.elsewhere, *collection.refused))]
    return "\n".join(lines) + "\n"
