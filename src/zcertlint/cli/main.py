"""The entry point: finds the command, runs it, and turns every error into one line."""

import os
import pkgutil
import sys
from importlib import import_module

import typer

from zcertlint.cli import commands
from zcertlint.cli.exits import Exit
from zcertlint.errors import ConfigError, InputError, UsageError, ZcertlintError

__all__ = ["application", "run"]

_ABOUT = (
    "Says which TLS links of a Zowe deployment will work, which will not and why, and writes the JCL that repairs "
    "them. Offline: it reads what you exported and changes nothing."
)


def _version(value: bool) -> None:  # noqa: FBT001 (typer passes it by position)
    if value:
        from zcertlint._version import __version__  # noqa: PLC0415

        sys.stdout.write(f"zcertlint {__version__}\n")
        raise typer.Exit


def application(wanted: str | None = None) -> typer.Typer:
    """The typer application; with ``wanted`` only that command, so that nothing else is imported."""
    app = typer.Typer(
        name="zcertlint",
        help=_ABOUT,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def _top(
        version: bool = typer.Option(  # noqa: FBT001 (eager: handled by its callback)
            False, "--version", help="Show the version and exit.", callback=_version, is_eager=True
        ),
    ) -> None:
        """Take the options before a command."""

    names = sorted(info.name for info in pkgutil.iter_modules(commands.__path__) if info.name[0] != "_")
    for name in [wanted] if wanted in names else names:
        module = import_module(f"{commands.__name__}.{name}")
        app.command(name, help=module.HELP)(module.command)
    return app


def _kept_traceback() -> str:
    """Write the traceback to a file and name it; nobody reads one on a screen."""
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(
        "w", prefix="zcertlint-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exc(file=file)
        return file.name


def _closed_pipe() -> None:
    """Whoever read us has enough; keep Python from complaining at exit."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())


def _say(message: object) -> None:
    sys.stderr.write(f"zcertlint: {message}\n")


def run() -> None:
    """Run the command line and exit."""
    from zcertlint.app import NothingRecognisedError  # noqa: PLC0415

    first = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    code: int = Exit.OK
    try:
        application(first)(standalone_mode=True)
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else Exit.OK
    except NothingRecognisedError as error:
        _say(error)
        code = Exit.NOTHING
    except (UsageError, ConfigError, InputError) as error:
        _say(error)
        code = Exit.WRONG
    except ZcertlintError as error:
        _say(error)
        code = Exit.WRONG
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except BrokenPipeError:
        _closed_pipe()
    except Exception as error:  # noqa: BLE001 (the last line of defence: no traceback reaches a user)
        _say(f"internal error ({type(error).__name__}); the traceback is in {_kept_traceback()}")
        code = Exit.WRONG
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _closed_pipe()
    raise SystemExit(code)
