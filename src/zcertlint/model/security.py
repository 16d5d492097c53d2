"""What the security product says beside certificates and rings: profiles, classes, users, denials, addresses.

Everything that an input may leave out is None there; ``None`` never means "no". An attribute that an input
shows to be absent is :data:`~zcertlint.model.certificate.Absent.ABSENT` or an empty tuple.
"""

from collections.abc import Sequence
from dataclasses import field
from enum import Enum

from zcertlint.model.certificate import Absent
from zcertlint.model.crowd import Crowd
from zcertlint.model.names import Name
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = [
    "Access", "ClassOptions", "Denial", "Group", "Home", "HomeList", "IdentityMap", "Level", "Profile",
    "Search", "Security", "Signon", "Started", "User",
]  # fmt: skip


class Level(Enum):
    """A level of access; each holds what stands before it."""

    NONE = "NONE"
    EXECUTE = "EXECUTE"
    READ = "READ"
    UPDATE = "UPDATE"
    CONTROL = "CONTROL"
    ALTER = "ALTER"

    def covers(self, wanted: "Level") -> bool:
        """Whether this level is enough where ``wanted`` is asked for."""
        order = tuple(Level)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class Access:
    """One entry of an access list.

    Attributes:
        who: a user ID or group, ``*`` (every defined user) or ``&RACUID``.
        level: None when the word there is no level of access.
        condition: of a conditional list, class and name (``PROGRAM IRRDBU00``); None in the standard list.
    """

    who: str
    level: Level | None
    span: Span
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Signon:
    """The SSIGNON segment of a PTKTDATA profile.

    Attributes:
        form: how the key is kept: ``KEYMASKED``, ``KEYENCRYPTED``, ``KEYLABEL``, ``EPTKEYLABEL`` … as printed.
        label: the label of a key in ICSF, when shown. kind: TYPE, seconds: TIMEOUT, replay: REPLAY(YES).
    """

    form: str | None
    label: str | None = None
    kind: str | None = None
    seconds: int | None = None
    replay: bool | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The STDATA segment of a STARTED profile: the identity of a started task (``=MEMBER`` as printed)."""

    user: str | None
    group: str | None = None
    trusted: bool | None = None
    privileged: bool | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A general resource profile (RLIST, or records 05xx of an unload).

    Attributes:
        class_name, name: as printed; a generic name holds ``*``, ``**`` or ``%``.
        generic: whether it is shown as generic (``(G)``).
        owner, universal: the owner, and the universal access (UACC).
        warning: WARNING mode (every access is granted and logged).
        app_data: APPLICATION DATA; ABSENT when shown as NONE.
        access: the standard access list; () when shown to be empty; None when not shown (RLIST without ALL or
            AUTHUSER). conditional: the conditional list, likewise.
        members: of a grouping class. grouped: the grouping class through which it was found (RLIST).
        signon, started: segments; ABSENT when the input shows that there is none.
        asked: the resources, upper case, for which RLIST was asked when it answered with this generic profile: of
            those that cover them, it is the one that decides.
    """

    class_name: str
    name: str
    span: Span
    generic: bool | None = None
    owner: str | None = None
    universal: Level | None = None
    warning: bool | None = None
    app_data: str | Absent | None = None
    access: tuple[Access, ...] | None = None
    conditional: tuple[Access, ...] | None = None
    members: tuple[str, ...] | None = None
    grouped: str | None = None
    signon: Signon | Absent | None = None
    started: Started | Absent | None = None
    asked: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The contract's identifier: ``profile:RDATALIB/ZWESVUSR.ZOWEKEYRING.LST``."""
        return f"profile:{self.class_name}/{self.name}"


