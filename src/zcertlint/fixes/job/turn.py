"""One command played on a database, as RACF would carry it out.

What is not shown stays unknown: a command whose effect rests on it is played as far as it can be, and says on what
it rests.
"""

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta

from zcertlint.fixes.commands.base import (
    Command,
    Effects,
    Failure,
    FailureKind,
    find,
    identifier,
    with_certificates,
)
from zcertlint.fixes.commands.generate import Gencert
from zcertlint.fixes.commands.known import certificate_missing, ring_missing
from zcertlint.fixes.commands.reads import CheckCert, ListCert, ListChain, ListRing
from zcertlint.fixes.job.conditions import ANY, FAILED, NOT_FOUND, OK, Codes
from zcertlint.fixes.job.differences import Differences, differences
from zcertlint.fixes.job.effects import Scene, effect_of
from zcertlint.fixes.job.general import general_effect, general_value
from zcertlint.fixes.job.lines import CommandText
from zcertlint.fixes.job.operands import Refused
from zcertlint.fixes.job.racdcert import READS, Request, read_racdcert
from zcertlint.fixes.job.racf import FULL, HARMLESS, READING, General, read_general
from zcertlint.fixes.job.tso import verb_of
from zcertlint.fixes.job.values import value_of
from zcertlint.fixes.job.words import TreeError
from zcertlint.model.certificate import Certificate, Moment, Owner
from zcertlint.model.change import Ending, LostRow, Missing, Played, Slip, SlipKind, Trouble
from zcertlint.model.deployment import Database
from zcertlint.model.store import ring_id
from zcertlint.records import dataclass

__all__ = ["Playing", "turn"]

_TOKENS = frozenset(("ADDTOKEN", "DELTOKEN", "BIND", "UNBIND", "LISTTOKEN"))
_YEAR = timedelta(days=365)
_TROUBLE = {
    FailureKind.MISSING: Trouble.MISSING,
    FailureKind.EXISTS: Trouble.EXISTS,
    FailureKind.REFUSED: Trouble.REFUSED,
}


@dataclass(slots=True)
class Playing:
    """The state of a rehearsal.

    Attributes:
        database: as it is now. commands: what was played.
        states: the database behind each command that changed it, by number; the first one is number 0.
    """

    database: Database
    on: datetime
    commands: list[Played] = field(default_factory=list)
    states: dict[int, Database] = field(default_factory=dict)
    lost: list[LostRow] = field(default_factory=list)
    codes: dict[str, Codes | None] = field(default_factory=dict)
    submitter: str | None = None


def turn(playing: Playing, base: Played, one: CommandText) -> tuple[Played, Codes]:
    """Play one command.

    Args:
        playing: the state, which it changes.
        base: what is known of the command before it is read.
        one: its text.

    Returns:
        What it did, and the return codes that it may end with.
    """
    orphan = any(slip.kind is SlipKind.CONTINUATION and slip.text == "operands" for slip in one.slips)
    if orphan:
        why = "TSO takes this line for a command: the line before it is not continued"
        return replace(
            base, verb="", ending=Ending.FAILS, effect="no command", reason=why, trouble=Trouble.LINE
        ), FAILED
    if one.unresolved:
        names = ", ".join(f"&{name}" for name in one.unresolved)
        needs = Missing(base.text, f"The value of {names} in line {one.line} is not known.", None)
        return replace(base, effect=f"depends on {names}", missing=(needs,)), ANY
    try:
        if base.verb == "RACDCERT":
            return _racdcert(playing, base, one)
        if base.verb in FULL:
            return _general(playing, base, one)
    except TreeError as error:
        broken = any(
            slip.kind in {SlipKind.CONTINUATION, SlipKind.BEYOND, SlipKind.CUT} for slip in one.slips
        )
        trouble = Trouble.LINE if broken else Trouble.SYNTAX
        return _refused(replace(base, verb=FULL.get(base.verb, base.verb)), str(error), trouble)
    if base.verb in READING:
        return replace(base, ending=Ending.NO_EFFECT, effect="reads only"), frozenset((0, 4))
    if base.verb in HARMLESS:
        return replace(base, ending=Ending.NO_EFFECT, effect="changes nothing that is judged here"), ANY - {
            12
        }
    what = base.text.split(" ")[0] if base.text else "it"
    needs = Missing(base.text, f"What {what} does (line {one.line}) is not known here.", None)
    return replace(base, effect="not known here", missing=(needs,)), ANY


