"""RACDCERT as it is written in somebody's job: every function, its operands, its abbreviations.

Source: z/OS Security Server RACF Command Language Reference, RACDCERT. With several functions the last one is
processed. What stands without apostrophes is folded to upper case by TSO, ring names excepted.
"""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime, time

from zcertlint.fixes.job.operands import Operands, Refused, data_set, moment_of, owner_of, single
from zcertlint.fixes.job.words import Word, parse
from zcertlint.model.certificate import AltNames, KeyKind, Owner, TrustStatus
from zcertlint.model.change import SlipKind, Trouble
from zcertlint.model.store import Usage
from zcertlint.records import dataclass

__all__ = ["FUNCTIONS", "READS", "Request", "read_racdcert"]

FUNCTIONS = (
    "ADD", "ADDRING", "ADDTOKEN", "ALTER", "ALTMAP", "BIND", "CHECKCERT", "CONNECT", "DELETE", "DELMAP", "DELRING",
    "DELTOKEN", "EXPORT", "GENCERT", "GENREQ", "IMPORT", "LIST", "LISTCHAIN", "LISTMAP", "LISTRING", "LISTTOKEN",
    "MAP", "REKEY", "REMOVE", "ROLLOVER", "UNBIND",
)  # fmt: skip
READS = frozenset(("CHECKCERT", "LIST", "LISTCHAIN", "LISTMAP", "LISTRING", "LISTTOKEN"))
_OWNERS = ("ID", "CERTAUTH", "SITE", "MULTIID")
_OTHERS = (
    "TRUST", "NOTRUST", "HIGHTRUST", "WITHLABEL", "NEWLABEL", "PASSWORD", "ICSF", "PCICC", "PKDS", "RSA", "NISTECC",
    "BPECC", "DSA", "FROMICSF", "SUBJECTSDN", "SIZE", "NOTBEFORE", "NOTAFTER", "SIGNWITH", "KEYUSAGE", "ALTNAME",
    "DSN", "FORMAT", "FORCE", "SDNFILTER", "IDNFILTER", "CRITERIA", "NEWCRITERIA", "TOKEN",
)  # fmt: skip
_KEYWORDS = (*_OWNERS, *FUNCTIONS, *_OTHERS)
_CERTIFICATE = ("LABEL", "SERIALNUMBER", "ISSUERSDN", "SUBJECTSDN", "ID", "CERTAUTH", "SITE")
_ON_RING = ("ID", "CERTAUTH", "SITE", "LABEL", "RING", "USAGE", "DEFAULT")
_SUBJECT = ("CN", "T", "OU", "O", "L", "SP", "C", "SERIALNUMBER", "EMAIL", "STREET", "DC", "UID")
_USAGES = ("HANDSHAKE", "DATAENCRYPT", "DOCSIGN", "CERTSIGN", "KEYAGREE")
_FORMS = ("CERTDER", "CERTB64", "PKCS7DER", "PKCS7B64", "PKCS12DER", "PKCS12B64")
_KEYS = {"RSA": KeyKind.RSA, "NISTECC": KeyKind.EC, "BPECC": KeyKind.BRAINPOOL, "DSA": KeyKind.DSA}
_RING_MAX = 237
_COUNTRY = 2
_MIDNIGHT, _LAST_SECOND = time(0), time(23, 59, 59)


@dataclass(slots=True)
class Request:
    """What one RACDCERT command asks for.

    Attributes:
        function: its full name. owner: of the certificate, filter or ring; None when it is the submitter's and he is
            not known. owner_given: whether one is written.
        label: of the certificate or filter. selected: how it is named when not by a label.
        certificate_owner: CONNECT and REMOVE: the owner inside the parentheses. ring: CONNECT, REMOVE, ADDRING …
        data_set: that it reads or writes. new_label: WITHLABEL or NEWLABEL.
        signer_owner, signer: SIGNWITH. subject: (keyword, value) in order. hardware: a key in ICSF.
        multi: MULTIID. slips: (kind, offset, text).
    """

    function: str = ""
    owner: Owner | None = None
    owner_given: bool = True
    label: str | None = None
    selected: str = ""
    certificate_owner: Owner | None = None
    ring: str | None = None
    usage: Usage | None = None
    default: bool = False
    data_set: str | None = None
    new_label: str | None = None
    trust: TrustStatus | None = None
    signer_owner: Owner | None = None
    signer: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    bits: int | None = None
    kind: KeyKind | None = None
    hardware: bool = False
    subject: tuple[tuple[str, str], ...] = ()
    alt_names: AltNames | None = None
    several: tuple[str, ...] = ()
    repeated: bool = False
    key_usage: tuple[str, ...] | None = None
    form: str | None = None
    password: bool = False
    force: bool = False
    multi: bool = False
    sdn: str | None = None
    idn: str | None = None
    criteria: str | None = None
    slips: list[tuple[SlipKind, int, str]] = field(default_factory=list)


