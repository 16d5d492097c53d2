"""What is certainly wrong in zowe.yaml: a value that cannot be meant becomes the one that is."""

import re
from collections.abc import Callable, Iterable, Iterator

from zcertlint.engine.results import Safety
from zcertlint.engine.verdict import FixHint
from zcertlint.fixes.added import beside, grown
from zcertlint.fixes.advice import zowe_restart
from zcertlint.fixes.builders._finding import labels_naming, servers_of, subjects
from zcertlint.fixes.options import FixOptions
from zcertlint.fixes.patch import PatchEdit, edit_for
from zcertlint.fixes.plan import Plan, RefusedError, plan_key
from zcertlint.model.deployment import Deployment
from zcertlint.model.settings import Setting, Settings
from zcertlint.model.store import Store, Usage, ring_id
from zcertlint.records import dataclass
from zcertlint.trust.zowe_settings import (
    STORE_TYPES,
    UriForm,
    family_of_file,
    family_of_type,
    ring_uri,
)

__all__ = ["PRIORITY", "build"]

PRIORITY = 10  # what the configuration names decides which ring and certificate everything else is about
_STORES = {"keystore", "truststore", "trustStore"}
_AUTHORITIES = {"certificateAuthorities", "certificateAuthority"}
_TLS = ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_WORDS = ("NONSTRICT", "STRICT", "DISABLED")

_Edits = Iterator[tuple[Setting, str]]


@dataclass(frozen=True, slots=True)
class _Case:
    """What the new values follow from."""

    hint: FixHint
    deployment: Deployment
    settings: Settings
    options: FixOptions

    def value(self, name: str) -> str:
        """A fact of the finding's sentence."""
        return self.hint.values.get(name, "")

    def store(self) -> Store:
        """The store that the finding is about."""
        for ident in subjects(self.hint):
            if (store := self.deployment.store(ident)) is not None:
                return store
        raise RefusedError("the finding does not name a store that is shown")


@dataclass(frozen=True, slots=True)
class _Repair:
    """The new values of a rule, why they are right, why somebody should look twice ("" when nobody need).

    ``more`` are the settings that the rule misses.
    """

    edits: Callable[[_Case], _Edits]
    why: str
    reason: str = ""
    more: Callable[[_Case], Iterable[PatchEdit]] = lambda _case: ()


def build(hint: FixHint, findings: tuple[str, ...], deployment: Deployment, options: FixOptions) -> Plan:
    """The edits of the finding's rule, all of them."""
    code = hint.values.get("code", "")
    repair = _REPAIRS.get(code)
    settings = options.settings
    if repair is None or settings is None:
        raise RefusedError("no zowe.yaml is given" if settings is None else f"{code} has no certain value")
    case = _Case(hint, deployment, settings, options)
    wanted = {setting.path: (setting, value) for setting, value in repair.edits(case)}
    edits = tuple(edit_for(setting, value, options.sources) for setting, value in wanted.values())
    edits += tuple(repair.more(case))
    if not edits:
        raise RefusedError("which value is meant cannot be told")
    words = dict.fromkeys(edit.words for edit in edits)
    return Plan(
        key=plan_key("settings", code, *(f"{edit.dotted}={edit.value}" for edit in edits)),
        builder="settings",
        findings=findings,
        title="; ".join(words),
        why=repair.why,
        safety=Safety.REVIEW if repair.reason else Safety.READY,
        reasons=(repair.reason,) if repair.reason else (),
        restart=zowe_restart(deployment),
        patches=edits,
    )


def _texts(case: _Case, last: set[str]) -> Iterator[tuple[Setting, str]]:
    """The settings of certificates with one of these keys at the end, each with its text."""
    for path, entry in case.settings.entries.items():
        listed = len(path) > 1 and path[-2] in last and path[-1].isdigit()
        if (path[-1] in last or listed) and "setup" not in path and isinstance(entry.value, str):
            yield entry, entry.value


def _in_store(entry: Setting) -> bool:
    return len(entry.path) > 1 and entry.path[-2] in _STORES


def _each(text: str, new: Callable[[str], str]) -> str:
    """A value, or each entry of a list in one text, changed; the blanks around stay."""
    return ",".join(
        part.replace(part.strip(), new(part.strip())) if part.strip() else part for part in text.split(",")
    )


def _uri_form(case: _Case) -> _Edits:
    """ZW104: the URI as Zowe documents it."""
    for entry, text in _texts(case, {"file", *_AUTHORITIES}):
        proper = _each(text, lambda part, at=entry: _proper(case, at, part))  # type: ignore[misc]
        if proper != text:
            yield entry, proper


def _proper(case: _Case, entry: Setting, text: str) -> str:
    uri, listed = ring_uri(text), not _in_store(entry)
    if uri is None or uri.proper is None or "/" in (uri.ring or ""):
        return text
    if uri.form is UriForm.FOUR_SLASHES and case.deployment.zowe_major in {1, 2}:
        return text
    if uri.label and not listed and not _same_alias(case, entry, uri.label):
        return text
    return f"{uri.proper}&{uri.label}" if uri.label and listed else uri.proper


