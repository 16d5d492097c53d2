"""Who calls from outside, as zcertlint.yaml declares it, and the users that certificates log on as."""

from zcertlint.model.facts import NameFilter
from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["ClientUrl", "Logon"]


@dataclass(frozen=True, slots=True)
class ClientUrl:
    """A URL that people type (a tunnel, an alias, localhost).

    Attributes:
        url: as it is written, at ``span``. host: the name or address in it.
        server: id of the endpoint that it reaches; None when there is none.
    """

    url: str
    host: str
    span: Span
    server: str | None


@dataclass(frozen=True, slots=True)
class Logon:
    """A user ID that client certificates lead to while logon with certificates (x509) is on.

    Attributes:
        span: what leads there: a filter, or the certificate under the user.
        filters: the filters that name the user, of listings; of an unload only those that fit a client.
        clients: ids of the declared clients that log on as this user.
    """

    user: str
    span: Span
    filters: tuple[NameFilter, ...] = ()
    clients: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """How findings name it."""
        return f"user:{self.user}"
