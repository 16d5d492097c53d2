"""What the lines of one ICH408I say."""

import re

from zcertlint.model.names import RACF_KEYWORDS, Name
from zcertlint.model.security import Level

__all__ = ["Parts"]

_FROM = re.compile(r"FROM\s+\S+(?:\s+\(G\))?\s*(?=\Z|ACCESS\b)")
_INTENT = re.compile(r"ACCESS INTENT\((?P<level>[^()]*)\)\s*")
_ALLOWED = re.compile(r"ACCESS ALLOWED\((?P<level>[^()]*)\)\s*")
_DETAIL = re.compile(r"(?:EFFECTIVE [UG]ID|SUBMITTER|PRIMARY USER|GROUP|NODE|VOL|FID|ID)\s*\([^()]*\)\s*")
_RESOURCE = re.compile(r"(?P<resource>/.*?|\S+)\s+CL\(\s*(?P<class>[A-Z0-9$#@]{1,8})\s*\)\s*")
_CLASS = re.compile(r"CL\(\s*(?P<class>[A-Z0-9$#@]{1,8})\s*\)\s*")
_TOKEN = re.compile(r"\S+\Z")
_INSUFFICIENT = re.compile(
    r"(?P<warned>WARNING:?\s+)?(?P<reason>INSUFFICIENT (?:ACCESS )?AUTHORITY(?: TO [A-Z/]+)?)"
    r"(?P<granted>\s*-\s*TEMPORARY ACCESS ALLOWED)?\s*"
)
_CERTIFICATE = re.compile(r"(?P<reason>DIGITAL CERTIFICATE [A-Z ]+)\.\s*")
_OTHER_REASON = re.compile(r"[A-Z/][A-Z/'-]*(?:[ ,;:]+[A-Z0-9/'$#@.-]+)+\Z")
_KNOWN_REASON = (
    "LOGON/JOB INITIATION",
    "PROFILE NOT FOUND",
    "RESOURCE NOT",
    "INSUFFICIENT",
    "USER",
    "DEFINE",
    "DELETE",
)
_SERIAL = re.compile(r"CERTIFICATE\s+SERIAL\s+NUMBER\(\s*(?P<serial>[0-9A-F]+)\s*\)")
_NAMES = re.compile(
    r"SERIAL\s+NUMBER\([^()]*\)\s*SUBJECT\((?P<subject>.*)\)\s*ISSUER\((?P<issuer>.*)\)\.?\s*\Z", re.DOTALL
)
# A line that ends with the separator, above one that begins with a keyword: the only break whose joint is sure.
_JOINT = re.compile(rf"\.\n(?=(?:{'|'.join(RACF_KEYWORDS)})=)|\n(?=\.(?:{'|'.join(RACF_KEYWORDS)})=)")


def _level(text: str) -> Level | None:
    return Level.__members__.get(text.strip())


class Parts:
    """What was refused, filled line by line."""

    def __init__(self) -> None:
        self.resource: str | None = None
        self.class_name: str | None = None
        self.reason: str | None = None
        self.intent: Level | None = None
        self.allowed: Level | None = None
        self.warned = False
        self.pending: str | None = None  # a name whose class has to stand in the next line
        self._certificate: list[str] | None = None
        self.finished = False

    @property
    def says_something(self) -> bool:
        """Whether anything is known beside the user."""
        return bool(self.resource or self.reason or self.serial())

    @property
    def open(self) -> bool:
        """Whether the message has begun to say what was refused."""
        return self.says_something or self.pending is not None

    def take(self, text: str, *, sure: bool) -> bool:
        """Whether a line goes on with the message.

        Args:
            text: the line without its margin.
            sure: whether its place shows that it belongs to the message; else only known words do.
        """
        if self._certificate is not None:
            return self._certificate_line(text)
        rest = text
        while rest:
            place = self._step(rest, sure=sure)
            if not place:
                return False
            rest = rest[place:]
        return True

    def _step(self, text: str, *, sure: bool) -> int:
        """How much of a line is understood next."""
        if found := _INTENT.match(text):
            self.intent = _level(found["level"])
        elif found := _ALLOWED.match(text):
            self.allowed, self.finished = _level(found["level"]), True
        elif found := _FROM.match(text) or _DETAIL.match(text):
            pass
        elif found := _CLASS.match(text):
            if self.class_name is None and self.pending is not None:
                self.resource, self.class_name = self.pending, found["class"]
        elif found := _INSUFFICIENT.match(text):
            self.reason = found["reason"]
            self.warned = self.warned or bool(found["warned"] or found["granted"])
        elif found := _CERTIFICATE.match(text):
            self.reason = found["reason"].strip()
            self._certificate = []
            self._certificate_line(text[found.end() :])
            return len(text)
        elif self.class_name is None and (found := _RESOURCE.match(text)):
            self.resource, self.class_name = found["resource"], found["class"]
        else:
            return self._free(text, sure=sure)
        return found.end()

    def _free(self, text: str, *, sure: bool) -> int:
        """A resource without its class, or a reason that is not known here."""
        if self.reason is not None or self.finished or not text:
            return 0
        if _TOKEN.match(text):
            if not sure or self.class_name is not None or self.pending is not None:
                return 0
            self.pending = text
            return len(text)
        if (sure or text.startswith(_KNOWN_REASON)) and _OTHER_REASON.match(text):
            self.reason = text
            return len(text)
        return 0

    def _certificate_line(self, text: str) -> bool:
        lines = self._certificate
        if lines is None or self.finished:
            return False
        if text:
            lines.append(text)
        whole = "\n".join(lines)
        if "ISSUER(" in whole and whole.endswith((")", ").")):
            self.finished = whole.endswith(").") or whole.count("(") == whole.count(")")
        return True

    def serial(self) -> str | None:
        """The serial number of a certificate that leads to no user, as printed."""
        found = _SERIAL.search("\n".join(self._certificate or ()))
        return found["serial"] if found else None

    def names(self) -> tuple[Name | None, Name | None]:
        """Its subject and issuer; None where a line ends in a value: a blank may be lost there."""
        found = _NAMES.search("\n".join(self._certificate or ()))
        return (None, None) if found is None else (_name(found["subject"]), _name(found["issuer"]))


def _name(text: str) -> Name | None:
    joined = _JOINT.sub(lambda found: found[0].replace("\n", ""), text)
    return Name(joined) if joined and "\n" not in joined else None
