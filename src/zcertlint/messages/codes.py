"""Return codes in a text, each with the component that it belongs to.

The same number means different things to System SSL, RACF and UNIX, so a number counts only where something
beside it says whose it is, or where it is all that was asked.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from zcertlint.text.patterns import lazy

__all__ = ["codes_in", "only_a_code"]

# Each quantifier has a bound: the time grows with the length of the text and nothing else.
_TTLS = lazy(r"\bEZD12[89]\d[A-Z]\b|\bTTLS\b|\bAT-?TLS\b", re.IGNORECASE)
_TTLS_RC = lazy(r"\bRC[ :=]{0,12}(\d{1,5})\b", re.IGNORECASE)
_TTLS_NUMBER = lazy(r"\bTTLS (?:Error )?(\d{1,5})\b", re.IGNORECASE)
_TTLS_BARE = lazy(r"\A(?:EZD12[89]\d[A-Z]|TTLS|AT-?TLS)[ :=]{1,4}(\d{1,5})\Z", re.IGNORECASE)
_GSK = lazy(
    r"\b(?:GSK(?:it)?|System SSL|SSLRetCode|ZWES1060W[^\r\n]{0,60}? rc)[ _]{0,2}(?:error|code|return code|rc)?"
    r"[ :=(]{1,4}(\d{1,5})\b",
    re.IGNORECASE,
)
_GSK_HEX = lazy(r"\b(?:0x)?134CC([0-9A-F]{3})\b", re.IGNORECASE)
_CMS = lazy(r"\b(?:0x)?(0335[0-9A-F]{4})\b", re.IGNORECASE)
_CMS_DECIMAL = lazy(r"\b(53[78]\d{5})\b")
_ERRNO2 = lazy(
    r"\b(?:errno2|reason code|rsncode|rsn|errnojr)[ :=(]{0,4}(?:0x)?([0-9A-F]{7,8})\b", re.IGNORECASE
)
_HEX8 = lazy(r"\b0x([0-9A-F]{8})\b", re.IGNORECASE)
_HEX8_ALONE = lazy(r"\A(?:0x|X')?([0-9A-F]{8}|BE8[0-9A-F]{4})'?\Z", re.IGNORECASE)
_ERRNO_PAIR = lazy(r"(?<![\w/])(\d{3})/(?:0x)?([0-9A-F]{8})\b", re.IGNORECASE)
_ERRNO = lazy(r"\b(?:errno|return code)[ :=(]{1,4}(\d{2,3})\b", re.IGNORECASE)
_BPX = lazy(r"(?<!\[)\berrno\b|\bBPX|\bpthread_security|\breason code ?= ?0x0be8", re.IGNORECASE)
_TRIPLE = lazy(r"(?<![\d./,-])\(?(\d{1,2}) ?[/,] ?(\d{1,2}) ?[/,:] ?(\d{1,3})\)?(?![\d/-])")
# Between other words three numbers may be anything: they are the codes where nothing else stands there.
_BLANKS = lazy(
    r"\A(?:(?:R_\w{3,20}|IRRS\w{2,6}|initACEE|SAF|RACF|rc|codes?)[ :=]{1,4})?"
    r"\(?(\d{1,2})[ \t]{1,4}(\d{1,2})[ \t]{1,4}(\d{1,3})\)?\Z",
    re.IGNORECASE,
)
_ALONE = lazy(r"\(?\d{1,2}(?:[ \t]{1,4}\d{1,3}){2}\)?")
_SAF = lazy(
    r"\bSAF (?:rc|return code)[ :=]{0,3}(?:0x)?0*([0-9A-F]{1,2})\b[^\r\n]{0,12}?"
    r"\bRACF (?:rc|return code)[ :=]{0,3}(?:0x)?0*([0-9A-F]{1,2})\b[^\r\n]{0,12}?"
    r"\bRACF (?:rsn|reason code|reason)[ :=]{0,3}(?:0x)?0*([0-9A-F]{1,3})\b",
    re.IGNORECASE,
)
_SAF_HEX = lazy(r"\bSAF return code 0x", re.IGNORECASE)
_DATALIB = lazy(r"R_datalib|IRRSDL|key ?ring|\bring\b|LISTRING|ZWED01", re.IGNORECASE)
_TICKET = lazy(r"R_ticketserv|IRRSPK|R_GenSec|IRRSGS|passticket|ticket", re.IGNORECASE)
_INITACEE = lazy(r"IRRSIA|initACEE|CWWKS29|APPL-ID", re.IGNORECASE)
_DATAPUT = lazy(r"\bDataPut\b", re.IGNORECASE)
_DATAREMOVE = lazy(r"\bDataRemove\b", re.IGNORECASE)
_KGE = lazy(r"\b(?:status|Verification RC)[ :=]{1,4}(-\d{1,2})\b", re.IGNORECASE)
_KGE_ITM = lazy(r"\bKGE|\bKGE_|runInstallVerify|\bITM\b|Installation Verification", re.IGNORECASE)
_KDE = lazy(r"\b(1DE000[0-9A-F]{2})\b", re.IGNORECASE)
_OPENSSL = lazy(
    r"\b(?:verify error:num=|verify return code: ?|openssl (?:verify )?(?:error )?)(\d{1,3})\b", re.IGNORECASE
)
_CURL = lazy(r"\bcurl:? ?\(?(\d{1,2})\b", re.IGNORECASE)
_NUMBER = lazy(r"\A-?\d{1,5}\Z")

_EVERYONE = ("gsk", "errno", "openssl", "curl", "kge")


def only_a_code(text: str) -> bool:
    """Whether nothing but numbers was asked, so that every component's meaning is as good as another's."""
    plain = text.strip()
    return bool(_NUMBER.search(plain) or _TRIPLE.fullmatch(plain) or _ALONE.fullmatch(plain))


def _triples(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _SAF.finditer(text):
        base = 16 if _SAF_HEX.search(found[0]) else 10
        try:
            saf, racf, reason = (str(int(value, base)) for value in found.groups())
        except ValueError:
            continue  # letters in a decimal form: not this message
        yield saf, racf, reason
    blanks = _BLANKS.search(text)
    for found in (*_TRIPLE.finditer(text), *(() if blanks is None else (blanks,))):
        saf, racf, reason = (str(int(value)) for value in found.groups())
        yield saf, racf, reason


def _services(text: str, triple: str) -> tuple[str, ...]:
    """Whose a SAF, RACF and reason code is: told by the words around it, or anybody's when it stands alone."""
    if _DATAPUT.search(text):
        return ("dataput",)
    if _DATAREMOVE.search(text):
        return ("dataremove",)
    told = tuple(
        name
        for name, sign in (("r_datalib", _DATALIB), ("r_ticketserv", _TICKET), ("initacee", _INITACEE))
        if sign.search(text)
    )
    if told:
        return told
    alone = (
        f"({triple.replace('/', ', ')})" in text
        or len(text.strip(" ()")) <= len(triple) + 4
        or _BLANKS.search(text) is not None
    )
    return ("r_datalib", "r_ticketserv", "initacee") if alone else ()


