"""Which words of a command have a password or a key behind them, also those that are mistyped.

The operand of a word that only looks like PASSWORD is as secret as that of PASSWORD: who slips in the keyword has
typed the password all the same.
"""

from functools import lru_cache

from zcertlint.text.patterns import lazy

__all__ = ["KEYWORDS", "first_end", "is_secret_word", "secret_spans", "unclosed"]

# What RACF's, ACF2's and Top Secret's commands, and tools around them, call a password or a key.
KEYWORDS = (
    "PASSWORD", "NEWPASSWORD", "OLDPASSWORD", "PHRASE", "NEWPHRASE", "PASSPHRASE", "PASSWD", "PASSCODE", "KEYMASKED",
    "KEYENCRYPTED", "RVARYPW", "PASSTICKET", "STOREPASS", "KEYPASS",
)  # fmt: skip
# Of these one letter may be wrong.
_SHORT = frozenset(("PASS", "PSWD", "NEWPW", "OLDPW", "BINDPW", "SESSKEY", "SECRET"))
_SHORTEST_NAMES = frozenset(("PW", "PWD", "PSW", "PAS", "PHR"))
_CORES = ("PASSW", "PASSPH", "PASSC", "PHRASE", "PASSWD", "SECRET", "KEYMASK", "KEYENCR", "KAES256")
# Keywords that are near to one of the above and have no secret: CLASS differs from PASS in two letters.
_OTHERS_TEXT = (
    "CLASS CLASSACT FCLASS ERASE PARMS PARM PROXY PREFIX USAGE DATA PHASE ALL ASIS BASE CASE TASK PACKAGE PASSIVE"
    " RVARY USER OWNER GROUP NAME RESUME NORESUME REVOKE NOREVOKE EXPIRED NOEXPIRED INTERVAL NOINTERVAL TRUST NOTRUST"
    " HIGHTRUST WITHLABEL LABEL ICSF PCICC PKDS FORMAT DSN SITE CERTAUTH FORCE OMVS TSO SPECIAL NOSPECIAL DFLTGRP"
    " AUTHORITY UACC WHEN AT ONLYAT CHECK NOOMVS NOTSO SSIGNON NOSSIGNON RESTRICTED NORESTRICTED PROTECTED"
    " AUTHUSER NORACF STDATA GENERIC NOGENERIC SECLABEL SECLEVEL SESSION SESS SES"
    # What nearly every command holds: no need to look at each letter.
    " RACDCERT LISTRING LIST LISTMAP LISTCHAIN CHECKCERT MULTIID CONNECT REMOVE RING ALTER EXPORT GENCERT GENREQ"
    " SETROPTS RACLIST REFRESH RLIST PERMIT RDEFINE RALTER LISTUSER SEARCH NETSTAT HOME"
)
_OTHERS = frozenset(_OTHERS_TEXT.split())
_WORD = lazy(r"(?<![\w$#@.-])([A-Za-z][\w-]*)(\s*\(|\s*[=:]\s*|\s*'|\s+(?![-+=:/*]))")
_ENOUGH = 3  # letters of an abbreviation that is taken for one
_SLIP = 4  # letters of a word in which one letter may be wrong
_LONGEST = 16  # letters of a word that is near to one of these
_SLIPS = 6  # letters of a word in which two may be wrong


@lru_cache(4096)
def is_secret_word(word: str) -> bool:
    """Whether what stands behind a keyword is a secret: it is such a keyword, its beginning, or near one."""
    upper = word.upper()
    if upper in _OTHERS:
        return False
    if _is_plain(upper):
        return True
    if not _SLIP <= len(upper) <= _LONGEST:
        return False
    if any(_distance(upper, short)[-1] <= 1 for short in _SHORT):
        return True
    return any(_near(upper, keyword) for keyword in KEYWORDS)


