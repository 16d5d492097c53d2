"""MAP, ALTMAP, DELMAP: certificate name filters. Source of the effects: RACDCERT MAP, ALTMAP, DELMAP."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.add import missing_data_set
from zcertlint.fixes.commands.base import Command, Effects, Failure, FailureKind
from zcertlint.fixes.commands.known import owner_missing
from zcertlint.fixes.quote import criteria, dsn, filter_name, quote_label, user_id
from zcertlint.model.certificate import Owner, TrustStatus
from zcertlint.model.deployment import Database
from zcertlint.model.facts import Answer, AnswerKind, NameFilter
from zcertlint.model.names import RACF_KEYWORDS, Name
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["AltMap", "DelMap", "Map"]

_MAX = 255


def _owner_word(user: str | None) -> str:
    return "MULTIID" if user is None else f"ID({user_id(user)})"


def _own(database: Database, user: str | None) -> list[NameFilter]:
    return [one for one in database.filters if one.user == user]


def _find(database: Database, user: str | None, label: str | None) -> NameFilter | None:
    """The filter of this label; without a label, the only one."""
    own = _own(database, user)
    if label is None:
        return own[0] if len(own) == 1 and _all_shown(database, user) else None
    return next((one for one in own if one.label == label), None)


def _all_shown(database: Database, user: str | None) -> bool:
    kinds = {AnswerKind.ALL_MAPPINGS, AnswerKind.NO_MAPPINGS}
    owner = None if user is None else Owner.of_user(user)
    return owner is not None and any(one.kind in kinds and one.owner == owner for one in database.answers)


def _missing(database: Database, user: str | None, label: str | None) -> Failure | None:
    """The failure of a command that needs the filter."""
    if _find(database, user, label) is not None:
        return None
    own = _own(database, user)
    whose = "MULTIID" if user is None else user
    if label is None and len(own) > 1:
        return Failure(
            FailureKind.REFUSED, f"{whose} has {len(own)} name filters, and the command names none"
        )
    what = f"the name filter {whose}/{label}" if label is not None else f"the name filters of {whose}"
    if _all_shown(database, user):
        return Failure(
            FailureKind.MISSING, f"{what} does not exist" if label is not None else f"{whose} has none"
        )
    listed = "MULTIID" if user is None else f"ID({user})"
    return Failure(FailureKind.NOT_SHOWN, f"no input shows {what}", ask=f"RACDCERT {listed} LISTMAP")


def _with(database: Database, filters: list[NameFilter]) -> Database:
    return replace(database, filters=tuple(filters))


def _from(start: str, model: str) -> str | None:
    """What a filter becomes with a model certificate: the model's name from the start value on."""
    at = model.find(start)
    return None if at < 0 else model[at:]


