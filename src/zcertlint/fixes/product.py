"""The change for ACF2 or Top Secret: its commands in their words, and never ``ready``.

What the rehearsal plays are RACF's effects. A plan with a command whose equivalent is not known is told, not written.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from zcertlint.fixes.commands.add import Add
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.issue import GencertFromRequest
from zcertlint.fixes.commands.reads import refreshes
from zcertlint.fixes.commands.rings import Connect, Remove
from zcertlint.fixes.dialects import Product, Translation, translate
from zcertlint.fixes.dialects.translation import renewals
from zcertlint.fixes.jcl import command_step, comment, condition, end_if, idcams_step, job_lines
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import GuardKind, Plan
from zcertlint.fixes.quote import shown
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = ["PRODUCT_NAMES", "advice_for", "for_product", "limit_of", "product_files", "translations"]

# Words of steps that only RACF has: commands, the data sets that they write, what their listings print.
_RACF_STEPS = lazy(
    r"\b(?:RACDCERT|SETROPTS|GENREQ|GENCERT|REKEY|LISTCHAIN|RLIST|LISTUSER|IRRD\d+I|Private Key)\b|\.CSR\b"
)

PRODUCT_NAMES = {Product.ACF2: "ACF2", Product.TSS: "Top Secret"}


def for_product(plan: Plan, product: Product | None) -> Plan | str:
    """The plan with the safety that it has there; or why it cannot be said to the product."""
    if product is None or not plan.steps:
        return plan
    made = translate(_changes(plan), product)
    name = PRODUCT_NAMES[product]
    if plan.later:
        return f"for {name}: it takes a second job on a later day, whose commands are not known well enough"
    if made.refused:
        return f"for {name}: {'; '.join(made.refused)}"
    told = f"the rehearsal plays the effects of RACF; those of {name} are for its administrator to judge"
    notes = (note.rstrip(".") for note in made.notes)
    reasons = (text.replace("that RACF keeps", f"that {name} keeps") for text in plan.reasons)
    back = _undo(plan)
    known = any(translate((command,), product).commands for command in back)
    return replace(
        plan,
        safety=made.safety(plan.safety),
        reasons=tuple(dict.fromkeys((*reasons, told, *notes))),
        proves=_proves(plan, product),
        advice=advice_for(plan.advice, product),
        backout=plan.backout if known else (),
        lost=_lost(plan, back, product),
        again="",
        stays=_stays(plan),
    )


def advice_for(advice: tuple[str, ...], product: Product | None) -> tuple[str, ...]:
    """What a person does besides; steps that are RACF's are not those of another product."""
    if product is None or not any(_RACF_STEPS.search(line) for line in advice):
        return advice
    name = PRODUCT_NAMES[product]
    rest = tuple(line for line in advice if not _RACF_STEPS.search(line) and not line[:1].isdigit())
    return (
        *rest,
        f"The steps that zcertlint knows are RACF's (--product racf shows them); {name} has its own.",
    )


def limit_of(reason: str, product: Product | None) -> str:
    """Why there is no plan; what RACF cannot do, another product may."""
    if product is None or reason.startswith(f"for {PRODUCT_NAMES[product]}") or "RACDCERT" not in reason:
        return reason
    return f"{reason} (so it is with RACF; what {PRODUCT_NAMES[product]} can do is not known to zcertlint)"


def _undo(plan: Plan) -> tuple[Command, ...]:
    """The commands of the way back, without what serves RACF's renewal: RENEW has left the key rings alone."""
    renewed = {(one.owner, one.label) for one in plan.commands if isinstance(one, GencertFromRequest)}
    return tuple(
        command
        for step in plan.backout
        for command in step.commands
        if not (isinstance(command, Connect) and (command.owner, command.label) in renewed)
    )


def _stays(plan: Plan) -> tuple[str, ...]:
    """What the commands leave behind that are carried over."""
    nothing = Database({}, {})
    return tuple(dict.fromkeys(text for one in renewals(plan.commands) for text in one.leaves(nothing)))


def _lost(plan: Plan, back: Sequence[Command], product: Product) -> tuple[str, ...]:
    """What no command brings back that is known for the product."""
    name = PRODUCT_NAMES[product]
    lost = [text for text in plan.lost if "RACF" not in text and "RACDCERT" not in text]
    renewed = [one for one in plan.commands if isinstance(one, GencertFromRequest)]
    if renewed and not lost:
        place = f"{renewed[0].owner} '{shown(renewed[0].label)}'"
        lost.append(
            f"{place} as it was: no command of {name} is known that goes back to the older certificate"
        )
    for command in back:
        if not translate((command,), product).refused or isinstance(command, Add):
            continue
        if isinstance(command, Remove):
            ring = f"{command.ring_owner}/{shown(command.ring)}"
            place = f"{command.owner} '{shown(command.label)}' stays on {ring}"
            lost.append(f"{place}: no command of {name} that takes it off is known to zcertlint")
        else:
            lost.append(f"what {text_of(command)} undoes with RACF: no command of {name} is known for it")
    return tuple(dict.fromkeys(lost))


def _proves(plan: Plan, product: Product) -> str | None:
    """What must be seen, in the listings of the product."""
    if plan.proves is None:
        return None
    name = PRODUCT_NAMES[product]
    renewed = next((one for one in plan.commands if isinstance(one, GencertFromRequest)), None)
    if renewed is None:
        return f"In the listings of {name}, what RACF shows thus: {plan.proves}"
    place = f"{renewed.owner} '{shown(renewed.label)}'"
    return (
        f"verify.jcl must show {place} with its private key, trusted, on the same key rings and with the end"
        f" {renewed.not_after}. If it does not: do not restart anything."
    )


