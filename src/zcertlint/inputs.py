"""The inputs of a call: which files, read once each; what is wrong with one becomes a problem of its facts."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from zcertlint.doubts import line_counts, unread_lines, with_doubts, with_unread
from zcertlint.engine.results import InputView
from zcertlint.errors import ConfigError, InputError
from zcertlint.model.facts import Facts, Problem
from zcertlint.model.settings import Settings
from zcertlint.readers import ReadContext, config_yaml, kinds, read_source, stream_reader
from zcertlint.readers._scrolled_screen import scrolled
from zcertlint.records import dataclass
from zcertlint.text.decode import FILE_LIMIT, load
from zcertlint.text.source import Source, Span

__all__ = ["CONFIG_NAME", "Inputs", "collect", "files_of", "ties_of"]

CONFIG_NAME = "zcertlint.yaml"
_SKIPPED = {"node_modules", "__pycache__"}
_PIECE = 1 << 22  # bytes that are digested at once
_HEAD = 1 << 16  # bytes by which a file that is read as a stream is recognised

_Identity = tuple[int, int]


def _shown(path: str) -> str:
    return path.replace(os.sep, "/")


def _identity(path: str) -> _Identity | None:
    """What two paths of one file have in common; None where nothing is."""
    try:
        found = os.stat(path)  # noqa: PTH116 (asked of every input: the cheap form)
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _walk(folder: str, skip: frozenset[_Identity]) -> Iterator[str]:
    """The files of a folder and below, sorted; hidden ones and links out of the folder are left out."""
    root = Path(folder).resolve()
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            with os.scandir(here) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError:
            continue
        below = []
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
                continue
            if entry.is_file():
                if not skip or _identity(entry.path) not in skip:
                    yield entry.path
            elif entry.is_dir(follow_symlinks=False) and _identity(entry.path) not in skip:
                below.append(entry.path)
        stack += reversed(below)


@dataclass(slots=True)
class Inputs:
    """The files of a call: read once each, in the order given.

    Attributes:
        facts: what the readers say. views: the inputs as reports show them. sources: by path.
        recognised: how many were of a known kind, the configuration not counted.
        config: the facts of the zcertlint.yaml in force, if there is one.
        named: the files that were named one by one, in order.
    """

    context: ReadContext
    facts: list[Facts] = field(default_factory=list)
    views: list[InputView] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    recognised: int = 0
    config: Facts | None = None
    named: list[str] = field(default_factory=list)
    _names: dict[_Identity, str] = field(default_factory=dict, init=False)

    def add(self, path: str, *, explicit: bool, configuration: bool = False) -> tuple[Facts, ...]:
        """Read one file; what is wrong with it becomes a problem of its facts.

        A file in the place of the configuration is read as one, so that each wrong key can be told.
        """
        name = _shown(path)
        identity = _identity(path)
        if identity is not None:
            if identity in self._names:
                return ()
            self._names[identity] = name
        try:
            if self._streamed(path, name):
                return (self.facts[-1],)
            data = _bytes_of(path, name)
            source = load(name, data)
            found = read_source(source, self.context) or _screen(source)
        except InputError as error:
            return self.failed(name, error)
        except OSError as error:
            expected = f"the file cannot be read: {(error.strerror or 'it cannot be opened').lower()}"
            return self.failed(name, InputError(name, None, expected, "Check the path and the permissions"))
        if (
            configuration
            and source.encoding is not None
            and all(item.kind == config_yaml.KIND for item in found)
        ):
            found = found or (config_yaml.read(source, self.context),)
            source = config_yaml.shown(source, found)
        if found:
            self.recognised += 1
        elif explicit and data:
            problem = _of_no_kind(source)
            found = (Facts("other file", name, problems=(problem,)),)
        self.sources[name] = source
        found = with_unread(name, with_doubts(source, found))
        self._view(name, hashlib.sha256(data).hexdigest(), len(data), found)
        self.facts += found
        return found

    def _streamed(self, path: str, name: str) -> bool:
        """Read a file that may be larger than memory, if it is of such a kind."""
        with open(path, "rb") as file:  # noqa: PTH123 (every input passes here: the cheap form)
            reader = stream_reader(file.read(_HEAD))
            if reader is None:
                return False
            file.seek(0)
            digest = _Digest(path)
            facts = reader.read_stream(name, file, self.context)
            sha256 = digest.text()
        self.recognised += 1
        source = self.sources[name] = Source(name, b"", (), None)
        found = with_doubts(source, (facts,))
        self._view(name, sha256, digest.size, found)
        self.facts += found
        return True

    def failed(self, name: str, error: InputError) -> tuple[Facts, ...]:
        """Note an input that could not be read."""
        problem = Problem("IN001", Span(name, error.line), error.expected, error.hint)
        facts = Facts("not read", name, problems=(problem,))
        self.facts.append(facts)
        self.views.append(InputView(name, "not read", "", 0, None, 1))
        return (facts,)

    def name_of(self, path: str) -> str:
        """The path under which a file was read."""
        identity = _identity(path)
        return self._names.get(identity, _shown(path)) if identity is not None else _shown(path)

    def _view(self, name: str, digest: str, size: int, found: tuple[Facts, ...]) -> None:
        kind = ", ".join(dict.fromkeys(item.kind for item in found)) or "other file"
        problems = sum(len(item.problems) for item in found)
        counts, unread = line_counts(found), unread_lines(found)
        self.views.append(InputView(name, kind, digest, size, None, problems, counts, unread))


class _Digest:
    """The SHA-256 of a file that is read as a stream by somebody else.

    It costs a third of what reading an unload costs; in a thread of its own (it runs without Python's lock, as does
    reading) it costs nothing where there is a second processor. The thread takes large pieces, as each time it comes
    back it has to wait for that lock.
    """

    def __init__(self, path: str) -> None:
        from threading import Thread  # noqa: PLC0415 - few runs have an unload

        self._path = path
        self._hash = hashlib.sha256()
        self._failed: OSError | None = None
        self.size = 0
        self._beside = Thread(target=self._run, daemon=True)
        self._beside.start()

    def _run(self) -> None:
        piece = memoryview(bytearray(_PIECE))
        try:
            with open(self._path, "rb", buffering=0) as file:  # noqa: PTH123 (as every input)
                while taken := file.readinto(piece):
                    self._hash.update(piece[:taken])
                    self.size += taken
        except OSError as error:
            self._failed = error

    def text(self) -> str:
        """The digest in hexadecimal.

        Raises:
            OSError: the file could not be read to its end.
        """
        self._beside.join()
        if self._failed is not None:
            raise self._failed
        return self._hash.hexdigest()


def _bytes_of(path: str, name: str) -> bytes:
    """The contents, unless the file is too large to be meant; its size is asked before it is read."""
    with open(path, "rb") as file:  # noqa: PTH123 (every input passes here: the cheap form)
        if os.fstat(file.fileno()).st_size > FILE_LIMIT:
            limit = FILE_LIMIT // (1024 * 1024)
            raise InputError(name, None, f"the file is larger than {limit} MiB", "Give a part of it")
        return file.read(FILE_LIMIT + 1)


def _screen(source: Source) -> tuple[Facts, ...]:
    found = scrolled(source)
    return () if found is None else (found,)


def _of_no_kind(source: Source) -> Problem:
    """A file that no reader knows; a job is told where it belongs."""
    from zcertlint.fixes.job.reader import is_job  # noqa: PLC0415 (few calls name such a file)

    told = ("nothing in this file is of a known kind", f"Known are: {', '.join(kinds())}")
    words = ("this is a job, no evidence", "zcertlint rehearse plays it") if is_job(source) else told
    return Problem("IN001", Span(source.path), *words)


def files_of(path: str) -> Iterator[str]:
    """The files that a path of the call means: itself, or those of the folder as :func:`collect` reads them."""
    yield from _walk(path, frozenset()) if Path(path).is_dir() else (path,)


def collect(
    paths: tuple[str, ...], config: str | None, skip: tuple[str, ...], password: Callable[[str], str | None]
) -> Inputs:
    """Read the configuration and every input; a zowe.yaml alone brings the folder ``evidence`` beside it.

    Raises:
        ConfigError: the configuration file that was named does not exist.
    """
    inputs = Inputs(ReadContext(password))
    left_out = frozenset(folder for name in skip if (folder := _identity(name)) is not None)
    _read_config(inputs, config, paths[0])
    alone = True  # nothing but the configuration was named
    for path in paths:
        if Path(path).is_dir():
            alone = False
            for file in _walk(path, left_out):
                inputs.add(file, explicit=False)
            continue
        found = inputs.add(path, explicit=True)
        inputs.named.append(inputs.name_of(path))
        alone = alone and any(item.zowe is not None or item.kind == "zowe.yaml" for item in found)
    beside = Path(paths[0]).parent / "evidence"
    if alone and inputs.named and beside.is_dir():
        for file in _walk(str(beside), left_out):
            inputs.add(file, explicit=False)
    return inputs


def _find_config(first: str) -> str | None:
    """The zcertlint.yaml nearest to the first path, upward."""
    start = Path(first) if Path(first).is_dir() else Path(first).parent
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG_NAME).is_file():
            return str(start / CONFIG_NAME if folder == here else folder / CONFIG_NAME)
    return None


def _read_config(inputs: Inputs, given: str | None, first: str) -> None:
    path = given if given is not None else _find_config(first)
    if path is None:
        return
    if not Path(path).is_file():
        raise ConfigError(_shown(path), None, "the configuration file does not exist", "Check --config")
    found = inputs.add(path, explicit=True, configuration=True)
    inputs.recognised = 0  # a configuration alone is nothing to check
    inputs.config = next((item for item in inputs.facts if item.config is not None), None)
    if inputs.config is None and found and not any(item.problems for item in found):
        inputs.failed(
            _shown(path), InputError(_shown(path), None, "this is no zcertlint.yaml", "Check --config")
        )


def ties_of(inputs: Inputs, certificates: Mapping[str, str]) -> dict[str, str]:
    """Endpoint to file, from zcertlint.yaml (relative to it) and from the command line, which goes first."""
    ties: dict[str, str] = {}
    settings = inputs.config.config if inputs.config is not None else None
    if settings is not None and inputs.config is not None:
        folder = Path(inputs.config.path).parent
        for endpoint in settings.children("certificates"):
            entry = settings.at("certificates", endpoint)
            if entry is not None and not entry.container and entry.value:
                wrong = ConfigError(
                    entry.span.path,
                    entry.span.line,
                    f"{entry.value}, the certificate of {endpoint}, cannot be read",
                    "The path is relative to zcertlint.yaml",
                )
                ties[endpoint] = _tie(inputs, str(folder / str(entry.value)), wrong)
        ties |= _partner_ties(inputs, settings, folder)
    for endpoint, name in certificates.items():
        wrong_file = InputError(name, None, f"the certificate of {endpoint} cannot be read", "Check --cert")
        ties[endpoint] = _tie(inputs, name, wrong_file)
    return ties


def _partner_ties(inputs: Inputs, settings: Settings, folder: Path) -> dict[str, str]:
    """The files of declared partners: what each presents (``client:NAME``), and trusts (``ca:client:NAME``)."""
    ties: dict[str, str] = {}
    for index in settings.children("partners"):
        name = settings.at("partners", index, "name")
        for key, before, what in (("certificate", "", "certificate"), ("ca", "ca:", "trust store")):
            entry = settings.at("partners", index, key)
            if name is None or entry is None or not entry.value:
                continue
            wrong = ConfigError(
                entry.span.path,
                entry.span.line,
                f"{entry.value}, the {what} of the partner {name.value}, cannot be read",
                "The path is relative to zcertlint.yaml",
            )
            ties[f"{before}client:{name.value}"] = _tie(inputs, str(folder / str(entry.value)), wrong)
    return ties


def _tie(inputs: Inputs, path: str, wrong: InputError) -> str:
    """The path of a named file as its certificates know it; read now when it was not."""
    if not Path(path).is_file():
        inputs.failed(wrong.file, wrong)
        return _shown(path)
    inputs.add(path, explicit=True)
    name = inputs.name_of(path)
    held = (ident for item in inputs.facts for c in item.certificates for ident in c.files)
    refused = any(item.path == name and any(p.fatal for p in item.problems) for item in inputs.facts)
    if not refused and not any(
        ident == f"file:{name}" or ident.startswith(f"file:{name}#") for ident in held
    ):
        inputs.failed(
            name, InputError(name, None, "this file was named for its certificate and holds none", wrong.hint)
        )
    return name
