"""What is fuzzed: every reader of the registry, what lies below the readers, and the quoting of values.

A target takes bytes and returns when all that is promised holds; otherwise it raises. Adding a reader adds a
target.
"""

# ruff: noqa: INP001 (the command's folder is no package)

import contextlib
import importlib
import io
import pkgutil
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from zcertlint import readers
from zcertlint.errors import InputError, UnsafeValueError
from zcertlint.fixes import quote
from zcertlint.fixes.job.play import play_jobs
from zcertlint.fixes.job.reader import is_job, read_job
from zcertlint.fixes.job.secrets import without_secrets
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Facts
from zcertlint.readers import ReadContext, Reader, StreamReader
from zcertlint.text.decode import load
from zcertlint.text.envelope import transcript_of
from zcertlint.text.source import Source

__all__ = ["PASSWORD", "Target", "loaded", "names", "recognises", "target_of"]

Target = Callable[[bytes], None]
PASSWORD = "Seed-2718-Word"  # noqa: S105 (of the keystores among the seeds)
_HEAD = 1 << 16
_DAY = datetime(2026, 11, 21, tzinfo=UTC)


def names() -> tuple[str, ...]:
    """The names of all targets; a reader's is that of its module."""
    return (
        *_BELOW,
        *sorted(info.name for info in pkgutil.iter_modules(readers.__path__) if info.name[0] != "_"),
    )


def target_of(name: str) -> Target:
    """The target of this name."""
    if name in _BELOW:
        return _BELOW[name]
    module = importlib.import_module(f"zcertlint.readers.{name}")
    if hasattr(module, "recognise_head"):
        return _streamed(cast("StreamReader", module))
    return _whole(cast("Reader", module))


def recognises(name: str, data: bytes) -> bool:
    """Whether an input is of the target's kind; what lies below the readers takes everything."""
    if name == "job":
        found = loaded(data)
        return found is not None and is_job(found)
    if name in _BELOW:
        return True
    module = importlib.import_module(f"zcertlint.readers.{name}")
    if hasattr(module, "recognise_head"):
        return cast("StreamReader", module).recognise_head(data[:_HEAD])
    source = loaded(data)
    return source is not None and cast("Reader", module).recognise(source)


def loaded(data: bytes) -> Source | None:
    """The input as a reader gets it; None where it is refused in words."""
    try:
        return load("input", data)
    except InputError:
        return None


def _context() -> ReadContext:
    return ReadContext(lambda _path: PASSWORD)


def _whole(reader: Reader) -> Target:
    def target(data: bytes) -> None:
        source = loaded(data)
        if source is None or not reader.recognise(source):
            return
        try:
            facts = reader.read(source, _context())
        except InputError:
            return
        _check(facts)
        _require(sum(facts.lines) == len(source.lines), "every line is counted once")
        if facts.marks:
            counts = (facts.marks.count(1), facts.marks.count(0), facts.marks.count(2))
            _require(len(facts.marks) == len(source.lines), "every line has a mark")
            _require(facts.lines == counts, "lines are counted as they are marked")

    return target


def _streamed(reader: StreamReader) -> Target:
    def target(data: bytes) -> None:
        if not reader.recognise_head(data[:_HEAD]):
            return
        try:
            _check(reader.read_stream("input", io.BytesIO(data), _context()))
        except InputError:
            return

    return target


def _check(facts: Facts) -> None:
    _require(min(facts.lines) >= 0, "no count is negative")
    _require(PASSWORD not in repr(facts.problems), "a password is in no problem")
    for problem in facts.problems:
        _require(bool(problem.code and problem.expected), "a problem says what was expected")
    for store in facts.stores:
        _require(bool(store.id and store.name), "a store has a name")
    for place in (item.span for item in (*facts.problems, *facts.unread, *facts.stores, *facts.answers)):
        _require(place.line is None or place.line > 0, "lines are counted from 1")
        _require(place.column is None or place.column > 0, "columns are counted from 1")


def decode(data: bytes) -> None:
    """Bytes become the same lines each time, and no line holds a line end."""
    source = loaded(data)
    if source is None:
        return
    _require(source == loaded(data), "decoding is the same each time")
    _require(source.encoding is not None or not source.lines, "what is no text has no lines")
    _require(not any("\n" in line for line in source.lines), "no line end is inside a line")


def envelope(data: bytes) -> None:
    """The exchanges lie in the input, one behind the other."""
    source = loaded(data)
    if source is None:
        return
    try:
        found = transcript_of(source)
    except InputError:
        return
    _require(len(found.texts) == len(source.lines), "every line is kept")
    before = 0
    for exchange in found.exchanges:
        _require(before <= exchange.at <= exchange.start <= exchange.end, "exchanges do not overlap")
        before = exchange.end
    _require(before <= len(source.lines), "exchanges end with the input")


def quoting(data: bytes) -> None:
    """A value that is written into a command is read back as the same value, or it is refused."""
    value = data.decode("utf-8", "surrogateescape")
    for write, back in (
        (quote.quote, quote.unquote),
        (quote.quote_label, quote.unquote),
        (quote.ring_name, str),
        (quote.user_id, str),
        (quote.dsn, str),
        (quote.dns_name, str),
    ):
        try:
            written = write(value)
        except UnsafeValueError:
            continue
        _require(back(written) == value, f"{write.__name__} is read back")
        _require(all(" " <= char <= "~" for char in written), "what is written is printable ASCII")
    with contextlib.suppress(UnsafeValueError):
        _require(quote.ip_address(quote.ip_address(value)) == quote.ip_address(value), "an address stays one")


def job(data: bytes) -> None:
    """A job is read and played on an empty system; every command has its line, and no line is lost."""
    source = loaded(data)
    if source is None or not is_job(source):
        return
    read = read_job(source)
    played = play_jobs([read], Database({}, {}), _DAY)
    _require(len(played.commands) == len(read.commands), "every command is told")
    _require(len(without_secrets(source, read)) == len(source.lines), "every line is kept")
    for one in played.commands:
        _require(
            one.span.line is not None and 0 < one.span.line <= len(source.lines), "a command has its line"
        )
        _require(one.effect, "what a command does is said")


def _require(holds: object, what: str) -> None:
    if not holds:
        raise AssertionError(f"does not hold: {what}")


_BELOW: dict[str, Target] = {"decode": decode, "envelope": envelope, "job": job, "quote": quoting}
