"""What stands around a table of a key ring: the command or title that names the ring, and R_datalib's codes."""

import re

from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.facts import AnswerKind
from zcertlint.records import dataclass

__all__ = ["Asked", "asked_by", "refusal", "titled"]

_COMMAND = re.compile(
    r"(?:\S*[$#%>]\s*|[^|]*?[/\s])?"
    r"(?P<command>(?:keyring-util\s+listring|zowex\s+system\s+cert(?:ificates?)?\s+(?:list|ls))\b(?P<rest>.*))\Z",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"[#*\s]*(?:(?:contents\s+of\s+)?(?:the\s+)?key\s?ring|ring)\s*:?\s+[`'\"]?(?P<owner>[A-Za-z0-9#@$]{1,8})/"
    r"(?P<name>[^\s`'\"*]{1,237})[`'\"*:.\s]*\Z",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"R_datalib call failed: function code: \w+, SAF rc: (\d+), RACF rc: (\d+), RACF rsn: (\d+)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"""'[^']*'|"[^"]*"|\S+""")
_FILTERS = ("-l", "--label", "-u", "--usage", "--label-only", "--owner-only", "--lo", "--oo")
# Facts 10: 8/8/8 not authorized, 8/8/84 the ring's profile is not found. 8/8/44 has several meanings.
_MEANINGS = {("8", "8", "8"): AnswerKind.DENIED, ("8", "8", "84"): AnswerKind.NO_SUCH_RING}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose key ring a table shows.

    Attributes:
        user, name: of the ring; None where the command does not tell.
        filtered: whether the command asks for a part of the ring only.
        command: as echoed; None for a title that somebody wrote.
        exact: whether the user ID is typed as user IDs are, in upper case.
    """

    user: str | None = None
    name: str | None = None
    filtered: bool = False
    command: str | None = None
    exact: bool = True

    @property
    def owner(self) -> Owner | None:
        """The ring's owner."""
        return None if self.user is None else Owner(OwnerKind.ID, self.user)

    @property
    def title(self) -> str:
        """``OWNER/NAME`` where it is told."""
        return "the key ring" if self.user is None else f"{self.user}/{self.name}"


def asked_by(text: str) -> Asked | None:
    """What a line asks for, when it is a command of keyring-util or zowex that lists a ring."""
    found = _COMMAND.match(text)
    if found is None:
        return None
    words = [word.strip("'\"") for word in _WORDS.findall(found["rest"])]
    filtered = any(word.partition("=")[0].lower() in _FILTERS for word in words)
    told = len(words) > 1 and not any(word.startswith("-") for word in words[:2])
    user, name = (words[0], words[1]) if told else (None, None)
    return Asked(
        user and user.upper(), name, filtered, found["command"], user is None or user == user.upper()
    )


def titled(text: str) -> Asked | None:
    """The ring that a title names: ``Key ring OWNER/NAME``."""
    found = _TITLE.match(text)
    return None if found is None else Asked(found["owner"].upper(), found["name"])


def refusal(text: str) -> tuple[str, AnswerKind | None] | None:
    """R_datalib's codes in a line, and what they prove; None when there are none."""
    found = _FAILED.match(text)
    if found is None:
        return None
    codes = (found[1], found[2], found[3])
    return "/".join(codes), _MEANINGS.get(codes)
