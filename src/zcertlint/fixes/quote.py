"""The only place where a value from an input enters a command or JCL.

Each function returns the text to write, or raises UnsafeValueError. A value is never changed to make it fit:
what was written is read back as the same value, or it is not written at all.

Only printable ASCII is written. Every EBCDIC code page has it, and no upload (FTP in text mode, Zowe CLI,
IND$FILE) needs to know in which encoding this program wrote the file. A few of those characters still stand
at different code points in different code pages: :func:`varies` tells.
"""

import ipaddress
from datetime import date

from zcertlint.errors import UnsafeValueError
from zcertlint.text.patterns import lazy

__all__ = [
    "certificate_owner", "class_name", "criteria", "day", "dns_name", "dsn", "escaped", "filter_name", "host",
    "ip_address", "profile_name", "quote", "quote_label", "ring_name", "shown", "subject_word", "unix_path", "unquote",
    "user_id", "varies",
]  # fmt: skip

_LABEL_MAX = 32
_RING_MAX = 237
_DSN_MAX = 44
_PROFILE_MAX = 246
_FILTER_MAX = 255
_DN_VALUE_MAX = 64
_PATH_MAX = 1023
_DNS_MAX = 253
# National characters #, @, $ are left out: user IDs and data set names are made of them.
_VARIANT = frozenset('!"[\\]^`{|}~')
_USER = lazy(r"[A-Z0-9#@$]{1,8}\Z")
_RING = lazy(r"[A-Za-z0-9!#$%&*.:=?@_-]+\Z")
_DSN = lazy(r"[A-Z#@$][A-Z0-9#@$-]{0,7}(?:\.[A-Z#@$][A-Z0-9#@$-]{0,7})+\Z")
_CLASS = lazy(r"[A-Z#@$][A-Z0-9#@$]{0,7}\Z")
_PROFILE = lazy(r"[A-Z0-9!#$%&*./:=?@_-]+\Z")
_CRITERIA = lazy(r"[A-Z0-9#@$&=._*%-]+\Z")
_PATH = lazy(r"/[A-Za-z0-9#$@._/-]*\Z")
_DNS = lazy(
    r"(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\Z"
)


def _printable(value: str) -> bool:
    return all(" " <= char <= "~" for char in value)


def shown(value: str) -> str:
    """The value for a person to read: as it is; what is not printable (controls, marks of direction) as an escape."""
    return "".join(char if char.isprintable() else escaped(char) for char in value)


def escaped(value: str) -> str:
    """The value in printable ASCII, for the comments of jobs and scripts."""
    return "".join(
        char if " " <= char <= "~" else char.encode("unicode_escape").decode("ascii") for char in value
    )


def _refuse(what: str, value: str, why: str) -> UnsafeValueError:
    return UnsafeValueError(f"{what} '{shown(value)}' cannot be written into a command: {why}")


def varies(value: str) -> bool:
    """Whether a character of it stands at different code points in different EBCDIC code pages."""
    return not _VARIANT.isdisjoint(value)


def quote(value: str, what: str = "value") -> str:
    """The value between apostrophes, its own apostrophes doubled."""
    if not value:
        raise _refuse(what, value, "it is empty")
    if not _printable(value):
        raise _refuse(what, value, "it has characters that not every EBCDIC code page holds at one place")
    return "'" + value.replace("'", "''") + "'"


def unquote(text: str) -> str:
    """The value that :func:`quote` wrote; an error for anything else."""
    inner = text[1:-1].replace("''", "")
    if len(text) < 2 or text[0] != "'" or text[-1] != "'" or "'" in inner:  # noqa: PLR2004 (two apostrophes)
        raise UnsafeValueError(f"{shown(text)} is no quoted value")
    return text[1:-1].replace("''", "'")


def quote_label(label: str) -> str:
    """A certificate label, quoted: 1 to 32 characters, case and inner blanks kept.

    RACF strips leading and trailing blanks, so a label with one could not be read back.
    """
    if len(label) > _LABEL_MAX:
        raise _refuse("label", label, f"it is longer than {_LABEL_MAX} characters")
    if label != label.strip(" "):
        raise _refuse("label", label, "RACF drops leading and trailing blanks")
    return quote(label, "label")


def ring_name(name: str) -> str:
    """A key ring's name, as it is: RACDCERT takes it without apostrophes and keeps its case."""
    if not name or len(name) > _RING_MAX:
        raise _refuse("key ring name", name, f"it must have 1 to {_RING_MAX} characters")
    if name == "*":
        raise _refuse("key ring name", name, "it means every ring, or a virtual ring")
    if _RING.match(name) is None:
        raise _refuse("key ring name", name, "TSO would end or change the name at one of its characters")
    return name