@dataclass(frozen=True, slots=True)
class Map(Effects):
    """Lead certificates of a name to a user: the filter is the name's end in RACF's form, from some part on.

    Attributes:
        user: None for MULTIID. subject, issuer: SDNFILTER, IDNFILTER, as written.
        criteria: of a MULTIID filter. model: a data set whose certificate has the whole name.
        trust: None leaves the status to RACF.
    """

    user: str | None
    label: str | None = None
    subject: str | None = None
    issuer: str | None = None
    criteria: str | None = None
    model: str | None = None
    trust: TrustStatus | None = None

    @property
    def refresh(self) -> tuple[str, ...]:
        """With criteria, two classes."""
        return ("DIGTNMAP", "DIGTCRIT") if self.user is None else ("DIGTNMAP",)

    def needs(self) -> tuple[str, ...]:
        """For another user."""
        return ("FACILITY IRR.DIGTCERT.MAP UPDATE",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) MAP SDNFILTER('..') IDNFILTER('..') WITHLABEL('l') TRUST``."""
        if self.trust is TrustStatus.HIGHTRUST:
            raise UnsafeValueError("a name filter has status TRUST or NOTRUST")
        made = "MAP" if self.model is None else f"MAP('{dsn(self.model)}')"
        words = ["RACDCERT", _owner_word(self.user), made]
        if self.subject is not None:
            words.append(f"SDNFILTER({filter_name(self.subject)})")
        if self.issuer is not None:
            words.append(f"IDNFILTER({filter_name(self.issuer)})")
        if self.criteria is not None:
            words.append(f"CRITERIA({criteria(self.criteria)})")
        if self.label is not None:
            words.append(f"WITHLABEL({quote_label(self.label)})")
        return (*words, self.trust.value) if self.trust is not None else tuple(words)

    def names(self, database: Database) -> tuple[str | None, str | None] | Failure:
        """The filters of subject and issuer as RACF keeps them, or what is wrong with one."""
        found: list[str | None] = []
        held = None if self.model is None else database.data_sets.get(self.model)
        certificate = None if held is None else held.certificate
        if self.model is not None and certificate is None:
            return missing_data_set(self.model)
        for keyword, start in (("SDNFILTER", self.subject), ("IDNFILTER", self.issuer)):
            text = start
            if start is not None and certificate is not None:
                name = certificate.subject if keyword == "SDNFILTER" else certificate.issuer
                text = _from(start, "" if name is None else name.text)
                if text is None:
                    why = f"{keyword} does not stand in the name of the certificate in {self.model}"
                    return Failure(FailureKind.REFUSED, why, "IRRD141I")
            if text is not None and text.partition("=")[0].upper() not in RACF_KEYWORDS:
                return Failure(
                    FailureKind.REFUSED, f"{keyword} does not begin with CN=, OU= or the like", "IRRD140I"
                )
            if text is not None and len(text) > _MAX:
                return Failure(FailureKind.REFUSED, f"{keyword} has more than {_MAX} characters", "IRRD142I")
            found.append(text)
        return found[0], found[1]

    def failure(self, database: Database) -> Failure | None:
        """A filter needs a name, the label must be free, and no other filter may be the same."""
        if self.subject is None and self.issuer is None and self.model is None:
            return Failure(FailureKind.REFUSED, "neither SDNFILTER nor IDNFILTER is given")
        if self.criteria is not None and self.user is not None:
            return Failure(FailureKind.REFUSED, "CRITERIA goes with MULTIID only")
        nobody = None if self.user is None else owner_missing(database, Owner.of_user(self.user))
        names = self.names(database)
        if nobody is not None or isinstance(names, Failure):
            return nobody or (names if isinstance(names, Failure) else None)
        if self.label is not None and any(one.label == self.label for one in _own(database, self.user)):
            return Failure(
                FailureKind.EXISTS, f"the name filter {self.user or 'MULTIID'}/{self.label} exists already"
            )
        twin = next((one for one in database.filters if _texts(one) == names), None)
        if twin is None or self.criteria is not None:
            return None
        where = f"{twin.user or 'MULTIID'}/{twin.label}"
        return Failure(FailureKind.NOT_KNOWN, f"the same names are filtered already, by {where}")

    def doubts(self, database: Database) -> tuple[str, ...]:
        """What depends on names that only certificates show."""
        del database
        found = []
        if self.subject is not None and self.issuer is not None:
            found.append("whether IDNFILTER is the whole issuer: beside SDNFILTER it must be (IRRD146I)")
        if self.trust is None:
            found.append("the status that RACF gives to the name filter: LISTMAP shows it")
        return tuple(found)

    def apply(self, database: Database, on: datetime) -> Database:
        """One filter more."""
        del on
        names = self.names(database)
        if isinstance(names, Failure) or self.failure(database) is not None:
            return database
        label = self.label or self._made_up(database)
        subject, issuer = (None if text is None else Name(text) for text in names)
        new = NameFilter(
            self.user, label, self.trust, issuer, subject, self.criteria, Span(f"map:{self.user}/{label}")
        )
        answers = tuple(one for one in database.answers if not self._disproved(one))
        return replace(_with(database, [*database.filters, new]), answers=answers)

    def _disproved(self, answer: Answer) -> bool:
        own = self.user is not None and answer.owner == Owner.of_user(self.user)
        return own and answer.kind is AnswerKind.NO_MAPPINGS

    def _made_up(self, database: Database) -> str:
        used = {one.label for one in _own(database, self.user)}
        return next(name for name in (f"LABEL{n:08d}" for n in range(1, 100_000_000)) if name not in used)

    def undo(self, before: Database) -> tuple[Command, ...]:
        """DELMAP."""
        label = self.label or self._made_up(before)
        return (DelMap(self.user, label),) if self.failure(before) is None else ()


def _texts(one: NameFilter) -> tuple[str | None, str | None]:
    return (
        None if one.subject is None else one.subject.text,
        None if one.issuer is None else one.issuer.text,
    )


@dataclass(frozen=True, slots=True)
class AltMap(Effects):
    """Change label or status of a name filter; None leaves it as it is."""

    user: str | None
    label: str | None
    new_label: str | None = None
    trust: TrustStatus | None = None
    refresh: ClassVar[tuple[str, ...]] = ("DIGTNMAP",)

    def needs(self) -> tuple[str, ...]:
        """For another user."""
        return ("FACILITY IRR.DIGTCERT.ALTMAP UPDATE",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) ALTMAP(LABEL('l')) [NEWLABEL('n')] [TRUST]``."""
        if self.trust is TrustStatus.HIGHTRUST:
            raise UnsafeValueError("a name filter has status TRUST or NOTRUST")
        made = "ALTMAP" if self.label is None else f"ALTMAP(LABEL({quote_label(self.label)}))"
        words = ["RACDCERT", _owner_word(self.user), made]
        if self.new_label is not None:
            words.append(f"NEWLABEL({quote_label(self.new_label)})")
        return (*words, self.trust.value) if self.trust is not None else tuple(words)

    def failure(self, database: Database) -> Failure | None:
        """The filter must exist, and the new label must be free."""
        missing = _missing(database, self.user, self.label)
        if (
            missing is None
            and self.new_label is not None
            and _find(database, self.user, self.new_label) is not None
        ):
            whose = self.user or "MULTIID"
            return Failure(FailureKind.EXISTS, f"the name filter {whose}/{self.new_label} exists already")
        return missing

    def apply(self, database: Database, on: datetime) -> Database:
        """The filter in its new form."""
        del on
        old = _find(database, self.user, self.label)
        if old is None or self.failure(database) is not None:
            return database
        new = replace(old, label=self.new_label or old.label, status=self.trust or old.status)
        return (
            database
            if new == old
            else _with(database, [new if one is old else one for one in database.filters])
        )

    def undo(self, before: Database) -> tuple[Command, ...]:
        """ALTMAP back."""
        old = _find(before, self.user, self.label)
        if old is None or self.failure(before) is not None:
            return ()
        back = old.status if self.trust is not None and old.status is not self.trust else None
        label = old.label if self.new_label not in {None, old.label} else None
        return (AltMap(self.user, self.new_label or old.label, label, back),) if back or label else ()

    def why_no_undo(self, before: Database) -> str | None:
        """A status that no input shows."""
        old = _find(before, self.user, self.label)
        hidden = old is not None and old.status is None and self.trust is not None
        return (
            f"the status of the name filter {old.label}: no input shows it"
            if hidden and old is not None
            else None
        )


