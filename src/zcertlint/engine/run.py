"""Run the rules on a deployment: verdicts in, findings, links, gaps and totals out."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime

from zcertlint.engine.results import Answer3, Finding, Fix, Gap, LinkResult, Report, Summary
from zcertlint.engine.rule import Context, Rule, all_rules
from zcertlint.engine.rulebook import Page, page
from zcertlint.engine.tuning import Effect, SuppressionUse, Tuning
from zcertlint.engine.verdict import Fails, FixHint, Severity, Unknown, Verdict
from zcertlint.model.access import Wanted
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import Change, Played, Slip
from zcertlint.model.clients import ClientUrl, Logon
from zcertlint.model.deployment import Basis, Deployment, Endpoint, ItmPair, Link, TokenKey
from zcertlint.model.facts import Answer, AnswerKind, NameFilter, Problem
from zcertlint.model.settings import Setting
from zcertlint.model.store import Store, StoreKind
from zcertlint.records import dataclass
from zcertlint.trust.handshake import Judge
from zcertlint.trust.needs import Need, apart
from zcertlint.trust.ring_access import RingAccess, ring_accesses
from zcertlint.trust.wanted import wanted

__all__ = ["Options", "run"]

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def _no_fix(page: Page, _hint: FixHint | None, _deployment: Deployment) -> Fix:
    return Fix(page.fix_kind, page.fix_safety, page.fix_summary)


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        as_of: the moment to judge at. warn_days: how long before its end a certificate is reported.
        select, ignore: rule ids or prefixes; an empty ``select`` means all.
        fix_of: what repairs a finding, from its page and its hint.
        baseline: fingerprints of findings that are known and do not count.
        auditor: whether hardening rules are run too. tuning: what the site has decided.
    """

    as_of: datetime
    warn_days: int = 60
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fix_of: Callable[[Page, FixHint | None, Deployment], Fix] = field(default=_no_fix)
    baseline: frozenset[str] = frozenset()
    auditor: bool = False
    tuning: Tuning = field(default=Tuning())

    def wants(self, ident: str, *, hardening: bool = False) -> bool:
        """Whether a rule is to be run: the call goes before the site's file, and nothing before ``mandatory``."""
        if self.tuning.is_mandatory(ident):
            return True
        if hardening and not (self.auditor or self.tuning.auditor):
            return False
        select = self.select or self.tuning.select
        ignore = self.ignore if self.select else (*self.ignore, *self.tuning.ignore)
        return (not select or ident.startswith(select)) and not (ignore and ident.startswith(ignore))

    def number(self, code: str, name: str) -> int:
        """A parameter of a rule: the site's own, else the default in the rule book."""
        given = self.tuning.params.get(code, {}).get(name)
        return given if given is not None else int(page(code).params[name]["default"])


def _subjects(deployment: Deployment) -> Mapping[type, tuple[object, ...]]:
    return {
        Certificate: tuple(deployment.database.certificates.values()),
        Store: tuple(deployment.database.stores.values()),
        Endpoint: tuple(deployment.endpoints.values()),
        Link: tuple(deployment.links.values()),
        TokenKey: deployment.token_keys,
        ItmPair: deployment.itm_pairs,
        Problem: deployment.problems,
        Answer: tuple(a for a in deployment.database.answers if a.kind is AnswerKind.DENIED),
        Deployment: (deployment,),
        SuppressionUse: (),
        Setting: tuple(deployment.zowe.entries.values()) if deployment.zowe is not None else (),
        NameFilter: deployment.database.filters,
        Wanted: wanted(deployment),
        RingAccess: ring_accesses(deployment),
        ClientUrl: deployment.client_urls,
        Logon: deployment.logons,
        Change: () if deployment.change is None else (deployment.change,),
        Played: () if deployment.change is None else deployment.change.commands,
        Slip: () if deployment.change is None else deployment.change.slips,
    }


@dataclass(slots=True)
class _Collected:
    """Verdicts of one run, one entry for each cause."""

    fails: dict[tuple[str, tuple[str, ...]], tuple[Rule, Fails]] = field(default_factory=dict)
    gaps: dict[tuple[str, str], Gap] = field(default_factory=dict)

    def take(self, rule: Rule, verdict: Verdict) -> None:
        match verdict:
            case Fails():
                self._fails(rule, verdict)
            case Unknown():
                self._unknown(rule, verdict)
            case _:
                pass

    def _fails(self, rule: Rule, verdict: Fails) -> None:
        key = (rule.id, verdict.subjects)
        known = self.fails.get(key)
        if known is None:
            self.fails[key] = (rule, verdict)
            return
        first = known[1]
        worse = min(first, verdict, key=lambda v: _RANK[v.severity] if v.severity else -1)
        self.fails[key] = (
            rule,
            replace(
                first,
                links=tuple(dict.fromkeys((*first.links, *verdict.links))),
                spared=tuple(dict.fromkeys((*first.spared, *verdict.spared))),
                severity=worse.severity,
            ),
        )

    def _unknown(self, rule: Rule, verdict: Unknown) -> None:
        self.ask(rule.id, verdict.needs, verdict.links)

    def ask(self, code: str, needs: Iterable[Need], links: tuple[str, ...]) -> None:
        """Note what is missing."""
        for need in needs:
            # One missing listing is one gap, however many rules wait for it.
            key = (need.command, "") if need.command else ("", need.text)
            known = self.gaps.get(key)
            if known is None:
                self.gaps[key] = Gap(code, need.subject, need.text, need.command, links)
            else:
                self.gaps[key] = replace(known, links=tuple(dict.fromkeys((*known.links, *links))))


