"""Commands as they are echoed, and the headings by which their answers are known.

After READY every line is a command. Elsewhere only what can be nothing else is taken for one: a sentence about
a command (``RACDCERT LIST shows …``) is text.
"""

import re
from functools import cache

from zcertlint.text.passwords import secret_spans, unclosed
from zcertlint.text.patterns import lazy

__all__ = ["echoed", "family", "heading", "is_row", "masked"]

# Words that may stand outside parentheses in RACDCERT; TSO takes each by its beginning.
_RACDCERT = (
    "ADD ADDRING ADDTOKEN ALTER ALTMAP BIND CERTAUTH CHECKCERT CONNECT DELETE DELMAP DELRING DELTOKEN EXPORT"
    " FORCE GENCERT GENREQ HIGHTRUST ICSF ID IMPORT LIST LISTCHAIN LISTMAP LISTRING LISTTOKEN MAP MULTIID"
    " NISTECC BPECC NOTRUST PCICC REKEY REMOVE ROLLOVER RSA SITE TRUST UNBIND FROMICSF CERTLABEL USAGE DEFAULT"
    " RING LABEL PASSWORD FORMAT WITHLABEL NEWLABEL SIZE NOTBEFORE NOTAFTER KEYUSAGE ALTNAME SIGNWITH"
    " SUBJECTSDN SDNFILTER IDNFILTER CRITERIA NEWCRITERIA SERIALNUMBER ISSUERSDN CERTSEQNUM TOKEN SEQNUM DSA"
    " WITHPKDS PKDS HANDSHAKE DATAENCRYPT DOCSIGN CERTSIGN KEYAGREE"
)
_RACDCERT_VERB = lazy(
    r"RACDCERT\s+(?:ID\s*\(|CERTA|SITE\b|MULTIID\b|LIST|GEN|ADD|ALT|DEL|EXP|CON|REM|MAP|ROL|REK|CHE|BIND|UNB|IMP)",
    re.IGNORECASE,
)
_SEGMENTS = (
    r"(?:CICS|CSDATA|DCE|DFP|EIM|KERB|LANGUAGE|LNOTES|MFA|NDS|NETVIEW|NORACF|OMVS|OPERPARM|OVM|PROXY|TSO"
    r"|WORKATTR|TME|(?:ONLY)?AT\s*\(.*\))"
)
_DETAILS = (
    r"(?:ALL|AUTHUSER|STATISTICS|HISTORY|(?:NO)?GENERIC|NORACF|NOYOURACC|RESGROUP|CDTINFO|CFDEF|CSDATA|DLFDATA|EIM"
    r"|ICSF|ICTX|IDTPARMS|JES|KERB|MFA|MFPOLICY|PROXY|SESSION|SIGVER|SSIGNON|STDATA|SVFMR|TME|(?:ONLY)?AT\s*\(.*\)|[-+])"
)
_CLASSES = (
    r"APPL|CDT|CERTAUTH|CRYPTOZ|CSFKEYS|CSFSERV|DATASET|DIGT\w{4}|FACILITY|GXFACILI|IDIDMAP|JESSPOOL|LOGSTRM"
    r"|OPERCMDS|PTKTDATA|RDATALIB|REALM|SDSF|SERVAUTH|SERVER|STARTED|SURROGAT|TSOAUTH|UNIXPRIV|XFACILIT|ZMFAPLA"
    r"|ZMFCLOUD|EJBROLE|PROGRAM|ACCTNUM|TSOPROC|GLOBAL|SECDATA|MFADEF|CFIELD"
)
# What may follow each other command's name, by the family of its answers. A command that is no listing is known
# too: what follows it is not the answer to the one before.
_OPERANDS = {
    # A class that is known, or in capitals as is the profile.
    "RLIST": lazy(
        rf"(?:(?i:{_CLASSES})\s+\S+|[A-Z][A-Z0-9$#@]{{0,7}}\s+[^\sa-z]+)(?:\s+(?i:{_DETAILS}))*\Z",
    ),
    "SETROPTS": lazy(r"LIST\Z|\w+\s*\(|\w*REFRESH", re.IGNORECASE),
    "LISTUSER": lazy(
        rf"(?:\([^)]*\)|\*|[^\sa-z(]{{1,8}}|\S{{1,8}}(?=\s+(?i:{_SEGMENTS})))(?:\s+(?i:{_SEGMENTS}))*\Z"
    ),
    "LISTGRP": lazy(rf"(?:\([^)]*\)|\*|[^\sa-z(]{{1,8}})(?:\s+(?i:{_SEGMENTS}))*\Z"),
    "SEARCH": lazy(r"(?:CLASS|FILTER|MASK|USER|AGE|UID|GID)\s*\(|(?:NOMASK|ALL)\b", re.IGNORECASE),
    "NETSTAT": lazy(
        r"-[A-Z]\b|(?:HOME|ALL|ALLCONN|CONN|DEVLINKS|GATE|ROUTE|TTLS|VIPADCFG|VIPADYN|CONFIG|PORTLIST|SRCIP|STATS|UP)"
        r"\b(?![,.:;]?\s+[a-z]+\s+[a-z])",
        re.IGNORECASE,
    ),
    "TSS": lazy(r"[A-Z]{3,8}\s*\(", re.IGNORECASE),
    "PERMIT": lazy(r"\S+\s+(?:CLASS|ID|RESET)\b", re.IGNORECASE),
    "RDEFINE": lazy(r"\w+\s+\S*[.*(&]|[A-Z0-9]+\s+[^\sa-z]+"),
    "ALTUSER": lazy(r"\S+\s+\w+\s*\("),
}
_FAMILIES = {
    "RACDCERT": "RACDCERT",
    "RLIST": "RLIST",
    "RL": "RLIST",
    "SETROPTS": "SETROPTS",
    "SETR": "SETROPTS",
    "LISTUSER": "LISTUSER",
    "LU": "LISTUSER",
    "LISTGRP": "LISTGRP",
    "LG": "LISTGRP",
    "SEARCH": "SEARCH",
    "SR": "SEARCH",
    "NETSTAT": "NETSTAT",
    "ONETSTAT": "NETSTAT",
    "TSS": "TSS",
}
_CHANGES = {
    **dict.fromkeys(("PERMIT", "PE"), "PERMIT"),
    **dict.fromkeys(("RDEFINE", "RDEF", "RALTER", "RALT"), "RDEFINE"),
    **dict.fromkeys(("ALTUSER", "ALU", "ADDUSER", "AU", "CONNECT", "CO"), "ALTUSER"),
}
_WORD = lazy(r"([A-Za-z]+)(?:\s+|\Z)")
_DISPLAY = lazy(r"(?:RO\s+\S+,)?D(?:ISPLAY)?\s+TCPIP,\w*,N(?:ETSTAT)?,", re.IGNORECASE)
_HEADING = lazy(
    r"(?P<RACDCERT>Digital\s+(?:certificate|ring|token)\s+information\s+for\b|Mapping\s+information\s+for\b"
    r"|IRRD\d{3}I\s)"
    r"|(?P<RLIST>CLASS\s+NAME\Z)"
    r"|(?P<SETROPTS>ATTRIBUTES = )"
    r"|(?P<LISTUSER>USER=\S+\s+NAME=)"
    r"|(?P<LISTGRP>INFORMATION FOR GROUP\b)"
    r"|(?P<NETSTAT>(?:EZ[ZD]\d{4}I\s+)?(?:MVS TCP/IP (?:ONETSTAT|NETSTAT)\b|NETSTAT CS V?\d))"
    r"|(?P<TSS>ACCESSORID\s*=\s|KEYRING LABEL\s*=)",
    re.IGNORECASE,
)
_PROMPT = lazy(r"(?:(?:\S+\s)?\S*[$#%>]\s*|(?:TSO |ISPF )?COMMAND ===>\s*|===>\s*)?", re.IGNORECASE)
_CARRIER = lazy(
    r"(?:zowe\s+(?:zos-)?tso\s+(?:issue|i)\s+(?:command|cmd)|tsocmd|tso(?:cmd)?|cmd)\s+(?=[\"'A-Z])",
    re.IGNORECASE,
)
_PARENTHESES = lazy(r"\((?:'(?:[^']|'')*+(?:'|\Z)|[^()'])*+(?:\)|\Z)")
_DEEPEST = 4
# A row of a key ring: its label may look like anything.
_ROW = lazy(r".*\s(?:CERTAUTH|SITE|ID\([^)\s]*\))\s+(?:PERSONAL|CERTAUTH|SITE)\s+(?:YES|NO)\Z")
_LONGEST_ROW = 160


