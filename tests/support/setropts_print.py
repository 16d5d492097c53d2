"""Prints the lists of classes as SETROPTS LIST prints them: the inverse of the reader."""

from collections.abc import Iterable

from zcertlint.model.security import ClassOptions

__all__ = ["print_setropts"]

_WIDTH = 80
_BEHIND = (
    "AUTOMATIC DATASET PROTECTION IS NOT IN EFFECT",
    "ENHANCED GENERIC NAMING IS IN EFFECT",
    "SINGLE LEVEL NAMES NOT ALLOWED",
    "PASSWORD PROCESSING OPTIONS:",
    "  THE ACTIVE PASSWORD ENCRYPTION ALGORITHM IS KDFAES",
    "  NO PASSWORD HISTORY BEING MAINTAINED.",
    "  AFTER   5 CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,",
    "          A USERID WILL BE REVOKED.",
    "INSTALLATION PASSWORD SYNTAX RULES:",
    "  RULE 1  LENGTH(4:8)   ********",
    "  LEGEND:",
    "  A-ALPHA C-CONSONANT L-ALPHANUM N-NUMERIC V-VOWEL W-NOVOWEL *-ANYTHING",
    "  x-MIXED ALL",
    "PARTNER LU-VERIFICATION SESSIONKEY INTERVAL MAXIMUM/DEFAULT IS  30 days",
    "KERBLVL =     0",
    "PRIMARY LANGUAGE DEFAULT : ENU / AMERICAN",
)


def print_setropts(options: ClassOptions, *, indent: bool = True) -> str:
    """The answer to SETROPTS LIST; a list that is None is left out, and ``indent`` may be lost on the way."""
    lines = ["ATTRIBUTES = INITSTATS WHEN(PROGRAM -- BASIC)", "STATISTICS = NONE"]
    for title, names in (
        ("ACTIVE CLASSES = ", options.active),
        ("GENERIC PROFILE CLASSES =  ", options.generic),
        ("GENERIC COMMAND CLASSES =  ", options.generic_commands),
        ("GENLIST CLASSES =  ", frozenset[str]()),
        ("GLOBAL CHECKING CLASSES =  ", options.global_checking),
        ("SETR RACLIST CLASSES =  ", options.raclist),
        ("GLOBAL=YES RACLIST ONLY =  ", options.global_raclist),
        ('LOGOPTIONS "NEVER" CLASSES =  ', frozenset(("FACILITY",))),
    ):
        if names is not None:
            lines += _list(title, names, indent=indent)
    return "".join(f"{line}\n" for line in (*lines, *(line if indent else line.strip() for line in _BEHIND)))


def _list(title: str, names: Iterable[str], *, indent: bool) -> list[str]:
    words = sorted(names, key=lambda name: name.encode("cp037")) or ["NONE"]
    lines, margin = [title], " " * len(title) if indent else ""
    for word in words:
        if (
            len(lines[-1]) + len(word) > _WIDTH - (0 if indent else len(title))
            and lines[-1].strip() != title.strip()
        ):
            lines.append(margin)
        lines[-1] += f"{word} "
    return lines
