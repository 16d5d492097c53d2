"""RACF's commands beside RACDCERT, and what else stands in jobs: what each asks for.

Source: z/OS Security Server RACF Command Language Reference. Commands of TSO that change nothing in RACF are known by
name, so that they are not taken for something unknown.
"""

from dataclasses import field

from zcertlint.fixes.job.operands import Operands, Refused, single
from zcertlint.fixes.job.words import Word, parse
from zcertlint.model.certificate import Absent
from zcertlint.model.change import SlipKind
from zcertlint.model.security import Level
from zcertlint.records import dataclass

__all__ = ["FULL", "HARMLESS", "READING", "General", "read_general"]

FULL = {
    **dict.fromkeys(("SETROPTS", "SETR"), "SETROPTS"),
    **dict.fromkeys(("PERMIT", "PE"), "PERMIT"),
    **dict.fromkeys(("RDEFINE", "RDEF"), "RDEFINE"),
    **dict.fromkeys(("RALTER", "RALT"), "RALTER"),
    **dict.fromkeys(("RDELETE", "RDEL"), "RDELETE"),
    **dict.fromkeys(("CONNECT", "CO"), "CONNECT"),
    **dict.fromkeys(("REMOVE", "RE"), "REMOVE"),
    **dict.fromkeys(("ADDUSER", "AU"), "ADDUSER"),
    **dict.fromkeys(("ALTUSER", "ALU"), "ALTUSER"),
    **dict.fromkeys(("DELUSER", "DU"), "DELUSER"),
}
_READING_TEXT = "RLIST RL LISTUSER LU LISTGRP LG SEARCH SR LISTDSD LD RVARY NETSTAT"
READING = frozenset(_READING_TEXT.split())
# Of these nothing that is judged changes: data sets, terminal, messages.
_HARMLESS_TEXT = (
    "PROFILE PROF ALLOCATE ALLOC FREE DELETE DEL LISTDS LISTD LISTCAT LISTC LISTALC LISTA RENAME REN TIME SEND SE"
    " STATUS ST OUTPUT OUT PRINTDS PR HELP H END WRITE TERMINAL TERM WHO REPRO VERIFY ATTRIB ATTR OGET OPUT OGETX"
    " OPUTX MKDIR EXECUTIL XMIT TRANSMIT RECEIVE PING ISPSTART"
)
HARMLESS = tuple(_HARMLESS_TEXT.split())
_SETROPTS_TEXT = (
    "ADDCREATOR ADSP APPLAUDIT AT ONLYAT AUDIT CATDSNS CLASSACT CMDVIOL COMPATMODE EGN ERASE GENCMD GENERIC"
    " GENERICOWNER GENLIST GLOBAL GRPLIST INACTIVE INITSTATS JES KERBLVL LANGUAGE LIST LOGOPTIONS MLACTIVE MLFSOBJ"
    " MLIPCOBJ MLNAMES MLQUIET MLS MLSTABLE MODEL OPERAUDIT PASSWORD PREFIX PROTECTALL RACLIST REALDSN REFRESH RETPD"
    " RVARYPW SAUDIT SECLABELAUDIT SECLABELCONTROL SECLBYSYSTEM SECLEVELAUDIT SESSIONINTERVAL STATISTICS TAPEDSN"
    " TERMINAL WHEN NOADDCREATOR NOADSP NOAPPLAUDIT NOAUDIT NOCATDSNS NOCLASSACT NOCMDVIOL NOCOMPATMODE NOEGN NOERASE"
    " NOGENCMD NOGENERIC NOGENERICOWNER NOGENLIST NOGLOBAL NOGRPLIST NOINACTIVE NOINITSTATS NOMLACTIVE NOMLFSOBJ"
    " NOMLIPCOBJ NOMLNAMES NOMLQUIET NOMLS NOMLSTABLE NOMODEL NOOPERAUDIT NOPREFIX NOPROTECTALL NORACLIST NOREALDSN"
    " NOSAUDIT NOSECLABELAUDIT NOSECLABELCONTROL NOSECLBYSYSTEM NOSECLEVELAUDIT NOSESSIONINTERVAL NOSTATISTICS"
    " NOTAPEDSN NOWHEN"
)
_SETROPTS = tuple(_SETROPTS_TEXT.split())
_PERMIT = ("ID", "ACCESS", "CLASS", "DELETE", "FROM", "FCLASS", "FGENERIC", "FVOLUME", "GENERIC", "RESET", "VOLUME",
           "UNIT", "WHEN", "AT", "ONLYAT")  # fmt: skip
