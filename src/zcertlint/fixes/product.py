"""The change for ACF2 or Top Secret: its commands in their words, and never ``ready``.

What the rehearsal plays are RACF's effects. A plan with a command whose equivalent is not known is told, not written.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.reads import refreshes
from zcertlint.fixes.dialects import Product, Translation, translate
from zcertlint.fixes.jcl import command_step, comment, condition, end_if, idcams_step, job_lines
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.plan import GuardKind, Plan
from zcertlint.records import dataclass

__all__ = ["PRODUCT_NAMES", "for_product", "product_files", "translations"]

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
    return replace(plan, safety=made.safety(plan.safety), reasons=(*plan.reasons, told, *notes), again="")


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
        back = [command for step in plan.backout for command in step.commands]
        made = names.settle(translate((*back, *refreshes(back)), product))
        lost += [f"by a command that is known: {text}" for text in made.refused]
        lines += ["//*", *comment(f"undo: {plan.title}", f"B{number}: ")]
        if made.commands and back:
            lines += command_step(f"B{number}S1", made.commands, mark=options.delimiter)
    told = [f"What it cannot bring back: {text}" for text in lost]
    return job_lines(options.job, [*_head("backout.jcl", options, product, [*told, *names.told]), *lines])
