"""Whether the user of a server may read the key ring that its configuration names, and use the key on it.

Source: facts on SAF, 5 (R_datalib): a profile of class RDATALIB that covers ``OWNER.RING.LST`` decides alone, while
the class is active and RACLISTed; else IRR.DIGTCERT.LISTRING of class FACILITY does. Certificates need READ (UPDATE
by LISTRING for another user's ring). The private key of a certificate connected PERSONAL needs READ where the user
owns it, UPDATE in RDATALIB where another user does, and CONTROL for CERTAUTH and SITE.
"""

from dataclasses import replace
from enum import Enum

from zcertlint.model.certificate import Absent, OwnerKind
from zcertlint.model.deployment import Database, Deployment, Endpoint, Link, Verify
from zcertlint.model.facts import AnswerKind
from zcertlint.model.security import Level, Profile
from zcertlint.model.store import Connection, Usage
from zcertlint.records import dataclass
from zcertlint.text.source import Span
from zcertlint.trust.access import Held, active, covering, deciding, deleted, held, in_storage
from zcertlint.trust.judgement import Aspect, Condition
from zcertlint.trust.needs import Need
from zcertlint.trust.ring_readers import RingReader, ring_readers

__all__ = ["GENCERT", "LISTRING", "Lack", "RingAccess", "ring_accesses", "ring_condition", "untold"]

LISTRING, GENCERT = "IRR.DIGTCERT.LISTRING", "IRR.DIGTCERT.GENCERT"
_RING, _FACILITY = "RDATALIB", "FACILITY"
_LONGEST = 246  # a profile's name


class Lack(Enum):
    """What the user lacks; the value is the rule that speaks."""

    RING = "SA104"
    KEY = "SA105"
    OWN_RING = "SA106"
    CLASS = "SA107"


@dataclass(frozen=True, slots=True)
class RingAccess:
    """What a user may do with a ring.

    Attributes:
        lack: what it lacks; None where nothing is shown to be missing.
        needs: what would tell, where that cannot be told, and ``about`` which lack; () where no input says anything.
        class_name, profile: what decides; the profile is None where no profile gives it.
        wanted, has: the level that it needs of it, and what it has.
        enough: the level with which it could also use the keys that it serves.
        row: the entry of the ring whose key it lacks. ends: the servers that suffer.
        believed: whether this rests on a fact that is not confirmed.
        place: what shows that no profile gives it.
        dormant: the profile of class RDATALIB that covers the ring while the class is not in use.
    """

    reader: RingReader
    lack: Lack | None = None
    needs: tuple[Need, ...] = ()
    about: Lack | None = None
    class_name: str = _RING
    profile: Profile | None = None
    wanted: Level = Level.READ
    has: Held | None = None
    row: Connection | None = None
    ends: tuple[str, ...] = ()
    believed: bool = False
    place: Span | None = None
    dormant: Profile | None = None
    enough: Level = Level.READ

    @property
    def certain(self) -> bool:
        """Whether it is sure that the servers run under this user, and that this is not enough."""
        return self.reader.sure and not self.believed


def ring_condition(found: RingAccess, link: Link, server: Endpoint, client: Endpoint) -> Condition | None:
    """The condition that an access puts to a link: the server's key ring, and that by which the client trusts."""
    ring, code = found.reader.ring.id, found.lack or found.about
    if code is None:
        return None
    serves = server.id in found.ends and _is(ring, server.keystore) and not server.attls
    key = code is Lack.KEY or found.row is not None
    trusts = client.id in found.ends and _is(ring, client.truststore) and not client.attls_out
    if not serves and (key or not trusts or link.verify is Verify.DISABLED):
        return None
    if found.lack is None:
        return Condition(Aspect.ACCESS, None, code.value, found.needs)
    if found.reader.sure:
        return Condition(Aspect.ACCESS, False, code.value, believed=found.believed)
    reader = found.reader
    text = f"{reader.user} lacks access to {reader.ring.title}; is it the user of {reader.product}'s started task?"
    return Condition(Aspect.ACCESS, None, code.value, (Need(reader.id, text, reader.question),))