def translations(plans: Sequence[Plan], product: Product | None) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The commands of each plan in the words of the product, as the jobs have them."""
    if product is None:
        return tuple(tuple(command.render() for command in plan.commands) for plan in plans)
    names = _Names()
    return tuple(names.settle(translate(_changes(plan), product)).commands for plan in plans)


@dataclass(slots=True)
class _Names:
    """One placeholder for one meaning, in all plans together: each translation counts from 1."""

    known: dict[str, str] = field(default_factory=dict)

    def settle(self, made: Translation) -> Translation:
        """The translation with its placeholders numbered through."""
        new: dict[str, str] = {}
        for one in made.placeholders:
            stem = one.text.rstrip("0123456789")
            text = self.known.setdefault(
                one.meaning, f"{stem}{len(self.known) + 1:0{len(one.text) - len(stem)}d}"
            )
            new[one.text] = text

        def word(text: str) -> str:
            return (
                re.sub("|".join(map(re.escape, new)), lambda found: new[found.group()], text) if new else text
            )

        commands = tuple(tuple(map(word, words)) for words in made.commands)
        return replace(made, commands=commands)

    @property
    def told(self) -> list[str]:
        """What a person replaces before the job is submitted."""
        return [f"Replace {text}: {meaning}." for meaning, text in self.known.items()]


def _changes(plan: Plan) -> tuple[Command, ...]:
    """The commands of a plan and the refreshes behind them."""
    return (*plan.commands, *refreshes(plan.commands))


def product_files(plans: Sequence[Plan], options: FixOptions) -> dict[str, str]:
    """The three jobs."""
    product = options.product
    if not plans or product is None:
        return {}
    names = _Names()
    return {
        "apply.jcl": _apply(plans, options, product, names),
        "verify.jcl": _verify(plans, options, product, names),
        "backout.jcl": _backout(plans, options, product, names),
    }


def _head(name: str, options: FixOptions, product: Product, texts: Iterable[str]) -> list[str]:
    title = f"{name} for {PRODUCT_NAMES[product]}"
    first = f"{title}, made by {options.command} for {options.as_of:%Y-%m-%d}. Read PLAN.md first."
    return [line for text in (first, *texts) for line in comment(text)]


def _apply(plans: Sequence[Plan], options: FixOptions, product: Product, names: _Names) -> str:
    lines: list[str] = []
    for number, plan in enumerate(plans, 1):
        made = names.settle(translate(_changes(plan), product))
        lines += ["//*", *comment(f"{plan.title} ({plan.safety.value})", f"P{number}: ")]
        sets = [guard.subject for guard in plan.guards if guard.kind is GuardKind.DATA_SET]
        for count, name in enumerate(sets, 1):
            lines += [*comment("0 = this data set is there", f"P{number}G{count}: ")]
            lines += idcams_step(f"P{number}G{count}", name, options.delimiter)
        if sets:
            terms = [f"P{number}G{count}.RC = 0" for count in range(1, len(sets) + 1)]
            lines += condition(f"P{number}I1", terms)
        lines += comment("; ".join(_notes(plan)), f"P{number}S1: ")
        lines += command_step(f"P{number}S1", made.commands, mark=options.delimiter)
        lines += [end_if(f"P{number}X1")] if sets else []
    head = _head("apply.jcl", options, product, ["Look at each part before you submit it.", *names.told])
    return job_lines(options.job, [*head, *lines])


def _verify(plans: Sequence[Plan], options: FixOptions, product: Product, names: _Names) -> str:
    proof = list({text_of(command): command for plan in plans for command in plan.proof}.values())
    made = names.settle(translate(proof, product))
    step = command_step("V1", made.commands, goes_on=True, mark=options.delimiter) if made.commands else []
    return job_lines(
        options.job, [*_head("verify.jcl", options, product, ["Reads only.", *names.told]), *step]
    )


def _backout(plans: Sequence[Plan], options: FixOptions, product: Product, names: _Names) -> str:
    lines: list[str] = []
    lost = list(dict.fromkeys(text for plan in plans for text in plan.lost))
    for number, plan in reversed(list(enumerate(plans, 1))):
        back = _undo(plan)
        made = names.settle(translate((*back, *refreshes(back)), product))
        known = any(translate((command,), product).commands for command in back)
        lines += ["//*", *comment(f"undo: {plan.title}", f"B{number}: ")]
        if known:
            notes = [step.note for step in plan.backout if any(one in back for one in step.commands)]
            lines += comment("; ".join(notes), f"B{number}S1: ")
            lines += command_step(f"B{number}S1", made.commands, mark=options.delimiter)
        else:
            lines += comment(
                "no command: what stays is said in the first lines" if plan.lost else "nothing to undo"
            )
    told = [f"What it cannot bring back: {text}." for text in lost]
    return job_lines(options.job, [*_head("backout.jcl", options, product, [*told, *names.told]), *lines])


def _notes(plan: Plan) -> list[str]:
    """What the steps do whose commands are carried over."""
    kept = renewals(plan.commands)
    found = []
    for step in plan.steps:
        if any(isinstance(one, GencertFromRequest) for one in step.commands):
            found.append("renew it")
        elif any(one in kept for one in step.commands):
            found.append(step.note)
    return found