def read_racdcert(text: str, start: int, submitter: str | None) -> Request:
    """Take one command apart.

    Args:
        text: of the command.
        start: the offset behind RACDCERT.
        submitter: the user who runs the job, when known.

    Raises:
        Refused: TSO or RACF would not take it; what was understood so far is in ``request`` of the error.
        TreeError: apostrophes or parentheses do not pair.
    """
    made = Request()
    try:
        _fill(made, parse(text, start), submitter)
    except Refused as error:
        error.request = made  # type: ignore[attr-defined]
        raise
    return made


def _fill(made: Request, words: tuple[Word, ...], submitter: str | None) -> None:
    top = Operands.read(words, _KEYWORDS, closed=False)
    functions = [name for name in top.order if name in FUNCTIONS]
    made.function = functions[-1] if functions else "LIST"
    made.password = "PASSWORD" in top
    if made.password:
        made.slips.append((SlipKind.SECRET, top.words["PASSWORD"].offset, "PASSWORD"))
    made.multi = "MULTIID" in top
    made.owner, made.owner_given = owner_of(top, submitter)
    made.owner_given = made.owner_given or made.multi
    made.trust = next((TrustStatus[name] for name in ("TRUST", "NOTRUST", "HIGHTRUST") if name in top), None)
    made.force = "FORCE" in top
    word = top.words.get(made.function)
    top.slips = made.slips
    if word is not None:
        _FILLERS.get(made.function, _nothing)(made, word, top, submitter)
    for keyword in ("WITHLABEL", "NEWLABEL"):
        if keyword in top:
            made.new_label = top.label(keyword)


