"""What is found out about one link: its conditions, each with its answer."""

from enum import Enum

from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Link
from zcertlint.records import dataclass
from zcertlint.trust.ends import ChainResult
from zcertlint.trust.names import NameMatch
from zcertlint.trust.needs import Need
from zcertlint.trust.selection import Selection

__all__ = ["Aspect", "Condition", "LinkJudgement"]


class Aspect(Enum):
    """What a condition is about."""

    SETTINGS = "the settings of the link"
    CERTIFICATE = "the server's certificate is chosen"
    KEY = "its private key is there"
    STATUS = "RACF trusts it"
    DATES = "it is valid now"
    USAGE = "it may serve"
    CHAIN = "its chain ends in the client's trust store"
    NAME = "it names the host"
    CLIENT = "the client's certificate is accepted"
    ACCESS = "its user may read its key ring"
    PROTOCOL = "both sides share a TLS version and a cipher suite"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a link.

    Attributes:
        answer: True, False, or None when it cannot be told.
        code: the rule that speaks when it is not met.
        needs: what would tell, when it cannot be told.
        believed: True when a False rests on a check that is only believed: the finding is *likely*.
    """

    aspect: Aspect
    answer: bool | None
    code: str
    needs: tuple[Need, ...] = ()
    believed: bool = False


@dataclass(frozen=True, slots=True)
class LinkJudgement:
    """Everything that was found out about one link.

    Attributes:
        conditions: each with its answer; the link is their conjunction.
        certificate: the server's certificate, when it can be told and is shown; None where AT-TLS serves.
        selection: how the server chooses it. chain, name: how the walk and the name check ended; None when
            the client does not make that check.
        weakly_signed: ids of the certificates of the chain whose signature this client refuses.
        client_chain: how the server's walk over the client's certificate ended, where it asks for one.
    """

    link: Link
    conditions: tuple[Condition, ...]
    certificate: Certificate | None
    selection: Selection | None
    chain: ChainResult | None
    name: NameMatch | None
    client_chain: ChainResult | None
    weakly_signed: tuple[str, ...] = ()

    @property
    def answer(self) -> bool | None:
        """The conjunction: False if one fails, True if all hold, else None."""
        answers = [condition.answer for condition in self.conditions]
        return False if False in answers else None if None in answers else True

    @property
    def causes(self) -> tuple[str, ...]:
        """The rules of the conditions that are not met, in their order."""
        return tuple(sorted({condition.code for condition in self.conditions if condition.answer is False}))

    def failing(self, code: str) -> Condition | None:
        """The condition of this rule that is not met."""
        return next((c for c in self.conditions if c.code == code and c.answer is False), None)

    def open(self, code: str) -> Condition | None:
        """The condition of this rule that cannot be told."""
        return next((c for c in self.conditions if c.code == code and c.answer is None), None)
