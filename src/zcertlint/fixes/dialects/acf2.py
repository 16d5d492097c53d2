"""ACF2: subcommands of the ACF command.

Sources: CONNECT, KEYRING and CERTDATA records, LIST, FACILITY rules: the jobs that Zowe ships (ZWEIKRA1, ZWENOKRA);
REMOVE CERTDATA, CHANGE of the status: Broadcom article 236773; RENEW, CHKCERT of a record (``u.suffix``): ACF2's
command reference and article 220869; RDATALIB rules: article 237054. A record is named OWNER.SUFFIX, and no listing
that is read shows the suffix.
"""

from collections.abc import Sequence

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.issue import GencertFromRequest
from zcertlint.fixes.commands.keep import AddCa, Alter
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing, Refresh
from zcertlint.fixes.commands.rings import AddRing, Connect, Remove
from zcertlint.fixes.dialects.translation import Draft, Translation, acid, renewals
from zcertlint.fixes.quote import class_name, dsn, profile_name, quote_label, ring_name, user_id
from zcertlint.model.certificate import Owner, TrustStatus
from zcertlint.model.security import Level

__all__ = ["acf2"]

_SITE = "SITECERT"
_LAST_YEAR = 2049
_TYPES = {"FACILITY": "FAC", "RDATALIB": "RDA"}
_DIVISIONS = {"DIGTCERT": "CERTDATA", "DIGTRING": "KEYRING"}
_SERVICES = {Level.READ: "READ", Level.UPDATE: "READ,UPDATE"}


def _label(label: str) -> str:
    """A label as ACF2 takes it: without apostrophes around it, its own doubled."""
    quoted = quote_label(label)
    if any(char in label for char in "(),"):
        raise UnsafeValueError("a label with parentheses or commas cannot be written for ACF2")
    return quoted[1:-1]


def _record(draft: Draft, owner: Owner, label: str) -> str:
    who = acid(owner, _SITE)
    return f"{who}.{draft.name(f'the suffix of the CERTDATA record of {who} with the label {label!r}')}"


def _ring(draft: Draft, owner: str, name: str) -> str:
    return f"{user_id(owner)}.{draft.name(f'the suffix of the KEYRING record of {owner} with the ring name {name}')}"


def _connect(draft: Draft, command: Connect) -> None:
    """``CONNECT CERTDATA(u.s) RINGNAME(r) KEYRING(u.s) USAGE(PERSONAL) [DEFAULT]``."""
    usage = _SITE if command.usage.value == "SITE" else command.usage.value
    if usage == _SITE:
        draft.refuse(command, "how ACF2 writes USAGE(SITE) is not known")
        return
    words = (
        "CONNECT", f"CERTDATA({_record(draft, command.owner, command.label)})",
        f"RINGNAME({ring_name(command.ring)})", f"KEYRING({_ring(draft, command.ring_owner, command.ring)})",
        f"USAGE({usage})",
    )  # fmt: skip
    draft.commands.append((*words, "DEFAULT") if command.default else words)


def _alter(draft: Draft, command: Alter) -> None:
    """``SET PROFILE(USER) DIVISION(CERTDATA)``, then ``CHANGE u.s TRUST``."""
    if command.new_label is not None or command.trust not in {TrustStatus.TRUST, TrustStatus.NOTRUST}:
        draft.refuse(command, "how ACF2 changes that of a certificate is not known")
        return
    record = _record(draft, command.owner, command.label)
    _division(draft, "CERTDATA")
    draft.commands.append(("CHANGE", record, command.trust.value))


def _permit(draft: Draft, command: Permit) -> None:
    """``SET RESOURCE(FAC)``, then ``RECKEY IRR ADD(DIGTCERT.LISTRING UID(u) SERVICE(READ) ALLOW)``."""
    kind = _TYPES.get(command.class_name)
    service = _SERVICES.get(command.access or Level.READ)
    name = profile_name(command.name)
    key, dot, rest = name.partition(".")
    if kind is None or service is None or command.delete or command.reset:
        draft.refuse(command, "no ACF2 rule for it is known to zcertlint")
        return
    if not dot or any(sign in name for sign in "*%"):
        draft.refuse(command, "a generic profile has no equal in ACF2: its rules are masked in another way")
        return
    for who in command.who:
        uid = draft.name(
            f"the UID string of {user_id(who)} (SHOW FIELDS, LIST {who}), a mask of up to 24 characters"
        )
        draft.commands += [
            ("SET", f"RESOURCE({kind})"),
            ("RECKEY", key, f"ADD({rest}", f"UID({uid})", f"SERVICE({service})", "ALLOW)"),
        ]
    draft.notes["RECKEY adds a line to the rule of the key, and makes the rule when there is none."] = None