def _nothing(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    del made, word, top, submitter


def _named(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    """A certificate or filter by its label, or by serial number and issuer."""
    del top
    if word.values is None:
        return
    inner = Operands.read(word.values, _CERTIFICATE)
    inner.slips = made.slips
    made.label = inner.label()
    if made.label is None and inner.words:
        made.selected = " ".join(f"{name}({inner.words[name].inner})" for name in inner.order)
    if any(name in inner for name in ("ID", "CERTAUTH", "SITE")):
        made.owner, made.owner_given = owner_of(inner, submitter)


def _needs_label(made: Request) -> None:
    if made.label is None and not made.selected:
        raise Refused(f"{made.function} names no certificate")


def _on_ring(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    """CONNECT and REMOVE: two owners, a label, a ring."""
    del top, submitter
    inner = Operands.read(word.values or (), _ON_RING)
    inner.slips = made.slips
    own, given = owner_of(inner, None)
    made.certificate_owner = own if given else made.owner
    made.label = inner.label()
    ring = inner.get("RING")
    made.ring = None if ring is None else _ring(ring, "RING")
    made.default = "DEFAULT" in inner
    usage = inner.text("USAGE")
    if usage is not None:
        found = [one for one in Usage if one.value.startswith(usage.upper())]
        if len(found) != 1:
            raise Refused(f"USAGE({usage}): there are PERSONAL, CERTAUTH and SITE")
        made.usage = found[0]
    elif made.certificate_owner is not None:
        kind = made.certificate_owner.kind.value
        made.usage = Usage.PERSONAL if kind == "ID" else Usage[kind]
    if made.label is None or made.ring is None:
        raise Refused(f"{made.function} needs a label and a key ring (IRRD121I)")


def _ring(word: Word, keyword: str) -> str:
    """A ring's name: as it is written, in apostrophes or not."""
    values = word.values or ()
    if not values:
        raise Refused(f"{keyword} has no value")
    name = values[0].text if len(values) == 1 and values[0].values is None else word.inner.strip()
    if len(values) > 1 and all(value.values is None for value in values):
        raise Refused(f"{keyword}({word.inner.strip()}): a key ring's name has no blanks")
    if len(name) > _RING_MAX:
        raise Refused(f"the name of the key ring has more than {_RING_MAX} characters", Trouble.TOO_LONG)
    return name


def _whole_ring(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    del top, submitter
    if word.values is None and made.function == "LISTRING":
        made.ring = "*"
        return
    made.ring = _ring(word, made.function)


def _add(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    del top
    made.data_set = data_set(word, submitter)


def _gencert(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    if word.values is not None:
        made.data_set = data_set(word, submitter)
    elif "SUBJECTSDN" not in top:
        raise Refused("GENCERT names neither a request nor SUBJECTSDN")
    _validity(made, top)
    _key(made, top)
    subject = top.get("SUBJECTSDN")
    if subject is not None:
        made.subject = _subject(subject)
    signer = top.get("SIGNWITH")
    if signer is not None:
        inner = Operands.read(signer.values or (), ("CERTAUTH", "SITE", "LABEL", "ID"))
        inner.slips = made.slips
        own, given = owner_of(inner, None)
        made.signer_owner = own if given else made.owner
        made.signer = inner.label()
        if made.signer is None:
            raise Refused("SIGNWITH names no label")
    usage = top.get("KEYUSAGE")
    if usage is not None:
        made.key_usage = tuple(Operands.read(usage.values or (), _USAGES).order)
    names = top.get("ALTNAME")
    if names is not None:
        _alt_names(made, names)


def _subject(word: Word) -> tuple[tuple[str, str], ...]:
    inner = Operands.read(word.values or (), _SUBJECT)
    parts = [
        (name, value.text if value.quoted else value.text.upper())
        for name in inner.order
        for value in inner.words[name].values or ()
    ]
    for name, value in parts:
        if name == "C" and len(value) != _COUNTRY:
            raise Refused(f"C({value}): a country has two letters")
    return tuple(parts)


def _alt_names(made: Request, word: Word) -> None:
    """ALTNAME; AIP, ADOMAIN, AEMAIL and AURI are z/OS 3.2's lists of each.

    A type that stands twice has the values of both here: how many RACF takes is for the release to say.
    """
    lists = ("AIP", "ADOMAIN", "AEMAIL", "AURI")
    values: dict[str, tuple[str, ...]] = {}
    for one in word.values or ():
        inner = Operands.read((one,), ("IP", "DOMAIN", "EMAIL", "URI", *lists))
        for name in inner.order:
            found = tuple(value.text for value in inner.words[name].values or () if value.text)
            if not found:
                raise Refused(f"ALTNAME({name}()) has no value")
            made.repeated = made.repeated or name in values
            values[name] = (*values.get(name, ()), *found)

    def of(name: str) -> tuple[str, ...]:
        return (*values.get(name, ()), *values.get(f"A{name}", ()))

    made.alt_names = AltNames(of("DOMAIN"), of("IP"), of("EMAIL"), of("URI"))
    made.several = tuple(name for name, found in values.items() if len(found) > 1 or name in lists)


def _validity(made: Request, top: Operands) -> None:
    before, after = top.get("NOTBEFORE"), top.get("NOTAFTER")
    if before is not None:
        made.not_before = moment_of(before, "NOTBEFORE", _MIDNIGHT)
    if after is not None:
        made.not_after = moment_of(after, "NOTAFTER", _LAST_SECOND)


def _key(made: Request, top: Operands) -> None:
    size = top.text("SIZE")
    if size is not None:
        if not size.isdecimal():
            raise Refused(f"SIZE({size}): no number")
        made.bits = int(size)
    kinds = [name for name in top.order if name in _KEYS]
    made.kind = _KEYS[kinds[-1]] if kinds else None
    inside = any((word := top.get(name)) is not None and word.values is not None for name in kinds)
    made.hardware = inside or any(name in top for name in ("ICSF", "PCICC", "PKDS", "FROMICSF"))


def _genreq(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    _named(made, word, top, submitter)
    _needs_label(made)
    _writes(made, top, submitter)


def _export(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    _genreq(made, word, top, submitter)
    form = top.get("FORMAT")
    if form is None:
        made.form = "PKCS12DER" if made.password else "CERTB64"
        return
    text = single(form, "FORMAT").upper()
    found = [text] if text in _FORMS else [one for one in _FORMS if one.startswith(text)]
    if len(found) != 1:
        raise Refused(f"FORMAT({text}): there are {', '.join(_FORMS)}")
    made.form = found[0]


def _writes(made: Request, top: Operands, submitter: str | None) -> None:
    word = top.get("DSN")
    if word is None:
        raise Refused(f"{made.function} names no data set (DSN)")
    made.data_set = data_set(word, submitter)


def _rekey(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    _named(made, word, top, submitter)
    _needs_label(made)
    _validity(made, top)
    _key(made, top)


def _rollover(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    _named(made, word, top, submitter)
    _needs_label(made)
    if "NEWLABEL" not in top:
        raise Refused("ROLLOVER names no NEWLABEL")


def _alter(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    _named(made, word, top, submitter)
    if made.trust is None and "NEWLABEL" not in top and "NEWCRITERIA" not in top:
        raise Refused(f"{made.function} changes nothing: neither NEWLABEL nor a status stands there")


def _filter(made: Request, word: Word, top: Operands, submitter: str | None) -> None:
    if made.function == "MAP":
        if word.values:
            made.data_set = data_set(word, submitter)
    else:
        _named(made, word, top, submitter)
    for keyword in ("SDNFILTER", "IDNFILTER", "CRITERIA", "NEWCRITERIA"):
        value = top.get(keyword)
        if value is not None:
            text = value.values[0].text if value.values else ""
            setattr(made, {"SDNFILTER": "sdn", "IDNFILTER": "idn"}.get(keyword, "criteria"), text)
    if made.function == "MAP" and made.sdn is None and made.idn is None:
        raise Refused("MAP names neither SDNFILTER nor IDNFILTER")


_FILLERS: dict[str, Callable[[Request, Word, Operands, str | None], None]] = {
    "ADD": _add,
    "CHECKCERT": _add,
    "GENCERT": _gencert,
    "GENREQ": _genreq,
    "EXPORT": _export,
    "REKEY": _rekey,
    "ROLLOVER": _rollover,
    "ALTER": _alter,
    "ALTMAP": _filter,
    "DELMAP": _named,
    "LISTMAP": _named,
    "MAP": _filter,
    "CONNECT": _on_ring,
    "REMOVE": _on_ring,
    "ADDRING": _whole_ring,
    "DELRING": _whole_ring,
    "LISTRING": _whole_ring,
    "DELETE": _named,
    "LIST": _named,
    "LISTCHAIN": _named,
}
