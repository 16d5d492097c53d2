"""Liberty's XML as z/OSMF uses it: server.xml, server_override.xml, or elements cut out of them.

Only start tags matter. DOCTYPE and entities are refused, so nothing is expanded and nothing is fetched.
"""

import re
from xml.parsers import expat

from zcertlint.errors import InputError
from zcertlint.readers._zosmf_values import Gathered
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source

__all__ = ["read_xml"]

_LIMIT = 16 << 20
_COMMENT = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = lazy(r"<\?xml\b[^>]{0,400}\?>")
_REFUSED = lazy(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_KEYRING = lazy(r"safkeyring[a-z]*:/{2,4}(?:([^/]+)/)?([^/]+)")
# Attributes that hold an address which the server itself asks; authorizationEndpointUrl and
# endSessionEndpointUrl are left out: the browser goes there.
_CALLS = {
    "mpJwt": ("jwksUri",),
    "jwtConsumer": ("jwkEndpointUrl", "jwksUri"),
    "openidConnectClient": (
        "discoveryEndpointUrl",
        "jwkEndpointUrl",
        "jwksUri",
        "tokenEndpointUrl",
        "userInfoEndpointUrl",
        "validationEndpointUrl",
    ),
}
_NAMED = {
    ("jwtBuilder", "keyAlias"): ("jwt_builder", "key_alias"),
    ("jwtBuilder", "issuer"): ("jwt_builder", "issuer"),
    ("mpJwt", "issuer"): ("mp_jwt", "issuer"),
    ("jwtSso", "includeLtpaCookie"): ("jwt_sso", "include_ltpa_cookie"),
    ("jwtSso", "useLtpaIfJwtAbsent"): ("jwt_sso", "use_ltpa_if_jwt_absent"),
}


def read_xml(source: Source, gathered: Gathered) -> None:
    """Put what the elements say into ``gathered``.

    Raises:
        InputError: it is no well-formed XML, or it has a DOCTYPE.
    """
    text = _prepared(source)
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def start(name: str, attributes: dict[str, str]) -> None:
        # The wrapper stands on a line of its own, which comes off again here.
        line = parser.CurrentLineNumber - 1
        _element(source, gathered, name, attributes, line)

    parser.StartElementHandler = start
    try:
        parser.Parse("<wrapper>\n", False)
        parser.Parse(text, False)
        parser.Parse("\n</wrapper>", True)
    except expat.ExpatError as error:
        line = min(max(1, error.lineno - 1), max(1, len(source.lines)))
        raise InputError(
            source.path,
            line,
            f"column {error.offset + 1}: XML was expected ({expat.ErrorString(error.code)})",
            "Correct the element, or give the whole file.",
        ) from None


def _prepared(source: Source) -> str:
    """The text with notes above the first tag, comments and the declaration blanked; lines stay in place."""
    if len(source.data) > _LIMIT:
        raise InputError(
            source.path, None, "a server.xml of at most 16 MiB was expected", "Is this the right file?"
        )
    lines = list(source.lines)
    for number, line in enumerate(lines):
        if line.lstrip("\ufeff \t").startswith("<"):
            lines[number] = line.removeprefix("\ufeff")
            break
        lines[number] = ""
    text = "\n".join(lines)
    for pattern in (_COMMENT, _DECLARATION):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    refused = _REFUSED.search(text)
    if refused is not None:
        raise InputError(
            source.path,
            text.count("\n", 0, refused.start()) + 1,
            "Liberty settings were expected, a document type or an entity is declared here",
            "Remove the declaration; entities are never expanded.",
        )
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text)


def _element(source: Source, gathered: Gathered, name: str, attributes: dict[str, str], line: int) -> None:
    for attribute, value in attributes.items():
        path = _NAMED.get((name, attribute))
        if path is not None:
            gathered.add(path, value, *_place(source, line, attribute))
        elif attribute in _CALLS.get(name, ()):
            gathered.add_call(value, *_place(source, line, attribute))
    if name == "keyStore" and "location" in attributes:
        _key_store(gathered, attributes, *_place(source, line, "location"))
    if name in {"ssl", "sslDefault"}:
        _client_authentication(source, gathered, attributes, line)
    if name == "httpEndpoint":
        for attribute, key in (("httpsPort", "port"), ("host", "hostname")):
            if attribute in attributes and "${" not in attributes[attribute]:
                gathered.add((key,), attributes[attribute], *_place(source, line, attribute))


def _key_store(gathered: Gathered, attributes: dict[str, str], line: int, column: int) -> None:
    """The key ring of the default key store, else of the first one."""
    location = attributes["location"]
    if gathered.has("keystore", "location") and attributes.get("id") != "defaultKeyStore":
        return
    for path in (("keystore", "location"), ("keyring",), ("keyring_owner",)):
        gathered.forget(*path)
    gathered.add(("keystore", "location"), location, line, column)
    ring = _KEYRING.fullmatch(location)
    if ring is not None:
        gathered.add(("keyring",), ring[2], line, column)
        if ring[1] is not None:
            gathered.add(("keyring_owner",), ring[1], line, column)


def _client_authentication(source: Source, gathered: Gathered, attributes: dict[str, str], line: int) -> None:
    for attribute, word in (("clientAuthentication", "true"), ("clientAuthenticationSupported", "supported")):
        if attributes.get(attribute, "").strip().lower() == "true":
            gathered.add(("client_authentication",), word, *_place(source, line, attribute))
            return


def _place(source: Source, line: int, attribute: str) -> tuple[int, int]:
    """Line and column of an attribute's value in the tag that starts at ``line``."""
    pattern = re.compile(rf"(?<![\w.-]){re.escape(attribute)}\s*=\s*[\"']?")
    for number in range(line, min(len(source.lines), line + 200) + 1):
        found = pattern.search(source.lines[number - 1])
        if found is not None:
            return number, found.end() + 1
    return line, 1