def _is(ring: str, store: str | None) -> bool:
    return store is not None and store.partition("&")[0] == ring


def ring_accesses(deployment: Deployment) -> tuple[RingAccess, ...]:
    """What is lacking, or cannot be told, for each user and ring that the configuration ties together."""
    return tuple(_Judged(deployment, reader).access() for reader in ring_readers(deployment))


def untold(deployment: Deployment) -> bool:
    """Whether servers read key rings, and no input says anything of who may: then nothing is judged of that."""
    database = deployment.database
    listed = any(one.class_name == _RING for one in database.security.profiles)
    if listed or database.security.unload is not None or covering(database, _FACILITY, LISTRING) is not None:
        return False
    gone = (one.name or "" for one in database.answers if one.kind is AnswerKind.NO_SUCH_PROFILE)
    told = any(name.startswith((f"{_RING}/", f"{_FACILITY}/IRR.DIGTCERT")) for name in gone)
    return not told and bool(ring_readers(deployment))


@dataclass(frozen=True, slots=True)
class _Judged:
    """One user and one ring, looked at."""

    deployment: Deployment
    reader: RingReader

    @property
    def database(self) -> Database:
        """Everything that RACF is shown to hold."""
        return self.deployment.database

    def access(self) -> RingAccess:
        """What is lacking; with SPECIAL a question, as no fact says whether that opens key rings."""
        found = self._by_profiles()
        user = self.database.security.user(self.reader.user)
        if found.lack is None or user is None or "SPECIAL" not in (user.attributes or ()):
            return found
        why = f"No access list gives it; {user.id} has SPECIAL, and whether that opens key rings is not confirmed."
        return self._open(found.lack, found.profile, None, why)

    def _by_profiles(self) -> RingAccess:
        name = self.reader.resource
        if len(name) > _LONGEST or any(sign in name for sign in "*%&"):
            return RingAccess(self.reader)  # no profile has this very name
        used = _both(active(self.database, _RING), in_storage(self.database, _RING))
        found, shown = deciding(self.database, _RING, name), covering(self.database, _RING, name)
        gone = None if shown is not None else deleted(self.database, _RING, name)
        if found is Absent.ABSENT or gone is False:
            access = self._by_facility(certain=True)
            if access.lack or access.needs or not self._untold():
                return access
            return self._open(Lack.RING, None, f"RLIST {_FACILITY} {LISTRING} AUTHUSER")
        if gone or (shown is None and deleted(self.database, _FACILITY, LISTRING)):
            kind, what = (_RING, name) if gone else (_FACILITY, LISTRING)
            why = f"What covered {what} is deleted; a more general profile of class {kind} may do so then."
            return self._open(Lack.RING, None, f"SEARCH CLASS({kind})", why)
        if used is False:
            return self._dormant(self._by_facility(certain=True), found, shown)
        if shown is None:
            return self._by_facility(certain=False)
        return self._by_profile(shown, sure=shown is found, used=used is True)

    def _by_profile(self, profile: Profile, *, sure: bool, used: bool) -> RingAccess:
        """A profile of RDATALIB decides alone; unless a closer one exists, or the class is not in use."""
        has = held(self.database, profile, self.reader.user)
        keys = self._keys()
        key = max(keys, key=lambda one: tuple(Level).index(one[1]), default=None)
        asked = [(Level.READ, None)] + ([(key[1], key[0])] if key is not None else [])
        for wanted, row in asked:
            answer = has.covers(wanted)
            lack = Lack.KEY if row is not None else Lack.OWN_RING if self.reader.owns else Lack.RING
            if answer:
                continue
            if not sure:
                return self._open(lack, profile, f"RLIST {_RING} {self.reader.resource} AUTHUSER")
            if answer is None:
                return self._open(lack, profile, _what_shows(self.database, profile, self.reader.user))
            if not used:
                return self._open(lack, profile, "SETROPTS LIST")
            if row is None:
                return self._fails(lack, profile, wanted, has)
            return self._fails(
                Lack.KEY, profile, wanted, has, row=row, believed=wanted is Level.CONTROL, ends=self._of(row)
            )
        return RingAccess(self.reader)

    def _by_facility(self, *, certain: bool) -> RingAccess:
        """IRR.DIGTCERT.LISTRING decides; unless a profile of RDATALIB exists that no input shows."""
        refused = self._listring(certain=certain)
        if refused is not None:
            return refused
        if not certain:
            return RingAccess(self.reader)
        for row, wanted in self._keys():
            if wanted is Level.UPDATE:
                place = self._no_profile()
                return self._fails(
                    Lack.KEY, None, wanted, None, row=row, ends=self._of(row), place=place or row.span
                )
            if wanted is Level.CONTROL:
                profile = deciding(self.database, _FACILITY, GENCERT)
                if isinstance(profile, Profile):
                    has = held(self.database, profile, self.reader.user)
                    if has.covers(Level.CONTROL) is False:
                        ends = self._of(row)
                        return self._fails(Lack.KEY, profile, wanted, has, row=row, believed=True, ends=ends)
        return RingAccess(self.reader)

    def _untold(self) -> bool:
        """Whether nothing is shown of LISTRING, by which the ring is read where no profile covers it."""
        return active(self.database, _FACILITY) is not False and (
            covering(self.database, _FACILITY, LISTRING) is None
            and deciding(self.database, _FACILITY, LISTRING) is None
        )

    def _listring(self, *, certain: bool) -> RingAccess | None:
        """What is wrong with the user's access to LISTRING; None where it is enough, or no input shows it."""
        if active(self.database, _FACILITY) is False:
            return None
        wanted = Level.READ if self.reader.owns else Level.UPDATE
        found, shown = (
            deciding(self.database, _FACILITY, LISTRING),
            covering(self.database, _FACILITY, LISTRING),
        )
        ring = f"RLIST {_RING} {self.reader.resource} AUTHUSER"
        if shown is None:
            if found is not Absent.ABSENT:
                return None
            if not certain:
                return self._open(Lack.RING, None, ring)
            place = self._no_profile(_FACILITY, LISTRING)
            return self._fails(Lack.RING, None, wanted, None, _FACILITY, believed=True, place=place)
        has = held(self.database, shown, self.reader.user)
        answer = has.covers(wanted)
        if answer or (answer is None and not certain):
            return None
        if not certain:
            return self._open(Lack.RING, shown, ring)
        if found is None:
            return self._open(Lack.RING, shown, f"RLIST {_FACILITY} {LISTRING} AUTHUSER")
        if answer is None:
            return self._open(Lack.RING, shown, _what_shows(self.database, shown, self.reader.user))
        return self._fails(Lack.RING, shown, wanted, has, _FACILITY)

    def _dormant(
        self, access: RingAccess, found: Profile | Absent | None, shown: Profile | None
    ) -> RingAccess:
        """With profiles of RDATALIB that have no effect, as the class is not in use."""
        if shown is None:
            return access
        levels = [Level.READ, *(wanted for _, wanted in self._keys())]
        has = held(self.database, shown, self.reader.user)
        allowed = shown is found and all(has.covers(level) for level in levels)
        if access.lack is not None:
            if not allowed:
                return access
            wanted = max(levels, key=tuple(Level).index)
            return self._fails(
                Lack.CLASS,
                shown,
                wanted,
                has,
                row=access.row,
                ends=access.ends,
                believed=access.believed,
                dormant=shown,
            )
        if not access.needs and allowed and covering(self.database, _FACILITY, LISTRING) is None:
            access = self._open(Lack.CLASS, shown, f"RLIST {_FACILITY} {LISTRING} AUTHUSER")
        return replace(access, dormant=shown)

    def _fails(
        self,
        lack: Lack,
        profile: Profile | None,
        wanted: Level,
        has: Held | None,
        class_name: str = _RING,
        *,
        row: Connection | None = None,
        ends: tuple[str, ...] = (),
        believed: bool = False,
        place: Span | None = None,
        dormant: Profile | None = None,
    ) -> RingAccess:
        if profile is not None:
            class_name = profile.class_name
        ends = ends or self.reader.endpoints
        return RingAccess(
            self.reader,
            lack,
            (),
            None,
            class_name,
            profile,
            wanted,
            has,
            row,
            ends,
            believed,
            place,
            dormant,
            max((Level.READ, *(level for _, level in self._keys())), key=tuple(Level).index),
        )

    def _open(
        self, about: Lack, profile: Profile | None, command: str | None, why: str | None = None
    ) -> RingAccess:
        user, ring = self.reader.user, self.reader.ring.title
        if command is None and why is None and profile is not None:
            why = _why_open(self.database, profile, user)
        text = (
            f"May {user} read the key ring {ring} and the key on it? {why or 'What is shown does not tell.'}"
        )
        need = Need(self.reader.ring.id, text, command)
        return RingAccess(self.reader, None, (need,), about, profile=profile, ends=self.reader.endpoints)

    def _keys(self) -> tuple[tuple[Connection, Level], ...]:
        """The entries of the ring whose private keys are used, with the level that each needs."""
        ring = self.reader.ring
        served = {self.deployment.endpoints[ident].certificate for ident in self.reader.endpoints}
        return tuple(
            (row, _level(row, self.reader.user))
            for row in ring.connections
            if row.certificate in served
            and row.usage is Usage.PERSONAL
            and row.owner is not None
            and self._of(row)
            and not self._keyless(row)
        )

    def _keyless(self, row: Connection) -> bool:
        """Whether RACF has no key for it, which nobody can read."""
        certificate = self.deployment.certificate(row.certificate)
        return certificate is not None and certificate.private_key is False

    def _of(self, row: Connection) -> tuple[str, ...]:
        """The servers that serve this entry."""
        ends = (self.deployment.endpoints[ident] for ident in self.reader.endpoints)
        return tuple(
            end.id
            for end in ends
            if end.certificate == row.certificate
            and not end.attls
            and (end.keystore or "").partition("&")[0] == self.reader.ring.id
        )

    def _no_profile(self, class_name: str = _RING, name: str | None = None) -> Span | None:
        """The place that shows that no profile counts."""
        wanted = f"{class_name}/{name or self.reader.resource}"
        for answer in self.database.answers:
            if answer.kind is AnswerKind.NO_SUCH_PROFILE and answer.name == wanted:
                return answer.span
        if class_name == _RING:
            for options in self.database.security.classes:
                if options.active is not None:
                    return options.span
        return self.database.security.unload