_PROFILE_TEXT = (
    "ADDCATEGORY APPLDATA AUDIT CDTINFO CFDEF CSDATA DATA DLFDATA EIM FCLASS FGENERIC FROM FVOLUME ICSF ICTX IDTPARMS"
    " JES KERB LEVEL MFA MFPOLICY NOTIFY OWNER PROXY SECLABEL SECLEVEL SESSION SIGVER SINGLEDSN SSIGNON STDATA SVFMR"
    " TIMEZONE TME TVTOC UACC WARNING WHEN ADDMEM DELMEM ADDVOL DELVOL GLOBALAUDIT NOAPPLDATA NODATA NOWARNING"
    " NOSSIGNON NOSTDATA NONOTIFY NOPROXY NOICSF NOKERB NOSESSION NOCDTINFO NOCSDATA NOEIM NOTVTOC NOSINGLEDSN"
    " DELCATEGORY NOSECLABEL NOSECLEVEL GENERIC NOGENERIC AT ONLYAT"
)
_PROFILE = tuple(_PROFILE_TEXT.split())
_USER_TEXT = (
    "ADSP NOADSP AUDITOR NOAUDITOR AUTHORITY CICS NOCICS CLAUTH NOCLAUTH CSDATA NOCSDATA DATA NODATA DCE NODCE DFLTGRP"
    " DFP NODFP EIM NOEIM EXPIRED NOEXPIRED GROUP GRPACC NOGRPACC KERB NOKERB LANGUAGE NOLANGUAGE LNOTES NOLNOTES MFA"
    " NOMFA MODEL NOMODEL NAME NDS NONDS NETVIEW NONETVIEW OIDCARD NOOIDCARD OMVS NOOMVS OPERATIONS NOOPERATIONS"
    " OPERPARM NOOPERPARM OVM"
    " NOOVM OWNER PASSWORD NOPASSWORD PHRASE NOPHRASE PROXY NOPROXY RESTRICTED NORESTRICTED"
    " RESUME NORESUME REVOKE NOREVOKE ROAUDIT NOROAUDIT SECLABEL NOSECLABEL SECLEVEL NOSECLEVEL SPECIAL NOSPECIAL TSO"
    " NOTSO UACC UAUDIT NOUAUDIT WHEN WORKATTR NOWORKATTR ADDCATEGORY DELCATEGORY AT ONLYAT SUB"
)
_USER = tuple(_USER_TEXT.split())
_GROUP_TEXT = (
    "GROUP AUTHORITY UACC OWNER SPECIAL NOSPECIAL OPERATIONS NOOPERATIONS AUDITOR NOAUDITOR ADSP NOADSP GRPACC NOGRPACC"
    " RESUME NORESUME REVOKE NOREVOKE AT ONLYAT"
)
_GROUP = tuple(_GROUP_TEXT.split())
_SECRETS = frozenset(("PASSWORD", "PHRASE", "KEYMASKED", "KEYENCRYPTED", "RVARYPW"))


@dataclass(slots=True)
class General:
    """What one command asks for.

    Attributes:
        verb: its full name. function: what of it, in a word or two. classes: RACLIST, GENERIC, CLASSACT of SETROPTS.
        lists: the classes by keyword. refresh: REFRESH. class_name, profile: of a general resource.
        ids: users and groups. group: of CONNECT.
        access: ACCESS. delete, reset: PERMIT DELETE and RESET. universal: UACC. source: FROM. owner: OWNER.
        uid: OMVS(UID(n)); ABSENT for NOOMVS. operands: every keyword, for what is not modelled.
    """

    verb: str
    function: str = ""
    classes: tuple[str, ...] = ()
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    refresh: bool = False
    class_name: str | None = None
    profile: str | None = None
    ids: tuple[str, ...] = ()
    group: str | None = None
    access: Level | None = None
    delete: bool = False
    reset: bool = False
    conditional: bool = False
    universal: Level | None = None
    app_data: str | None = None
    source: str | None = None
    source_class: str | None = None
    owner: str | None = None
    uid: int | Absent | None = None
    operands: tuple[str, ...] = ()
    slips: list[tuple[SlipKind, int, str]] = field(default_factory=list)


def read_general(verb: str, text: str, start: int) -> General:
    """Take a command apart.

    Args:
        verb: as written.
        text: of the command.
        start: the offset behind the verb.

    Raises:
        Refused: RACF would not take it, or an operand is not known here.
        TreeError: apostrophes or parentheses do not pair.
    """
    made = General(FULL[verb])
    words = parse(text, start)
    made.slips += _secrets(words)
    match made.verb:
        case "SETROPTS":
            _setropts(made, words)
        case "PERMIT":
            _permit(made, words)
        case "RDEFINE" | "RALTER" | "RDELETE":
            _resource(made, words)
        case _:
            _user(made, words)
    return made


