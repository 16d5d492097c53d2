"""Top Secret: TSS commands.

Sources: ADD KEYRING, LIST, PERMIT and REVOKE of IBMFAC: the jobs that Zowe ships (ZWEIKRT1, ZWENOSEC); RENEW: the
Top Secret Cookbook. A certificate and a key ring have names of eight characters beside their labels, which no input
tells. Changes count at once: there is nothing to refresh.
"""

from collections.abc import Sequence

from zcertlint.fixes.commands.base import Command
from zcertlint.fixes.commands.issue import GencertFromRequest
from zcertlint.fixes.commands.keep import AddCa
from zcertlint.fixes.commands.permit import Permit
from zcertlint.fixes.commands.reads import ListCert, ListChain, ListRing, Refresh
from zcertlint.fixes.commands.rings import AddRing, Connect
from zcertlint.fixes.dialects.translation import Draft, Translation, acid, renewals
from zcertlint.fixes.quote import dsn, profile_name, quote_label, ring_name, user_id
from zcertlint.model.certificate import Owner

__all__ = ["tss"]

_SITE = "CERTSITE"
_CLASSES = {"FACILITY": "IBMFAC", "RDATALIB": "RDATALIB"}
_LAST_YEAR = 2049  # RENEW: NADATE has two digits for the year, 1950 to 2049


def _digicert(draft: Draft, owner: Owner, label: str) -> str:
    return draft.name(
        f"the DIGICERT name of the certificate of {acid(owner, _SITE)} with the label {label!r}"
    )


def _connect(draft: Draft, command: Connect) -> None:
    """``TSS ADD(u) KEYRING(k) LABLRING(r) RINGDATA(owner,cert) USAGE(PERSONAL) [DEFAULT]``."""
    ring = draft.name(f"the KEYRING name of {command.ring_owner} with the label {command.ring}")
    usage = _SITE if command.usage.value == "SITE" else command.usage.value
    words = (
        "TSS", f"ADD({user_id(command.ring_owner)})", f"KEYRING({ring})", f"LABLRING({ring_name(command.ring)})",
        f"RINGDATA({acid(command.owner, _SITE)},{_digicert(draft, command.owner, command.label)})", f"USAGE({usage})",
    )  # fmt: skip
    draft.commands.append((*words, "DEFAULT") if command.default else words)


def _add_ca(draft: Draft, command: AddCa) -> None:
    """``TSS ADD(CERTAUTH) DIGICERT(x) DCDSN('d') TRUST LABLCERT('l')``."""
    if "'" in command.label:
        draft.refuse(command, "how Top Secret takes an apostrophe in a label is not known")
        return
    name = draft.name(f"a DIGICERT name of your choice for CERTAUTH {command.label!r}")
    draft.commands.append(
        ("TSS", "ADD(CERTAUTH)", f"DIGICERT({name})", f"DCDSN('{dsn(command.data_set)}')", "TRUST",
         f"LABLCERT({quote_label(command.label)})")
    )  # fmt: skip


def _permit(draft: Draft, command: Permit) -> None:
    """``TSS PERMIT(u) IBMFAC(name) ACCESS(READ)``, or ``TSS REVOKE(u) IBMFAC(name)``."""
    kind, name = _CLASSES.get(command.class_name), profile_name(command.name)
    if kind is None or command.reset or (command.access is None and not command.delete):
        draft.refuse(command, "no Top Secret command for it is known to zcertlint")
        return
    if any(sign in name for sign in "*%") or "*" in command.who:
        draft.refuse(
            command, "a generic profile has no equal in Top Secret: its resources are masked in another way"
        )
        return
    for who in command.who:
        if command.delete:
            draft.commands.append(("TSS", f"REVOKE({user_id(who)})", f"{kind}({name})"))
        elif command.access is not None:
            level = command.access.value
            draft.commands.append(("TSS", f"PERMIT({user_id(who)})", f"{kind}({name})", f"ACCESS({level})"))
    if kind == "RDATALIB":
        draft.notes[
            "That Top Secret checks RDATALIB in this form is not confirmed: TSS WHOHAS RDATALIB(name)."
        ] = None


def _renew(draft: Draft, command: GencertFromRequest) -> None:
    """``TSS RENEW(u) DIGICERT(cert) NADATE(mm/dd/yy)``."""
    if command.not_after is None or command.not_after.year > _LAST_YEAR:
        draft.refuse(command, "Top Secret takes an end of validity up to 2049 only")
        return
    if command.alt_names is not None or command.handshake:
        draft.refuse(command, "a renewal with other names or another usage is not known well enough")
        return
    name = _digicert(draft, command.owner, command.label)
    draft.commands.append(
        (
            "TSS",
            f"RENEW({acid(command.owner, _SITE)})",
            f"DIGICERT({name})",
            f"NADATE({command.not_after:%m/%d/%y})",
        )
    )
    draft.notes[
        "RENEW renews only what Top Secret itself has issued; another CA's certificate is renewed by hand."
    ] = None


def _one(draft: Draft, command: Command) -> None:
    match command:
        case Connect():
            _connect(draft, command)
        case AddRing():
            ring = draft.name(f"a KEYRING name of your choice for {command.owner} {command.ring}")
            words = (
                "TSS",
                f"ADD({user_id(command.owner)})",
                f"KEYRING({ring})",
                f"LABLRING({ring_name(command.ring)})",
            )
            draft.commands.append(words)
        case AddCa():
            _add_ca(draft, command)
        case Permit():
            _permit(draft, command)
        case GencertFromRequest():
            _renew(draft, command)
        case ListCert() | ListChain():
            _once(draft, ("TSS", f"LIST({acid(command.owner, _SITE)})", "DIGICERT(ALL)"))
        case ListRing():
            _once(draft, ("TSS", f"LIST({user_id(command.ring_owner)})", "KEYRING(ALL)"))
        case Refresh():
            pass
        case _:
            draft.refuse(command, "no Top Secret command for it is known to zcertlint")


def _once(draft: Draft, words: tuple[str, ...]) -> None:
    """A listing of everything of an ACID is not wanted twice in a row."""
    since = len(draft.commands)
    while since and draft.commands[since - 1][1].startswith("LIST("):
        since -= 1
    if words not in draft.commands[since:]:
        draft.commands.append(words)


def tss(commands: Sequence[Command]) -> Translation:
    """The commands."""
    return Draft("?XXXXX").run(renewals(commands), _one)
