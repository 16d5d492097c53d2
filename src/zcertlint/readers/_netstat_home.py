"""The home address list of NETSTAT.

Short (``Address  Link  Flg``) on a stack without IPv6, long (``LinkName:``/``IntfName:``, ``Address:``,
``Type:``, ``Flags:``) otherwise; on the console in upper case and with its own end. Source: facts on RACF
formats, 9.
"""

import ipaddress
import re

from zcertlint.model.facts import Facts
from zcertlint.model.security import Home, HomeList, Security
from zcertlint.readers._security_sheet import UNREAD, Sheet, lost_columns, unechoed, verb_of
from zcertlint.records import dataclass
from zcertlint.text.envelope import Exchange, transcript_of
from zcertlint.text.source import Source

__all__ = ["read_homes"]

_LIST = "home address list"
_HEADING = re.compile(r"(?:\S+\s+)*?home address list:?\Z", re.IGNORECASE)
_FIRST = re.compile(r"(?:\S+\s+)?(?:MVS TCP/IP\s+)?O?NETSTAT CS\b|Home address list", re.IGNORECASE)
_REPORT = re.compile(r"\bO?NETSTAT CS\b|^MVS TCP/IP\b", re.IGNORECASE)
_STACK = re.compile(
    r"TCPIP Name:\s*(?P<tso>\S+)\s+\d|NETSTAT CS \S+\s+(?P<console>[A-Z0-9$#@]+)\Z", re.IGNORECASE
)
_INTERFACE = re.compile(r"(?:\S+\s+)*?(?:LnkName|LinkName|IntfName):\s*(?P<name>\S+)\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:\S+\s+)*?Address:\s*(?P<address>\S+)\Z", re.IGNORECASE)
_TYPE = re.compile(r"(?:\S+\s+)*?Type:\s*(?P<value>\S+)\Z", re.IGNORECASE)
_FLAGS = re.compile(r"(?:\S+\s+)*?Flags:(?P<value>.*)\Z", re.IGNORECASE)
_COLUMNS = re.compile(r"Address\s+Link\s+Flg\Z|-+\s+-+\s+-+\Z", re.IGNORECASE)
_ROW = re.compile(r"(?P<address>\S+)\s+(?P<link>\S+)(?:\s+(?P<flags>[A-Z](?: ?[A-Z])*))?\Z")
_COUNT = re.compile(
    r"(?:\S+\s+)*?(?P<shown>[0-9]{1,9})\s+OF\s+(?P<all>[0-9]{1,9})\s+RECORDS DISPLAYED\Z", re.IGNORECASE
)
_END = re.compile(r"(?:\S+\s+)*?END OF THE REPORT\Z", re.IGNORECASE)
_CUT = re.compile(r".*\bREPORT TRUNCATED\b", re.IGNORECASE)
_FILTER = re.compile(r"\bINTFN|\s-K\s|\s-I\s|\bIPADDR", re.IGNORECASE)
# What begins another answer where no command was echoed.
_OTHER = re.compile(
    r"Digital (?:certificate|ring) information|Mapping information|CLASS\s+NAME\Z|USER=\S|INFORMATION FOR GROUP"
    r"|ATTRIBUTES = |READY\Z|END\Z|[\w$#%:~/@-]*[$#>]\s",
    re.IGNORECASE,
)
_HINT = "Give the whole report"
_ABOVE = 4  # lines between the heading of the report and that of the list


def read_homes(kind: str, source: Source) -> Facts:
    """Every home address list."""
    scripts = transcript_of(source)
    sheet = Sheet(source, scripts.texts)
    homes: list[HomeList] = []
    for found in scripts.exchanges:
        exchange = unechoed(sheet, found, _FIRST)
        own = verb_of(exchange) in {"NETSTAT", "ONETSTAT"} or "NETSTAT" in (exchange.command or "").upper()
        starts = [index for index in range(exchange.start, exchange.end) if _is_heading(sheet.text(index))]
        if not starts or (own and lost_columns(sheet, exchange)):
            continue
        if own:
            sheet.echo(exchange)
        for start, stop in zip(starts, [*starts[1:], exchange.end], strict=True):
            # A command typed in the shell or at the console is not told from prose: then this list stands
            # below another command's answer, and its own heading is what counts.
            if exchange.command is None or own or _report_above(sheet, start, exchange) is not None:
                homes.append(_Reader(sheet, exchange, start, stop, own=own).read())
    return sheet.facts(kind, Security(homes=tuple(homes)))


def _is_heading(text: str) -> bool:
    return len(text) >= len(_LIST) and _LIST in text.lower() and _HEADING.match(text) is not None


def _report_above(sheet: Sheet, start: int, exchange: Exchange) -> int | None:
    above = range(start - 1, max(exchange.start, start - _ABOVE) - 1, -1)
    return next((index for index in above if _REPORT.search(sheet.text(index))), None)


def _address(text: str) -> str | None:
    """An address in its short form, without a prefix length; None when it is none."""
    try:
        return str(ipaddress.ip_address(text.partition("/")[0]))
    except ValueError:
        return None


@dataclass(slots=True)
class _Entry:
    """An address whose other lines follow."""

    address: str
    interface: str | None
    index: int
    kind: str | None = None
    flags: tuple[str, ...] | None = None