def _refused(base: Played, why: str, trouble: Trouble) -> tuple[Played, Codes]:
    return replace(base, ending=Ending.FAILS, effect="fails", reason=why, trouble=trouble), FAILED


def _slips(one: CommandText, found: Iterable[tuple[SlipKind, int, str]]) -> tuple[Slip, ...]:
    return (*one.slips, *(one.slip(kind, offset, text) for kind, offset, text in found))


def _behind(one: CommandText) -> int:
    """The offset behind the verb."""
    return len(one.text) - len(one.text.lstrip()) + len(verb_of(one.text))


def _not_known(base: Played, error: Refused) -> tuple[Played, Codes]:
    needs = Missing(base.text, f"{error}: whether RACF takes it cannot be told.", None)
    return replace(base, effect=f"not played: {error}", missing=(needs,)), ANY


def _racdcert(playing: Playing, base: Played, one: CommandText) -> tuple[Played, Codes]:
    try:
        request = read_racdcert(one.text, _behind(one), playing.submitter)
    except Refused as error:
        known: Request = error.request  # type: ignore[attr-defined]
        base = replace(base, function=known.function, slips=_slips(one, known.slips))
        return _refused(base, str(error), error.trouble) if error.known else _not_known(base, error)
    slips = _slips(one, request.slips)
    if not request.owner_given and request.function not in {"CHECKCERT", *_TOKENS}:
        offset = one.text.upper().find(request.function)
        slips = (*slips, one.slip(SlipKind.NO_OWNER, max(offset, 0)))
    base = replace(
        base, function=request.function, slips=slips, owner=_owner(request), label=request.label,
        ring=_ring_of(request),
        private=request.form in {"PKCS12DER", "PKCS12B64"},
        writes=request.data_set if request.function in {"EXPORT", "GENREQ"} else None,
        reads=request.data_set if request.function in {"ADD", "GENCERT", "CHECKCERT", "MAP"} else None,
    )  # fmt: skip
    if request.function in _TOKENS:
        return replace(base, ending=Ending.NO_EFFECT, effect="a PKCS#11 token: no key ring is changed"), ANY
    command = value_of(request)
    if command is None:
        return _without_value(base, request)
    if request.function in READS:
        return _read(playing.database, base, command)
    return _carried_out(playing, base, request, command)


def _owner(request: Request) -> Owner | None:
    return request.certificate_owner if request.function in {"CONNECT", "REMOVE"} else request.owner


def _ring_of(request: Request) -> str | None:
    if request.ring is None or request.owner is None or request.owner.user is None:
        return None
    return ring_id(request.owner.user, request.ring)


def _without_value(base: Played, request: Request) -> tuple[Played, Codes]:
    """Why a command cannot be played."""
    if request.owner is None and not request.multi:
        text = f"Who runs the job? {base.name} names no owner, and acts on the user who runs it."
        effect = "acts on the user who runs the job, whoever that is"
        return replace(base, effect=effect, missing=(Missing(base.text, text, None),)), ANY
    if request.selected:
        text = f"Which certificate of {request.owner} is {request.selected}?"
        ask = f"RACDCERT {request.owner} LIST({request.selected})"
        return replace(
            base,
            effect="names the certificate by its serial number",
            missing=(Missing(base.text, text, ask),),
        ), ANY
    if request.owner is not None and request.owner.user is None and request.ring is not None:
        return _refused(base, f"{request.owner} has no key rings", Trouble.SYNTAX)
    text = f"What {base.name} does with these operands is not played here."
    return replace(base, effect="not played here", missing=(Missing(base.text, text, None),)), ANY


