"""Which key ring an environment of AT-TLS uses, and where labels for it stand: references followed, never guessed.

Source: facts on AT-TLS, 2.1 (references), 2.3 (3: connections override environments; 4: labels; 5: forms of key
rings). A name is looked for in its own file first, then in the others: a shared file is read for several stacks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from zcertlint.model.policy import Policy, PolicyBlock, PolicyParam
from zcertlint.model.store import Store
from zcertlint.records import dataclass

__all__ = ["LABELS", "EnvironmentUse", "LabelUse", "environments", "label_uses", "title_of"]

ENVIRONMENT = "TTLSEnvironmentAction"
LABELS = ("CertificateLabel", "ServerCertificateLabel")
_CONNECTION = "TTLSConnectionAction"
_ADVANCED = {ENVIRONMENT: "TTLSEnvironmentAdvancedParms", _CONNECTION: "TTLSConnectionAdvancedParms"}

_Place = tuple[str, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a block has of one kind, in it or by reference; ``sure`` when it is exactly that, or none."""

    found: tuple[tuple[Policy, PolicyBlock], ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class EnvironmentUse:
    """A TTLSEnvironmentAction and the key rings that it may use.

    Attributes:
        policy: the file. action: the block.
        keyrings: its ``Keyring``; several where it cannot be told which counts.
        sure: whether there is no other.
        users: the user IDs of the applications, where each rule that uses it names one; None when not told.
    """

    policy: Policy
    action: PolicyBlock
    keyrings: tuple[PolicyParam, ...] = ()
    sure: bool = True
    users: frozenset[str] | None = None

    @property
    def title(self) -> str:
        """As people name it."""
        return title_of(self.action)

    def uses(self, ring: Store) -> bool | None:
        """Whether it uses this key ring; None when that cannot be told."""
        answers = {self._is(param.value, ring) for param in self.keyrings}
        if not self.sure:
            answers.add(None)
        return answers.pop() if len(answers) == 1 else False if not answers else None

    def _is(self, named: str, ring: Store) -> bool | None:
        owner, slash, name = named.partition("/")
        if slash and not owner:
            return False  # a file of z/OS UNIX
        if slash:
            if owner.upper() != (ring.owner or "").upper():
                return False
            return None if name == "*" != ring.name else name == ring.name
        if named != ring.name:
            return False
        if self.users is None:
            return None
        users = {user == (ring.owner or "").upper() for user in self.users}
        return users.pop() if len(users) == 1 else None


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A parameter that names a label, and the environments for which it does.

    Attributes:
        title: the block in which it stands, as people name it. param: the parameter.
        environments: those that it counts for. sure: whether it does count for them, and for no other.
    """

    title: str
    param: PolicyParam
    environments: tuple[EnvironmentUse, ...] = field(default=())
    sure: bool = True

    def for_rings(self, rings: Iterable[Store]) -> bool | None:
        """Whether it names a label on one of these key rings, wherever it is used; None when not told."""
        wanted = tuple(rings)
        answers = {_any(env.uses(ring) for ring in wanted) for env in self.environments}
        if not answers or (not self.sure and answers != {False}):
            return None
        return answers.pop() if len(answers) == 1 else None


def title_of(block: PolicyBlock) -> str:
    """``TTLSEnvironmentAction ZoweServer``."""
    return block.kind if block.name is None else f"{block.kind} {block.name}"


def _titles(policy: Policy) -> dict[_Place, str]:
    """Every block as people name it; one without a name by the block in which it stands."""
    found: dict[_Place, str] = {}
    waiting = [(block, title_of(block)) for block in policy.blocks]
    while waiting:
        block, title = waiting.pop()
        found[_place(block)] = title
        waiting += [
            (one, title_of(one) if one.name is not None else f"{one.kind} of {title}") for one in block.blocks
        ]
    return found


def environments(policies: Sequence[Policy]) -> tuple[EnvironmentUse, ...]:
    """Every environment that counts, in the order of the files."""
    users: dict[_Place, list[str | None]] = {}
    for policy, rule in _effective(policies, "TTLSRule"):
        part = _part(policies, policy, rule, ENVIRONMENT)
        named = [param.value.upper() for param in rule.all("Userid")]
        user = named[0] if len(named) == 1 and named[0] and "*" not in named[0] else None
        for _, action in part.found:
            users.setdefault(_place(action), []).append(user if part.sure else None)
    return tuple(
        _environment(policies, policy, action, users.get(_place(action), [None]))
        for policy, action in _effective(policies, ENVIRONMENT)
    )


def _environment(
    policies: Sequence[Policy], policy: Policy, action: PolicyBlock, users: Sequence[str | None]
) -> EnvironmentUse:
    part = _part(policies, policy, action, "TTLSKeyringParms")
    rings = tuple(param for _, block in part.found for param in block.all("Keyring"))
    sure = part.sure and len(rings) == len(part.found)
    told = None if None in users else frozenset(user for user in users if user is not None)
    return EnvironmentUse(policy, action, rings, sure, told)


def label_uses(
    policies: Sequence[Policy], environments: Sequence[EnvironmentUse], keywords: Iterable[str] = LABELS
) -> tuple[LabelUse, ...]:
    """Every parameter that names a label, also where nothing shows who uses it."""
    uses: dict[_Place, list[tuple[EnvironmentUse, bool]]] = {}
    by_place = {_place(env.action): env for env in environments}
    for env in environments:
        part = _part(policies, env.policy, env.action, _ADVANCED[ENVIRONMENT])
        for _, block in part.found:
            uses.setdefault(_place(block), []).append((env, part.sure))
    for policy, rule in _effective(policies, "TTLSRule"):
        whole = _part(policies, policy, rule, ENVIRONMENT)
        connection = _part(policies, policy, rule, _CONNECTION)
        for other, action in connection.found:
            part = _part(policies, other, action, _ADVANCED[_CONNECTION])
            sure = whole.sure and connection.sure and part.sure
            for _, block in part.found:
                found = uses.setdefault(_place(block), [])
                found += [(by_place[place], sure) for _, e in whole.found if (place := _place(e)) in by_place]
    words = tuple(keywords)
    return tuple(
        LabelUse(
            titles[_place(block)],
            param,
            tuple({_place(env.action): env for env, _ in uses.get(_place(block), ())}.values()),
            all(sure for _, sure in uses.get(_place(block), ())),
        )
        for policy in policies
        for titles in (_titles(policy),)
        for kind in _ADVANCED.values()
        for block in policy.of(kind)
        for word in words
        for param in block.all(word)
    )


def _part(policies: Sequence[Policy], policy: Policy, block: PolicyBlock, kind: str) -> _Part:
    inner = [(policy, one) for one in block.inner(kind)]
    references = block.all(f"{kind}Ref")
    found = list(inner)
    missing = False
    for reference in references:
        named = _named(policies, policy, kind, reference.value)
        found += named
        missing = missing or len(named) != 1
    return _Part(tuple(found), not missing and len(inner) + len(references) <= 1)


def _named(
    policies: Sequence[Policy], policy: Policy, kind: str, name: str
) -> list[tuple[Policy, PolicyBlock]]:
    own = policy.named(kind, name)
    if own is not None:
        return [(policy, own)]
    return [(other, found) for other in policies if (found := other.named(kind, name)) is not None]


def _effective(policies: Sequence[Policy], kind: str) -> Iterator[tuple[Policy, PolicyBlock]]:
    """The blocks of this type, without those that a later one of the same name in the file replaces."""
    for policy in policies:
        last: dict[str | None, PolicyBlock] = {}
        for block in policy.of(kind):
            last[block.name] = block
        for block in policy.of(kind):
            if block.name is None or last[block.name] is block:
                yield policy, block


def _place(block: PolicyBlock) -> _Place:
    return (block.span.path, block.span.line, block.span.column)


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    return True if True in found else None if None in found else False