@dataclass(frozen=True, slots=True)
class ClassOptions:
    """The class lists of SETROPTS LIST; a list that is not shown is None.

    Attributes:
        active: ACTIVE CLASSES. raclist: SETR RACLIST CLASSES. generic: GENERIC PROFILE CLASSES.
        global_raclist: GLOBAL=YES RACLIST ONLY. generic_commands: GENERIC COMMAND CLASSES.
        global_checking: GLOBAL CHECKING CLASSES.
        group_lists: LIST OF GROUPS ACCESS CHECKING: whether every group of a user counts, not only the current one.
    """

    span: Span
    active: frozenset[str] | None = None
    raclist: frozenset[str] | None = None
    generic: frozenset[str] | None = None
    generic_commands: frozenset[str] | None = None
    global_checking: frozenset[str] | None = None
    global_raclist: frozenset[str] | None = None
    group_lists: bool | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A user ID (LISTUSER, or records 02xx of an unload).

    Attributes:
        attributes: what stands after ATTRIBUTES= (``SPECIAL``, ``REVOKED``, ``PROTECTED`` …), () for NONE.
        revoked: whether the user cannot log on now; None when a date decides or nothing shows it.
        protected: whether it has no password and no phrase.
        default_group: the default group. groups: every group that it is connected to.
        revoked_groups: those of them to which the connection is revoked; dated_groups: those where a date decides.
        uid: of the OMVS segment; ABSENT when there is no segment or no UID is shown in it.
    """

    id: str
    span: Span
    name: str | None = None
    owner: str | None = None
    attributes: frozenset[str] | None = None
    revoked: bool | None = None
    protected: bool | None = None
    default_group: str | None = None
    groups: tuple[str, ...] | None = None
    uid: int | Absent | None = None
    revoked_groups: tuple[str, ...] = ()
    dated_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group (LISTGRP, or records 01xx of an unload); ``gid`` as ``uid`` of a user."""

    id: str
    span: Span
    gid: int | Absent | None = None
    users: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """The answer to SEARCH CLASS(...): the profiles of a class.

    Attributes:
        names: as printed, without the ``(G)``; generic: those that had one.
        complete: whether every profile of the class that the submitter may see is there: no FILTER, MASK or other
            limit in the echoed command, and the answer not cut.
    """

    class_name: str
    names: tuple[str, ...]
    generic: frozenset[str]
    complete: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Denial:
    """A refusal in a log (ICH408I and the like).

    Attributes:
        message: its id. user, group: who was refused; None for one without a user.
        resource, class_name: what was refused; intent, allowed: the access asked for, and had.
        serial, subject, issuer: of a certificate that leads to no user.
    """

    message: str
    span: Span
    user: str | None = None
    group: str | None = None
    resource: str | None = None
    class_name: str | None = None
    intent: Level | None = None
    allowed: Level | None = None
    reason: str | None = None
    serial: str | None = None
    subject: Name | None = None
    issuer: Name | None = None


@dataclass(frozen=True, slots=True)
class IdentityMap:
    """A distributed identity filter (RACMAP; records 0209 and 0509): ``name`` of ``registry`` is ``user``."""

    user: str
    label: str
    name: str | None
    registry: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Home:
    """One address of a TCP/IP stack (NETSTAT HOME).

    Attributes:
        address: as text, IPv6 in its short form. interface: LinkName or IntfName.
        flags: as printed (``Primary``, ``Internal`` …). kind: the Type of an IPv6 address (``Global`` …).
    """

    address: str
    interface: str | None
    span: Span
    flags: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class HomeList:
    """The home addresses of one stack; ``complete`` unless the report is cut."""

    stack: str | None
    addresses: tuple[Home, ...]
    complete: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Security:
    """Everything of this module that one input, or all inputs together, show.

    Attributes:
        users: each once; of an unload a :class:`~zcertlint.model.crowd.Crowd`, so ask :meth:`user` for one.
        unload: the place of a database unload that holds users and general resources: then a user or group that
            it does not show does not exist, nor does a profile of the classes in ``unload_classes``.
        unload_classes: the classes of which it shows every profile.
    """

    profiles: tuple[Profile, ...] = field(default=(), repr=False)
    classes: tuple[ClassOptions, ...] = ()
    users: Sequence[User] = field(default=(), repr=False)
    groups: tuple[Group, ...] = field(default=(), repr=False)
    searches: tuple[Search, ...] = field(default=(), repr=False)
    denials: tuple[Denial, ...] = field(default=(), repr=False)
    identity_maps: tuple[IdentityMap, ...] = field(default=(), repr=False)
    homes: tuple[HomeList, ...] = field(default=(), repr=False)
    unload: Span | None = None
    unload_classes: frozenset[str] = frozenset()

    def user(self, ident: str) -> User | None:
        """The user, if an input shows it."""
        if isinstance(self.users, Crowd):
            return self.users.named(ident)
        return next((user for user in self.users if user.id == ident), None)
