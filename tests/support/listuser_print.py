"""Prints users and groups as LISTUSER and LISTGRP do: the inverse of the reader."""

from collections.abc import Iterable

from zcertlint.model.certificate import Absent
from zcertlint.model.security import Group, User

__all__ = ["print_group", "print_user"]


def print_user(user: User, *, data: Iterable[str] = (), dates: tuple[str, str] = ("NONE", "NONE")) -> str:
    """The answer to LISTUSER, with the OMVS segment when the model shows it.

    Args:
        user: every field of the base known; ``name`` None is printed as UNKNOWN.
        data: lines of installation data.
        dates: REVOKE DATE and RESUME DATE.
    """
    words = sorted(user.attributes or ()) or ["NONE"]
    lines = [
        f"USER={user.id:<8}  NAME={user.name or 'UNKNOWN':<20}  OWNER={user.owner:<8}  CREATED=23.158",
        f" DEFAULT-GROUP={user.default_group:<8} PASSDATE=24.273 PASS-INTERVAL= 90 PHRASEDATE=N/A",
        *(f" ATTRIBUTES={word}" for word in words),
        f" REVOKE DATE={dates[0]}   RESUME DATE={dates[1]}",
        " LAST-ACCESS=UNKNOWN",
        " CLASS AUTHORIZATIONS=NONE",
    ]
    wrapped = list(data)
    lines += [f" INSTALLATION-DATA={wrapped[0]}"] if wrapped else [" NO-INSTALLATION-DATA"]
    lines += [f"                     {more}" for more in wrapped[1:]]
    lines += [
        " NO-MODEL-NAME",
        " LOGON ALLOWED   (DAYS)          (TIME)",
        " ---------------------------------------------",
        " ANYDAY                          ANYTIME",
    ]
    for group in user.groups or ():
        lines += [
            f"  GROUP={group:<8}  AUTH=USE      CONNECT-OWNER=SYS1      CONNECT-DATE=23.158",
            "    CONNECTS=    00  UACC=NONE     LAST-CONNECT=UNKNOWN",
            "    CONNECT ATTRIBUTES=NONE",
            "    REVOKE DATE=NONE   RESUME DATE=NONE",
        ]
    lines += [
        "SECURITY-LEVEL=NONE SPECIFIED",
        "CATEGORY-AUTHORIZATION",
        " NONE SPECIFIED",
        "SECURITY-LABEL=NONE SPECIFIED",
    ]
    return _text([*lines, *_omvs("UID", user.uid)])


def print_group(group: Group) -> str:
    """The answer to LISTGRP, with the OMVS segment when the model shows it."""
    lines = [
        f"INFORMATION FOR GROUP {group.id}",
        "    SUPERIOR GROUP=SYS1         OWNER=SYS1      CREATED=23.158",
        "    NO INSTALLATION DATA",
        "    NO MODEL DATA SET",
        "    TERMUACC",
        "    NO SUBGROUPS",
    ]
    if group.users:
        lines.append("    USER(S)=      ACCESS=      ACCESS COUNT=      UNIVERSAL ACCESS=")
        for user in group.users:
            lines += [
                f"      {user:<8}      USE           000000               NONE",
                "         CONNECT ATTRIBUTES=NONE",
                "         REVOKE DATE=NONE                 RESUME DATE=NONE",
            ]
    else:
        lines.append("    NO USERS")
    return _text([*lines, *_omvs("GID", group.gid)])


def _omvs(field: str, number: int | Absent | None) -> list[str]:
    if number is None:
        return []
    if number is Absent.ABSENT:
        return ["", "NO OMVS INFORMATION"]
    return ["", "OMVS INFORMATION", "----------------", f"{field}= {number:010}"]


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