def _level(row: Connection, user: str) -> Level:
    if row.owner is None or row.owner.kind is not OwnerKind.ID:
        return Level.CONTROL
    return Level.READ if row.owner.user == user else Level.UPDATE


def _both(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 (three answers)
    if one is False or other is False:
        return False
    return True if one and other else None


def _why_open(database: Database, profile: Profile, user: str) -> str | None:
    """Why an access cannot be told although everything is shown that commands show."""
    if profile.conditional:
        return f"That rests on the conditions on the access list of {profile.name}, which only the system can tell."
    shown = database.security.user(user)
    if shown is not None and shown.dated_groups:
        return f"{user} is connected to {', '.join(shown.dated_groups)} until or from a date on."
    if any(one.group_lists is False for one in database.security.classes):
        return (
            "Only the current group of the task counts: list-of-groups checking is inactive (SETROPTS LIST)."
        )
    return None


def _what_shows(database: Database, profile: Profile, user: str) -> str | None:
    """The command that shows what is missing of an access; None where no command does."""
    if profile.access is None or profile.warning is None or profile.universal is None:
        return f"RLIST {profile.class_name} {profile.name} AUTHUSER"
    shown = database.security.user(user)
    if shown is None or shown.groups is None:
        return f"LISTUSER {user}"
    tables = [one.global_checking for one in database.security.classes if one.global_checking is not None]
    if any(profile.class_name in names for names in tables):
        return f"RLIST GLOBAL {profile.class_name}"
    return None
