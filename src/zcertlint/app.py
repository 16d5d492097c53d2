"""Collect, read, assemble, run: what the command line and the API share."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from zcertlint.assembly.deploy import Configuration, configuration_of, database_of, deploy
from zcertlint.engine.results import Fix, FixKind, InputView, Report, Safety
from zcertlint.engine.rulebook import Page
from zcertlint.engine.run import Options, run
from zcertlint.engine.verdict import FixHint
from zcertlint.errors import ConfigError, InputError, UsageError
from zcertlint.model.deployment import Database, Deployment, TokenIssuer, TokenKey
from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext, read_source
from zcertlint.text.decode import FILE_LIMIT, load
from zcertlint.text.source import Source, Span

if TYPE_CHECKING:
    from zcertlint.fixes.change import Change
    from zcertlint.fixes.options import FixOptions

__all__ = ["CONFIG_NAME", "Call", "NothingRecognisedError", "Outcome", "check", "fix"]

CONFIG_NAME = "zcertlint.yaml"
_SKIPPED = {"node_modules", "__pycache__"}


class NothingRecognisedError(UsageError):
    """None of the given paths holds anything that a reader knows (exit code 3)."""


def _no_password(_path: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Call:
    """What one call of a command asks for.

    Attributes:
        paths: files and folders, as typed.
        as_of: the moment to judge at, UTC.
        config: the zcertlint.yaml to use; None looks for one upward from the first path.
        certificates: endpoint to file, from ``--cert``.
        zowe_version: ``X.Y``. select, ignore: rule ids or prefixes. warn_days: see CE103.
        skip: folders that are never read (where ``fix`` writes).
        password: asks for the password of a store; the answer is used at once and never kept.
        baseline: fingerprints of findings that are known and do not count.
    """

    paths: tuple[str, ...]
    as_of: datetime
    config: str | None = None
    certificates: Mapping[str, str] = field(default_factory=dict)
    zowe_version: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    warn_days: int = 60
    skip: tuple[str, ...] = ()
    password: Callable[[str], str | None] = field(default=_no_password, repr=False)
    baseline: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call found.

    Attributes:
        report: findings, links, gaps. deployment, configuration: what was judged.
        sources: the inputs by path. rebuild, judge: the same machinery for a rehearsal; fix_options: what the
            configuration says of jobs.
        unreadable: one line for each input that could not be read (exit code 2).
    """

    report: Report
    deployment: Deployment
    configuration: Configuration
    sources: Mapping[str, Source] = field(repr=False)
    unreadable: tuple[str, ...]
    rebuild: Callable[[Database, Configuration], Deployment] = field(repr=False)
    judge: Callable[[Deployment], Report] = field(repr=False)
    fix_options: Callable[[], "FixOptions"] = field(repr=False)


def _shown(path: Path) -> str:
    return str(PurePosixPath(*path.parts)) if path.parts else "."


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") or path.name in _SKIPPED


def _walk(folder: Path, skip: frozenset[Path]) -> Iterable[Path]:
    """The files of a folder, sorted; hidden ones and links out of the folder are left out."""
    root = folder.resolve()
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            entries = sorted(here.iterdir(), reverse=True)
        except OSError:
            continue
        files = []
        for entry in entries:
            if _hidden(entry) or entry.resolve() in skip:
                continue
            if entry.is_symlink() and not entry.resolve().is_relative_to(root):
                continue
            if entry.is_dir():
                if not entry.is_symlink():
                    stack.append(entry)
            elif entry.is_file():
                files.append(entry)
        yield from reversed(files)


