"""Which commands to run: those that close the gaps, and those that the next check would ask for.

A check asks for what it needs next; a person wants to go to the system once. A key ring that no input shows will
be asked for its owner's certificates and for the CAs as soon as it is shown, so all of them are asked for at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from zcertlint.engine.results import Gap
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.collect.ask import Ask, AskKind, all_certificates, all_rings, owner_of, parsed, plain
from zcertlint.fixes.quote import certificate_owner, dsn, quote, quote_label, shown, user_id
from zcertlint.model.certificate import Certificate, Owner, OwnerKind
from zcertlint.model.deployment import Deployment
from zcertlint.model.facts import AnswerKind
from zcertlint.model.settings import Settings
from zcertlint.model.store import Store, StoreKind, StoreState
from zcertlint.records import dataclass
from zcertlint.text.secrets import mask
from zcertlint.trust.hosts import listens
from zcertlint.trust.needs import HOMES, ZOSMF_USER, usual_user

__all__ = ["Collection", "Group", "general", "wanted"]

_CERTAUTH = Owner(OwnerKind.CERTAUTH)
_LONGEST_QUALIFIER = 8
_FETCH = "zowe zos-files download uss-file "
_BINARY = " --binary"
_X509 = tuple(
    ("components", name, "apiml", "security", "x509", "enabled") for name in ("gateway", "zaas", "apiml")
)


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that need one authority.

    Attributes:
        title: whose listings they are, or what they are for. authority: what the submitter needs.
        asks: in the order to run. answers: commands of gaps that a wider command among them answers.
    """

    title: str
    authority: str
    asks: tuple[Ask, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that is to be exported.

    Attributes:
        groups: the commands, owner by owner.
        elsewhere: what no command of TSO shows: files to download, commands of other systems.
        refused: commands that cannot be written into a job, each with the reason.
        notes: what the submitter has to know, one sentence each.
        authority: what the authorities of the groups are counted in.
    """

    groups: tuple[Group, ...]
    elsewhere: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    authority: str = "Authority in class FACILITY (or SPECIAL), for the commands of"

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The commands in the order to run."""
        return tuple(ask for group in self.groups for ask in group.asks)

    @property
    def exports(self) -> tuple[Ask, ...]:
        """The commands that write a data set."""
        return tuple(ask for ask in self.asks if ask.kind is AskKind.EXPORT)


def general() -> Collection:
    """What to export for a Zowe and a z/OSMF of which nothing is known: their usual user IDs, as an assumption."""
    draft = _Draft(None)
    for user in ("ZWESVUSR", "IZUSVR"):
        draft.add(all_rings(user))
        draft.add(all_certificates(Owner.of_user(user)))
    draft.add(all_certificates(_CERTAUTH))
    draft.add(plain(HOMES))
    draft.notes.append(
        "No zowe.yaml was given: ZWESVUSR (Zowe) and IZUSVR (z/OSMF) are ASSUMED, the names with which both are"
        " shipped. Replace them by the user IDs of your started tasks, and by the owners of the key rings that"
        " zowe.yaml names where those differ."
    )
    draft.notes.append("zcertlint collect zowe.yaml says what exactly your deployment needs.")
    return draft.finish(("ID(ZWESVUSR)", "ID(IZUSVR)"))


def wanted(
    gaps: Iterable[Gap], deployment: Deployment, settings: Settings | None, prefix: str | None = None
) -> Collection:
    """The commands for what a check could not tell.

    Args:
        gaps: of the report.
        deployment: what was judged.
        settings: the zowe.yaml, if there is one.
        prefix: the first qualifiers of exported data sets; None: below the submitter's own prefix.
    """
    draft = _Draft(prefix)
    open_questions = tuple(gaps)
    for gap in open_questions:
        if gap.command is not None:
            parts = gap.command.split("; ") if gap.command.startswith(_FETCH) else (gap.command,)
            for part in parts:
                draft.take(part)
    users = tuple(_ring_users(deployment))
    if open_questions:
        _Ahead(draft, deployment, settings).look()
    return draft.finish(users)


def _rings(deployment: Deployment, *, keys: bool = False) -> Iterator[Store]:
    """The key rings of the endpoints, in their order; with ``keys`` only those that certificates are served from."""
    seen: set[str] = set()
    for endpoint in deployment.endpoints.values():
        for ident in (endpoint.keystore, None if keys else endpoint.truststore):
            store = deployment.store(ident)
            if store is not None and store.kind is StoreKind.KEY_RING and store.id not in seen:
                seen.add(store.id)
                yield store


def _ring_users(deployment: Deployment) -> Iterator[str]:
    yield from dict.fromkeys(f"ID({store.owner})" for store in _rings(deployment) if store.owner)


@dataclass(slots=True)
class _Ahead:
    """What the next check would ask for."""

    draft: "_Draft"
    deployment: Deployment
    settings: Settings | None

    def look(self) -> None:
        """Follow what is open to what it leads to."""
        known = self.deployment.database.complete_owners
        unseen = [ring for ring in _rings(self.deployment) if ring.state is StoreState.NOT_SHOWN]
        serving = {ring.owner for ring in _rings(self.deployment, keys=True)}
        for ring in unseen:
            if ring.owner is None:
                continue
            if ring.namesakes:  # the ring may be one of these, which are shown
                self._of_namesakes(ring.namesakes, known)
                continue
            owner = Owner.of_user(ring.owner)
            try:
                self.draft.add(all_rings(ring.owner))
                if ring.owner in serving and str(owner) not in known:
                    self.draft.add(all_certificates(owner))
            except UnsafeValueError as unsafe:
                self.draft.refuse(str(unsafe))
        if unseen:
            self._first_visit(known)
        if str(_CERTAUTH) not in known and (unseen or self._issuers_open()):
            self.draft.add(all_certificates(_CERTAUTH))
        self._notes(unseen)

    def _of_namesakes(self, namesakes: tuple[str, ...], known: frozenset[str]) -> None:
        for ident in namesakes:
            other = self.deployment.store(ident)
            if other is None or other.owner is None or str(owner := Owner.of_user(other.owner)) in known:
                continue
            try:
                self.draft.add(all_certificates(owner))
            except UnsafeValueError as unsafe:
                self.draft.refuse(str(unsafe))

    def _first_visit(self, known: frozenset[str]) -> None:
        """What a configuration leads to, beside its rings, as long as nothing was taken off the system."""
        if self.settings is None:
            return
        word = (self.settings.text("zowe.setup.certificate.keyring.connect.user") or "").upper()
        if word:  # zwe connects a certificate of SITE, or of another user
            owner = Owner(OwnerKind.SITE) if word == "SITE" else Owner.of_user(word)
            if str(owner) not in known:
                try:
                    self.draft.add(all_certificates(owner))
                except UnsafeValueError as unsafe:
                    self.draft.refuse(str(unsafe))
        security = self.deployment.database.security
        if listens(self.deployment) and not security.homes:  # NA106
            self.draft.add(plain(HOMES))
        if any(_is_true(self.settings, path) for path in _X509):
            self.draft.add(plain("RACDCERT MULTIID LISTMAP"))
            if not security.classes:
                self.draft.add(plain("SETROPTS LIST"))
            if not any(profile.name == "IRR.RUSERMAP" for profile in security.profiles):
                self.draft.add(plain("RLIST FACILITY IRR.RUSERMAP AUTHUSER"))

    def _issuers_open(self) -> bool:
        """Whether a certificate that is asked for, or one that is served, has an issuer that no input shows."""
        if any(ask.kind is AskKind.CERTIFICATE for ask in self.draft.asked):
            return True
        every = tuple(self.deployment.database.certificates.values())
        served = (self.deployment.certificate(end.certificate) for end in self.deployment.endpoints.values())
        return any(_without_issuer(certificate, every) for certificate in served if certificate is not None)

    def _notes(self, unseen: Iterable[Store]) -> None:
        zosmf = self.deployment.endpoints.get("zosmf")
        ring = self.deployment.store(zosmf.keystore) if zosmf is not None else None
        if ring is not None and ring.namesakes is not None and ring in tuple(unseen):
            self.draft.add(plain(ZOSMF_USER))
            self.draft.notes.append(
                f"Nothing in the input names the user ID of z/OSMF's server. {usual_user(ring)}"
            )
        refused = {a.command for a in self.deployment.database.answers if a.kind is AnswerKind.DENIED}
        if refused:
            self.draft.notes.append(
                "RACF refused an earlier listing. Submit this under a user ID with the authority below."
            )


def _is_true(settings: Settings, path: tuple[str, ...]) -> bool:
    entry = settings.at(*path)
    return entry is not None and not entry.template and str(entry.value).lower() == "true"


def _without_issuer(certificate: Certificate, every: tuple[Certificate, ...]) -> bool:
    """Whether the chain above a certificate ends, by names, before a self-issued one."""
    current, seen = certificate, {certificate.id}
    while current.shown and current.issuer is not None and not current.self_issued:
        name = current.issuer
        above = next((c for c in every if c.subject is not None and c.subject.same_as(name)), None)
        if above is None:
            return True
        if above.id in seen:
            return False
        seen.add(above.id)
        current = above
    return False


@dataclass(slots=True)
class _Draft:
    """A collection while it is made."""

    prefix: str | None
    asked: list[Ask] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _elsewhere: dict[str, None] = field(default_factory=dict)
    _refused: dict[str, None] = field(default_factory=dict)

    def add(self, ask: Ask) -> None:
        """Ask once."""
        if all(ask.text != known.text for known in self.asked):
            self.asked.append(ask)

    def refuse(self, why: str) -> None:
        """Note what cannot be written."""
        self._refused[why] = None

    def take(self, command: str) -> None:
        """The command of a gap."""
        try:
            ask = parsed(command)
        except UnsafeValueError as unsafe:
            self.refuse(str(unsafe))
            return
        if ask is not None:
            self.add(ask)
            return
        text = mask(shown(command))[0]
        if command.startswith(_FETCH):
            path = text.removeprefix(_FETCH).removesuffix(_BINARY).strip('"')
            text = f"{path}: download it as text and keep its name."
            if command.endswith(_BINARY):
                text = (
                    f"{path}: download it in binary and keep its name. A keystore holds a private key:"
                    " keep it safe."
                )
        self._elsewhere[text] = None

    def finish(self, users: tuple[str, ...]) -> Collection:
        """The commands in groups, without those that others among them answer."""
        rings = {ask.owner for ask in self.asked if ask.kind in {AskKind.RINGS, AskKind.RING}}
        for owner in rings:  # all rings of a user also show which ring does not exist, and what it is called
            self.add(all_rings(owner_of(owner or "").user or ""))
        whole = {ask.owner for ask in self.asked if ask.kind is AskKind.CERTIFICATES}
        covered: dict[str | None, list[str]] = {}
        kept: list[Ask] = []
        for ask in self.asked:
            if ask.kind is AskKind.RING or (ask.kind is AskKind.CERTIFICATE and ask.owner in whole):
                covered.setdefault(ask.owner, []).append(ask.text)
            else:
                kept.append(ask)
        return Collection(
            tuple(self._groups(kept, covered, users)),
            tuple(self._elsewhere),
            tuple(self._refused),
            tuple(self.notes),
        )

    def _groups(
        self, kept: list[Ask], covered: Mapping[str | None, list[str]], users: tuple[str, ...]
    ) -> Iterator[Group]:
        listed = {AskKind.RINGS, AskKind.CERTIFICATES, AskKind.CERTIFICATE}
        order = {AskKind.RINGS: 0, AskKind.CERTIFICATES: 1, AskKind.CERTIFICATE: 2}
        owners = dict.fromkeys(ask.owner for ask in kept if ask.kind in listed and ask.owner is not None)
        for owner in sorted(owners, key=lambda text: _place(text, users)):
            asks = sorted(
                (ask for ask in kept if ask.owner == owner and ask.kind in listed),
                key=lambda a: order[a.kind],
            )
            yield Group(owner, _authority(owner, asks), tuple(asks), tuple(covered.get(owner, ())))
        exports = [ask for ask in kept if ask.kind is AskKind.EXPORT]
        if exports:
            authority = (
                "IRR.DIGTCERT.EXPORT: READ for your own certificates, UPDATE for another user's, CONTROL for those of"
                " CERTAUTH and SITE"
            )
            yield Group("certificates as files", authority, tuple(self._named(exports)))
        network = tuple(ask for ask in kept if ask.kind is AskKind.NETWORK)
        if network:
            yield Group("network", "nothing in class FACILITY", network)
        identity = tuple(ask for ask in kept if ask.kind is AskKind.IDENTITY)
        if identity:
            authority = "SPECIAL or AUDITOR; LISTMAP of others and MULTIID: UPDATE on IRR.DIGTCERT.LISTMAP"
            yield Group("profiles, classes and name filters", authority, identity)

    def _named(self, exports: list[Ask]) -> Iterator[Ask]:
        """EXPORT replaces a data set of its name: each needs one of its own."""
        used: set[str] = set()
        for ask in exports:
            first, middle, last = (ask.data_set or "").rsplit(".", 2)
            name, number = middle, 1
            while name in used:
                number += 1
                name = f"{middle[: _LONGEST_QUALIFIER - len(str(number))]}{number}"
            used.add(name)
            under = self.prefix if self.prefix is not None else first
            full = dsn(f"{under}.{name}.{last}")
            operand = full if self.prefix is None else quote(full)
            words = (
                "RACDCERT",
                certificate_owner(ask.owner),
                f"EXPORT(LABEL({quote_label(ask.name or '')}))",
                f"DSN({operand})",
                "FORMAT(CERTB64)",
            )
            yield replace(ask, words=words, data_set=full)


def _place(owner: str, users: tuple[str, ...]) -> tuple[int, str]:
    """Users in the order of the deployment, then others, then CERTAUTH, then SITE."""
    if owner in users:
        return users.index(owner), ""
    return len(users) + {"CERTAUTH": 1, "SITE": 2}.get(owner, 0), owner


def _authority(owner: str, asks: Iterable[Ask]) -> str:
    """What RACDCERT asks of the submitter (class FACILITY)."""
    kinds = {ask.kind for ask in asks}
    names = ["IRR.DIGTCERT.LISTRING"] if AskKind.RINGS in kinds else []
    names += ["IRR.DIGTCERT.LIST"] if kinds & {AskKind.CERTIFICATES, AskKind.CERTIFICATE} else []
    both = " and ".join(names)
    if owner in {"CERTAUTH", "SITE"}:
        return f"CONTROL on {both}"
    return f"UPDATE on {both}; READ where you are {user_id(owner[3:-1])} yourself"
