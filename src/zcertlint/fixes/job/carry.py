"""RACDCERT played on a database, as RACF would carry it out.

What is not shown stays unknown: a command whose effect rests on it is played as far as it can be, and says on what
it rests.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from zcertlint.fixes.commands.base import (
    Command,
    Failure,
    FailureKind,
    find,
    identifier,
    with_certificates,
)
from zcertlint.fixes.commands.generate import Gencert
from zcertlint.fixes.commands.issuing import end_of, usual_end
from zcertlint.fixes.commands.known import certificate_missing, ring_missing
from zcertlint.fixes.commands.reads import CheckCert, ListCert, ListChain, ListRing
from zcertlint.fixes.job.conditions import ANY, NOT_FOUND, OK, Codes
from zcertlint.fixes.job.differences import Differences, differences, placed
from zcertlint.fixes.job.effects import Scene, effect_of
from zcertlint.fixes.job.lineage import forgotten, new_key
from zcertlint.fixes.job.lines import CommandText
from zcertlint.fixes.job.operands import Refused
from zcertlint.fixes.job.racdcert import READS, Request, read_racdcert
from zcertlint.fixes.job.state import (
    TROUBLE,
    Playing,
    behind,
    equal,
    may_depend,
    not_known,
    question,
    refused,
    slips_of,
)
from zcertlint.fixes.job.values import value_of
from zcertlint.fixes.options import zos_since
from zcertlint.model.certificate import Certificate, Moment, Owner
from zcertlint.model.change import Ending, Missing, Played, SlipKind, Trouble
from zcertlint.model.deployment import Database
from zcertlint.model.store import ring_id

__all__ = ["racdcert"]

_TOKENS = frozenset(("ADDTOKEN", "DELTOKEN", "BIND", "UNBIND", "LISTTOKEN"))


def racdcert(playing: Playing, base: Played, one: CommandText) -> tuple[Played, Codes]:
    """Play one command; TreeError when its operands cannot be taken apart."""
    try:
        request = read_racdcert(one.text, behind(one), playing.submitter)
    except Refused as error:
        known: Request = error.request  # type: ignore[attr-defined]
        base = replace(base, function=known.function, slips=slips_of(one, known.slips))
        return refused(base, str(error), error.trouble) if error.known else not_known(playing, base, error)
    slips = slips_of(one, request.slips)
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
        named = frozenset[str]() if request.selected else _names(request)
        if request.function not in READS:
            playing.opaque.append((base.span, named))
        return _without_value(base, request)
    if request.function in READS:
        return _read(playing.database, base, command)
    if request.several:
        return _several_names(playing, base, request, command)
    return _carried_out(playing, base, request, command)


def _several_names(
    playing: Playing, base: Played, request: Request, command: Command
) -> tuple[Played, Codes]:
    """GENCERT with several names of a type, which RACDCERT writes since z/OS 3.2."""
    newer = zos_since(playing.zos, 3, 2)
    names = " and ".join(f"ALTNAME({name}(...))" for name in request.several)
    if newer is None:
        played, code = _carried_out(playing, base, request, command)
        if played.ending is Ending.FAILS:
            return played, code
        told = f"{names} with several names needs z/OS 3.2: before it RACDCERT writes one of each type"
        effect = f"{played.effect}; {told} (zos.release is not told)"
        return replace(played, effect=effect, doubts=(*played.doubts, told)), code
    if newer:
        return _carried_out(playing, base, request, command)
    limit = f"RACDCERT of z/OS {playing.zos} writes one name of each type, not several in {names}"
    if not request.repeated:
        return refused(base, limit, Trouble.REFUSED)
    # Of a keyword that stands twice, TSO may take the last one, or ask.
    playing.opaque.append((base.span, _names(request)))
    text = f"Which name of {names} does RACDCERT take, if any? {limit}."
    effect = f"not played: {limit}"
    return replace(base, effect=effect, missing=(Missing(_subject(base), text, None),)), ANY


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
        return refused(base, f"{request.owner} has no key rings", Trouble.SYNTAX)
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


def _pairs(request: Request) -> list[tuple[Owner | None, str | None]]:
    """The certificates that a command takes for granted."""
    pairs = [(_owner(request), request.label), (request.signer_owner, request.signer)]
    return [*pairs, (request.owner, request.new_label)] if request.function == "ROLLOVER" else pairs


def _assumed(
    database: Database, pairs: Iterable[tuple[Owner | None, str | None]], *, certain: bool = False
) -> Database:
    """The database with a certificate, of which nothing is known, where no input shows one.

    Args:
        database: as it is.
        pairs: owner and label of each.
        certain: also where an input shows that there was none.
    """
    for owner, label in pairs:
        if owner is None or label is None:
            continue
        missing = certificate_missing(database, owner, label)
        if missing is not None and (certain or not missing.certain):
            database = with_certificates(database, [Certificate(identifier(owner, label), owner, label)])
    return database


def _carried_out(playing: Playing, base: Played, request: Request, command: Command) -> tuple[Played, Codes]:
    before = playing.database
    failure = command.failure(before)
    pairs = _pairs(request)
    line = may_depend(playing, base, _names(request)) if failure is not None and failure.certain else None
    if line is not None and failure is not None:
        # What is missing may have been made by a command of which that is not known; a ring may still be missing.
        left = command.failure(_assumed(before, pairs, certain=True))
        ring = frozenset((request.ring,)) if request.ring is not None else frozenset[str]()
        if left is not None and left.certain and ring and may_depend(playing, base, ring) is None:
            failure = left
        else:
            failure = Failure(
                FailureKind.NOT_SHOWN, f"{failure}, unless line {line} has changed that", ask=failure.ask
            )
    if failure is not None and failure.certain:
        trouble = TROUBLE[failure.kind]
        if failure.message == "IRRD109I":
            trouble = Trouble.DEFINED
        elif trouble is Trouble.MISSING and any(slip.kind is SlipKind.FOLDED for slip in base.slips):
            trouble = Trouble.FOLDED
        return refused(base, str(failure), trouble)
    ground = before
    if failure is not None:
        ground = _assumed(before, pairs, certain=line is not None)
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
    if after is not before:
        after = _lineage(request, before, after)
        after = placed(before, after, base.span, "" if renamed is None else renamed[1])
        found = differences(ground, after, renamed)
    else:
        found = Differences()
    effect = effect_of(Scene(request, command, ground, found, playing.lost))
    played = _with_facts(base, request, command, found, ground, after, playing.on)
    playing.database = after
    if base.condition:
        playing.opaque.append((base.span, _names(request)))
    if failure is not None:
        needs = Missing(_subject(base), question(failure), failure.ask)
        ending, code = Ending.NOT_MODELLED, ANY
        unknown = request.function == "ADD" and found.changed and failure.kind is FailureKind.NOT_SHOWN
        told = effect if unknown else f"{effect}; {failure.text}"
        return replace(played, effect=told, ending=ending, missing=(needs,)), code
    changes = after is not before or base.writes is not None or request.function == "GENREQ"
    same = after is before or (base.writes is None and equal(before, after))
    if same and base.writes is None:
        return replace(played, ending=Ending.NO_EFFECT, effect="it is so already", classes=()), OK
    return replace(played, ending=Ending.DONE if changes else Ending.NO_EFFECT, effect=effect), OK


def _classes(command: Command, found: Differences, function: str) -> tuple[str, ...]:
    """Key rings are touched only by a command that changes what is on one."""
    on_rings = (
        function in {"CONNECT", "REMOVE", "ADDRING", "DELRING"} or found.lost or found.gained or found.moves
    )
    return tuple(name for name in command.refresh if on_rings or name != "DIGTRING")


def _names(request: Request) -> frozenset[str]:
    """Labels and key rings of a command."""
    found = (request.label, request.new_label, request.ring, request.signer)
    return frozenset(name for name in found if name is not None)


def _lineage(request: Request, before: Database, after: Database) -> Database:
    """A new key has signed nothing yet; what ADD brings back may be what was deleted."""
    if request.function == "ADD":
        return forgotten(after)
    if request.function == "REKEY" or (request.function == "GENCERT" and request.data_set is None):
        new = next(
            (one for ident, one in after.certificates.items() if ident not in before.certificates), None
        )
        return after if new is None else new_key(before, after, new)
    return after


def _subject(base: Played) -> str:
    return f"{base.owner}/{base.label}" if base.owner is not None and base.label is not None else base.text


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
            ends = end_of(usual_end(request.not_before or on))
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
