"""What the certificate settings of a zowe.yaml mean to Zowe: store types, key ring URIs, whether the schema is applied.

Source: facts on zowe.yaml, 2 and 2.1 (the schemas of v2 and v3, API ML's own parser of key ring URIs, app-server, ZSS).
"""

from enum import Enum

from zcertlint.model.settings import Settings
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy

__all__ = [
    "RING_TYPES",
    "STORE_TYPES",
    "RingUri",
    "UriForm",
    "family_of_file",
    "family_of_type",
    "ring_uri",
    "schema_applied",
    "unexpanded",
]

# JKS has never been legal. A schema that knows JCEKS and JCECCAKS demands a key ring for them too.
RING_TYPES = frozenset({"JCEKS", "JCECCAKS", "JCERACFKS", "JCECCARACFKS", "JCEHYBRIDRACFKS"})
STORE_TYPES = RING_TYPES | {"PKCS12"}
_PARTS = lazy(r"(safkeyring[A-Za-z]*):?(/*)(.*)")
_TWO, _THREE, _FOUR = 2, 3, 4
_BRACES = lazy(r"\$\{(?!\{)[^}]*\}")
# A dollar is a letter of z/OS: in rings and labels only ${...} is certain to be a variable.
_IN_PATH = (lazy(r"(?:^|/)(\$[A-Za-z_]\w*)"), lazy(r"^(~[\w]*)/"))


class UriForm(Enum):
    """How a key ring is written; the value is what is wrong, for a sentence."""

    GOOD = ""
    FOUR_SLASHES = "it has four slashes, as Zowe v1 wrote it"
    THREE_SLASHES = "it has three slashes, which leave it without an owner for app-server"
    FEW_SLASHES = "two slashes must stand after safkeyring: and nothing else makes it a key ring"
    MANY_SLASHES = "it has more than four slashes"
    NO_OWNER = "it names no owner"
    NO_RING = "it names no key ring"
    LABEL = "the label after & belongs into alias"
    SLASH_IN_NAME = "a slash stands in the name of the ring"


@dataclass(frozen=True, slots=True)
class RingUri:
    """A key ring as it is written. ``label`` is what stands after ``&``; owner and ring are as written."""

    form: UriForm
    scheme: str
    owner: str | None
    ring: str | None
    label: str | None = None

    @property
    def proper(self) -> str | None:
        """The URI that was meant; None when it cannot be told."""
        ring = (self.ring or "").strip("/")
        if not self.owner or not ring or "/" in ring:
            return None
        return f"safkeyring://{self.owner.upper()}/{ring}"


def ring_uri(text: str) -> RingUri | None:
    """A value that begins with ``safkeyring``, taken apart; None for a path."""
    found = _PARTS.fullmatch(text.strip())
    if found is None:
        return None
    scheme, slashes, rest = found[1], len(found[2]), found[3]
    body, ampersand, label = rest.partition("&")
    owner, slash, ring = body.partition("/")
    parts = RingUri(UriForm.GOOD, scheme, owner or None, ring or None, label if ampersand else None)
    form = UriForm.GOOD
    if slashes < _TWO or not text.strip().startswith(f"{scheme}:"):
        form = UriForm.FEW_SLASHES
    elif slashes > _FOUR:
        form = UriForm.MANY_SLASHES
    elif not slash:
        return RingUri(UriForm.NO_OWNER, scheme, None, owner or None, parts.label)
    elif not ring:
        form = UriForm.NO_RING
    elif "/" in ring:
        form = UriForm.SLASH_IN_NAME
    elif slashes == _THREE:
        form = UriForm.THREE_SLASHES
    elif slashes == _FOUR:
        form = UriForm.FOUR_SLASHES
    return RingUri(form, scheme, parts.owner, parts.ring, parts.label)


def family_of_type(word: str) -> str | None:
    """``key ring`` or ``PKCS12`` for a legal type, in whatever case; None for any other word."""
    upper = word.upper()
    return "key ring" if upper in RING_TYPES else "PKCS12" if upper == "PKCS12" else None


def family_of_file(text: str) -> str:
    """``key ring`` for what is meant as one, else ``PKCS12``."""
    return "PKCS12" if ring_uri(text) is None else "key ring"


def schema_applied(settings: Settings, major: int | None) -> bool | None:
    """Whether the configuration manager refuses what the schema does not allow; None when the version is not known.

    v3 always uses it, v2 with ``zowe.useConfigmgr: true``, v1 never.
    """
    if major is None:
        return True if settings.flag("zowe.useConfigmgr") else None
    return major >= 3 or settings.flag("zowe.useConfigmgr") is True  # noqa: PLR2004 (version 3)


def unexpanded(text: str, *, label: bool = False) -> str | None:
    """The shell variable or tilde in a path or key ring, or in a label; None for none. A template is neither."""
    patterns = (_BRACES,) if label or ring_uri(text) is not None else (_BRACES, *_IN_PATH)
    found = next((match for pattern in patterns if (match := pattern.search(text))), None)
    return found[found.lastindex or 0] if found is not None else None