class _Reader:
    """One list."""

    def __init__(self, sheet: Sheet, exchange: Exchange, start: int, stop: int, *, own: bool) -> None:
        self._sheet = sheet
        self._exchange = exchange
        self._start, self._stop = start, stop
        self._own = own
        self._entries: list[_Entry] = []
        self._interface: str | None = None
        self._short = False
        self._complete = True
        self._ended = False
        self._last = start
        self._suspect = False  # the heading of the report is cut: lines of the full width may be, too

    def read(self) -> HomeList:
        sheet = self._sheet
        stack = self._heading()
        blank = False
        for index in range(self._start + 1, self._stop):
            text = sheet.text(index)
            if not text:
                blank = True
                continue
            if self._ended or _OTHER.match(text) or _REPORT.search(text):
                break
            if self._line(index, text):
                sheet.use(index)
                self._last = index
            elif blank and not self._own and not self._goes_on(index):
                break  # text that somebody put below
            else:
                sheet.strange(index)
                self._complete = False
            blank = False
        self._end()
        homes = tuple(
            Home(entry.address, entry.interface, sheet.span(entry.index), entry.flags or (), entry.kind)
            for entry in self._entries
        )
        return HomeList(stack, homes, self._complete, sheet.span(self._start))

    def _heading(self) -> str | None:
        """The name of the stack, from the heading above; and whether a filter made the list."""
        sheet, exchange = self._sheet, self._exchange
        sheet.use(self._start)
        commands = [exchange.command or ""] if self._own else []
        above = _report_above(sheet, self._start, exchange)
        stack = None
        if above is not None:
            sheet.use(above)
            found = _STACK.search(sheet.text(above))
            if found is not None:
                stack = found["tso"] or found["console"]
            elif sheet.text(above).upper().startswith("MVS TCP/IP"):
                self._suspect = True
            if not self._own and above > 0 and "netstat" in sheet.lines[above - 1].lower():
                commands.append(sheet.lines[above - 1])
        if any(_FILTER.search(f"{command} ") for command in commands):
            self._complete = False
        return stack.upper() if stack else None

    def _line(self, index: int, text: str) -> bool:
        """Whether a line is understood."""
        if _COLUMNS.match(text):
            self._short = True
            return True
        if (found := _COUNT.match(text)) or _CUT.match(text):
            if found is None or int(found["shown"]) < int(found["all"]):
                self._complete = False
                self._sheet.cut(index, "every home address, the report says that some are left out", _HINT)
            return True
        if _END.match(text):
            self._ended = True
            return True
        return self._long(index, text) or (self._short and self._row(index, text))

    def _long(self, index: int, text: str) -> bool:
        if found := _INTERFACE.match(text):
            self._close_entry()
            self._interface = found["name"] if self._whole(index) else None
            return True
        if found := _ADDRESS.match(text):
            self._close_entry()
            address = _address(found["address"]) if self._whole(index) else None
            if address is None:
                return False
            self._entries.append(_Entry(address, self._interface, index))
            return True
        entry = self._entries[-1] if self._entries else None
        if entry is None or self._short:
            return False
        if found := _TYPE.match(text):
            entry.kind = found["value"] if self._whole(index) else None
            return True
        if found := _FLAGS.match(text):
            entry.flags = tuple(found["value"].split()) if self._whole(index) else ()
            return True
        return False

    def _row(self, index: int, text: str) -> bool:
        found = _ROW.match(text)
        address = _address(found["address"]) if found and self._whole(index) else None
        if found is None or address is None:
            return False
        flags = tuple((found["flags"] or "").split())
        self._entries.append(_Entry(address, found["link"], index, None, flags))
        return True

    def _close_entry(self) -> None:
        """The flags of an address end it; another that begins before them shows that lines are missing."""
        if self._entries and self._entries[-1].flags is None and not self._short:
            self._complete = False

    def _whole(self, index: int) -> bool:
        return not self._suspect or self._sheet.whole(index, self._exchange.start, self._exchange.end)

    def _goes_on(self, index: int) -> bool:
        """Whether a line of the list follows soon: then the line at hand is inside it."""
        rest = (self._sheet.text(here) for here in range(index + 1, min(index + 4, self._stop)))
        return any(_INTERFACE.match(text) or _ADDRESS.match(text) or _FLAGS.match(text) for text in rest)

    def _end(self) -> None:
        """Whether the list reaches its end."""
        sheet, exchange = self._sheet, self._exchange
        unfinished = not self._entries or (self._entries[-1].flags is None and not self._short)
        above = (sheet.lines[index].strip() for index in range(exchange.at - 1, -1, -1))
        opened = self._own and next(filter(None, above), "").endswith("READY")
        if self._ended:
            self._complete = self._complete and bool(self._entries) and not unfinished
        elif unfinished or self._suspect or (opened and not exchange.closed):
            if self._complete or self._suspect:
                expected = "the home address list up to its end"
                sheet.cut(self._last, expected, _HINT)
            self._complete = False
        if sheet.marks.find(UNREAD, self._start, self._last + 1) >= 0:
            self._complete = False
