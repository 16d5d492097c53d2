"""How far an unload may be trusted to show everything.

What stands in a record is true. That something does **not** exist follows only from a file that holds the whole
database, and a file does not say so of itself: people extract records by type (DFSORT, ICETOOL), search for a
name, cut a download, or unload one of several data sets. So these are asked:

*Whole* (users, groups, general resources, hence every absence):

* the file ends as a transfer ends, no kept record is broken, none found the budget used up;
* groups, users, connections and general resources all occur, and RACF's own users ``irrcerta`` and ``irrsitec``,
  which every database has;
* nothing is named that should stand there and does not: no sub-record without its basic record, no user in upper
  case without a connection (RACF requires one), no connection to a group that is not there, and as many connections
  by 0203 as by 0205. A search for a name would leave such remains; what somebody takes out with everything that
  refers to it, nobody can tell;
* the general resources go on behind the class in question, so that the file was not cut before its end: classes
  come in the order of EBCDIC, or, in a file sorted by type, the types go on behind the last one that is used. In
  any other order nothing is concluded.

That a profile has no access list, a user no UID, a ring no certificate is concluded only if records of that type
occur at all: an extract may be whole but for a type.

*Coherent* (key rings in an extract): the same about certificates and rings only: every key ring and certificate
that a record names has its own records, and 0561 names no connection that 0562 lacks. An extract by type passes,
a search for a name does not, as it cuts through these references. An empty ring, which nothing refers to, is
taken from a whole unload only.
"""

from zcertlint.readers._irrdbu00_layout import ALWAYS_THERE, CERTIFICATE, CLASSES, FILTER, RING, TYPES
from zcertlint.readers._irrdbu00_records import Collected
from zcertlint.records import dataclass

__all__ = ["Extent", "extent_of"]

_EVERYWHERE = ("0100", "0200", "0205", "0500")
_OWN_USERS = ("irrcerta", "irrsitec")
_OWN_GROUP = "SYS1"
_LAST_TYPE_USED = "0562"
_DIGITAL = (CERTIFICATE, RING, FILTER)


@dataclass(frozen=True, slots=True)
class Extent:
    """What an unload shows completely.

    Attributes:
        people: users and groups. classes: of which every profile is there, with all its records.
        coherent: whether every connection of every ring named in it is there.
        types: of which there are records. mapped: whether all filters of DIGTNMAP are there with their records.
        named: likewise all certificates with owner and label.
        reason: why key rings are not concluded from it; "" when they are.
    """

    people: bool
    classes: frozenset[str]
    coherent: bool
    reason: str
    types: frozenset[str]
    named: bool
    mapped: bool

    def lacks_none(self, class_name: str, kind: str) -> bool:
        """Whether what has no record of this type in this class has none in the database."""
        return class_name in self.classes and kind in self.types

    @property
    def all(self) -> bool:
        """Whether users, groups, certificates and all profiles that matter are shown."""
        return self.people and self.classes >= (ALWAYS_THERE | {CERTIFICATE, RING, FILTER})


def extent_of(seen: Collected) -> Extent:
    """What this unload shows completely."""
    sound = seen.cut is None and not seen.not_understood and not seen.dropped
    people = sound and seen.has(*_EVERYWHERE) and seen.count("0203") in {0, seen.count("0205")}
    people = people and _nothing_left_over(seen)
    classes = frozenset(name for name in (*CLASSES, *_DIGITAL) if people and _goes_on(seen, name))
    remains = _remains(seen)
    if not sound:
        reason = "the unload is cut, or some of its records were not read"
    elif remains:
        reason = f"the unload is an extract that lacks records: {remains}"
    else:
        reason = ""
    # With all classes shown, what refers to nothing is RACF's own left-over and no gap of the file.
    coherent = sound and (not remains or {CERTIFICATE, RING} <= classes)
    filters = [draft for (name, _), draft in seen.kept.profiles.items() if name == FILTER]
    return Extent(
        people,
        classes,
        coherent,
        "" if coherent else reason,
        frozenset(kind for kind in TYPES if seen.count(kind)),
        named=CERTIFICATE in classes and all(draft.named for draft in seen.kept.certificates.values()),
        mapped=FILTER in classes and all(draft.pieces for draft in filters),
    )


def _nothing_left_over(seen: Collected) -> bool:
    profiles = seen.kept.profiles.values()
    return all(draft.basic is not None for draft in profiles) and seen.people.all_connected(
        _OWN_USERS, _OWN_GROUP
    )


def _goes_on(seen: Collected, name: str) -> bool:
    """Whether general resources follow behind this class, so that it was not cut."""
    if seen.typed:
        return seen.last_type > _LAST_TYPE_USED
    if not seen.ascending:
        return False
    order = name.encode("cp037")
    return any(other.encode("cp037", "replace") > order for other in reversed(seen.classes))


def _remains(seen: Collected) -> str:
    """What the records of certificates and rings name and the file does not hold; "" when nothing."""
    kept = seen.kept
    rows: set[tuple[str, str]] = set()
    for (name, ring), draft in kept.profiles.items():
        if name == RING:
            if draft.basic is None:
                return f"0500 of the ring {ring}"
            rows.update((ring, piece[2][0]) for piece in draft.pieces if piece[0] == "0562")
    for ident, certificate in kept.certificates.items():
        if certificate.named is None:
            return f"0207 of {ident}"
        if certificate.basic is None or certificate.data is None:
            return f"{'0500' if certificate.basic is None else '0560'} of {ident}"
        missing = next((ring for ring in certificate.rings if (ring, ident) not in rows), None)
        if missing is not None:
            return f"0562 of {ident} in the ring {missing}"
    lost = next((ident for _, ident in rows if ident not in kept.certificates), None)
    return "" if lost is None else f"0500 of {lost}"