def fingerprint(code: str, subjects: Iterable[str]) -> str:
    """Stable between runs and machines: the code and the subjects, no line numbers, no folders."""
    plain = [s if not s.startswith(("file:", "store:")) else s.rsplit("/", 1)[-1] for s in subjects]
    return hashlib.sha256("\n".join((code, *plain)).encode()).hexdigest()[:16]


def _finding(rule: Rule, verdict: Fails, judge: Judge, options: Options) -> Finding:
    words, deployment = page(rule.id), judge.deployment
    severity = options.tuning.severity(rule.id) or verdict.severity or words.severities[0]
    broken = [deployment.links[ident] for ident in verdict.links if ident in deployment.links]
    if rule.on is Link and broken and all(link.basis is Basis.ASSUMED for link in broken):
        severity = severity if severity is Severity.INFO else Severity.WARNING
    sentence = words.sentences["fails" if verdict.variant is None else f"fails-{verdict.variant}"]
    mark = fingerprint(rule.id, verdict.subjects)
    hint = _hint(words, verdict)
    return Finding(
        id=f"{rule.id}-{mark[:8]}",
        code=rule.id,
        name=words.name,
        severity=severity,
        confidence=verdict.confidence or words.confidence,
        title=words.title,
        message=sentence.format_map({k: "" if v is None else v for k, v in verdict.facts.items()}),
        subjects=verdict.subjects,
        primary=verdict.primary,
        related=verdict.related,
        breaks=words.breaks if verdict.breaks is None else verdict.breaks,
        links=verdict.links,
        spared=tuple(ident for ident in verdict.spared if _holds(ident, judge)),
        fix=options.fix_of(words, hint, deployment),
        hint=hint,
        fingerprint=mark,
        note=verdict.note,
        baselined=mark in options.baseline,
    )


def _holds(ident: str, judge: Judge) -> bool:
    """Whether a link lives on: one that fails of something else, or cannot be told, does not."""
    link = judge.deployment.links.get(ident)
    return link is not None and judge.judge(link).answer is True


def _hint(words: Page, verdict: Fails) -> FixHint | None:
    """What the predicate tells the builder; for a builder that needs no more, the finding itself."""
    if verdict.fix is not None or not words.fix_from_finding or words.fix_builder is None:
        return verdict.fix
    facts = {name: str(value) for name, value in verdict.facts.items() if value is not None}
    return FixHint(words.fix_builder, {**facts, "code": words.id, "subjects": "\n".join(verdict.subjects)})


def _suppress(found: list[Finding], options: Options) -> tuple[list[Finding], tuple[SuppressionUse, ...]]:
    """The findings with the site's decisions on them, and what each decision did."""
    effects = {}
    for entry in options.tuning.suppressions:
        met = [f for f in found if entry.meets(f.code, f.subjects)]
        if entry.expired(options.as_of):
            effects[entry] = Effect.EXPIRED
        elif options.tuning.is_mandatory(entry.rule):
            effects[entry] = Effect.REFUSED
        else:
            effects[entry] = Effect.USED if met else Effect.UNUSED
    usable = [entry for entry, effect in effects.items() if effect is Effect.USED]
    marked = []
    for one in found:
        decided = next((entry for entry in usable if entry.meets(one.code, one.subjects)), None)
        marked.append(replace(one, suppressed=decided) if decided is not None else one)
    return marked, tuple(SuppressionUse(entry, effect) for entry, effect in effects.items())


def _order(finding: Finding) -> tuple[int, int, str, tuple[str, ...]]:
    return (_RANK[finding.severity], -len(finding.links), finding.code, finding.subjects)