@dataclass(slots=True)
class _Inputs:
    """The files of a call: read once each, in the order given."""

    context: ReadContext
    facts: list[Facts] = field(default_factory=list)
    views: list[InputView] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    seen: set[Path] = field(default_factory=set)
    recognised: int = 0

    def add(self, path: Path, *, explicit: bool) -> tuple[Facts, ...]:
        """Read one file; what is wrong with it becomes a problem of its facts."""
        real = path.resolve()
        if real in self.seen:
            return ()
        self.seen.add(real)
        name = _shown(path)
        try:
            data = _bytes_of(path, name)
            source = load(name, data)
        except InputError as error:
            return self._failed(name, Problem("IN001", Span(name, error.line), error.expected, error.hint))
        except OSError as error:
            reason = (error.strerror or "it cannot be opened").lower()
            hint = "Check the path and the permissions"
            return self._failed(
                name, Problem("IN001", Span(name), f"the file cannot be read: {reason}", hint)
            )
        found = read_source(source, self.context)
        if not found and explicit and data:
            hint = "Known are: zowe.yaml, RACDCERT listings, certificates (PEM, DER, PKCS12), z/OSMF settings"
            problem = Problem("IN001", Span(name), "nothing in this file is of a known kind", hint)
            found = (Facts("not recognised", name, problems=(problem,)),)
        elif found:
            self.recognised += 1
        self.sources[name] = source
        self._view(name, data, found)
        self.facts += [_with_unread(item) for item in found]
        return found

    def _failed(self, name: str, problem: Problem) -> tuple[Facts, ...]:
        facts = Facts("not read", name, problems=(problem,))
        self.facts.append(facts)
        self.views.append(InputView(name, "not read", "", 0, None, 1))
        return (facts,)

    def _view(self, name: str, data: bytes, found: tuple[Facts, ...]) -> None:
        kind = ", ".join(dict.fromkeys(item.kind for item in found)) or "not recognised"
        problems = sum(len(item.problems) for item in found)
        lines = max((item.lines for item in found), key=lambda counts: counts[0], default=(0, 0, 0))
        digest = hashlib.sha256(data).hexdigest()
        self.views.append(InputView(name, kind, digest, len(data), None, problems, lines))


def _bytes_of(path: Path, name: str) -> bytes:
    """The contents, unless the file is too large to be meant; its size is asked before it is read."""
    if path.stat().st_size > FILE_LIMIT:
        limit = FILE_LIMIT // (1024 * 1024)
        raise InputError(name, None, f"the file is larger than {limit} MiB", "Give a part of it")
    return path.read_bytes()


def _with_unread(facts: Facts) -> Facts:
    """Lines that a reader did not understand are reported, once for each input."""
    if not facts.unread:
        return facts
    count = len(facts.unread)
    where = ", ".join(str(item.span.line) for item in facts.unread[:8]) + (" …" if count > 8 else "")  # noqa: PLR2004
    text = f"{count} line{'s' if count > 1 else ''} of this listing not understood: {where}"
    problem = Problem("IN008", facts.unread[0].span, text, "", fatal=False)
    return replace(facts, problems=(*facts.problems, problem))


def _find_config(first: Path) -> Path | None:
    """The zcertlint.yaml nearest to the first path, upward."""
    start = first if first.is_dir() else first.parent
    here = start.resolve()
    for folder in (here, *here.parents):
        found = folder / CONFIG_NAME
        if found.is_file():
            return start / CONFIG_NAME if folder == here else found
    return None


def _ties(call: Call, config: Facts | None, inputs: _Inputs) -> dict[str, str]:
    """Endpoint to file, from zcertlint.yaml (relative to it) and from the command line, which goes first."""
    ties: dict[str, str] = {}
    settings = config.config if config is not None else None
    if settings is not None and config is not None:
        folder = Path(config.path).parent
        for endpoint in settings.children("certificates"):
            entry = settings.at("certificates", endpoint)
            if entry is not None and not entry.container and entry.value:
                path = folder / str(entry.value)
                ties[endpoint] = _tied(
                    path,
                    inputs,
                    ConfigError(
                        entry.span.path,
                        entry.span.line,
                        f"{entry.value}, the certificate of {endpoint}, cannot be read",
                        "The path is relative to zcertlint.yaml",
                    ),
                )
    for endpoint, name in call.certificates.items():
        error = InputError(name, None, f"the certificate of {endpoint} cannot be read", "Check --cert")
        ties[endpoint] = _tied(Path(name), inputs, error)
    return ties