def _renew(draft: Draft, command: GencertFromRequest) -> None:
    """``RENEW u.s EXPIRE(mm/dd/yy)``: label, key and key rings stay."""
    if command.not_after is None or command.not_after.year > _LAST_YEAR:
        draft.refuse(
            command, "ACF2 takes the end with two digits for the year, which are clear up to 2049 only"
        )
        return
    if command.alt_names is not None or command.handshake:
        draft.refuse(command, "a renewal with other names or another usage is not known well enough")
        return
    record = _record(draft, command.owner, command.label)
    _check(draft, command.owner, command.label)
    draft.commands.append(("RENEW", record, f"EXPIRE({command.not_after:%m/%d/%y})"))
    _check(draft, command.owner, command.label, "CHAIN")
    draft.notes[
        "RENEW signs with the certificate that signed before, which must have its private key in ACF2 and end later;"
        " the key pair stays."
    ] = None


def _division(draft: Draft, name: str) -> None:
    """``SET PROFILE(USER) DIVISION(CERTDATA)``, unless it is so already."""
    words = ("SET", "PROFILE(USER)", f"DIVISION({name})")
    if next((one for one in reversed(draft.commands) if one[0] == "SET"), None) != words:
        draft.commands.append(words)


def _check(draft: Draft, owner: Owner, label: str, *more: str) -> None:
    """``CHKCERT u.s [CHAIN]``, once in a row: with CHAIN it shows the certificate too."""
    words = ("CHKCERT", _record(draft, owner, label))
    _division(draft, "CERTDATA")
    last = draft.commands[-1]
    if last[:2] == words:
        draft.commands[-1] = (*words, *(last[2:] or more))
    else:
        draft.commands.append((*words, *more))


def _rings(draft: Draft, owner: str) -> None:
    """``LIST LIKE(u.-)``, once in a row."""
    words = ("LIST", f"LIKE({user_id(owner)}.-)")
    _division(draft, "KEYRING")
    if draft.commands[-1] != words:
        draft.commands.append(words)


def _one(draft: Draft, command: Command) -> None:
    match command:
        case Connect():
            _connect(draft, command)
        case Remove():
            record = _record(draft, command.owner, command.label)
            ring = _ring(draft, command.ring_owner, command.ring)
            draft.commands.append(("REMOVE", f"CERTDATA({record})", f"KEYRING({ring})"))
        case AddRing():
            ring, name = _ring(draft, command.owner, command.ring), ring_name(command.ring)
            _division(draft, "KEYRING")
            draft.commands.append(("INSERT", ring, f"RINGNAME({name})"))
        case AddCa():
            record = draft.name(
                f"a suffix of your choice for the CERTDATA record of CERTAUTH {command.label!r}"
            )
            source, label = f"DSN('{dsn(command.data_set)}')", f"LABEL({_label(command.label)})"
            _division(draft, "CERTDATA")
            draft.commands.append(("INSERT", f"CERTAUTH.{record}", source, label, "TRUST"))
        case Alter():
            _alter(draft, command)
        case Permit():
            _permit(draft, command)
        case GencertFromRequest():
            _renew(draft, command)
        case ListCert():
            _check(draft, command.owner, command.label)
        case ListChain():
            _check(draft, command.owner, command.label, "CHAIN")
        case ListRing():
            _rings(draft, command.ring_owner)
        case Refresh():
            _refresh(draft, command)
        case _:
            draft.refuse(command, "no ACF2 command for it is known to zcertlint")


def _refresh(draft: Draft, command: Refresh) -> None:
    """What ACF2 keeps in storage is built again."""
    name = class_name(command.class_name)
    if name in _DIVISIONS:
        draft.commands.append(("F", f"ACF2,REBUILD(USR),CLASS(P),DIVISION({_DIVISIONS[name]})"))
    elif name in _TYPES:
        draft.commands.append(("F", f"ACF2,REBUILD({_TYPES[name]})"))
    else:
        draft.refuse(command, "how ACF2 reads it again is not known")


def acf2(commands: Sequence[Command]) -> Translation:
    """The commands in one call of the ACF command."""
    made = Draft("?XXXXX").run(renewals(commands), _one)
    if not made.commands:
        return made
    inside = (("ACF",), *made.commands, ("END",))
    return Translation(inside, made.placeholders, made.refused, made.notes, racf=False)
