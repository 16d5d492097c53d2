"""An access that the configuration shows to be needed."""

from enum import Enum

from zcertlint.model.security import Level
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Purpose", "Wanted"]


class Purpose(Enum):
    """What the access is for."""

    IDENTITY = "acting for users without their passwords (pthread_security_np)"
    APPLICATION = "logging on to an application"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A user needs a level of access to a resource.

    Attributes:
        user: the user ID, upper case. said: where it is said that this user needs it; None for a product's default.
        sure: whether RACF or a product's own settings name the user, not a default or what set-up was told.
        doubt: why the user may well be another one, with the command that shows it; None where nothing speaks for it.
        shows: what shows the user: a command, or where to look.
        class_name, resource, level: what is needed.
        span: what shows the need.
    """

    purpose: Purpose
    user: str
    class_name: str
    resource: str
    level: Level
    span: Span
    said: Span | None = None
    sure: bool = False
    doubt: tuple[str, str] | None = None
    shows: str = ""

    @property
    def id(self) -> str:
        """How findings name it: the user."""
        return f"user:{self.user}"