def class_name(name: str) -> str:
    """A class of general resources: 1 to 8 upper-case characters."""
    if _CLASS.match(name) is None:
        raise _refuse("class", name, "it is no class name")
    return name


def profile_name(name: str) -> str:
    """A profile of general resources, as it is: TSO would fold lower case, so that is refused.

    A name with lower case exists in a few classes of mixed case only, none of which has to do with certificates.
    """
    if len(name) > _PROFILE_MAX:
        raise _refuse("profile", name, f"it is longer than {_PROFILE_MAX} characters")
    if "/*" in name or _PROFILE.match(name) is None:
        raise _refuse("profile", name, "TSO would end or change the name at one of its characters")
    return name


def filter_name(text: str) -> str:
    """A filter of a distinguished name in RACF's form, quoted: 1 to 255 characters."""
    if len(text) > _FILTER_MAX:
        raise _refuse("name filter", text, f"it is longer than {_FILTER_MAX} characters")
    return quote(text, "name filter")


def criteria(text: str) -> str:
    """The criteria of a name filter, as they are: ``APPLID=&APPLID``."""
    if len(text) > _FILTER_MAX or _CRITERIA.match(text) is None:
        raise _refuse("criteria", text, "they must be names, values, and = between them")
    return text


def subject_word(keyword: str, value: str) -> str:
    """One part of SUBJECTSDN: ``CN('x')``. RACDCERT has only these keywords, and 64 characters for each value."""
    if keyword not in {"CN", "T", "OU", "O", "L", "SP", "C"}:
        raise _refuse("part of a subject", keyword, "RACDCERT has no such keyword")
    if len(value) > _DN_VALUE_MAX:
        raise _refuse("part of a subject", value, f"it is longer than {_DN_VALUE_MAX} characters")
    if value != value.strip(" "):
        raise _refuse("part of a subject", value, "RACF may drop leading and trailing blanks")
    if keyword == "C" and not (len(value) == 2 and value.isascii() and value.isalpha()):  # noqa: PLR2004 (C has two)
        raise _refuse("country", value, "it must have two letters")
    return f"{keyword}({quote(value, 'part of a subject')})"


def unix_path(path: str) -> str:
    """An absolute path of the file system, quoted."""
    if len(path) > _PATH_MAX or _PATH.match(path) is None:
        raise _refuse("path", path, "it is no plain absolute path")
    return quote(path, "path")


def user_id(user: str) -> str:
    """A user ID: 1 to 8 upper-case letters, digits, #, @, $."""
    if _USER.match(user) is None:
        raise _refuse("user ID", user, "it is no user ID")
    return user


def certificate_owner(owner: object) -> str:
    """An owner (:class:`~zcertlint.model.certificate.Owner`) as an operand: ``ID(U)``, ``CERTAUTH``, ``SITE``."""
    text = str(owner)
    if text in {"CERTAUTH", "SITE"}:
        return text
    if not (text.startswith("ID(") and text.endswith(")")):
        raise _refuse("owner", text, "it is none")
    return f"ID({user_id(text[3:-1])})"


def dsn(name: str) -> str:
    """A data set name of at least two qualifiers, without apostrophes."""
    if len(name) > _DSN_MAX or _DSN.match(name) is None:
        raise _refuse("data set name", name, "it is no data set name of two or more qualifiers")
    return name


def dns_name(name: str) -> str:
    """A DNS name, without apostrophes."""
    if len(name) > _DNS_MAX or _DNS.match(name) is None:
        raise _refuse("host name", name, "it is no DNS name")
    return name


def ip_address(text: str) -> str:
    """An IPv4 or IPv6 address in its usual form."""
    try:
        value = ipaddress.ip_address(text)
    except ValueError:
        raise _refuse("address", text, "it is no IP address") from None
    if getattr(value, "scope_id", None):
        raise _refuse("address", text, "a certificate holds no zone of an address")
    return str(value)


def host(text: str) -> tuple[str, str]:
    """``("ip", address)`` or ``("dns", name)``."""
    try:
        return "ip", ip_address(text)
    except UnsafeValueError:
        return "dns", dns_name(text)


def day(when: date) -> str:
    """A date as RACDCERT takes it: ``2028-11-21``. RACF takes years up to 9997; a plan needs 1950 to 2099."""
    if not 1950 <= when.year <= 2099:  # noqa: PLR2004 (what the docstring says)
        raise _refuse("date", when.isoformat(), "the year is out of range")
    return f"{when:%Y-%m-%d}"
