"""What the rules of PassTickets share."""

from zcertlint.model.deployment import Database
from zcertlint.model.facts import AnswerKind
from zcertlint.rules.access._profiles import all_names
from zcertlint.trust.access import deleted

__all__ = ["CLASS", "given", "names_of"]

CLASS = "PTKTDATA"
_RIGHT = "IRRPTAUTH."


def names_of(database: Database) -> frozenset[str]:
    """The names of all profiles of the class that an input shows, whatever it shows of them."""
    security = database.security
    shown = {one.name for one in security.profiles if one.class_name == CLASS}
    listed = {name for one in security.searches if one.class_name == CLASS for name in one.names}
    return frozenset(shown | listed)


def given(database: Database, application: str) -> bool:
    """Whether an input shows anything of the PassTickets of an application."""
    if all_names(database, CLASS) is not None:
        return True
    if any(deleted(database, CLASS, name) is not None for name in (application, f"{_RIGHT}{application}.*")):
        return True
    missing = (
        (one.name or "").removeprefix(f"{CLASS}/")
        for one in database.answers
        if one.kind is AnswerKind.NO_SUCH_PROFILE and (one.name or "").startswith(f"{CLASS}/")
    )
    return any(
        name == application or name.startswith((f"{application}.", _RIGHT))
        for name in (*names_of(database), *missing)
    )
