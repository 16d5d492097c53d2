"""What is kept of the records of certificates, key rings and profiles; each type has its own way of being kept."""

from collections.abc import Callable
from sys import intern

from zcertlint.readers._irrdbu00_layout import CERTIFICATE, FILTER, RING

__all__ = ["CertificateDraft", "Kept", "Piece", "ProfileDraft"]

_COST_USER, _COST_CONNECT, _COST_GROUP, _COST_PIECE, _COST_PROFILE, _COST_CERTIFICATE = (
    430,
    30,
    260,
    300,
    600,
    2000,
)

Piece = tuple[str, int, tuple[str, ...]]
"""A record of a profile: its type, the number of its line, its values behind name and class."""
_Handler = Callable[[int, list[str]], bool]


class CertificateDraft:
    """The records of one DIGTCERT profile: each as the number of its line and its values; rings by profile name."""

    __slots__ = ("basic", "data", "info", "named", "rings")

    def __init__(self) -> None:
        self.named: tuple[int, str, str] | None = None
        self.basic: tuple[int, str] | None = None
        self.data: tuple[int, tuple[str, ...]] | None = None
        self.info: tuple[int, tuple[str, ...]] | None = None
        self.rings: list[str] = []


class ProfileDraft:
    """The records of one general resource profile; ``length`` of the basic one, as it came."""

    __slots__ = ("basic", "length", "pieces")

    def __init__(self) -> None:
        self.basic: tuple[int, tuple[str, ...]] | None = None
        self.length = 0
        self.pieces: list[Piece] = []


class Kept:
    """What was kept.

    Attributes:
        certificates: by profile name. profiles: by (class, name); key rings and filters are among them.
        user_maps: the owner of a filter, by label and name of the filter.
        room: what is left of the budget. dropped: records that found no room.
    """

    def __init__(self, budget: int) -> None:
        self.certificates: dict[str, CertificateDraft] = {}
        self.profiles: dict[tuple[str, str], ProfileDraft] = {}
        self.user_maps: dict[tuple[str, str], str] = {}
        self.room = budget
        self.dropped = 0
        self.length = 0  # of the record at hand

    def handlers(self) -> dict[str, _Handler]:
        """By type of record, what keeps it: False for a record that cannot be meant."""
        return {
            "0207": self._certificate_name, "0208": self._user_map, "0209": self._nothing,
            "0500": self._basic, "0503": self._piece("0503", 0), "0505": self._piece("0505", 0),
            "0507": self._piece("0507", 2), "0508": self._filter, "0509": self._piece("0509", 1),
            "0530": self._piece("0530", None), "0540": self._piece("0540", None), "0560": self._data,
            "0561": self._ring_of, "0562": self._row, "1560": self._info,
        }  # fmt: skip

    def _take(self, cost: int) -> bool:
        self.room -= cost
        if self.room < 0:
            self.dropped += 1
            return False
        return True

    def _nothing(self, _number: int, values: list[str]) -> bool:
        """Record 0209 says no more than 0509, which names user and registry as well."""
        return bool(values[2])

    def _user_map(self, _number: int, values: list[str]) -> bool:
        if values[2] and self._take(_COST_PIECE):
            self.user_maps[values[1], values[2]] = intern(values[0])
        return bool(values[2])

    def _certificate(self, name: str) -> CertificateDraft | None:
        found = self.certificates.get(name)
        if found is None and self._take(_COST_CERTIFICATE):
            found = self.certificates[name] = CertificateDraft()
        return found

    def _certificate_name(self, number: int, values: list[str]) -> bool:
        user, name, label = values
        if not name or not label:
            return False
        draft = self._certificate(name)
        if draft is not None:
            if draft.named is not None:
                return draft.named[1:] == (user, label)  # a certificate has one owner
            draft.named = (number, intern(user), label)
        return True

    def _data(self, number: int, values: list[str]) -> bool:
        if values[1] != CERTIFICATE:
            return True  # of a key ring, of which it says nothing more
        draft = self._certificate(values[0])
        if draft is not None:
            draft.data = (number, tuple(map(intern, values[2:])))
        return True

    def _info(self, number: int, values: list[str]) -> bool:
        draft = self._certificate(values[0]) if values[1] == CERTIFICATE else None
        if draft is not None:
            draft.info = (number, tuple(values[2:]))
        return values[1] == CERTIFICATE

    def _ring_of(self, _number: int, values: list[str]) -> bool:
        if values[1] != CERTIFICATE or not values[2]:
            return False
        draft = self._certificate(values[0])
        if draft is not None and self._take(_COST_PIECE):
            draft.rings.append(intern(values[2]))
        return True

    def _profile(self, values: list[str]) -> ProfileDraft | None:
        key = (intern(values[1]), values[0])
        found = self.profiles.get(key)
        if found is None and self._take(_COST_PROFILE):
            found = self.profiles[key] = ProfileDraft()
        return found

    def _basic(self, number: int, values: list[str]) -> bool:
        if values[1] == CERTIFICATE:
            certificate = self._certificate(values[0])
            if certificate is not None:
                certificate.basic = (number, intern(values[4]))
            return True
        draft = self._profile(values)
        if draft is not None:
            *words, text = values[2:]
            draft.basic, draft.length = (number, (*map(intern, words), text)), self.length
        return True

    def _add(self, kind: str, number: int, values: list[str]) -> None:
        draft = self._profile(values) if self._take(_COST_PIECE) else None
        if draft is not None:
            draft.pieces.append((kind, number, tuple(map(intern, values[2:]))))

    def _piece(self, kind: str, needed: int | None) -> _Handler:
        """Keeps a record with its profile; ``needed`` is the value that may not be blank."""

        def keep(number: int, values: list[str]) -> bool:
            if needed is not None and not values[needed + 2]:
                return False
            self._add(kind, number, values)
            return True

        return keep

    def _filter(self, number: int, values: list[str]) -> bool:
        if values[1] != FILTER or not values[2]:
            return False
        self._add("0508", number, values)
        return True

    def _row(self, number: int, values: list[str]) -> bool:
        if values[1] != RING or not values[2]:
            return False
        self._add("0562", number, values)
        return True