@dataclass(frozen=True, slots=True)
class DelMap(Effects):
    """Delete a name filter: certificates that it led to a user lead to another one, or to none."""

    user: str | None
    label: str | None = None

    @property
    def refresh(self) -> tuple[str, ...]:
        """With criteria, two classes."""
        return ("DIGTNMAP", "DIGTCRIT") if self.user is None else ("DIGTNMAP",)

    def needs(self) -> tuple[str, ...]:
        """For another user."""
        return ("FACILITY IRR.DIGTCERT.DELMAP UPDATE",)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT ID(u) DELMAP(LABEL('l'))``."""
        if self.label is None:
            raise UnsafeValueError("DELMAP is only written with a label")
        return ("RACDCERT", _owner_word(self.user), f"DELMAP(LABEL({quote_label(self.label)}))")

    def failure(self, database: Database) -> Failure | None:
        """The filter must exist."""
        return _missing(database, self.user, self.label)

    def apply(self, database: Database, on: datetime) -> Database:
        """One filter less."""
        del on
        old = _find(database, self.user, self.label)
        return (
            database if old is None else _with(database, [one for one in database.filters if one is not old])
        )

    def undo(self, before: Database) -> tuple[Command, ...]:
        """MAP with everything that LISTMAP shows."""
        old = _find(before, self.user, self.label)
        if old is None or self.why_no_undo(before) is not None:
            return ()
        subject, issuer = _texts(old)
        return (Map(old.user, old.label, subject, issuer, old.criteria, trust=old.status),)

    def why_no_undo(self, before: Database) -> str | None:
        """A database unload does not tell the names of subject and issuer apart."""
        old = _find(before, self.user, self.label)
        if old is None or old.subject is not None or old.issuer is not None:
            return None
        return f"the names of the filter {old.label}: no LISTMAP shows them"
