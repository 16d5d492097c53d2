"""What one input says, as a reader hands it on."""

from dataclasses import field
from enum import Enum

from zcertlint.model.certificate import Certificate, Owner, TrustStatus
from zcertlint.model.names import Name
from zcertlint.model.policy import Policy
from zcertlint.model.security import Security
from zcertlint.model.settings import Settings
from zcertlint.model.store import Store
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Answer", "AnswerKind", "Facts", "NameFilter", "Problem", "Unread"]


class AnswerKind(Enum):
    """What stood in place of a listing, or how far a listing reaches."""

    DENIED = "not authorized"  # IRRD101I: proves nothing about existence
    NO_CERTIFICATES = "owner has no certificates"  # IRRD105I
    NO_SUCH_CERTIFICATE = "no such certificate"  # IRRD107I
    NO_SUCH_RING = "ring does not exist"  # IRRD114I
    NO_RINGS = "user has no rings"  # IRRD115I
    ALL_RINGS = "all rings of the owner"  # an echoed LISTRING(*) that was answered
    ALL_CERTIFICATES = "all certificates of the owner"  # an echoed LIST without label that was answered
    TRUNCATED = "cut listing"  # nothing was concluded from it
    NO_SUCH_PROFILE = "profile does not exist"  # ICH13003I
    NO_SUCH_USER = "user does not exist"  # ICH30001I
    NO_SUCH_GROUP = "group does not exist"
    NO_ENTRIES = "no profile matches"  # ICH31005I
    NO_MAPPINGS = "owner has no name filters"
    ALL_MAPPINGS = "all name filters of the owner"  # an echoed LISTMAP without label that was answered


@dataclass(frozen=True, slots=True)
class Answer:
    """A message instead of a listing, or the proof that a listing is complete.

    Attributes:
        kind: what it says.
        owner: whose listing was asked for; None when the transcript does not tell.
        name: the ring, label, user or profile (``CLASS/NAME``) that was asked for, if one.
        message: the message id (``IRRD101I``) or "".
        command: the command that was answered, as echoed; None without an echo.
        span: where it stands.
        function: ``LIST``, ``LISTRING``, ``LISTMAP`` … or "".
    """

    kind: AnswerKind
    owner: Owner | None
    name: str | None
    message: str
    command: str | None
    span: Span
    function: str = ""


@dataclass(frozen=True, slots=True)
class NameFilter:
    """A certificate name filter (RACDCERT MAP), as LISTMAP shows it.

    Attributes:
        user: the user ID that it leads to; None for MULTIID.
        label, status: as printed. issuer, subject: the filters; None where absent (``><``).
        criteria: of a MULTIID filter.
        names: of a database unload (record 0508), which does not tell subject and issuer apart: the subject's
            filter, the issuer's, or both joined by a period. ``issuer`` and ``subject`` are then not known.
    """

    user: str | None
    label: str
    status: TrustStatus | None
    issuer: Name | None
    subject: Name | None
    criteria: str | None
    span: Span
    names: Name | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an input that could not be used; ends with exit code 2 unless ``fatal`` is False.

    Attributes:
        code: the rule that reports it: ``IN001`` (unreadable), ``IN002`` (truncated), ``IN007`` (private
            key) …
        expected: what was expected there, in plain words. hint: what to do.
        question: what stays open because of it, when something does.
        about: id of the certificate whose record is cut: another input that shows it whole makes up for it.
    """

    code: str
    span: Span
    expected: str
    hint: str
    fatal: bool = True
    question: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line inside a recognised listing that was not understood."""

    span: Span


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one input says.

    Attributes:
        kind: a short name of the input's kind, in a user's words (``RACDCERT transcript``, ``zowe.yaml``).
        certificates: as shown; one certificate may occur several times.
        stores: key rings and file stores with their contents.
        filters: certificate name filters.
        answers: messages instead of listings, and proofs of completeness.
        zowe: the tree of a zowe.yaml. zosmf: z/OSMF's settings, flat (``jwksUri``, ``keyring`` …).
        config: the tree of a zcertlint.yaml.
        problems: what could not be read.
        unread: lines inside recognised listings that were not understood.
        lines: (understood, known noise, not understood); their sum is the number of lines of the input.
        security: profiles, users, classes, addresses.
        marks: one byte for each line of the input: 0 noise, 1 understood, 2 not understood; empty from a reader
            that reads the whole file (then ``lines`` counts). Where several readers share a file, a line that one
            of them understands is understood.
        unload: True for a database unload: its dates may be in another time zone than a listing's.
        cut: key rings whose listing was cut, not shown, with the rows that are left of it.
        policies: Policy Agent files.
        undecided: characters of names in an EBCDIC file that is read as a stream which its code page leaves open.
    """

    kind: str
    path: str
    certificates: tuple[Certificate, ...] = ()
    stores: tuple[Store, ...] = ()
    filters: tuple[NameFilter, ...] = ()
    answers: tuple[Answer, ...] = ()
    zowe: Settings | None = None
    zosmf: Settings | None = None
    config: Settings | None = None
    problems: tuple[Problem, ...] = ()
    unread: tuple[Unread, ...] = field(default=(), repr=False)
    lines: tuple[int, int, int] = (0, 0, 0)
    security: Security | None = None
    marks: bytes = field(default=b"", repr=False)
    unload: bool = False
    cut: tuple[Store, ...] = ()
    policies: tuple[Policy, ...] = ()
    undecided: frozenset[str] = frozenset()
