"""Prints model objects as RACDCERT prints them: the inverse of the reader.

Layouts: z/OS 2.5 LIST, LISTRING and LISTMAP; a later ``release`` adds what later releases show.
"""

import base64
from collections.abc import Iterable, Sequence

from zcertlint.model.certificate import Absent, AltNames, Certificate, Owner, OwnerKind
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.model.store import Connection, Store

__all__ = ["certificate_id", "print_list", "print_listmap", "print_listring", "systsprt"]

_PIECE = 68  # characters of a name on one line
_USAGE_WORDS = (
    ("HANDSHAKE", {"digitalSignature", "keyEncipherment"}),
    ("DATAENCRYPT", {"dataEncipherment"}),
    ("DOCSIGN", {"nonRepudiation", "contentCommitment"}),
    ("CERTSIGN", {"keyCertSign", "cRLSign"}),
    ("KEYAGREE", {"keyAgreement"}),
)


def certificate_id(owner: Owner, label: str) -> str:
    """RACF's Certificate ID: X'D9', the owner with its length, the label, in EBCDIC and base64."""
    name = {OwnerKind.CERTAUTH: "irrcerta", OwnerKind.SITE: "irrsitec"}.get(owner.kind) or (owner.user or "")
    data = bytes((0xD9, len(name))) + name.encode("cp037") + label.encode("cp037")
    data += b"\x40" * (-len(data) % 3)
    return base64.b64encode(data).decode("ascii")


def print_list(
    owner: Owner, records: Sequence[Certificate], *, release: str = "2.5", command: str | None = None
) -> str:
    """The answer to RACDCERT LIST for certificates of one owner.

    Args:
        owner: whose certificates the heading names.
        records: what is shown; a fact that is None is left out.
        release: of z/OS; from 2.5 fingerprints, from 3.2 every alternative name and the key identifiers.
        command: the command, echoed in front of the answer.
    """
    version = tuple(int(part) for part in release.split("."))
    lines = [] if command is None else [command]
    if not records:
        whose = owner.user or f"irr{'certa' if owner.kind is OwnerKind.CERTAUTH else 'sitec'}"
        return _text([*lines, f"IRRD105I No certificate information was found for user {whose}."])
    lines += [f"Digital certificate information for {_heading(owner)}:", ""]
    for record in records:
        lines += _record(owner, record, version)
        lines.append("")
    return _text(lines)


def print_listring(user: str, rings: Sequence[Store], *, command: str | None = None) -> str:
    """The answer to RACDCERT LISTRING for rings of one user."""
    lines = [] if command is None else [command]
    if not rings:
        return _text([*lines, f"IRRD115I User {user} has no rings."])
    lines += [f"Digital ring information for user {user}:", ""]
    for ring in rings:
        lines += ["  Ring:", *_pieces(ring.name)]
        if ring.connections:
            lines += [
                "  Certificate Label Name             Cert Owner     USAGE      DEFAULT",
                "  --------------------------------   ------------   --------   -------",
                *(_row(connection) for connection in ring.connections),
            ]
        else:
            lines.append("  *** No certificates connected ***")
        lines.append("")
    return _text(lines)


def print_listmap(user: str | None, filters: Sequence[NameFilter], *, command: str | None = None) -> str:
    """The answer to RACDCERT LISTMAP; without a user, of MULTIID filters."""
    lines = [] if command is None else [command]
    lines += [f"Mapping information for {'MULTIID' if user is None else f'user {user}'}:", ""]
    for entry in filters:
        lines.append(f" Label: {entry.label}")
        if entry.status is not None:
            lines.append(f" Status: {entry.status.value}")
        for title, name in (("Issuer", entry.issuer), ("Subject", entry.subject)):
            lines += [f" {title}'s Name Filter:", *_pieces("" if name is None else name.text, indent=6)]
        if entry.criteria is not None:
            lines += [" Criteria:", *_pieces(entry.criteria, indent=6)]
        lines.append("")
    return _text(lines)


def systsprt(pairs: Sequence[tuple[str, str]]) -> str:
    """A batch SYSTSPRT: READY, the echoed command and its answer for each pair, then END."""
    parts = []
    for command, answer in pairs:
        parts += ["READY\n", f"{command}\n", answer]
        if answer and not answer.endswith("\n"):
            parts.append("\n")
    return "".join([*parts, "READY\nEND\n"])


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _heading(owner: Owner) -> str:
    return f"user {owner.user}" if owner.kind is OwnerKind.ID else owner.kind.value