def _read(database: Database, base: Played, command: Command) -> tuple[Played, Codes]:
    """A command that only reads, and the return code that it ends with."""
    base = replace(base, ending=Ending.NO_EFFECT, effect="reads only")
    failure: Failure | None = None
    if isinstance(command, (ListCert, ListChain)):
        failure = certificate_missing(database, command.owner, command.label)
    elif isinstance(command, ListRing) and command.ring != "*":
        failure = ring_missing(database, command.ring_owner, command.ring)
    elif not isinstance(command, (ListRing, CheckCert)):
        return base, frozenset((0, 4))
    if failure is None:
        return base, OK
    if failure.certain:
        return replace(base, effect=f"reads only; {failure}"), NOT_FOUND
    return base, frozenset((0, 4))


def _assumed(database: Database, pairs: Iterable[tuple[Owner | None, str | None]]) -> Database:
    """The database with a certificate, of which nothing is known, where only no input shows one."""
    for owner, label in pairs:
        if owner is None or label is None:
            continue
        missing = certificate_missing(database, owner, label)
        if missing is not None and not missing.certain:
            database = with_certificates(database, [Certificate(identifier(owner, label), owner, label)])
    return database


def _carried_out(playing: Playing, base: Played, request: Request, command: Command) -> tuple[Played, Codes]:
    before = playing.database
    failure = command.failure(before)
    if failure is not None and failure.certain:
        trouble = _TROUBLE[failure.kind]
        if failure.message == "IRRD109I":
            trouble = Trouble.DEFINED
        elif trouble is Trouble.MISSING and any(slip.kind is SlipKind.FOLDED for slip in base.slips):
            trouble = Trouble.FOLDED
        return _refused(base, str(failure), trouble)
    ground = before
    if failure is not None:
        pairs = [(_owner(request), request.label), (request.signer_owner, request.signer)]
        if request.function == "ROLLOVER":
            pairs.append((request.owner, request.new_label))
        ground = _assumed(before, pairs)
    after = command.apply(ground, playing.on)
    if after is ground:
        after = before
    renamed = None
    if (
        request.function == "ALTER"
        and request.new_label is not None
        and request.owner is not None
        and request.label
    ):
        renamed = (identifier(request.owner, request.label), identifier(request.owner, request.new_label))
    found = differences(ground if after is not before else before, after, renamed)
    effect = effect_of(Scene(request, command, ground, found, playing.lost))
    played = _with_facts(base, request, command, found, ground, after, playing.on)
    playing.database = after
    if failure is not None:
        needs = Missing(_subject(base), _question(failure), failure.ask)
        ending, code = Ending.NOT_MODELLED, ANY
        unknown = request.function == "ADD" and found.changed and failure.kind is FailureKind.NOT_SHOWN
        told = effect if unknown else f"{effect}; {failure.text}"
        return replace(played, effect=told, ending=ending, missing=(needs,)), code
    changes = after is not before or base.writes is not None or request.function == "GENREQ"
    same = after is before or (base.writes is None and _equal(before, after))
    if same and base.writes is None:
        return replace(played, ending=Ending.NO_EFFECT, effect="it is so already", classes=()), OK
    return replace(played, ending=Ending.DONE if changes else Ending.NO_EFFECT, effect=effect), OK


def _equal(before: Database, after: Database) -> bool:
    return (
        before.stores == after.stores
        and before.certificates == after.certificates
        and before.filters == after.filters
        and before.security == after.security
    )


def _classes(command: Command, found: Differences, function: str) -> tuple[str, ...]:
    """Key rings are touched only by a command that changes what is on one."""
    on_rings = (
        function in {"CONNECT", "REMOVE", "ADDRING", "DELRING"} or found.lost or found.gained or found.moves
    )
    return tuple(name for name in command.refresh if on_rings or name != "DIGTRING")


def _subject(base: Played) -> str:
    return f"{base.owner}/{base.label}" if base.owner is not None and base.label is not None else base.text


def _question(failure: Failure) -> str:
    text = failure.text[:1].upper() + failure.text[1:]
    return f"{text}." if text[-1:] not in ".?" else text


