"""Which user reads which key ring: the started tasks of Zowe and z/OSMF, and the rings in their configuration."""

from collections.abc import Iterator
from dataclasses import replace

from zcertlint.model.deployment import Deployment, Endpoint
from zcertlint.model.store import Store, StoreKind, StoreState
from zcertlint.records import dataclass
from zcertlint.text.source import Span
from zcertlint.trust.wanted import ZOSMF_TASK, Runner, zosmf_user, zowe_user

__all__ = ["RingReader", "ring_readers"]

_ZOWE_TASK = "ZWESLSTC"


@dataclass(frozen=True, slots=True)
class RingReader:
    """A user, and a key ring that servers read under it.

    Attributes:
        user, ring: the user ID and the store. endpoints: the servers, by id.
        product: whose servers they are. task: the procedure of the started task.
        said: where its user is said; None for a default. sure: whether RACF says it.
    """

    user: str
    ring: Store
    endpoints: tuple[str, ...]
    product: str
    task: str
    said: Span | None
    sure: bool

    @property
    def id(self) -> str:
        """``user:ZWESVUSR``."""
        return f"user:{self.user}"

    @property
    def owns(self) -> bool:
        """Whether it is the user's own ring."""
        return self.user == (self.ring.owner or "").upper()

    @property
    def question(self) -> str:
        """The command that shows the user of the started task."""
        return f"RLIST STARTED {self.task}.* STDATA NORACF"

    @property
    def resource(self) -> str:
        """The resource of class RDATALIB: rings that differ in case only share one."""
        return f"{self.ring.owner}.{self.ring.name}.LST".upper()


def ring_readers(deployment: Deployment) -> tuple[RingReader, ...]:
    """Every user and ring that the configuration ties together; what AT-TLS serves from stands in its policy."""
    settings = deployment.zowe
    zowe, zosmf = zowe_user(deployment), zosmf_user(deployment.database.security, settings)
    named = settings.text("zowe.setup.security.stcs.zowe") if settings is not None else None
    found: dict[tuple[str, str], RingReader] = {}
    for end in deployment.endpoints.values():
        for ring in _rings(deployment, end):
            if end.product == "zowe":
                owner = deployment.store((end.keystore or "").partition("&")[0])
                reader = _reader(zowe, ("Zowe", (named or _ZOWE_TASK).upper()), ring, end, owner)
            elif end.product == "zosmf":
                reader = _reader(zosmf, ("z/OSMF", ZOSMF_TASK), ring, end, ring)
            else:
                continue
            if reader is not None:
                known = found.get((reader.user, ring.id), reader)
                ends = tuple(dict.fromkeys((*known.endpoints, end.id)))
                found[reader.user, ring.id] = replace(known, endpoints=ends)
    return tuple(found.values())


def _rings(deployment: Deployment, end: Endpoint) -> Iterator[Store]:
    named = (None if end.attls else end.keystore, None if end.attls_out else end.truststore)
    for ident in dict.fromkeys(name.partition("&")[0] for name in named if name is not None):
        store = deployment.store(ident)
        if store is None or store.kind is not StoreKind.KEY_RING or store.state is StoreState.MISSING:
            continue
        # Tokens and virtual rings have resources of their own.
        if store.owner and "*" not in store.owner and store.virtual is None:
            yield store


def _reader(
    runner: Runner | None, task: tuple[str, str], ring: Store, end: Endpoint, own: Store | None
) -> RingReader | None:
    if runner is None or runner.exempt:
        return None
    user, sure = runner.user, runner.sure
    if runner.span is None:  # a default: who owns the ring from which it serves is the better guess
        owner = own.owner if own is not None and own.kind is StoreKind.KEY_RING else None
        user = (owner or user).upper()
    return RingReader(user, ring, (end.id,), *task, runner.span, sure)