def _tied(path: Path, inputs: _Inputs, error: InputError) -> str:
    """The path of a named file as its certificates know it; read now when it was not."""
    real = path.resolve()
    if not path.is_file():
        name = error.file
        inputs.facts.append(
            Facts(
                "not read",
                name,
                problems=(Problem("IN001", Span(name, error.line), error.expected, error.hint),),
            )
        )
        return _shown(path)
    if real not in inputs.seen:
        inputs.add(path, explicit=True)
    return next((name for name in inputs.sources if Path(name).resolve() == real), _shown(path))


def _collect(call: Call) -> tuple[_Inputs, Facts | None]:
    """Read every input of a call, and the configuration."""
    inputs = _Inputs(ReadContext(call.password))
    skip = frozenset(Path(name).resolve() for name in call.skip)
    config = _read_config(call, inputs)
    for given in call.paths:
        path = Path(given)
        if path.is_dir():
            for file in _walk(path, skip):
                inputs.add(file, explicit=False)
            continue
        found = inputs.add(path, explicit=True)
        beside = path.parent / "evidence"
        alone = len(call.paths) == 1 and any(
            item.zowe is not None or item.kind == "zowe.yaml" for item in found
        )
        if alone and beside.is_dir():
            for file in _walk(beside, skip):
                inputs.add(file, explicit=False)
    return inputs, config


def _read_config(call: Call, inputs: _Inputs) -> Facts | None:
    path = Path(call.config) if call.config is not None else _find_config(Path(call.paths[0]))
    if path is None:
        return None
    if not path.is_file():
        raise ConfigError(_shown(path), None, "the configuration file does not exist", "Check --config")
    found = inputs.add(path, explicit=True)
    inputs.recognised = 0  # a configuration alone is nothing to check
    return next((item for item in found if item.config is not None), None)


def _fix_options(call: Call, configuration: Configuration, sources: Mapping[str, Source]) -> "FixOptions":
    """What zcertlint.yaml says of the jobs, and what a patch needs."""
    from zcertlint.fixes.options import DEFAULT_JOB, DEFAULT_PREFIX, FixOptions  # noqa: PLC0415 (only for fixes)

    config = configuration.config
    card = tuple(
        str(entry.value)
        for index in (config.children("job", "card") if config is not None else ())
        if config is not None and (entry := config.at("job", "card", index)) is not None
    )
    return FixOptions(
        as_of=call.as_of,
        job=card or DEFAULT_JOB,
        prefix=(config.text("job.prefix") if config is not None else None) or DEFAULT_PREFIX,
        zos=config.text("zos.release") if config is not None else None,
        settings=configuration.zowe,
        sources=sources,
    )


def _fix_of(page: Page, hint: FixHint | None, deployment: Deployment, options: Callable[[], "FixOptions"]) -> Fix:
    """What repairs a finding, in one line: what the builder of its plan says, else the rule's page."""
    if page.fix_builder is None:
        return Fix(page.fix_kind, page.fix_safety, page.fix_summary)
    if hint is None:
        return Fix(FixKind.MANUAL, Safety.ADVICE, page.fix_otherwise or page.fix_summary)
    from zcertlint.fixes.summary import summarise  # noqa: PLC0415 (only where something can be fixed)

    return summarise(hint, deployment, options())


def _headline(deployment: Deployment) -> tuple[tuple[str, str], ...]:
    """What of the configuration a reader has to know to read the verdicts."""
    pairs = []
    if deployment.verify is not None:
        word = deployment.verify.value + (" (the default)" if deployment.verify.assumed else "")
        pairs.append(("zowe.verifyCertificates", word))
    zosmf = deployment.endpoints.get("zosmf")
    if zosmf is not None and zosmf.assumed and zosmf.keystore is not None:
        pairs.append(("z/OSMF's key ring (assumed)", zosmf.keystore.partition(":")[2]))
    if any(_unsure(key) for key in deployment.token_keys if key.id == "zowe"):
        pairs.append(("who issues tokens", "not known"))
    return tuple(pairs)