def _same_alias(case: _Case, entry: Setting, label: str) -> bool:
    """Whether the label that stands in a store's URI stands where it belongs too; a trust store needs none."""
    alias = case.settings.at(*entry.path[:-1], "alias")
    return entry.path[-2] != "keystore" or (alias is not None and alias.value == label)


def _with_labels(case: _Case) -> _Edits:
    """ZW109: the ring with the label of each of its CAs, in one text with commas."""
    for entry, text in _texts(case, _AUTHORITIES):
        if entry.path[-1].isdigit():
            continue  # an item of a list cannot become several
        parts = [part.strip() for part in text.split(",") if part.strip()]
        new = [label for part in parts for label in _labelled(case, part)]
        if new != parts:
            yield entry, ",".join(new)


def _labelled(case: _Case, text: str) -> list[str]:
    uri = ring_uri(text)
    if uri is None or uri.label or not uri.owner or not uri.ring:
        return [text]
    store = case.deployment.store(ring_id(uri.owner, uri.ring))
    if store is None or not store.shown:
        raise RefusedError(f"no input shows the CAs of {uri.owner}/{uri.ring}")
    labels = [row.label for row in store.connections if row.usage is Usage.CERTAUTH and row.label]
    if not labels or any("," in label or "&" in label for label in labels):
        raise RefusedError(f"{store.title} has no CA whose label can be written there")
    return [f"{text}&{label}" for label in labels]


def _scheme(case: _Case) -> _Edits:
    """ZW141: the type chooses the provider."""
    for entry, text in _texts(case, {"file", *_AUTHORITIES}):
        short = _each(text, lambda part: re.sub(r"^safkeyring[A-Za-z]+(?=:)", "safkeyring", part))
        if short != text:
            yield entry, short


def _store_type(case: _Case) -> _Edits:
    """ZW105: the spelling of a type, or the type of a key ring."""
    for entry, word in _texts(case, {"type"}):
        if not _in_store(entry) or word in STORE_TYPES:
            continue
        if word.upper() in STORE_TYPES:
            yield entry, word.upper()
        elif _family(case, entry) == "key ring":
            yield entry, "JCERACFKS"  # a file of another kind does not become PKCS12 by its type


def _family(case: _Case, entry: Setting) -> str | None:
    file = case.settings.at(*entry.path[:-1], "file")
    return family_of_file(file.value) if file is not None and isinstance(file.value, str) else None


def _type_of_file(case: _Case) -> _Edits:
    """ZW106: the type that fits the store; a key ring's address where it was meant as one."""
    address = case.value("address")
    for entry, text in _texts(case, {"file"}) if address else ():
        if _in_store(entry) and text == case.value("file"):
            yield entry, address
    if address:
        return
    for entry, word in _texts(case, {"type"}):
        family = _family(case, entry)
        if _in_store(entry) and family is not None and family_of_type(word) not in {None, family}:
            yield entry, "JCERACFKS" if family == "key ring" else "PKCS12"


def _word(case: _Case) -> _Edits:
    """ZW108: the word, where the password of a key ring is empty."""
    for entry, text in _texts(case, {"password"}):
        if _in_store(entry) and text == "" and _family(case, entry) == "key ring":
            yield entry, "password"


def _missing_word(case: _Case) -> Iterator[PatchEdit]:
    """ZW108: the word below the address of a key ring that has no password."""
    for entry, text in _texts(case, {"file"}):
        inherited = case.settings.at("zowe", "certificate", entry.path[-2], "password")
        own = case.settings.at(*entry.path[:-1], "password")
        if _in_store(entry) and own is None and inherited is None and family_of_file(text) == "key ring":
            yield beside(entry, "password", '"password"', "password", case.options.sources)


def _versions(case: _Case) -> Iterator[PatchEdit]:
    """ZW115: what ZSS and the sample configuration take, for both sides that AT-TLS does not make."""
    wanted: dict[tuple[str, ...], str] = {}
    for side in ("server", "client"):
        path = ("zowe", "network", side, "tls")
        attls = case.settings.at(*path, "attls")
        if attls is None or str(attls.value).lower() != "true":
            wanted |= {(*path, "minTls"): "TLSv1.2", (*path, "maxTls"): "TLSv1.3"}
    yield from grown(case.settings, wanted, case.options.sources)


def _limits(case: _Case) -> _Edits:
    """ZW114: the two that were exchanged."""
    for path, low in case.settings.entries.items():
        high = case.settings.at(*path[:-1], "maxTls")
        if path[-1] != "minTls" or high is None or low.value not in _TLS or high.value not in _TLS:
            continue
        if _TLS.index(str(low.value)) > _TLS.index(str(high.value)):
            yield low, str(high.value)
            yield high, str(low.value)


def _nothing(_case: _Case) -> _Edits:
    """No value is wrong: some are missing."""
    yield from ()