def masked(command: str) -> str:
    """A command without the passwords in it."""
    kept, done = [], 0
    for start, end in secret_spans(command):
        kept += [command[done:start], "..."]
        done = end
    return "".join([*kept, command[done:], ")" if unclosed(command) else ""])


def echoed(text: str) -> str | None:
    """The command in a line that is one without READY in front of it; None for any other line."""
    place = _PROMPT.match(text).end()  # type: ignore[union-attr]  # matches nothing at least
    carrier = _CARRIER.match(text, place)
    if carrier is not None:
        place = carrier.end()
        quote = text[place : place + 1]
        if quote in {'"', "'"}:
            end = text.rfind(quote, place + 1)
            return text[place + 1 : end if end > 0 else None].strip()
    command = text[place:]
    if place and command[:1] in {'"', "'"}:
        command = command.strip("\"'")
    if _RACDCERT_VERB.match(command):
        return command if _only_keywords(command) else None
    return command if _is_other(command.rstrip()) else None


def _is_other(command: str) -> bool:
    word = _WORD.match(command)
    if word is None:
        return False
    name = word[1].upper()
    if name in {"D", "DISPLAY", "RO"}:
        return _DISPLAY.match(command) is not None
    kind = _FAMILIES.get(name) or _CHANGES.get(name)
    operands = _OPERANDS.get(kind or "")
    # The whole name of a command with one user or group in any case is no sentence.
    alone = name in {"LISTUSER", "LISTGRP"} and len(command.split()) == 2  # noqa: PLR2004
    return operands is not None and (alone or operands.match(command, word.end()) is not None)


