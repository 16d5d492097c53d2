"""A plan: the commands that repair one or more findings, and everything that a person must know about them."""

import hashlib
from enum import Enum

from zcertlint.engine.results import Safety
from zcertlint.errors import ZcertlintError
from zcertlint.fixes.commands.base import Command, identifier
from zcertlint.fixes.patch import PatchEdit
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.datasets import DataSet
from zcertlint.records import dataclass

__all__ = [
    "ForeignCaError",
    "Guard",
    "GuardKind",
    "Plan",
    "RefusedError",
    "Stage",
    "Step",
    "When",
    "needs",
    "plan_key",
]


class RefusedError(ZcertlintError):
    """A builder cannot make a plan; the reason is the text, and ``advice`` says what to do by hand."""

    def __init__(self, reason: str, advice: tuple[str, ...] = ()) -> None:
        """Keep the advice beside the reason."""
        self.advice = advice
        super().__init__(reason)


class ForeignCaError(RefusedError):
    """The CA that issued a certificate cannot sign in RACF; the certificate's own key is there."""


class GuardKind(Enum):
    """What must be so before a plan's commands run."""

    NO_DATA_SET = "the data set does not exist"
    DATA_SET = "the data set exists"
    NO_LABEL = "the label is not in use"
    LABEL = "the label is in use"

    @property
    def code(self) -> int:
        """The return code with which the question ends when it is so."""
        return 0 if self in {GuardKind.DATA_SET, GuardKind.LABEL} else 4

    @property
    def other(self) -> int:
        """The return code with which it ends when it is not."""
        return 4 - self.code


@dataclass(frozen=True, slots=True)
class Guard:
    """A question that the job asks before it changes anything.

    Attributes:
        subject: a data set name; for labels, the words about the label in the comment.
        command: for labels, the LIST command; else None.
        there: what it means that it is there, and what to do then; "" where nothing is to be said.
    """

    kind: GuardKind
    subject: str
    command: Command | None = None
    there: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Commands of which each needs the one before; the step ends at the first that does not end with 0.

    Attributes:
        guards: of this step alone: where one is not met, the step is left out. Where it is the first, those behind go
            on: so what a job that has stopped half-way has made is kept, and the job can be submitted again.
    """

    note: str
    commands: tuple[Command, ...]
    guards: tuple[Guard, ...] = ()


class When(Enum):
    """When the job of a later day may run; the value is a part of its file's name."""

    ANSWER = "after-answer"
    SOAK = "after-soak"

    @property
    def file(self) -> str:
        """The name of the job."""
        return f"apply-2-{self.value}.jcl"

    @property
    def words(self) -> str:
        """When, in a sentence."""
        if self is When.ANSWER:
            return "when the CA has answered, and its answer is in the data set that the job names"
        return "when all has been well for some days, with every restart done"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a job of a later day does for a plan.

    Attributes:
        assumes: what the data sets hold by then, that somebody else brings: the rehearsal takes it so.
        again: what to do when its job has stopped half-way.
    """

    when: When
    steps: tuple[Step, ...]
    guards: tuple[Guard, ...] = ()
    assumes: tuple[DataSet, ...] = ()
    again: str = ""

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command, in order."""
        return tuple(command for step in self.steps for command in step.commands)


@dataclass(frozen=True, slots=True)
class Plan:
    """What repairs one or more findings.

    Attributes:
        key: seven characters that name the plan in data set names; the same plan has the same key.
        builder: the builder that made it.
        findings: ids of the findings that it was made for.
        title: what it does, in one line. why: why that is the remedy.
        guards, steps: the job. proof: read-only commands that show the result.
        backout: the way back. lost: what no command brings back, and why.
        reasons: why it is not ``ready``.
        restart: what must be restarted. proves: the reading that proves what is only believed.
        patches: edits of the zowe.yaml. advice: what a person does besides.
        moved: (old, new) ids: findings of the old one may go on under the new one.
        later: jobs of a later day; ``backout`` undoes them too. patch_after: the one that the patches wait for.
        again: what to do when the job has stopped half-way; "" where gathering the listings again and planning the
            rest will do.
        stays: what the jobs leave behind, where another product's commands leave other things than the steps do; else
            None.
        refused: why there is no plan; then everything else but ``findings`` and ``advice`` is empty.
    """

    key: str
    builder: str
    findings: tuple[str, ...]
    title: str
    why: str
    safety: Safety
    guards: tuple[Guard, ...] = ()
    steps: tuple[Step, ...] = ()
    proof: tuple[Command, ...] = ()
    backout: tuple[Step, ...] = ()
    backout_guards: tuple[Guard, ...] = ()
    lost: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()
    proves: str | None = None
    patches: tuple[PatchEdit, ...] = ()
    advice: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    later: tuple[Stage, ...] = ()
    patch_after: When | None = None
    again: str = ""
    stays: tuple[str, ...] | None = None
    refused: str | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command, in order."""
        return tuple(command for step in self.steps for command in step.commands)

    @property
    def waits(self) -> bool:
        """Whether the first job is only a question, so that nothing is restarted before the second."""
        return any(stage.when is When.ANSWER for stage in self.later)


def plan_key(*parts: str) -> str:
    """A qualifier of a data set name that is the same whenever the parts are."""
    return "Z" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:6].upper()


def _pairs(command: Command) -> list[tuple[object, object]]:
    """(owner, label) pairs that the command names."""
    owner: object = getattr(command, "owner", Owner(OwnerKind.CERTAUTH))
    return [(owner, getattr(command, "label", None)), (owner, getattr(command, "new_label", None))]


def _idents(pairs: list[tuple[object, object]]) -> set[str]:
    return {
        identifier(kind, label) for kind, label in pairs if isinstance(kind, Owner) and isinstance(label, str)
    }


def needs(later: Plan, earlier: Plan) -> bool:
    """Whether a plan names a certificate, as its own or as a signer, that an earlier plan makes or changes."""
    made: set[str] = set()
    for command in earlier.commands:
        if "DIGTCERT" in command.refresh:
            made |= _idents(_pairs(command))
    used: set[str] = set()
    for command in later.commands:
        signer = (getattr(command, "signer", None), getattr(command, "signer_label", None))
        used |= _idents([*_pairs(command), signer])
    return not made.isdisjoint(used)
