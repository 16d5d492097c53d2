"""What every product needs while it says what its configuration implies: stores by name, certificates by use."""

from collections.abc import Mapping
from dataclasses import field, replace

from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Database, Endpoint, Link, Located, TokenKey
from zcertlint.model.facts import AnswerKind, Problem
from zcertlint.model.policy import Policy
from zcertlint.model.settings import Settings
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, may_be, ring_id
from zcertlint.records import dataclass
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Span
from zcertlint.trust.selection import SelectionReason, select

__all__ = ["Configuration", "RingName", "Site", "ring_of_uri"]

_SHOWN_BY_FILE = (
    "subject", "issuer", "serial", "not_before", "not_after", "key", "alt_names", "key_usage", "extended_usage", "der",
)  # fmt: skip
_URI = lazy(r"safkeyring[a-z]*:/{2,4}([^/&]+)/([^/&]+)(?:&(.*))?")


@dataclass(frozen=True, slots=True)
class RingName:
    """A key ring as a URI names it; label from ``&label``."""

    owner: str
    name: str
    label: str | None = None


def ring_of_uri(uri: str) -> RingName | None:
    """The key ring of a ``safkeyring://OWNER/RING`` URI; None when it is none or not in that form.

    Two to four slashes are accepted, as API ML's own parser does. User IDs are upper case.
    """
    found = _URI.fullmatch(uri.strip())
    return None if found is None else RingName(found[1].upper(), found[2], found[3])


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of all products, and what the command line adds.

    Attributes:
        zowe, zosmf, config: trees of zowe.yaml, of z/OSMF's settings, of zcertlint.yaml.
        ties: endpoint id (or ``zowe``, ``zosmf``) to the path of a file with its certificate.
        zowe_version: ``X.Y`` from the command line, or None.
        policies: Policy Agent files.
    """

    zowe: Settings | None = None
    zosmf: Settings | None = None
    config: Settings | None = None
    ties: Mapping[str, str] = field(default_factory=dict)
    zowe_version: str | None = None
    policies: tuple[Policy, ...] = ()


@dataclass(slots=True)
class Site:
    """The deployment while it is built."""

    configuration: Configuration
    certificates: dict[str, Certificate]
    stores: dict[str, Store]
    database: Database
    endpoints: dict[str, Endpoint] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    token_keys: list[TokenKey] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    zowe_major: int | None = None
    verify: Located | None = None
    verify_given: Located | None = None
    zosmf_calls_zowe: Span | None = None

    def ring(self, owner: str, name: str, asked_at: Span) -> str:
        """The id of a key ring; one that no input shows is entered as not shown, or as missing."""
        ident = ring_id(owner, name)
        if ident in self.stores and self.stores[ident].namesakes is None:
            return ident
        if ident in self.database.stores:  # asked for by name now, not as the ring of a usual user
            self.stores[ident] = self.database.stores[ident]
            return ident
        made = Store(ident, StoreKind.KEY_RING, owner.upper(), name, StoreState.NOT_SHOWN, span=asked_at)
        if made.virtual is not None or owner.upper() == "*TOKEN*":
            self.stores[ident] = self._filled(made)
            return ident
        state, span, reason = StoreState.NOT_SHOWN, asked_at, None
        own = (store for store in self.stores.values() if store.undecided and store.owner == made.owner)
        like = next((store for store in own if may_be(name, store.name, store.undecided)), None)
        if like is not None:
            reason = f"the code page of {like.span.path} leaves open whether {like.name} is it"
            self.stores[ident] = replace(made, reason=reason)
            return ident
        for answer in self.database.answers:
            about = answer.owner is not None and answer.owner.user == owner
            if answer.kind in {AnswerKind.ALL_RINGS, AnswerKind.NO_RINGS} and about:
                state, span, reason = StoreState.MISSING, answer.span, answer.message or None
                break
            if answer.kind is AnswerKind.DENIED and about and answer.function in {"", "LISTRING"}:
                reason = f"{answer.message} stands where a listing should be"
        self.stores[ident] = Store(ident, StoreKind.KEY_RING, owner, name, state, span=span, reason=reason)
        return ident

    def _filled(self, store: Store) -> Store:
        """A virtual key ring: every certificate of its owner, known when all of them were listed.

        Source: z/OS Security Server RACF Callable Services, R_datalib. A token of ICSF is not analysed.
        """
        holder = store.virtual
        if holder is None:
            return replace(store, reason="a PKCS#11 token, which is not analysed")
        if holder not in self.database.complete_owners:
            return store
        usage = {"CERTAUTH": Usage.CERTAUTH, "SITE": Usage.SITE}.get(holder, Usage.PERSONAL)
        held = [c for c in self.certificates.values() if str(c.owner) == holder]
        rows = tuple(Connection(c.id, c.owner, c.label, usage, False, c.span()) for c in held)
        return replace(store, state=StoreState.SHOWN, connections=rows)

    def file_store(self, path: str, asked_at: Span) -> str:
        """The id of a PKCS12 store by its path on the system; tied to an input of the same file name."""
        ident = f"store:{path}"
        if ident in self.stores:
            return ident
        wanted = path.rsplit("/", 1)[-1]
        found = [s for s in self.stores.values() if s.kind is StoreKind.PKCS12 and _base(s.name) == wanted]
        if len(found) == 1:
            self.stores[ident] = replace(found[0], id=ident, name=path)
        else:
            self.stores[ident] = Store(
                ident, StoreKind.PKCS12, None, path, StoreState.NOT_SHOWN, span=asked_at
            )
        return ident

    def pem_store(self, paths: tuple[str, ...], asked_at: Span) -> str:
        """The id of a list of PEM files; shown when an input of each file name was given."""
        ident = "store:" + ",".join(paths)
        if ident in self.stores:
            return ident
        rows: list[Connection] = []
        shown = True
        for path in paths:
            wanted = path.rsplit("/", 1)[-1]
            blocks = [c for c in self.certificates.values() if any(_base_of_id(f) == wanted for f in c.files)]
            shown = shown and bool(blocks)
            rows += [Connection(c.id, c.owner, c.label, Usage.CERTAUTH, None, c.span()) for c in blocks]
        state = StoreState.SHOWN if shown else StoreState.NOT_SHOWN
        self.stores[ident] = Store(
            ident, StoreKind.PEM, None, ",".join(paths), state, tuple(rows) if shown else (), asked_at
        )
        return ident

    def served(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint with the certificate that it serves, from its store or from the user's word."""
        chosen = None
        store = self.stores.get(endpoint.keystore or "")
        if store is not None and not endpoint.alias_open:
            selection = select(store, endpoint.alias.value if endpoint.alias else None)
            if selection.reason is SelectionReason.CHOSEN and selection.connection is not None:
                chosen = selection.connection
        tied = self._tied(endpoint)
        if chosen is None:
            # Where the store is shown and offers nothing, that is the finding; a file does not hide it.
            usable = store is None or store.state is StoreState.NOT_SHOWN or endpoint.alias_open
            if tied is not None and usable:
                return replace(endpoint, certificate=tied.id, vouched=True, assumed=False)
            return endpoint
        if tied is not None and tied.id != chosen.certificate:
            return self._tie(endpoint, chosen, tied)
        return replace(endpoint, certificate=chosen.certificate, vouched=tied is not None)

    def _tie(self, endpoint: Endpoint, chosen: Connection, tied: Certificate) -> Endpoint:
        """A file given for an endpoint whose certificate has a place in a store."""
        known = self.certificates.get(chosen.certificate)
        if known is not None and known.shown:
            if _superseded(tied, known):
                # What the server presents now, before it has read the one that is listed (CE126).
                return replace(endpoint, certificate=chosen.certificate, presented=tied.id)
            self.problems.append(
                Problem(
                    "IN006",
                    tied.span(),
                    f"the file given for {endpoint.id} is not {chosen.certificate}, which the listing shows",
                    f"The listing was used; compare the file with RACDCERT LIST of {chosen.certificate}",
                    fatal=False,
                )
            )
            return replace(endpoint, certificate=chosen.certificate)
        # The store names it, the file shows what it holds.
        places = (("id", chosen.span), *((name, tied.span()) for name in _SHOWN_BY_FILE))
        self.certificates[chosen.certificate] = replace(
            tied, id=chosen.certificate, owner=chosen.owner, label=chosen.label, spans=places
        )
        self.certificates.pop(tied.id, None)
        return replace(endpoint, certificate=chosen.certificate, vouched=True)

    def _tied(self, endpoint: Endpoint) -> Certificate | None:
        """The certificate of the file that the user named for this endpoint."""
        ties = self.configuration.ties
        path = ties.get(endpoint.id) or ties.get(endpoint.id.partition("@")[0]) or ties.get(endpoint.product)
        if path is None:
            return None
        held = [
            certificate
            for certificate in self.certificates.values()
            if any(
                ident == f"file:{path}" or ident.startswith(f"file:{path}#") for ident in certificate.files
            )
        ]
        # A bundle also holds the CAs, in any order; without one end entity nobody can tell which is meant.
        leaves = [certificate for certificate in held if certificate.is_ca is not True]
        chosen = held if len(held) == 1 else leaves
        return chosen[0] if len(chosen) == 1 else None


def _superseded(tied: Certificate, listed: Certificate) -> bool:
    """Whether a file shows a certificate that is older than the listed one, whatever the time zone."""
    if tied.not_before is None or listed.not_before is None or tied.serial == listed.serial:
        return False
    return tied.not_before.latest < listed.not_before.earliest


def _base(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _base_of_id(ident: str) -> str:
    return _base(ident.removeprefix("file:").rsplit("#", 1)[0])