@lru_cache(maxsize=4)
def codes_in(text: str) -> tuple[str, ...]:
    """The ``component value`` keys of all return codes in a text, each once, the surest first.

    ``errno2`` is given in full and by its low half, because the low half is the reason whoever detected it.
    """
    text = text.strip()
    found: list[str] = []
    found += [f"cms {one[1].lower()}" for one in _CMS.finditer(text)]
    found += [f"cms {int(one[1]):08x}" for one in _CMS_DECIMAL.finditer(text)]
    if bare := _TTLS_BARE.search(text):
        found.append(f"gsk {int(bare[1])}")
    if _TTLS.search(text):
        found += [f"gsk {int(one[1])}" for rc in (_TTLS_RC, _TTLS_NUMBER) for one in rc.finditer(text)]
    found += [f"gsk {int(one[1])}" for one in _GSK.finditer(text)]
    found += [f"gsk {int(one[1], 16)}" for one in _GSK_HEX.finditer(text)]
    for pattern in (_ERRNO2, _HEX8, _HEX8_ALONE):
        for one in pattern.finditer(text):
            value = one[1].lower().zfill(8)
            if not value.startswith(("0335", "134cc", "1de0", "0000")):
                found += [f"errno2 {value}", f"errno2 {value[4:]}"]
    for one in _ERRNO_PAIR.finditer(text):
        value = one[2].lower()
        found += [f"errno2 {value}", f"errno2 {value[4:]}", f"errno {int(one[1])}"]
    if _BPX.search(text):
        found += [f"errno {int(one[1])}" for one in _ERRNO.finditer(text)]
    for triple in _triples(text):
        shown = "/".join(triple)
        found += [f"{service} {shown}" for service in _services(text, shown)]
    if _KGE_ITM.search(text):
        found += [f"kge {one[1]}" for one in _KGE.finditer(text)]
    found += [f"kde {one[1].lower()}" for one in _KDE.finditer(text)]
    found += [f"openssl {int(one[1])}" for one in _OPENSSL.finditer(text)]
    found += [f"curl {int(one[1])}" for one in _CURL.finditer(text)]
    if _NUMBER.search(text):
        found += [f"{who} {int(text)}" for who in _EVERYONE]
    return tuple(dict.fromkeys(found))
