"""Collect, read, assemble, run: what the command line and the API share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from zcertlint.assembly.deploy import Configuration, configuration_of, database_of, deploy
from zcertlint.assembly.products.components import COMPONENTS
from zcertlint.doubts import with_open_settings
from zcertlint.engine.results import Answer3, Fix, FixKind, InputView, Report, Safety
from zcertlint.engine.rulebook import Page, book
from zcertlint.engine.run import Options, run
from zcertlint.engine.tuning import Tuning, tuning_of
from zcertlint.engine.verdict import FixHint
from zcertlint.errors import UsageError
from zcertlint.inputs import collect, ties_of
from zcertlint.model.deployment import Database, Deployment, TokenIssuer, TokenKey
from zcertlint.model.facts import Facts, Problem
from zcertlint.model.settings import Settings
from zcertlint.readers import kinds
from zcertlint.records import dataclass
from zcertlint.text.source import Source
from zcertlint.trust.ring_access import untold

if TYPE_CHECKING:
    from zcertlint.fixes.collect.dialects import Product
    from zcertlint.fixes.options import FixOptions, SplitBy
    from zcertlint.fixes.outcome import Change

__all__ = [
    "PRODUCT_SETTING", "Call", "NothingRecognisedError", "Outcome", "check", "fix", "nothing", "product_of",
]  # fmt: skip

PRODUCT_SETTING = "zowe.setup.security.product"


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
        auditor: the persona that also sees what could be safer.
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
    auditor: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call found.

    Attributes:
        report: findings, links, gaps. deployment, configuration: what was judged.
        sources: the inputs by path. rebuild, judge: the same machinery for a rehearsal; fix_options: what the
            configuration says of jobs. whole: like ``judge``, with the rules that the call leaves out; None for none.
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
    whole: Callable[[Deployment], Report] | None = field(default=None, repr=False)


def _fix_options(call: Call, configuration: Configuration, sources: Mapping[str, Source]) -> "FixOptions":
    """What zcertlint.yaml says of the jobs, and what a patch needs."""
    from zcertlint.fixes.options import DEFAULT_PREFIX, FixOptions, job_card  # noqa: PLC0415 (only for fixes)

    config = configuration.config
    card = tuple(
        str(entry.value)
        for index in (config.children("job", "card") if config is not None else ())
        if config is not None and (entry := config.at("job", "card", index)) is not None
    )

    def text(name: str) -> str | None:
        return config.text(name) if config is not None else None

    user = (text("job.user") or "").upper() or None
    return FixOptions(
        as_of=call.as_of,
        job=card or job_card(user, text("job.class")),
        prefix=text("job.prefix") or (f"{user}.ZCERT" if user else DEFAULT_PREFIX),
        delimiter=text("job.delimiter"),
        zos=text("zos.release"),
        settings=configuration.zowe,
        sources=sources,
        product=product_of(configuration.zowe),
    )


def product_of(settings: Settings | None) -> "Product | None":
    """The security product for which ``zwe`` sets up security, where zowe.yaml tells; None for RACF."""
    word = settings.text(PRODUCT_SETTING) if settings is not None else None
    if word is None or word.strip().upper() not in {"ACF2", "TSS"}:  # Zowe's schema has these and RACF
        return None
    from zcertlint.fixes.collect.dialects import Product  # noqa: PLC0415 (few systems have another product)

    return Product(word.strip().lower())


def _fix_of(
    page: Page, hint: FixHint | None, deployment: Deployment, options: Callable[[], "FixOptions"]
) -> Fix:
    """What repairs a finding, in one line: what the builder of its plan says, else the rule's page."""
    if page.fix_builder is None:
        return Fix(page.fix_kind, page.fix_safety, page.fix_summary)
    if hint is None:
        return Fix(FixKind.MANUAL, Safety.ADVICE, page.fix_otherwise or page.fix_summary)
    from zcertlint.fixes.summary import summarise  # noqa: PLC0415 (only where something can be fixed)

    made = summarise(hint, deployment, options())
    if made.kind is FixKind.MANUAL and page.fix_from_finding:
        return Fix(FixKind.MANUAL, Safety.ADVICE, page.fix_otherwise or page.fix_summary)
    return made


def _headline(deployment: Deployment) -> tuple[tuple[str, str], ...]:
    """What of the configuration a reader has to know to read the verdicts."""
    pairs = []
    if deployment.zowe is not None and deployment.zowe.layers:
        pairs.append(("The configuration", " before ".join(deployment.zowe.layers)))
    if deployment.verify is not None:
        word = deployment.verify.value + (" (the default)" if deployment.verify.assumed else "")
        pairs.append(("zowe.verifyCertificates", word))
    zosmf = deployment.endpoints.get("zosmf")
    if zosmf is not None and zosmf.assumed and zosmf.keystore is not None:
        pairs.append(("z/OSMF's key ring (assumed)", zosmf.keystore.partition(":")[2]))
    if any(_unsure(key) for key in deployment.token_keys if key.id == "zowe"):
        pairs.append(("who issues tokens", "not known"))
    if untold(deployment):
        pairs.append(("Who may read the key rings", "not shown, and not judged"))
    return tuple(pairs)


def _unsure(key: TokenKey) -> bool:
    return key.issuer is TokenIssuer.UNKNOWN


def _kind_of(view: InputView, used: str | None, deployment: Deployment) -> str:
    if view.path == used and deployment.zowe_major is not None:
        return f"zowe.yaml (v{deployment.zowe_major})"
    return view.kind


