"""Prints profiles as RLIST prints them: the inverse of the reader."""

from collections.abc import Sequence

from zcertlint.model.certificate import Absent
from zcertlint.model.security import Access, Profile, Signon, Started

__all__ = ["print_rlist"]

_LEVEL = (
    "LEVEL  OWNER      UNIVERSAL ACCESS  YOUR ACCESS  WARNING",
    "-----  --------   ----------------  -----------  -------",
)


def print_rlist(profiles: Sequence[Profile], *, counts: bool = True, every: bool = False) -> str:
    """The answer to RLIST for profiles; what is None is left out.

    Args:
        profiles: what is shown.
        counts: whether access lists have the column ACCESS COUNT.
        every: whether everything that ALL adds is shown.
    """
    return "\n\n\n".join("".join(f"{line}\n" for line in _profile(one, counts, every)) for one in profiles)


def _profile(one: Profile, counts: bool, every: bool) -> list[str]:  # noqa: FBT001
    mark = " (G)" if one.generic else ""
    lines = ["CLASS      NAME", "-----      ----", f"{one.class_name:<8}   {one.name}{mark}", ""]
    if one.grouped is not None:
        lines += ["GROUP CLASS NAME", "----- ----- ----", one.grouped, ""]
    if one.members is not None:
        lines += ["MEMBER CLASS NAME", "------ ----- ----", "TERMINAL", ""]
        lines += ["RESOURCES IN GROUP", "--------- -- -----", *(one.members or ("NONE",)), ""]
    if one.owner is not None:
        access = one.universal.value if one.universal else "?"
        warning = "YES" if one.warning else "NO"
        lines += [*_LEVEL, f" 00    {one.owner:<8}  {access:^16}     {'READ':^9}  {warning}", ""]
    if one.app_data is not None:
        data = "NONE" if isinstance(one.app_data, Absent) else one.app_data
        lines += _titled("INSTALLATION DATA", "NONE") + _titled("APPLICATION DATA", data)
        if every:
            lines += _titled("SECLEVEL", "NO SECLEVEL") + _titled("CATEGORIES", "NO CATEGORIES")
            lines += _titled("SECLABEL", "NO SECLABEL")
        lines += _titled("AUDITING", "FAILURES(READ)")
        lines += _titled("GLOBALAUDIT", "NONE") if every else []
        lines += _titled("NOTIFY", "NO USER TO BE NOTIFIED")
    if every:
        lines += _figures(generic=bool(one.generic))
    if one.access is not None:
        lines += _access(one.access, counts)
    if one.conditional is not None:
        lines += _conditional(one.conditional, counts)
    return lines + _segments(one)


def _titled(title: str, value: str) -> list[str]:
    return [title, "-" * len(title), value, ""]


def _figures(*, generic: bool) -> list[str]:
    lines = [
        "CREATION DATE  LAST REFERENCE DATE  LAST CHANGE DATE",
        " (DAY) (YEAR)       (DAY) (YEAR)      (DAY) (YEAR)",
    ]
    lines += ["-------------  -------------------  ----------------"]
    lines += [
        " ***    **      NOT APPLICABLE FOR GENERIC PROFILE"
        if generic
        else "  146    24          146    24          146    24",
        "",
    ]
    lines += [
        "ALTER COUNT   CONTROL COUNT   UPDATE COUNT   READ COUNT",
        "-----------   -------------   ------------   ----------",
    ]
    return [
        *lines,
        "NOT APPLICABLE FOR GENERIC PROFILE"
        if generic
        else "  000000         000000          000000        000000",
        "",
    ]


def _access(entries: Sequence[Access], counts: bool) -> list[str]:  # noqa: FBT001
    if not entries:
        return ["NO USERS IN ACCESS LIST", ""]
    lines = (
        ["USER      ACCESS   ACCESS COUNT", "----      ------   ------ -----"]
        if counts
        else ["USER      ACCESS", "----      ------"]
    )
    lines += [f"{entry.who:<8}  {_word(entry):<9}{'   000000' if counts else ''}" for entry in entries]
    return [*lines, ""]


def _conditional(entries: Sequence[Access], counts: bool) -> list[str]:  # noqa: FBT001
    title = "ACCESS COUNT   " if counts else ""
    lines = [
        f"   ID     ACCESS   {title}CLASS     ENTITY NAME",
        "-------- -------   --------  ------------------------",
    ]
    for entry in entries:
        class_name, _, name = (entry.condition or "").partition(" ")
        lines.append(
            f"{entry.who:<8} {_word(entry):<7}   {'000000   ' if counts else ''}{class_name:<8}  {name}"
        )
    return [*lines, "" if entries else "NO ENTRIES IN CONDITIONAL ACCESS LIST", ""]


def _word(entry: Access) -> str:
    return entry.level.value if entry.level else "ODD"


def _segments(one: Profile) -> list[str]:
    lines: list[str] = []
    if isinstance(one.started, Started):
        shown = one.started
        flags = [
            f"TRUSTED= {'YES' if shown.trusted else 'NO'}",
            f"PRIVILEGED= {'YES' if shown.privileged else 'NO'}",
        ]
        lines += [
            "STDATA INFORMATION",
            "------------------",
            f"USER= {shown.user}",
            f"GROUP= {shown.group}",
            *flags,
            "TRACE= NO",
            "",
        ]
    elif one.started is Absent.ABSENT:
        lines += ["NO STDATA INFORMATION", ""]
    if isinstance(one.signon, Signon):
        lines += ["SSIGNON INFORMATION", "-------------------", *_signon(one.signon), ""]
    elif one.signon is Absent.ABSENT:
        lines += ["NO SSIGNON INFO", ""]
    return lines


def _signon(shown: Signon) -> list[str]:
    if shown.label is None:
        return [f"{shown.form} DATA NOT DISPLAYABLE"]
    more = f" TYPE= {shown.kind} TIMEOUT= {shown.seconds} REPLAY= {'YES' if shown.replay else 'NO'}"
    return [f"{shown.form}= {shown.label}{more if shown.kind else ''}"]
