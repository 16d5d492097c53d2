"""General resource profiles, name filters and identity maps of an unload."""

from collections.abc import Iterator

from zcertlint.model.certificate import Absent, TrustStatus
from zcertlint.model.facts import NameFilter
from zcertlint.model.names import Name
from zcertlint.model.security import Access, IdentityMap, Level, Profile, Signon, Started
from zcertlint.readers._irrdbu00_keep import Kept, ProfileDraft
from zcertlint.readers._irrdbu00_layout import FILTER, IDENTITY, RING
from zcertlint.readers._irrdbu00_whole import Extent
from zcertlint.text.source import Span

__all__ = ["answer", "filters_of", "identity_maps_of", "profiles_of", "status"]

_WITH_SIGNON, _WITH_STDATA = "PTKTDATA", "STARTED"
_FULL = 1008  # where APPL_DATA ends
_MULTI = "irrmulti"
_ID = 8
_LONGEST_NAMES = 511  # as many characters as CREATE_NAME has room for: the end may be missing
_CHANGED = "\N{CENT SIGN}"  # stands for a character that a profile name cannot hold


def answer(word: str) -> bool | None:
    """YES or NO; anything else tells nothing."""
    return {"YES": True, "NO": False}.get(word)


def status(word: str) -> TrustStatus | None:
    """A status as an unload abbreviates it."""
    return TrustStatus.__members__.get("HIGHTRUST" if word == "HIGHTRST" else word)


def _level(word: str) -> Level | None:
    return Level.__members__.get(word)


def profiles_of(kept: Kept, path: str, extent: Extent, longest: int) -> Iterator[Profile]:
    """The profiles of all kept classes; what an extract may lack stays unknown."""
    for (class_name, name), draft in kept.profiles.items():
        if draft.basic is not None and class_name not in {RING, FILTER}:
            yield _profile(class_name, name, draft, path, longest, extent)


def _profile(
    class_name: str, name: str, draft: ProfileDraft, path: str, longest: int, extent: Extent
) -> Profile:
    number, (generic, owner, universal, warning, text) = draft.basic or (0, ("",) * 5)
    standard, conditional, members = [], [], []
    signon: Signon | Absent | None = None
    started: Started | Absent | None = None
    if class_name == _WITH_SIGNON and extent.lacks_none(class_name, "0530"):
        signon = Absent.ABSENT
    if class_name == _WITH_STDATA and extent.lacks_none(class_name, "0540"):
        started = Absent.ABSENT
    for kind, at, values in draft.pieces:
        if kind == "0505":
            who, level = values
            standard.append(Access(who, _level(level), Span(path, at, None, f"{who} {level}")))
        elif kind == "0507":
            sort, thing, who, level, criteria = values
            condition = " ".join(part for part in (sort, thing, criteria) if part)
            conditional.append(Access(who, _level(level), Span(path, at, None, f"{who} {level}"), condition))
        elif kind == "0503":
            members.append(values[0])
        elif kind == "0530":
            form, label, sort, seconds, replay = values
            time = int(seconds) if seconds.strip().isdecimal() and int(seconds) else None
            signon = Signon(form or None, label or None, sort or None, time, answer(replay))
        elif kind == "0540":
            user, group, trusted, privileged = values
            started = Started(user or None, group or None, answer(trusted), answer(privileged))
    # A line that ends before APPL_DATA lost its blanks, unless all long lines of the file were cut there.
    blank = draft.length >= _FULL or (answer(warning) is not None and draft.length < longest)
    return Profile(
        class_name,
        name,
        Span(path, number, None, name),
        generic=answer(generic),
        owner=owner or None,
        universal=_level(universal),
        warning=answer(warning),
        app_data=text or (Absent.ABSENT if blank else None),
        access=tuple(standard) if extent.lacks_none(class_name, "0505") else None,
        conditional=tuple(conditional) if extent.lacks_none(class_name, "0507") else None,
        members=tuple(members) if extent.lacks_none(class_name, "0503") else None,
        signon=signon,
        started=started,
    )


def identity_maps_of(kept: Kept, path: str) -> Iterator[IdentityMap]:
    """Distributed identities and the users that they lead to (0509)."""
    for (class_name, name), draft in kept.profiles.items():
        if class_name == IDENTITY:
            for kind, at, values in draft.pieces:
                if kind == "0509":
                    label, user, realm = values
                    shown = None if _CHANGED in name else name
                    yield IdentityMap(user, label, shown, realm or None, Span(path, at, None, user))


def filters_of(kept: Kept, path: str) -> Iterator[NameFilter]:
    """Certificate name filters (0508), with the user that 0208 tells, or 0508 itself."""
    for (class_name, name), draft in kept.profiles.items():
        if class_name != FILTER:
            continue
        for kind, at, values in draft.pieces:
            if kind != "0508":
                continue
            label, word, user, names = values
            owner = kept.user_maps.get((label, name))
            multi = owner == _MULTI or (owner is None and (len(user) > _ID or "=" in user))
            yield NameFilter(
                None if multi else owner or user or None,
                label,
                status(word),
                None,
                None,
                user if multi else None,
                Span(path, at, None, label),
                Name(names) if names and len(names) < _LONGEST_NAMES else None,
            )
