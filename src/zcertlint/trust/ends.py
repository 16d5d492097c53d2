"""How a walk may end: the reasons, and the result that carries one."""

from enum import Enum

from zcertlint.model.certificate import Certificate
from zcertlint.model.store import Connection
from zcertlint.records import dataclass
from zcertlint.trust.issue import Edge

__all__ = ["ChainReason", "ChainResult"]


class ChainReason(Enum):
    """Why a chain holds, fails, or cannot be told."""

    ANCHORED = "the chain ends in the trust store"
    LEAF_TRUSTED = "the server's certificate itself is in the trust store"
    NOT_JUDGED = "the client's trust store is outside of this deployment"
    NO_ANCHOR = "nothing in the trust store issued it"
    SELF_SIGNED = "it is self-signed and not in the trust store"
    NOTRUST = "its only anchor has status NOTRUST"
    OTHER_KEY = "the CA of that name in the trust store has another key"
    ANCHOR_EXPIRED = "its only anchor has expired"
    CA_EXPIRED = "a CA of the chain has expired"
    CANNOT_SIGN = "an issuer of the chain is no CA"
    CA_NOT_BEGUN = "a CA of the chain is not valid yet"
    PATH_LENGTH = "a CA of the chain allows fewer CAs below it"
    NAME_EXCLUDED = "a CA of the chain does not allow a name of a certificate below it"
    BROKEN_SIGNATURE = "a certificate is not signed by the very key that it names as its issuer's"
    NOT_SENT = "the server does not send an intermediate that the client lacks"
    SAME_SUBJECT = "leaf and issuer have one subject name"
    STORE_MISSING = "the trust store does not exist"
    STORE_EMPTY = "the trust store is empty"
    STORE_NOT_SHOWN = "no input shows the trust store"
    CONTENTS_NOT_SHOWN = "an entry of the trust store is not shown"
    ISSUER_UNSURE = "a CA of that name is there, but it cannot be told whether it is the one"
    SENT_NOT_SHOWN = "no input shows what the server sends"
    LEAF_NOT_SHOWN = "no input shows the server's certificate"
    SELF_SIGNED_UNSURE = "it bears its issuer's name, and it cannot be told whether it signed itself"
    STATUS_NOT_SHOWN = "no input shows whether RACF trusts a CA of the chain"
    TIME_ZONE = "a CA ends within the time zone of its listing"
    SIGNER_UNSURE = "no input shows whether an issuer is a CA"
    RESTRICTED = "a certificate of the chain is restricted in a way that is not judged"
    TOO_LONG = "the chain is longer than anyone builds"


_HOLDS = {ChainReason.ANCHORED, ChainReason.LEAF_TRUSTED, ChainReason.NOT_JUDGED}
_FAILS = {
    ChainReason.NO_ANCHOR, ChainReason.SELF_SIGNED, ChainReason.NOTRUST, ChainReason.OTHER_KEY,
    ChainReason.ANCHOR_EXPIRED, ChainReason.CA_EXPIRED, ChainReason.CANNOT_SIGN, ChainReason.NOT_SENT,
    ChainReason.SAME_SUBJECT, ChainReason.STORE_MISSING, ChainReason.STORE_EMPTY, ChainReason.CA_NOT_BEGUN,
    ChainReason.PATH_LENGTH, ChainReason.NAME_EXCLUDED, ChainReason.BROKEN_SIGNATURE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChainResult:
    """How the walk ended.

    Attributes:
        path: from the leaf to where it ended.
        culprit: the certificate that the reason is about (the expired CA, the namesake, the unsure CA).
        issuer: the known certificate that would have to be trusted or sent; of a NAME_EXCLUDED, the one whose name
            is not allowed.
        edge: why the culprit is unsure.
        missing: entries of a store whose certificates no input shows.
        believed: True when the verdict rests on a check that is not confirmed.
    """

    reason: ChainReason
    path: tuple[Certificate, ...]
    culprit: Certificate | None = None
    issuer: Certificate | None = None
    edge: Edge | None = None
    missing: tuple[Connection, ...] = ()
    believed: bool = False

    @property
    def answer(self) -> bool | None:
        """True: holds; False: fails; None: cannot be told."""
        return True if self.reason in _HOLDS else False if self.reason in _FAILS else None