def _pieces(value: str, *, indent: int = 7) -> list[str]:
    pieces = [value[start : start + _PIECE] for start in range(0, len(value), _PIECE)] or [""]
    return [f"{' ' * indent}>{piece}<" for piece in pieces]


def _colons(digits: str) -> list[str]:
    pairs = [digits[start : start + 2] for start in range(0, len(digits), 2)]
    rows = [":".join(pairs[start : start + 16]) for start in range(0, len(pairs), 16)]
    return [f"       {row}{':' if row is not rows[-1] else ''}" for row in rows]


def _row(connection: Connection) -> str:
    default = "YES" if connection.default else "NO "
    label, owner = connection.label or "", str(connection.owner or "")
    return f"  {label:<32}   {owner:<12}   {connection.usage.value:<8}     {default}"


def _name(title: str, name: Name | None) -> list[str]:
    return [] if name is None else [f"  {title}'s Name:", *_pieces(name.text)]


def _alt_names(names: AltNames | None, *, every: bool) -> list[str]:
    if names is None:
        return []
    lines = []
    mails = tuple(mail.replace("@", " at ") for mail in names.emails)
    for word, values in (("IP", names.ips), ("EMail", mails), ("Domain", names.dns), ("URI", names.uris)):
        lines += [f"    {word}: {value}" for value in (values if every else values[:1])]
    return ["  Subject's AltNames:", *lines] if lines else []


def _record(owner: Owner, record: Certificate, version: tuple[int, ...]) -> list[str]:
    label = record.label or ""
    lines = [f"  Label: {label}", f"  Certificate ID: {certificate_id(owner, label)}"]
    if record.trust is not None:
        lines.append(f"  Status: {record.trust.value}")
    for title, moment in (("Start Date: ", record.not_before), ("End Date:   ", record.not_after)):
        if moment is not None:
            lines.append(f"  {title}{moment.at:%Y/%m/%d %H:%M:%S}")
    if record.serial is not None:
        digits = f"{record.serial:X}"
        lines += ["  Serial Number:", f"       >{digits.zfill(len(digits) + len(digits) % 2)}<"]
    lines += _name("Issuer", record.issuer) + _name("Subject", record.subject)
    lines += _alt_names(record.alt_names, every=version >= (3, 2))
    if version >= (3, 2):
        for title, value in (("Subject", record.subject_key_id), ("Authority", record.authority_key_id)):
            if isinstance(value, str):
                lines += [f"  {title} Key ID:", *_colons(value)]
    if record.signature is not None:
        lines.append(f"  Signing Algorithm: {record.signature}")
    if record.key_usage is not None and record.key_usage is not Absent.ABSENT:
        words = [word for word, bits in _USAGE_WORDS if bits & record.key_usage]
        lines.append(f"  Key Usage: {', '.join(words)}")
    if record.extended_usage is not None and record.extended_usage is not Absent.ABSENT:
        lines.append(f"  Extended Key Usage: {', '.join(sorted(record.extended_usage))}")
    lines += _key_lines(record)
    if record.fingerprint is not None and version >= (2, 5):
        lines += ["  Certificate Fingerprint (SHA256):", *_colons(record.fingerprint)]
    return lines + _ring_lines(record)


def _key_lines(record: Certificate) -> list[str]:
    lines = []
    if record.key is not None:
        lines.append(f"  Key Type: {record.key.kind.value}")
        if record.key.bits is not None:
            lines.append(f"  Key Size: {record.key.bits}")
    if record.private_key is not None:
        lines.append(f"  Private Key: {'YES' if record.private_key else 'NO'}")
    if record.hardware_key is not None:
        lines.append(f"  PKDS Label: {record.hardware_key}")
    return lines


def _ring_lines(record: Certificate) -> list[str]:
    if record.rings is None:
        return []
    lines = ["  Ring Associations:"]
    for owner, ring in record.rings:
        lines += [f"    Ring Owner: {owner}", "    Ring:", *_pieces(ring)]
    return lines if record.rings else [*lines, "    *** No rings associated ***"]