def _tuning(config: Settings | None) -> tuple[Tuning, tuple[Problem, ...]]:
    """The site's decisions about rules; the book is opened only where there are some."""
    if config is None:
        return Tuning(), ()
    wrong = _site_rules(config)
    tuning, slips = tuning_of(config, lambda: {page.id: tuple(page.params) for page in book()})
    return tuning, (*wrong, *slips)


def _site_rules(config: Settings) -> tuple[Problem, ...]:
    """Import what the site has written itself, where zcertlint.yaml asks for it."""
    items = [config.at("rules", "site", index) for index in config.children("rules", "site")]
    names = [(str(item.value), item.span) for item in items if item is not None]
    if not names:
        return ()
    from zcertlint.engine.site import load_site_rules  # noqa: PLC0415 (few sites have rules)

    return load_site_rules(names)


def check(call: Call) -> Outcome:
    """Read, assemble and judge.

    Raises:
        NothingRecognisedError: nothing in the given paths is of a known kind.
        ConfigError: the configuration cannot be used.
        UsageError: no path was given.
    """
    if not call.paths:
        raise UsageError("no path was given: name a zowe.yaml, a listing, or a folder of them")
    inputs = collect(call.paths, call.config, call.skip, call.password)
    ties = ties_of(inputs, call.certificates)
    config = inputs.config
    usable = [item for item in inputs.facts if item.config is None]
    unreadable = [f"{p.span}: {p.expected}. {p.hint}".rstrip() for p in _fatal(inputs.facts)]
    described = config is not None and config.config is not None and config.config.has("itm.components")
    if inputs.recognised == 0 and not described:
        _nothing(call, unreadable)
    database, problems = database_of(usable)
    database = with_open_settings(database, usable, inputs.sources)
    configuration, further = configuration_of(usable, ties, call.zowe_version, inputs.named)
    configuration = replace(configuration, config=config.config if config is not None else None)
    config_problems = config.problems if config is not None else ()
    tuning, wrong = _tuning(configuration.config)
    unreadable += [f"{p.span}: {p.expected}. {p.hint}".rstrip() for p in wrong]
    everything = (*problems, *further, *config_problems, *wrong)

    @cache
    def fix_options() -> "FixOptions":
        return _fix_options(call, configuration, inputs.sources)

    def fix_of(page: Page, hint: FixHint | None, judged: Deployment) -> Fix:
        return _fix_of(page, hint, judged, fix_options)

    options = Options(
        call.as_of,
        call.warn_days,
        call.select,
        call.ignore,
        fix_of,
        call.baseline,
        call.auditor,
        tuning,
    )

    def rebuild(changed: Database, settings: Configuration) -> Deployment:
        return deploy(changed, settings, everything)

    def judge(deployment: Deployment) -> Report:
        return run(deployment, options)

    deployment = rebuild(database, configuration)
    _known_ends(call, deployment)
    used = configuration.zowe.path if configuration.zowe is not None else None
    report = judge(deployment)
    report = replace(
        report,
        inputs=tuple(replace(view, kind=_kind_of(view, used, deployment)) for view in inputs.views),
        headline=_headline(deployment),
        sources={name: source.lines for name, source in inputs.sources.items()},
        problems=tuple(unreadable),
    )

    def whole(deployment: Deployment) -> Report:
        return run(deployment, replace(options, select=(), ignore=()))

    narrowed = bool(call.select or call.ignore)
    return Outcome(
        report,
        deployment,
        configuration,
        inputs.sources,
        tuple(unreadable),
        rebuild,
        judge,
        fix_options,
        whole if narrowed else None,
    )


def _known_ends(call: Call, deployment: Deployment) -> None:
    """A certificate for an end that does not exist is a slip of the pen, and would be ignored silently."""
    ends = {ident.partition("@")[0] for ident in deployment.endpoints} | set(deployment.endpoints)
    ends |= {"zowe", "zosmf", *(f"zowe.{name}" for name in COMPONENTS)}
    for name in call.certificates:
        if name not in ends and not name.startswith(("client:", "attls:", "itm:")):
            raise UsageError(f"--cert {name}: there is no such end here; there are {', '.join(sorted(ends))}")


def fix(outcome: Outcome, *, split: "SplitBy | None" = None, product: "Product | None" = None) -> "Change":
    """The change that repairs what can be repaired: plans, each rehearsed, and the texts of its files.

    Args:
        outcome: of a check.
        split: one job for each owner or each system; None for one job.
        product: the security product that the jobs are for; None for the one that the zowe.yaml names.

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

    options = replace(outcome.fix_options(), split=split)
    if product is not None:
        options = replace(options, product=None if product.value == "racf" else product)
    # A plan for a few rules must not bring what another rule would find.
    run = outcome.whole or outcome.judge
    before = outcome.report if outcome.whole is None else outcome.whole(outcome.deployment)
    others = {f.code for f in before.findings} - {f.code for f in outcome.report.findings}
    return make_change(before, outcome.deployment, options, rebuild, run, leave=frozenset(others))


def nothing(call: Call) -> Report:
    """The report of a call in which nothing was recognised."""
    return replace(run(Deployment(Database({}, {})), Options(call.as_of)), verdict=Answer3.UNKNOWN)


def _fatal(facts: Sequence[Facts]) -> Iterable[Problem]:
    return (problem for item in facts for problem in item.problems if problem.fatal)


def _nothing(call: Call, unreadable: Sequence[str]) -> None:
    """End with exit code 3, unless there are inputs that could be something but not be read."""
    if any("known kind" not in line for line in unreadable):
        return
    names = ", ".join(call.paths)
    raise NothingRecognisedError(
        f"{names}: nothing here is of a known kind. Looked for: {', '.join(kinds())}"
    )
