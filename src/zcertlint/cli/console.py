"""Standard output and error, passwords, times: what every command needs of the outside."""

import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from zcertlint.errors import UsageError
from zcertlint.text.patterns import lazy

__all__ = ["as_of", "color", "fail", "password_of", "unreadable", "width", "write", "write_file"]

_MOMENT = lazy(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ?)?")
_CONTROL = lazy(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write(text: str) -> None:
    """Write to standard output as UTF-8, whatever the locale says."""
    out = sys.stdout
    if hasattr(out, "buffer"):
        out.flush()
        out.buffer.write(text.encode("utf-8", "replace"))
        out.buffer.flush()
    else:
        out.write(text)


def unreadable(lines: tuple[str, ...]) -> None:
    """One line on standard error for each input that could not be read."""
    for line in lines:
        sys.stderr.write(f"zcertlint: {_CONTROL.sub('?', line)}\n")


def fail(message: str, code: int) -> NoReturn:
    """One line on standard error, and the exit code."""
    for line in message.split("\n"):
        sys.stderr.write(f"zcertlint: {_CONTROL.sub('?', line)}\n")
    raise SystemExit(code)


def write_file(name: str, text: str) -> None:
    """Write a document to a file.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        Path(name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{name} cannot be written: {(error.strerror or 'error').lower()}") from error


def as_of(text: str | None) -> datetime:
    """``YYYY-MM-DD`` or ``YYYY-MM-DDThh:mm:ssZ`` as UTC; without one, now.

    Raises:
        UsageError: it is neither.
    """
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    if _MOMENT.fullmatch(text):
        try:
            return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        except ValueError:
            pass  # the form is right and the day is not: 2026-02-30
    raise UsageError(f"--as-of {text}: expected YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")


def color(choice: str) -> bool:
    """Whether to colour: as asked, else on a terminal that does not say NO_COLOR."""
    if choice not in {"auto", "always", "never"}:
        raise UsageError(f"--color {choice}: expected auto, always or never")
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"


def width() -> int:
    """The columns of the screen, between 60 and 120; 80 where there is none."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit():
        return min(max(int(columns), 60), 120)
    if sys.stdout.isatty():
        try:
            return min(max(os.get_terminal_size().columns, 60), 120)
        except OSError:
            return 80
    return 80


def password_of(path: str) -> str | None:
    """The password of a store: ZCERTLINT_PASSWORD_<NAME>, ZCERTLINT_PASSWORD, else a prompt on a terminal.

    NAME is the file's name in capitals with ``_`` for everything but letters and digits.
    """
    name = re.sub(r"[^A-Z0-9]+", "_", path.rsplit("/", 1)[-1].upper()).strip("_")
    for variable in (f"ZCERTLINT_PASSWORD_{name}", "ZCERTLINT_PASSWORD"):
        if variable in os.environ:
            return os.environ[variable]
    if sys.stdin.isatty() and sys.stderr.isatty():
        import getpass  # noqa: PLC0415

        return getpass.getpass(f"Password of {path}: ")
    return None
