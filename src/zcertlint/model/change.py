"""Somebody's change, as it was played on a copy of the deployment: its commands, and what each did.

The words of a command are those of the job, without its secrets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import Enum

from zcertlint.model.certificate import Certificate, Moment, Owner
from zcertlint.model.store import Connection
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = [
    "Change", "DefaultMove", "Ending", "LostRow", "Missing", "Played", "Slip", "SlipKind", "Step", "Trouble",
    "unloaded",
]  # fmt: skip


class Ending(Enum):
    """What came of a command."""

    DONE = "done"
    FAILS = "fails"
    NO_EFFECT = "no effect"  # it reads, is never reached, or changes nothing of what is judged
    NOT_MODELLED = "not modelled"  # what it does is not known here, or rests on what no input shows


class Trouble(Enum):
    """Why a command fails: which rule speaks of it."""

    SYNTAX = "syntax"
    MISSING = "what it names is not there"
    EXISTS = "what it makes is there already"
    TOO_LONG = "a name is too long"
    REFUSED = "RACF refuses it"
    DEFINED = "the certificate is defined elsewhere"  # CG113
    COLLISION = "serial number and issuer are taken"  # CG116
    FOLDED = "the label was folded to upper case"  # CG108
    LINE = "the line is cut or not continued"  # CG111


class SlipKind(Enum):
    """A slip in how a command is written."""

    FOLDED = "label without apostrophes"
    NO_OWNER = "no owner"
    BEYOND = "text beyond column 72"
    CUT = "text beyond column 80"
    CONTINUATION = "broken continuation"
    SECRET = "secret in clear"  # noqa: S105 (a kind, no secret)


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip, its place, and what was written there (never a secret).

    Attributes:
        command: the words of the command that it is in; "" for a statement of JCL.
    """

    kind: SlipKind
    span: Span
    text: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """The step that runs a command.

    Attributes:
        name: of the step; "" where the commands are no job's. program: None where a procedure decides it.
        stops: whether it ends at the first command that fails (IKJEFT1A, IKJEFT1B).
    """

    name: str
    program: str | None
    span: Span
    stops: bool = False


@dataclass(frozen=True, slots=True)
class LostRow:
    """A row that a command took off a key ring (``ring`` is the id of the store)."""

    ring: str
    row: Connection


@dataclass(frozen=True, slots=True)
class DefaultMove:
    """A key ring whose DEFAULT went from one certificate to another; ids."""

    ring: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact on which the effect of a command rests, and the command that shows it."""

    subject: str
    text: str
    command: str | None


@dataclass(frozen=True, slots=True)
class Played:
    """A command and what it did.

    Attributes:
        number: its place in the change, from 1. text: its words on one line. span: its first line.
        verb, function: ``RACDCERT`` and ``CONNECT``; ``SETROPTS`` and ``RACLIST``; "" where they are not known.
        step: the step that runs it; None for commands outside a job.
        condition: why it may not be reached; "" when nothing keeps it from being run.
        effect: what it does, in plain words. reason: why it fails. trouble: which kind of failure.
        guarded: whether a condition stands on its step, met or not.
        owner, label: the certificate that it names, as RACF takes them. ring: the id of the key ring that it names.
        classes: whose profiles it changed. refreshed: classes whose profiles it loads again. unloaded: classes whose
            profiles RACF no longer keeps in storage (NORACLIST). unreached: of a command that is not run, the classes
            that it would load again.
        lost: rows that it took off key rings. gained: ids of rings and certificates that it connected.
        deleted: certificates that it deleted. keys_lost: certificates that lost their private key by it.
        made: the certificate that it made or issued again, as it is afterwards.
        signer: the certificate that signs; it is ``made`` itself for a self-signed one.
        ends: the end that the new certificate asks for. replaced: by ROLLOVER, the old certificate.
        moves: DEFAULTs that it took away. writes, reads: data sets. private: whether a private key is written.
        missing: facts on which it rests. doubts: what of its effect is believed and not confirmed.
    """

    number: int
    text: str
    span: Span
    verb: str = ""
    function: str = ""
    step: Step | None = None
    condition: str = ""
    guarded: bool = False
    ending: Ending = Ending.NOT_MODELLED
    effect: str = ""
    reason: str = ""
    trouble: Trouble | None = None
    slips: tuple[Slip, ...] = ()
    owner: Owner | None = None
    label: str | None = None
    ring: str | None = None
    classes: tuple[str, ...] = ()
    refreshed: tuple[str, ...] = ()
    unloaded: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    lost: tuple[LostRow, ...] = ()
    gained: tuple[tuple[str, str], ...] = ()
    deleted: tuple[Certificate, ...] = ()
    keys_lost: tuple[Certificate, ...] = ()
    made: Certificate | None = None
    signer: Certificate | None = None
    ends: Moment | None = None
    replaced: Certificate | None = None
    moves: tuple[DefaultMove, ...] = ()
    writes: str | None = None
    reads: str | None = None
    private: bool = False
    missing: tuple[Missing, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``RACDCERT CONNECT``."""
        return f"{self.verb} {self.function}".strip()

    @property
    def id(self) -> str:
        """What findings name: the words of the command, which are the same wherever it stands."""
        return f"command:{self.text}"

    @property
    def carried_out(self) -> bool:
        """Whether it does something, as far as that can be told."""
        return self.ending in {Ending.DONE, Ending.NOT_MODELLED}


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was played.

    Attributes:
        commands: in the order in which they are run.
        held: ids of the links that held before. broken: id of a link that failed afterwards and had not before
            -> the number of the command after which it failed (0 when that is not known). causes: ids of those
            links -> the rules that spoke right after that command.
        in_use: ids of certificates that an endpoint served before.
        slips: in how the job is written: lines, continuations, secrets.
        before: certificates as they were, by id.
    """

    commands: tuple[Played, ...]
    held: frozenset[str] = frozenset()
    broken: Mapping[str, int] = field(default_factory=dict)
    causes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_use: frozenset[str] = frozenset()
    slips: tuple[Slip, ...] = ()
    before: Mapping[str, Certificate] = field(default_factory=dict, repr=False)


def unloaded(commands: Iterable[Played]) -> frozenset[str]:
    """Classes that these commands take out of storage (NORACLIST), and do not load again."""
    off: set[str] = set()
    for played in commands:
        if played.carried_out:
            off -= set(played.refreshed)
            off |= set(played.unloaded)
    return frozenset(off)
