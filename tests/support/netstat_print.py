"""Prints home address lists as NETSTAT does: the inverse of the reader."""

from zcertlint.model.security import HomeList

__all__ = ["print_home"]


def print_home(homes: HomeList, *, form: str = "long") -> str:
    """The answer to NETSTAT HOME.

    Args:
        homes: what is shown.
        form: ``short``, ``long`` or ``console``.
    """
    stack = homes.stack or "TCPIP"
    if form == "console":
        lines = [f"EZZ2500I NETSTAT CS V2R5 {stack}"]
    else:
        lines = [f"MVS TCP/IP NETSTAT CS V2R5       TCPIP Name: {stack:<15} 12:52:35"]
    lines.append("Home address list:")
    if form == "short":
        lines += ["Address          Link             Flg", "-------          ----             ---"]
        lines += [
            f"{home.address:<16} {home.interface or '':<16} {' '.join(home.flags)}"
            for home in homes.addresses
        ]
    else:
        lines += _long(homes)
    if form == "console":
        count = len(homes.addresses)
        lines += [f"{count} OF {count} RECORDS DISPLAYED", "END OF THE REPORT"]
        lines = [lines[0], *(line.upper() for line in lines[1:])]
    return "".join(f"{line}\n" for line in lines)


def _long(homes: HomeList) -> list[str]:
    lines: list[str] = []
    shown: str | None = None
    for home in homes.addresses:
        if home.interface != shown:
            lines.append(f"{'IntfName' if ':' in home.address else 'LinkName'}:   {home.interface}")
            shown = home.interface
        lines.append(f"  Address:  {home.address}")
        if home.kind is not None:
            lines.append(f"    Type:   {home.kind}")
        lines.append(f"    Flags:  {' '.join(home.flags)}")
    return lines