def _unsure(key: TokenKey) -> bool:
    return key.issuer is TokenIssuer.UNKNOWN


def _kind_of(view: InputView, deployment: Deployment) -> str:
    if view.kind == "zowe.yaml" and deployment.zowe_major is not None:
        return f"zowe.yaml (v{deployment.zowe_major})"
    return view.kind


def check(call: Call) -> Outcome:
    """Read, assemble and judge.

    Raises:
        NothingRecognisedError: nothing in the given paths is of a known kind.
        ConfigError: the configuration cannot be used.
        UsageError: no path was given.
    """
    if not call.paths:
        raise UsageError("no path was given: name a zowe.yaml, a listing, or a folder of them")
    inputs, config = _collect(call)
    ties = _ties(call, config, inputs)
    usable = [item for item in inputs.facts if item is not config and item.config is None]
    unreadable = [f"{p.span}: {p.expected}. {p.hint}".rstrip() for p in _fatal(inputs.facts)]
    if inputs.recognised == 0 and not any(item.zowe or item.certificates for item in usable):
        _nothing(call, unreadable)
    database, problems = database_of(usable)
    configuration, further = configuration_of(usable, ties, call.zowe_version)
    configuration = replace(configuration, config=config.config if config is not None else None)
    config_problems = config.problems if config is not None else ()
    everything = (*problems, *further, *config_problems)

    @cache
    def fix_options() -> "FixOptions":
        return _fix_options(call, configuration, inputs.sources)

    def fix_of(page: Page, hint: FixHint | None, judged: Deployment) -> Fix:
        return _fix_of(page, hint, judged, fix_options)

    options = Options(call.as_of, call.warn_days, call.select, call.ignore, fix_of, call.baseline)

    def rebuild(changed: Database, settings: Configuration) -> Deployment:
        return deploy(changed, settings, everything)

    def judge(deployment: Deployment) -> Report:
        return run(deployment, options)

    deployment = rebuild(database, configuration)
    report = judge(deployment)
    report = replace(
        report,
        inputs=tuple(replace(view, kind=_kind_of(view, deployment)) for view in inputs.views),
        headline=_headline(deployment),
        sources={name: source.lines for name, source in inputs.sources.items()},
        problems=tuple(unreadable),
    )
    return Outcome(
        report, deployment, configuration, inputs.sources, tuple(unreadable), rebuild, judge, fix_options
    )


def fix(outcome: Outcome) -> "Change":
    """The change that repairs what can be repaired: plans, each rehearsed, and the texts of its files.

    Raises:
        UnsafeValueError: the job card or the prefix of zcertlint.yaml cannot be used.
    """
    from zcertlint.fixes.change import make_change  # noqa: PLC0415 (only for fixes)
    from zcertlint.fixes.patch import PatchEdit, patched_settings  # noqa: PLC0415

    def rebuild(database: Database, edits: tuple[PatchEdit, ...]) -> Deployment:
        configuration = outcome.configuration
        if edits and configuration.zowe is not None:
            configuration = replace(configuration, zowe=patched_settings(configuration.zowe, edits))
        return outcome.rebuild(database, configuration)

    return make_change(outcome.report, outcome.deployment, outcome.fix_options(), rebuild, outcome.judge)


def _fatal(facts: Sequence[Facts]) -> Iterable[Problem]:
    return (problem for item in facts for problem in item.problems if problem.fatal)


def _nothing(call: Call, unreadable: Sequence[str]) -> None:
    if unreadable and not any(Path(path).is_dir() for path in call.paths):
        first = unreadable[0]
        raise NothingRecognisedError(first) if "known kind" in first else UsageError("\n".join(unreadable))
    names = ", ".join(call.paths)
    raise NothingRecognisedError(
        f"{names}: nothing here is of a known kind. Looked for: zowe.yaml, RACDCERT listings (alone or in a "
        "SYSTSPRT), certificates (PEM, DER, PKCS7, PKCS12), z/OSMF settings"
    )
