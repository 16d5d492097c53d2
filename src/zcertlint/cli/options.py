"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from zcertlint.app import Call
from zcertlint.cli.console import as_of, password_of
from zcertlint.errors import UsageError

__all__ = [
    "AsOf", "Certificates", "Colour", "Config", "FailOn", "Ignore", "Paths", "Persona", "Quiet", "Select", "Verbose",
    "WarnDays", "ZoweVersion", "call_of",
]  # fmt: skip

Paths = Annotated[list[str], typer.Argument(help="Files and folders; kinds are recognised by content.")]
AsOf = Annotated[
    str | None, typer.Option(help="The moment to judge at: YYYY-MM-DD[Thh:mm:ssZ]; default now.")
]
Config = Annotated[
    str | None, typer.Option(help="The zcertlint.yaml to use; default: upward from the first path.")
]
Certificates = Annotated[
    list[str] | None,
    typer.Option("--cert", metavar="ENDPOINT=FILE", help="This file holds that endpoint's certificate."),
]
ZoweVersion = Annotated[
    str | None, typer.Option(help="The version of Zowe, X.Y, where the file does not tell.")
]
Select = Annotated[list[str] | None, typer.Option(help="Run only these rules; a prefix selects a family.")]
Ignore = Annotated[list[str] | None, typer.Option(help="Leave out these rules; a prefix selects a family.")]
WarnDays = Annotated[int, typer.Option(help="Report certificates that end within so many days.", min=0)]
FailOn = Annotated[str, typer.Option(help="error, warning or never: what makes the exit code 1.")]
Colour = Annotated[str, typer.Option("--color", help="auto, always or never.")]
Persona = Annotated[str | None, typer.Option(help="auditor: also what would be safer, as information.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="One line for each finding, and the totals.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Also inputs with digests, and what was read.")
]


def _codes(option: str, values: list[str] | None) -> tuple[str, ...]:
    """The rule ids or prefixes of an option; one that no rule has would switch off everything in silence."""
    codes = tuple(code.strip().upper() for value in values or () for code in value.split(",") if code.strip())
    if codes:
        from zcertlint.engine.rulebook import book  # noqa: PLC0415 (few calls select)

        known = [page.id for page in book()]
        for code in codes:
            if not any(ident.startswith(code) for ident in known):
                raise UsageError(
                    f"{option} {code}: no rule has this id or prefix; `zcertlint rules` lists them"
                )
    return codes


def _certificates(values: list[str] | None) -> dict[str, str]:
    found = {}
    for value in values or ():
        endpoint, equals, name = value.partition("=")
        if not equals or not endpoint or not name:
            raise UsageError(f"--cert {value}: expected ENDPOINT=FILE, for example zosmf=zosmf.pem")
        found[endpoint] = name
    return found


def call_of(
    paths: list[str],
    when: str | None,
    config: str | None,
    certificates: list[str] | None,
    zowe_version: str | None,
    *,
    select: list[str] | None = None,
    ignore: list[str] | None = None,
    warn_days: int = 60,
    skip: tuple[str, ...] = (),
    baseline: frozenset[str] = frozenset(),
    persona: str | None = None,
) -> Call:
    """The call that these options make.

    Raises:
        UsageError: an option has a value that cannot be meant, or a path does not exist.
    """
    for name in paths:
        if not Path(name).exists():
            raise UsageError(f"{name}: there is no such file or folder")
    if zowe_version is not None and not zowe_version.lstrip("vV").partition(".")[0].isdecimal():
        raise UsageError(f"--zowe-version {zowe_version}: expected X.Y, for example 3.2")
    if persona not in {None, "operator", "auditor"}:
        raise UsageError(f"--persona {persona}: there are operator (the usual one) and auditor")
    return Call(
        paths=tuple(paths),
        as_of=as_of(when),
        config=config,
        certificates=_certificates(certificates),
        zowe_version=zowe_version,
        select=_codes("--select", select),
        ignore=_codes("--ignore", ignore),
        warn_days=warn_days,
        skip=skip,
        password=password_of,
        baseline=baseline,
        auditor=persona == "auditor",
    )
