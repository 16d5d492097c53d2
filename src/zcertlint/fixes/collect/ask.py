"""A command that only reads, as a value: what it lists, and its words.

A gap carries its command as text. It is taken apart here and put together again from values that passed
``fixes.quote``: what does not come out as the same text is not written into a job.
"""

import re
from enum import Enum

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.quote import certificate_owner, dsn, quote_label, shown, unquote, user_id
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.trust.needs import list_certificates, list_rings

__all__ = ["Ask", "AskKind", "all_certificates", "all_rings", "parsed", "plain", "words_of"]


class AskKind(Enum):
    """What a command lists."""

    RINGS = "every key ring of a user"
    RING = "one key ring"
    CERTIFICATES = "every certificate of an owner"
    CERTIFICATE = "one certificate"
    EXPORT = "one certificate, whole"
    NETWORK = "home addresses"
    IDENTITY = "profiles, classes, users, name filters"


@dataclass(frozen=True, slots=True)
class Ask:
    """One command.

    Attributes:
        kind: what it lists. words: the command; a line of a job may end after each word.
        owner: whose, as RACDCERT names it (``ID(U)``, ``CERTAUTH``, ``SITE``); None where nobody's.
        name: of the ring or certificate asked for, if one.
        data_set: of EXPORT: where the certificate is written, as given.
    """

    kind: AskKind
    words: tuple[str, ...]
    owner: str | None = None
    name: str | None = None
    data_set: str | None = None

    @property
    def text(self) -> str:
        """The command as one line."""
        return " ".join(self.words)

    @property
    def user(self) -> str | None:
        """The user ID of ``ID(user)``."""
        return self.owner[3:-1] if self.owner is not None and self.owner.startswith("ID(") else None


_OWNER = r"(?P<owner>ID\([^()]*\)|CERTAUTH|SITE)"
_RING = lazy(r"RACDCERT LISTRING\((?P<ring>.*)\) ID\((?P<user>[^()]*)\)", re.DOTALL)
_LIST = lazy(rf"RACDCERT {_OWNER} LIST(?:\(LABEL\((?P<label>'.*')\)\))?", re.DOTALL)
_EXPORT = lazy(
    rf"RACDCERT {_OWNER} EXPORT\(LABEL\((?P<label>'.*')\)\) DSN\((?P<dsn>[^()']*)\) FORMAT\(CERTB64\)",
    re.DOTALL,
)
# Commands of RACF and TSO that cannot change anything, in the form in which questions name them.
_PLAIN = lazy(
    r"RACDCERT (?:ID\([A-Z0-9#@$]{1,8}\)|MULTIID) LISTMAP|SETROPTS LIST|NETSTAT HOME"
    r"|(?:RLIST|LISTUSER|LISTGRP) [A-Z0-9#@$.*%&+_ -]+|SEARCH CLASS\([A-Z0-9#@$]{1,8}\)"
)


def words_of(command: str) -> tuple[str, ...]:
    """A command in the words between which a line may end: blanks outside apostrophes and parentheses."""
    words, current, depth, quoted = [], "", 0, False
    for char in command:
        quoted ^= char == "'"
        if not quoted:
            depth += (char == "(") - (char == ")")
        if char == " " and not quoted and depth == 0:
            words.append(current)
            current = ""
        else:
            current += char
    return tuple(word for word in (*words, current) if word)


def all_rings(user: str) -> Ask:
    """Every key ring of a user."""
    return Ask(AskKind.RINGS, words_of(list_rings(user_id(user))), f"ID({user})")


def all_certificates(owner: Owner) -> Ask:
    """Every certificate of an owner."""
    checked = certificate_owner(owner)
    return Ask(AskKind.CERTIFICATES, words_of(list_certificates(owner)), checked)


def plain(command: str) -> Ask:
    """A command without values of others."""
    kind = AskKind.NETWORK if command.startswith("NETSTAT") else AskKind.IDENTITY
    return Ask(kind, words_of(command))


def parsed(command: str) -> Ask | None:
    """The command of a gap; None when it is none that a job of TSO may hold.

    Raises:
        UnsafeValueError: a value in it cannot be written into a job.
    """
    if found := _RING.fullmatch(command):
        user = user_id(found["user"])
        if found["ring"] == "*":
            return all_rings(user)
        # Never written: the list of all rings of the user answers it, whatever the name holds.
        return Ask(AskKind.RING, (command,), f"ID({user})", found["ring"])
    if found := _LIST.fullmatch(command):
        owner = certificate_owner(found["owner"])
        if found["label"] is None:
            return Ask(AskKind.CERTIFICATES, _same(command), owner)
        return Ask(AskKind.CERTIFICATE, _same(command), owner, _label(found["label"]))
    if found := _EXPORT.fullmatch(command):
        owner, label = certificate_owner(found["owner"]), _label(found["label"])
        return Ask(AskKind.EXPORT, _same(command), owner, label, dsn(found["dsn"]))
    if _PLAIN.fullmatch(command):
        return plain(command)
    return None


def _label(quoted: str) -> str:
    """A label between apostrophes, when it can be written."""
    label = unquote(quoted)
    if quote_label(label) != quoted:
        raise UnsafeValueError(f"the label '{shown(label)}' cannot be written into a command")
    return label


def _same(command: str) -> tuple[str, ...]:
    """The words of a command whose values have been looked at."""
    words = words_of(command)
    if " ".join(words) != command:
        raise UnsafeValueError(f"'{shown(command)}' cannot be split into words")
    return words


def owner_of(text: str) -> Owner:
    """The owner that an operand names."""
    return Owner.of_user(text[3:-1]) if text.startswith("ID(") else Owner(OwnerKind[text])