def _empty(case: _Case) -> _Edits:
    """ZW140: an empty text."""
    for path, entry in case.settings.entries.items():
        if (
            path[-2:] in {("pem", "key"), ("pem", "certificate")}
            and entry.value is None
            and not entry.container
        ):
            yield entry, ""


def _text(case: _Case) -> _Edits:
    """ZW131: what stands there, as a text."""
    for entry in filter(None, map(case.settings.get, subjects(case.hint))):
        switch = entry.path[-1] == "enabled"  # a flag, which quotes would make worse
        if entry.raw and not entry.told and entry.value is not None and not switch:
            yield entry, entry.raw


def _verify(case: _Case) -> _Edits:
    """ZW101: the word that the finding takes for the one that was meant."""
    entry = case.settings.get("zowe.verifyCertificates")
    meant = re.search(r"[A-Z]+(?= was meant)", case.value("meant"))
    if entry is not None and meant is not None and meant.group() in _WORDS:
        yield entry, meant.group()


def _places(case: _Case, label: str) -> Iterator[Setting]:
    """Every setting that names the label of the store; all or none."""
    for alias in labels_naming(case.deployment, case.store().id, label):
        found = [entry for entry in case.settings.entries.values() if entry.span == alias.span]
        if not found:
            raise RefusedError(f"{alias.span} names the label too, and is no setting of zowe.yaml")
        yield from found


def _near_label(case: _Case) -> _Edits:
    """KR106: the label as the store has it."""
    for entry in _places(case, case.value("label")):
        yield entry, case.value("there")


def _personal_label(case: _Case) -> _Edits:
    """KR107: the only certificate on the ring that a server can present."""
    rows = [row for row, _ in servers_of(case.store(), case.deployment, case.options.as_of)]
    if len(rows) != 1 or rows[0].label is None:
        raise RefusedError(f"{case.store().title} has {len(rows)} certificates that a server could present")
    for entry in _places(case, case.value("label")):
        yield entry, rows[0].label


def _near_ring(case: _Case) -> _Edits:
    """KR110: the ring as LISTRING shows it."""
    asked, there = case.value("asked"), case.value("there")

    def near(part: str) -> str:
        uri = ring_uri(part)
        name = f"{uri.owner}/{uri.ring}" if uri is not None else ""
        owner, _, ring = asked.partition("/")
        same = uri is not None and (uri.owner or "").upper() == owner and uri.ring == ring
        return part.replace(name, there) if same else part

    for entry, text in _texts(case, {"file", *_AUTHORITIES}):
        if (new := _each(text, near)) != text:
            yield entry, new


def _near_authority(case: _Case) -> _Edits:
    """KR124: the label of the CA as the ring has it."""
    label, there = case.value("label"), case.value("there")

    def near(part: str) -> str:
        named = there and part.partition("&")[2] == label
        return part.removesuffix(label) + there if named else part

    for entry, text in _texts(case, _AUTHORITIES):
        if (new := _each(text, near)) != text:
            yield entry, new


_REPAIRS = {
    "KR106": _Repair(_near_label, "a label is compared letter by letter, and this is the one on the store"),
    "KR107": _Repair(_personal_label, "no server uses a CA's key; only this certificate can serve there",
                     "the label of the CA was written on purpose: make sure that this certificate is meant"),
    "KR110": _Repair(_near_ring, "a ring's name is compared letter by letter, and this is the one that exists",
                     "make sure that this ring is the one that is meant"),
    "KR124": _Repair(_near_authority, "a label is compared letter by letter, and this is the one on the ring"),
    "ZW101": _Repair(_verify, "Zowe knows three words, and this one is meant",
                     "make sure that it is: STRICT checks names, NONSTRICT does not"),
    "ZW104": _Repair(_uri_form, "this is how Zowe documents the address of a key ring"),
    "ZW105": _Repair(_store_type, "this is the type that Zowe knows for such a store"),
    "ZW106": _Repair(_type_of_file, "the type has to fit the store",
                     "if the type was right, name the other store instead"),
    "ZW108": _Repair(_word, "access to a key ring is RACF's matter, and Java wants a word all the same",
                     more=_missing_word),
    "ZW109": _Repair(_with_labels, "each CA of the key ring is named by its label",
                     "take out the CAs that app-server and ZSS need not trust"),
    "ZW114": _Repair(_limits, "the lower limit stood above the upper one",
                     "if only one of the two was wrong, correct that one instead"),
    "ZW115": _Repair(_nothing, "partners that speak TLS 1.2 at most can connect again",
                     "if TLS 1.3 alone is wanted, write TLSv1.3 for minTls and maxTls: that is a choice, and told as"
                     " one", _versions),
    "ZW131": _Repair(_text, "between quotes it stays the text that was meant"),
    "ZW140": _Repair(_empty, "the schema asks for a text, and an empty one is a text"),
    "ZW141": _Repair(_scheme, "Zowe makes the long form of the type by itself",
                     "the type of the store must be the one of that provider"),
}  # fmt: skip