def _secrets(words: tuple[Word, ...]) -> list[tuple[SlipKind, int, str]]:
    found = []
    for word in words:
        if word.text.upper() in _SECRETS and word.values:
            found.append((SlipKind.SECRET, word.offset, word.text.upper()))
        found += _secrets(word.values or ())
    return found


def _names(word: Word | None) -> tuple[str, ...]:
    return () if word is None else tuple(value.folded.upper() for value in word.values or () if value.text)


def _setropts(made: General, words: tuple[Word, ...]) -> None:
    top = Operands.read(words, _SETROPTS, closed=False)
    made.operands = tuple(top.order)
    made.refresh = "REFRESH" in top
    for keyword in ("RACLIST", "NORACLIST", "GENERIC", "CLASSACT", "NOCLASSACT", "GLOBAL", "GENLIST"):
        if keyword in top:
            made.function = made.function or keyword
            made.lists[keyword] = _names(top.get(keyword))
            made.classes = (
                *made.classes,
                *(name for name in _names(top.get(keyword)) if name not in made.classes),
            )
            if not made.classes:
                raise Refused(f"{keyword} names no class")
    if not made.function:
        made.function = "REFRESH" if made.refresh else (top.order[0] if top.order else "LIST")
    if made.function == "REFRESH":
        raise Refused("REFRESH stands there without RACLIST, GENERIC or GLOBAL")


def _level(operands: Operands, keyword: str) -> Level | None:
    text = operands.text(keyword)
    if text is None:
        return None
    found = [one for one in Level if one.value == text.upper()] or [
        one for one in Level if one.value.startswith(text.upper())
    ]
    if len(found) != 1:
        raise Refused(f"{keyword}({text}): no level of access")
    return found[0]


def _first(words: tuple[Word, ...], verb: str) -> Word:
    if not words or not (words[0].text or words[0].values):
        raise Refused(f"{verb} names nothing")
    return words[0]


def _permit(made: General, words: tuple[Word, ...]) -> None:
    made.profile = _first(words, "PERMIT").folded
    top = Operands.read(words[1:], _PERMIT)
    made.operands = tuple(top.order)
    made.class_name = (top.text("CLASS") or "DATASET").upper()
    made.ids = _names(top.get("ID"))
    made.access = _level(top, "ACCESS")
    made.delete, made.reset, made.conditional = "DELETE" in top, "RESET" in top, "WHEN" in top
    if (which := _names(top.get("RESET"))) and which != ("ALL",):
        made.operands += (f"RESET({' '.join(which)})",)  # one of the two lists only
    made.source = top.text("FROM")
    made.source_class = top.text("FCLASS")
    made.function = "DELETE" if made.delete else "RESET" if made.reset else ""
    if not made.ids and made.source is None and not made.reset:
        raise Refused("PERMIT names nobody (ID)")


def _resource(made: General, words: tuple[Word, ...]) -> None:
    first = _first(words, made.verb)
    made.class_name = first.folded
    listed = first.values is not None  # RDEFINE class (profile profile)
    profiles = first.values if first.values is not None else words[1:2]
    if not profiles:
        raise Refused(f"{made.verb} names no profile")
    if len(profiles) > 1:
        raise Refused(f"{made.verb} with several profiles is not looked at here", known=False)
    made.profile = profiles[0].folded
    words = words[1:] if listed else words[2:]
    top = Operands.read(words, _PROFILE, closed=False)
    made.operands = tuple(top.order)
    made.universal = _level(top, "UACC")
    data = top.get("APPLDATA")
    if data is not None and data.values:
        made.app_data = data.values[0].folded
    source = top.get("FROM")
    made.source = single(source, "FROM") if source is not None else None
    made.source_class = top.text("FCLASS")
    made.owner = (top.text("OWNER") or "").upper() or None


def _user(made: General, words: tuple[Word, ...]) -> None:
    first = _first(words, made.verb)
    if first.values is not None and not first.text:
        made.ids = tuple(value.folded.upper() for value in first.values)
    else:
        made.ids = (first.folded.upper(),)
    grouped = made.verb in {"CONNECT", "REMOVE"}
    top = Operands.read(words[1:], _GROUP if grouped else _USER, closed=False)
    made.operands = tuple(top.order)
    made.group = (top.text("GROUP") or "").upper() or None if grouped else None
    if "NOOMVS" in top:
        made.uid = Absent.ABSENT
    omvs = top.get("OMVS")
    if omvs is not None:
        for word in omvs.values or ():
            if word.text.upper() == "UID" and word.values and word.values[0].text.isdecimal():
                made.uid = int(word.values[0].text)