def _with_facts(
    base: Played,
    request: Request,
    command: Command,
    found: Differences,
    before: Database,
    after: Database,
    on: datetime,
) -> Played:
    """What rules ask of a command."""
    made, signer, ends = None, None, None
    if request.function in {"GENCERT", "REKEY"}:
        made = _made(request, command, found, before, after)
        signer = made
        if request.signer_owner is not None and request.signer is not None:
            signer = find(before, request.signer_owner, request.signer)
        if request.not_after is not None:
            ends = Moment(request.not_after, local=True)
        else:
            ends = Moment(on.astimezone(UTC) + _YEAR, local=True)
    replaced = None
    if request.function == "ROLLOVER" and request.owner is not None:
        replaced = find(before, request.owner, request.label or "")
        made = find(before, request.owner, request.new_label or "")
    elif request.function == "ADD":
        made = next((one for one in found.changed if one.owner is not None), None)
    return replace(
        base,
        classes=_classes(command, found, request.function),
        lost=found.lost,
        gained=found.gained,
        deleted=found.deleted,
        keys_lost=found.keys_lost,
        made=made,
        signer=signer,
        ends=ends,
        replaced=replaced,
        moves=found.moves,
        doubts=command.doubts(before),
    )


def _made(
    request: Request, command: Command, found: Differences, before: Database, after: Database
) -> Certificate | None:
    again = command.reissue(before) if isinstance(command, Gencert) else None
    if again is not None:
        return find(after, again.owner, again.label)
    new = next((one for one in found.changed if one.id not in before.certificates), None)
    if new is not None or request.owner is None or request.new_label is None:
        return new
    return find(after, request.owner, request.new_label)


def _general(playing: Playing, base: Played, one: CommandText) -> tuple[Played, Codes]:
    verb = FULL[base.verb]
    try:
        general = read_general(base.verb, one.text, _behind(one))
    except Refused as error:
        base = replace(base, verb=verb)
        return _refused(base, str(error), error.trouble) if error.known else _not_known(base, error)
    base = replace(base, verb=verb, function=general.function, slips=_slips(one, general.slips))
    if verb == "SETROPTS" and general.function == "LIST":
        return replace(base, ending=Ending.NO_EFFECT, effect="reads only"), OK
    commands = general_value(general)
    if commands is None:
        text = f"What {base.name} with {', '.join(general.operands) or 'these operands'} does is not played here."
        return replace(base, effect="not played here", missing=(Missing(base.text, text, None),)), ANY
    return _all(playing, base, general, commands)


def _all(
    playing: Playing, base: Played, general: General, commands: Sequence[Effects]
) -> tuple[Played, Codes]:
    """One command that stands for several values (one for each user or ring)."""
    before = database = playing.database
    classes: list[str] = []
    missing: list[Missing] = []
    for command in commands:
        failure = command.failure(database)
        if failure is not None and failure.certain:
            return _refused(base, str(failure), _TROUBLE[failure.kind])
        if failure is not None:
            missing.append(Missing(base.text, _question(failure), failure.ask))
        database = command.apply(database, playing.on)
        classes += [name for name in command.refresh if name not in classes]
    found = differences(before, database)
    effect, refreshed = general_effect(
        general, before, [name for one in playing.commands for name in one.classes]
    )
    played = replace(
        base, effect=effect, refreshed=refreshed, classes=tuple(classes), lost=found.lost, deleted=found.deleted,
        keys_lost=found.keys_lost, missing=tuple(missing),
    )  # fmt: skip
    playing.database = database
    if missing:
        return replace(played, effect=f"{effect}; {missing[0].text.rstrip('.')}"), ANY
    if general.verb == "SETROPTS":
        code = frozenset((0, 4)) if general.refresh else OK
        return replace(played, ending=Ending.DONE, classes=()), code
    if _equal(before, database):
        return replace(played, ending=Ending.NO_EFFECT, effect="it is so already", classes=()), OK
    return replace(played, ending=Ending.DONE), OK
