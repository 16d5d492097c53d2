"""z/OSMF's settings: IZUPRMxx, bootstrap.properties, Liberty's XML.

The flat paths: ``keyring``, ``keyring_owner``, ``port``, ``saf_prefix``, ``hostname``, ``unauth_user``,
``jwks_hostname``, ``jwt_builder.key_alias``, ``jwt_builder.issuer``, ``mp_jwt.issuer``,
``jwt_sso.include_ltpa_cookie``, ``jwt_sso.use_ltpa_if_jwt_absent``, ``keystore.location``,
``client_authentication`` (``true`` or ``supported``) and ``calls.N`` for every address that z/OSMF asks itself. A
value with a Liberty variable (``${izu.https.port}``) is a template.
"""

import re

from zcertlint.errors import InputError
from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext
from zcertlint.readers._zosmf_values import Gathered
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source, Span

__all__ = ["KIND", "read", "recognise"]

KIND = "z/OSMF settings"

_PARMLIB = {
    "KEYRING_NAME": ("keyring",),
    "KEYRING_OWNER_USERID": ("keyring_owner",),
    "HTTP_SSL_PORT": ("port",),
    "SAF_PREFIX": ("saf_prefix",),
    "HOSTNAME": ("hostname",),
    "UNAUTH_USER": ("unauth_user",),
}
_PROPERTIES = {
    "izu.ssl.key.store.saf.keyring": ("keyring",),
    "izu.https.port": ("port",),
    "izu.jwks.hostname": ("jwks_hostname",),
}
# Statements that no other parmlib member has.
_OWN_STATEMENT = re.compile(
    r"\s*(?:KEYRING_NAME|KEYRING_OWNER_USERID|HTTP_SSL_PORT|SAF_PREFIX|CLOUD_SAF_PREFIX|UNAUTH_USER|ANGEL_PROC)"
    r"\s*\(\s*(?:'[^']*'|[\w$#@*.-]*)\s*\)\s*(?:/\*.*)?",
    re.IGNORECASE,
)
# Bounded everywhere: an unclosed parenthesis must not cost time.
_STATEMENT = lazy(r"(?<![\w.])([A-Za-z][A-Za-z0-9_]{2,40})[ \n]{0,80}\(([^()]{0,400})\)")
_PROPERTY = lazy(r"[ \t]{0,80}(izu\.[\w.]{1,80})[ \t]{0,80}[=:](.*)")
_COMMENT = lazy(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ELEMENT = lazy(r"<(?:jwtSso|jwtBuilder|mpJwt|jwtConsumer|openidConnectClient|keyStore|ssl|sslDefault)\b")
_SEQUENCE = slice(72, 80)  # where a data set has its line numbers


def recognise(source: Source) -> bool:
    """Whether a line is a statement of IZUPRMxx, an izu property, or an element of Liberty's security."""
    if source.encoding is None:
        return False
    if _is_xml(source):
        return any(_ELEMENT.search(line) for line in source.lines)
    return any(
        _OWN_STATEMENT.fullmatch(line[:72]) if "(" in line else _PROPERTY.fullmatch(line)
        for line in source.lines
    )


def read(source: Source, context: ReadContext) -> Facts:
    """The settings; XML that is not well formed gives one problem with its line and what came before it."""
    del context
    gathered = Gathered(source)
    problems: tuple[Problem, ...] = ()
    if _is_xml(source):
        from zcertlint.readers._zosmf_xml import read_xml  # noqa: PLC0415 (expat)

        try:
            read_xml(source, gathered)
        except InputError as error:
            place = Span(source.path, error.line)
            problems = (Problem("IN001", place, error.expected, error.hint),)
    else:
        _read_statements(source, gathered)
        _read_properties(source, gathered)
    noise = sum(1 for line in source.lines if not line.strip() or line.lstrip()[:1] == "#")
    settings = gathered.settings()
    return Facts(
        KIND,
        source.path,
        zosmf=settings if settings.entries or not problems else None,
        problems=problems,
        lines=(len(source.lines) - noise, noise, 0),
    )


def _is_xml(source: Source) -> bool:
    """Whether the first line that is no note starts with a tag that is not HTML's."""
    for line in source.lines:
        text = line.strip("\ufeff \t")
        if text and not text.startswith("#"):
            return text.startswith("<") and not text.lower().startswith(("<!doctype html", "<html"))
    return False


def _read_statements(source: Source, gathered: Gathered) -> None:
    """IZUPRMxx: free form, comments as in C, quoted values keep their case."""
    text = "\n".join(_without_numbers(line) for line in source.lines)
    text = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    line, counted = 1, 0
    for found in _STATEMENT.finditer(text):
        path = _PARMLIB.get(found[1].upper())
        if path is None:
            continue
        inner = found[2].strip()
        quoted = len(inner) > 1 and inner[0] == inner[-1] == "'"
        value = inner[1:-1].replace("''", "'") if quoted else inner.upper()
        start = found.start(2) + found[2].index(inner) + quoted
        line += text.count("\n", counted, start)
        counted = start
        gathered.add(path, value, line, start - text.rfind("\n", 0, start))


def _without_numbers(line: str) -> str:
    """A line without a comment of our kind and without the sequence number of a data set."""
    if line.lstrip().startswith("#"):
        return ""
    return line[:72] if line[_SEQUENCE].isdecimal() else line


def _read_properties(source: Source, gathered: Gathered) -> None:
    for number, line in enumerate(source.lines, 1):
        found = _PROPERTY.fullmatch(line)
        if found is not None and found[1] in _PROPERTIES:
            value = found[2].strip()
            gathered.add(_PROPERTIES[found[1]], value, number, found.start(2) + found[2].index(value) + 1)
