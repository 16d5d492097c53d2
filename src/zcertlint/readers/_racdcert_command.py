"""What an echoed RACDCERT command asked for."""

from collections.abc import Iterator

from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = ["Asked", "owner_of", "parse_command"]

_FUNCTIONS = (
    "ADD", "ADDRING", "ADDTOKEN", "ALTER", "ALTMAP", "BIND", "CHECKCERT", "CONNECT", "DELETE", "DELMAP",
    "DELRING", "DELTOKEN", "EXPORT", "GENCERT", "GENREQ", "IMPORT", "LIST", "LISTCHAIN", "LISTMAP",
    "LISTRING", "LISTTOKEN", "MAP", "REKEY", "REMOVE", "ROLLOVER", "UNBIND",
)  # fmt: skip
_OWNERS = ("ID", "CERTAUTH", "SITE", "MULTIID")
_KEYWORDS = (*_FUNCTIONS, *_OWNERS)
_WORD = lazy(r"([^\W_]+) *(\()?")
_SIGN = lazy(r"'[^']*'?|[()]")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a RACDCERT command that say whose listing its answer is.

    Attributes:
        function: ``LIST``, ``LISTRING`` …; "" when the line is no RACDCERT command.
        owner: None when the command leaves it out (then it is the issuer, whom nobody tells) or is MULTIID.
        multi: whether MULTIID was given.
        name: the ring or label asked for.
        everything: LIST or LISTMAP without an operand, or ``LISTRING(*)``.
        command: the command, as echoed.
    """

    function: str = ""
    owner: Owner | None = None
    multi: bool = False
    name: str | None = None
    everything: bool = False
    command: str | None = None


def owner_of(name: str) -> Owner | None:
    """The owner that a message, a table or RACF itself names: a user ID, CERTAUTH, SITE or an internal ID."""
    if name in {"irrcerta", "CERTAUTH"}:
        return Owner(OwnerKind.CERTAUTH)
    if name in {"irrsitec", "SITE"}:
        return Owner(OwnerKind.SITE)
    return None if not name or name == "irrmulti" else Owner.of_user(name)


def parse_command(command: str | None) -> Asked:
    """The meaning of an echoed command: abbreviations, any case, any order; the last function counts."""
    if command is None or command[:8].upper() != "RACDCERT":
        return Asked(command=command)
    function, operand = "", None
    owner: Owner | None = None
    multi = False
    for word, value in _operands(command[8:]):
        keyword = _keyword(word)
        if keyword == "ID":
            owner = owner_of((value or "").strip().upper())
        elif keyword in {"CERTAUTH", "SITE"}:
            owner = Owner(OwnerKind[keyword])
        elif keyword == "MULTIID":
            multi = True
        elif keyword in _FUNCTIONS:
            function, operand = keyword, value
    name = operand.strip() if function == "LISTRING" and operand is not None else _label(operand)
    everything = (function in {"LIST", "LISTMAP"} and operand is None) or (
        function == "LISTRING" and name == "*"
    )
    return Asked(function, owner, multi, name, everything, command)


def _keyword(word: str) -> str:
    word = word.upper()
    if word in _KEYWORDS:
        return word
    found = [keyword for keyword in _KEYWORDS if keyword.startswith(word)]
    return found[0] if len(found) == 1 else word


def _label(operand: str | None) -> str | None:
    for word, value in _operands(operand or ""):
        if value is not None and "LABEL".startswith(word.upper()):
            label = value.strip()
            if len(label) > 1 and label[0] == label[-1] == "'":
                return label[1:-1].replace("''", "'").strip()
            return label.upper()
    return None


def _operands(text: str) -> Iterator[tuple[str, str | None]]:
    """Keywords with what stands in parentheses after them, at the outermost level."""
    place = 0
    while (found := _WORD.search(text, place)) is not None:
        place = found.end()
        if found[2]:
            end = _closing(text, place - 1)
            yield found[1], text[place:end]
            place = end + 1
        else:
            yield found[1], None


def _closing(text: str, place: int) -> int:
    """The place of the parenthesis that closes the one at ``place``; the end when none does."""
    depth = 0
    for found in _SIGN.finditer(text, place):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth -= 1
            if depth == 0:
                return found.start()
    return len(text)