def _is_plain(upper: str) -> bool:
    """Whether a word is such a keyword as it is written, or the beginning of one."""
    if upper in _SHORT or upper in _SHORTEST_NAMES or any(core in upper for core in _CORES):
        return True
    return any(len(upper) >= _enough(keyword) and keyword.startswith(upper) for keyword in KEYWORDS)


def _near(word: str, keyword: str) -> bool:
    """Whether two slips of the pen make the keyword of the word, or its beginning of the beginning of it."""
    costs = _distance(word, keyword)
    if costs[-1] <= 2:  # noqa: PLR2004 (two slips)
        return True
    return _alone(keyword) and min(costs[_SLIP:]) <= (2 if len(word) >= _SLIPS else 1)


def _alone(keyword: str) -> bool:
    """Whether no other keyword begins as it does: KEYLABEL and NEWLABEL are near to the others."""
    return keyword.startswith(("PASS", "PHR"))


def _enough(keyword: str) -> int:
    """How many letters of a keyword are taken for it."""
    return _ENOUGH if _alone(keyword) else _SLIPS


def _distance(word: str, keyword: str) -> list[int]:
    """For each beginning of the keyword how many letters are wrong, missing, too many or changed over."""
    before: list[int] = []
    row = list(range(len(keyword) + 1))
    for at, letter in enumerate(word, 1):
        older, before = before, row
        row = [at]
        for place, wanted in enumerate(keyword, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted))
            if at > 1 and place > 1 and letter == keyword[place - 2] and word[at - 2] == wanted:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
    return row


def secret_spans(text: str, *, tight: bool = False) -> list[tuple[int, int]]:
    """Where in a command secrets stand: in the parentheses behind such a word, or loose behind it.

    Args:
        text: of the command, or a line of it.
        tight: whether the text may be prose too: then only parentheses count that stand at the word.
    """
    if "(" not in text and tight:
        return []
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start = match.end()
        if (found and start <= found[-1][1]) or not is_secret_word(match[1]):
            continue
        mark = match[2]
        if mark.endswith("("):
            if tight and len(mark) > 1:
                continue
            end = _closing(text, start)
        elif tight:
            continue
        elif mark.endswith("'"):
            start, end = start - 1, _quoted_end(text, start - 1)
        elif mark.strip() or (_is_plain(match[1].upper()) and not match[1].upper().startswith("NO")):
            end = _loose_end(text, start, certain=bool(mark.strip()))
        else:
            continue
        if end > start:
            found.append((start, end))
    return found


def unclosed(text: str) -> bool:
    """Whether a secret goes on behind the end of the text."""
    spans = secret_spans(text)
    return bool(spans) and spans[-1][1] == len(text) and text[spans[-1][0] - 1 : spans[-1][0]] == "("


def first_end(text: str) -> int:
    """Where a secret ends that began on the line before: at the first parenthesis that closes it."""
    place = text.find(")")
    return len(text) if place < 0 else place


def _closing(text: str, position: int) -> int:
    """The parenthesis that closes one, outside apostrophes; the end of the text when there is none."""
    depth = 0
    while position < len(text):
        char = text[position]
        if char == "'":
            position = _quoted_end(text, position)
            continue
        if char == ")":
            if depth == 0:
                return position
            depth -= 1
        depth += char == "("
        position += 1
    return len(text)


def _quoted_end(text: str, start: int) -> int:
    """Behind the apostrophe that closes the one at ``start``; the end of the text when there is none."""
    position = start + 1
    while (end := text.find("'", position)) >= 0:
        if not text.startswith("''", end):
            return end + 1
        position = end + 2
    return len(text)


def _loose_end(text: str, start: int, *, certain: bool) -> int:
    """The end of a value without parentheses; ``start`` when a keyword stands there."""
    if text[start : start + 1] == "'":
        return _quoted_end(text, start)
    end = start
    while end < len(text) and text[end] not in " \t,()'":
        end += 1
    word = text[start:end].upper()
    keyword = text[end : end + 1] == "(" or word in _OTHERS or is_secret_word(word) or word.startswith("NO")
    return start if keyword and not certain else end