def _links(deployment: Deployment, judge: Judge, findings: Iterable[Finding]) -> tuple[LinkResult, ...]:
    results = []
    found = tuple(findings)
    for link in deployment.links.values():
        judged = judge.judge(link)
        verdict = {True: Answer3.HOLDS, False: Answer3.FAILS, None: Answer3.UNKNOWN}[judged.answer]
        because = tuple(f.id for f in found if link.id in f.links) if verdict is Answer3.FAILS else ()
        needs = tuple(
            dict.fromkeys(need.text for c in judged.conditions if c.answer is None for need in c.needs)
        )
        results.append(LinkResult(link, verdict, because, needs if verdict is Answer3.UNKNOWN else ()))
    return tuple(results)


def _verdict(findings: Iterable[Finding], links: Iterable[LinkResult], gaps: Iterable[Gap]) -> Answer3:
    results = [r for r in links if r.link.basis is Basis.CONFIGURED]
    if any(f.severity is Severity.ERROR and not f.known for f in findings) or any(
        r.verdict is Answer3.FAILS for r in results
    ):
        return Answer3.FAILS
    if any(r.verdict is Answer3.UNKNOWN for r in results) or tuple(gaps):
        return Answer3.UNKNOWN
    return Answer3.HOLDS


def _next_expiry(deployment: Deployment, as_of: datetime) -> tuple[str, int] | None:
    """The certificate in use that ends first after ``as_of``, and the days left."""
    used = {e.certificate for e in deployment.endpoints.values() if e.certificate}
    for endpoint in deployment.endpoints.values():
        for ident in (endpoint.keystore, endpoint.truststore):
            store = deployment.store(ident)
            if store is not None:
                used |= {c.certificate for c in store.connections}
    ends = []
    for ident in used:
        certificate = deployment.certificate(ident)
        if certificate is not None and certificate.not_after is not None and certificate.not_after.at > as_of:
            ends.append((certificate.not_after.at, certificate.label or certificate.id))
    if not ends:
        return None
    when, title = min(ends)
    return title, (when - as_of).days


def run(deployment: Deployment, options: Options) -> Report:
    """Everything that the rules say of this deployment; inputs and headline are the caller's to add."""
    judge = Judge(deployment, options.as_of)
    context = Context(deployment, judge, options.as_of, options.warn_days, options.number)
    collected = _Collected()
    subjects = _subjects(deployment)
    occurring = {kind for kind, found in subjects.items() if found}
    rules = [
        rule
        for rule in all_rules(occurring)
        if options.wants(rule.id, hardening=rule.hardening)
        and (rule.site is None or rule.site in options.tuning.site)
    ]
    for rule in rules:
        for subject in subjects[rule.on]:
            collected.take(rule, rule.predicate(subject, context))
    for problem in deployment.problems:
        if problem.question is not None and options.wants(problem.code):
            subject = f"file:{problem.span.path}"
            collected.ask(problem.code, (Need(subject, problem.question, None),), ())
    if not options.select:
        # A condition whose rule is not written yet still has its question.
        for link in deployment.links.values():
            for condition in judge.judge(link).conditions:
                if condition.answer is None and options.wants(condition.code):
                    collected.ask(condition.code, condition.needs, (link.id,))
    found = [_finding(rule, verdict, judge, options) for rule, verdict in collected.fails.values()]
    if options.tuning.suppressions:
        found, uses = _suppress(found, options)
        late = [rule for rule in all_rules({SuppressionUse}) if options.wants(rule.id)]
        for rule in late:
            verdicts = (rule.predicate(use, context) for use in uses)
            found += [_finding(rule, v, judge, options) for v in verdicts if isinstance(v, Fails)]
        rules += late
    findings = tuple(sorted(found, key=_order))
    asked = sorted(collected.gaps.values(), key=lambda gap: (gap.code, gap.subject, gap.needs))
    commands = apart(gap.command for gap in asked)
    gaps = tuple(replace(gap, command=text) for gap, text in zip(asked, commands, strict=True))
    links = _links(deployment, judge, findings)
    answers = [result.verdict for result in links]
    severities = [finding.severity for finding in findings if not finding.known]
    known = deployment.database
    return Report(
        as_of=options.as_of,
        verdict=_verdict(findings, links, gaps),
        inputs=(),
        endpoints=tuple(deployment.endpoints.values()),
        links=links,
        findings=findings,
        gaps=gaps,
        summary=Summary(
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            infos=severities.count(Severity.INFO),
            baselined=sum(finding.baselined for finding in findings),
            gaps=len(gaps),
            links_hold=answers.count(Answer3.HOLDS),
            links_fail=answers.count(Answer3.FAILS),
            links_unknown=answers.count(Answer3.UNKNOWN),
            rules_run=len(rules),
            certificates=sum(1 for c in known.certificates.values() if c.shown),
            keyrings=sum(1 for s in known.stores.values() if s.kind is StoreKind.KEY_RING and s.shown),
            suppressed=sum(finding.suppressed is not None for finding in findings),
        ),
        next_expiry=_next_expiry(deployment, options.as_of),
    )