def _only_keywords(command: str) -> bool:
    """Whether outside parentheses nothing stands that RACDCERT does not know."""
    rest = command[len("RACDCERT") :]
    for _ in range(_DEEPEST):
        rest, count = _PARENTHESES.subn(" ", rest)
        if not count:
            break
    return all(_is_keyword(word) for word in rest.strip("+- \"').").upper().split() if word not in {"-", "+"})


@cache
def _is_keyword(word: str) -> bool:
    # ID, ADD and the like are whole words; CERTA and LISTR are beginnings that TSO completes.
    return any(
        word == known or (len(word) > 2 and known.startswith(word))  # noqa: PLR2004
        for known in _RACDCERT.split()
    )


def family(command: str | None) -> str | None:
    """Whose answers a command has: the full name of RACDCERT, RLIST, SETROPTS …; None for others."""
    if command is None:
        return None
    word = re.match(r"[A-Za-z]+", command)
    if word is None:
        return None
    found = _FAMILIES.get(word[0].upper())
    if found == "SETROPTS" and re.search(r"\bLI", command[word.end() :].upper()) is None:
        return None  # it lists nothing
    return "NETSTAT" if found is None and _DISPLAY.match(command) else found


def heading(text: str) -> str | None:
    """The family of commands whose answer begins with this line; None for any other line."""
    found = _HEADING.match(text)
    return found.lastgroup if found is not None else None


def is_row(text: str) -> bool:
    """Whether a line without blanks around it is a row of a key ring's table, whatever it begins with."""
    return text[-3:] in {"YES", " NO"} and len(text) <= _LONGEST_ROW and _ROW.match(text) is not None
