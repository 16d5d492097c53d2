"""The three answers of a rule."""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from zcertlint.records import dataclass
from zcertlint.text.source import Span
from zcertlint.trust.needs import Need

__all__ = ["Confidence", "Fails", "FixHint", "Holds", "Severity", "Unknown", "Verdict"]

FactValue = str | int | None


class Severity(Enum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(Enum):
    """``likely`` when a finding rests on a product's default or on a fact that is only believed."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class FixHint:
    """What a fix builder needs to know of a finding: its name in the rule book and its arguments.

    Attributes:
        builder: the builder's name, ``connect-ca``, ``renew``, ``rekey-rsa``, ``reissue-names`` …
        values: plain values (ids, host names); a builder looks everything else up in the deployment.
    """

    builder: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Holds:
    """The subject is as it should be."""

    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fails:
    """The subject is wrong.

    Attributes:
        facts: values for the placeholders of the sentence in the rule book.
        primary: where the wrong fact stands.
        related: the other side of the pair, each with a few words.
        subjects: ids of what is wrong; findings of one rule with the same subjects become one.
        severity: where the case decides; None is the rule's own.
        confidence: None is the rule's own.
        links: ids of the links that this breaks; spared: of links that it leaves alone (told where they hold).
        fix: for the fix builder, when the case has one.
        note: one more sentence, or None.
        breaks: message ids that a user would see, where they differ from the rule book's.
        variant: the sentence of the rule book to use, when a rule has several (``fails-<variant>``).
    """

    facts: Mapping[str, FactValue]
    primary: Span
    subjects: tuple[str, ...]
    related: tuple[tuple[Span, str], ...] = ()
    severity: Severity | None = None
    confidence: Confidence | None = None
    links: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    fix: FixHint | None = None
    variant: str | None = None
    note: str | None = None
    breaks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be told.

    Attributes:
        facts: values for the placeholders of the sentence.
        needs: the missing facts, each with the command that shows it.
        links: the links whose verdict waits for it.
    """

    facts: Mapping[str, FactValue]
    needs: tuple[Need, ...]
    links: tuple[str, ...] = ()


Verdict = Holds | Fails | Unknown
