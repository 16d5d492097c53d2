"""What is missing for a verdict, and the command that shows it."""

from collections.abc import Iterable

from zcertlint.model.certificate import Certificate, Owner
from zcertlint.model.store import Connection, Store, StoreKind
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = [
    "HOMES",
    "ZOSMF_USER",
    "Need",
    "apart",
    "config_command",
    "export_command",
    "list_certificate",
    "list_certificates",
    "list_rings",
    "need_contents",
    "need_key_id",
    "need_names",
    "need_signature",
    "need_store",
    "usual_user",
]


@dataclass(frozen=True, slots=True)
class Need:
    """A missing fact.

    Attributes:
        subject: the id that it is about.
        text: what is missing and why it matters, one sentence in plain words.
        command: the command that shows it, as it can be typed; None when no command can.
    """

    subject: str
    text: str
    command: str | None


# The command of TSO that shows the addresses of a system; ``onetstat -h`` in z/OS UNIX.
HOMES = "NETSTAT HOME"

# The command that shows under which user z/OSMF's server runs.
ZOSMF_USER = "RLIST STARTED IZUSVR1.* STDATA NORACF"

# The qualifier that export_command makes of a label.
_EXPORTED = lazy(r"EXPORT\(.*DSN\(ZCERTLNT\.([A-Z][A-Z0-9]{0,7})\.PEM\)")


def config_command(setting: str) -> str:
    """The command that shows what Zowe makes of a setting (Zowe documentation, zwe config get)."""
    path = "".join(f"[{part}]" if part.isdecimal() else f".{part}" for part in setting.split("."))
    quoted = f'"{path}"' if "[" in path else path  # a shell would look for files of that name
    return f"zwe config get -p {quoted} -c zowe.yaml"


def _quoted(label: str) -> str:
    return "'" + label.replace("'", "''") + "'"


def _owner(owner: Owner) -> str:
    return str(owner)


def list_certificate(owner: Owner, label: str) -> str:
    """The command that lists one certificate."""
    return f"RACDCERT {_owner(owner)} LIST(LABEL({_quoted(label)}))"


def list_certificates(owner: Owner) -> str:
    """The command that lists every certificate of an owner, and so shows which it does not have."""
    return f"RACDCERT {_owner(owner)} LIST"


def list_rings(user: str) -> str:
    """The command that lists every key ring of a user, and so shows which do not exist.

    Its answer holds that of every ``LISTRING(ring)`` for this user (:attr:`Store.list_command`).
    """
    return f"RACDCERT LISTRING(*) ID({user})"


def export_command(certificate: Certificate) -> str | None:
    """The command that exports a certificate (without its key) as text; None when it is not in RACF.

    The data set goes under the caller's own prefix. EXPORT replaces an existing data set of that name.
    """
    if certificate.owner is None or certificate.label is None:
        return None
    name = "".join(c for c in certificate.label.upper() if c.isascii() and c.isalnum())[:8]
    if not name or not name[0].isalpha():
        name = f"C{name}"[:8]
    return (
        f"RACDCERT {_owner(certificate.owner)} EXPORT(LABEL({_quoted(certificate.label)})) "
        f"DSN(ZCERTLNT.{name}.PEM) FORMAT(CERTB64)"
    )


def apart(commands: Iterable[str | None]) -> tuple[str | None, ...]:
    """The commands, each export with a data set of its own: EXPORT replaces what another one has just written."""
    used: dict[str, str] = {}
    named = []
    for command in commands:
        found = _EXPORTED.search(command) if command else None
        if command is None or found is None:
            named.append(command)
            continue
        name, number = found[1], 1
        while used.setdefault(name, command) != command:
            number += 1
            name = f"{found[1][: 8 - len(str(number))]}{number}"
        named.append(f"{command[: found.start(1)]}{name}{command[found.end(1) :]}")
    return tuple(named)


def need_store(store: Store) -> Need:
    """The contents of a store."""
    why = f" ({store.reason})" if store.reason else ""
    what = "key ring" if store.kind is StoreKind.KEY_RING else "store"
    text = f"No input shows the {what} {store.title}{why}."
    if store.namesakes is None:
        return Need(store.id, text, store.list_command)
    others = " and ".join(ident.partition(":")[2] for ident in store.namesakes)
    if others:
        text += f" {others} is there: who runs z/OSMF?"
    return Need(store.id, f"{text} {usual_user(store)}", ZOSMF_USER if others else store.list_command)


def usual_user(store: Store) -> str:
    """What tells whose a ring is whose owner is only the usual user of z/OSMF."""
    return (
        f"{store.owner} is only the usual user of z/OSMF. What tells: the ring itself;"
        f" {ZOSMF_USER}, which shows the user; or that user in zowe.setup.certificate.keyring.zOSMF.user of zowe.yaml."
    )


def need_contents(store: str, connection: Connection) -> Need:
    """The certificate behind an entry of a store."""
    title = store.partition(":")[2]
    if connection.owner is None or connection.label is None:
        return Need(connection.certificate, f"No input shows an entry of {title}.", None)
    return Need(
        connection.certificate,
        f"{title} lists '{connection.label}' of {connection.owner}, and no input shows that certificate.",
        list_certificate(connection.owner, connection.label),
    )


def need_names(certificate: Certificate, host: str) -> Need:
    """All names of a certificate, where a listing shows one of each type."""
    names = certificate.alt_names
    shown = str(names) if names is not None else "none"
    return Need(
        certificate.id,
        f"Does {certificate.id} name {host}? The listing shows {shown}; before z/OS 3.2 it shows only the "
        "first name of each type.",
        export_command(certificate),
    )


def need_signature(certificate: Certificate) -> Need:
    """The signature algorithm, where a listing has no word for it."""
    text = f"With which algorithm is {certificate.id} signed? Its listing says UNKNOWN."
    return Need(certificate.id, text, export_command(certificate))


def need_key_id(issuer: Certificate, child: Certificate, why: str) -> tuple[Need, ...]:
    """Which key a CA has and which key signed, where only names tell the chain: each that no file shows yet."""
    text = f"Did {issuer.id} issue {child.id}? {why or 'Only names tell, and they do not decide here.'}"
    needs = [Need(issuer.id, text, export_command(issuer))] if issuer.der is None else []
    if child.der is None:
        needs.append(
            Need(child.id, f"Whose key signed {child.id}? Its listing does not show.", export_command(child))
        )
    return tuple(needs) or (Need(issuer.id, text, None),)
