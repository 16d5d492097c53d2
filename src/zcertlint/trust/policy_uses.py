"""Which key ring an environment of AT-TLS uses, and where labels for it stand: references followed, never guessed.

Source: facts on AT-TLS, 2.1 (references), 2.3 (3: connections override environments; 4: labels; 5: forms of key
rings). Of several definitions that may count, in one block, one file or several files, all are asked: an answer
stands where all agree. Where a main file shows that each stack has its file and none is common, a name that a file
defines is that file's.
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
    """What a block may have of one kind, in it or by reference; ``missing`` when a name leads to no input."""

    found: tuple[tuple[Policy, PolicyBlock], ...]
    missing: bool


@dataclass(frozen=True, slots=True)
class EnvironmentUse:
    """A TTLSEnvironmentAction and the key rings that it may use.

    Attributes:
        policy: the file. action: the block.
        keyrings: its ``Keyring``; several where it cannot be told which counts.
        sure: whether there can be no other.
        users: the user IDs of the applications, where each rule that uses it names one; None when not told.
        rules: the rules that use it, as people name them.
    """

    policy: Policy
    action: PolicyBlock
    keyrings: tuple[PolicyParam, ...] = ()
    sure: bool = True
    users: frozenset[str] | None = None
    rules: tuple[str, ...] = ()

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
        environments: those that it may count for. sure: whether there can be no other.
    """

    title: str
    param: PolicyParam
    environments: tuple[EnvironmentUse, ...] = field(default=())
    sure: bool = True

    def for_rings(self, rings: Iterable[Store]) -> bool | None:
        """Whether it names a label on one of these key rings, wherever it is used; None when not told."""
        wanted = tuple(rings)
        answers = {_any(env.uses(ring) for ring in wanted) for env in self.environments}
        return answers.pop() if len(answers) == 1 and self.sure else None


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
    names = _Names(policies)
    users: dict[_Place, list[str | None]] = {}
    rules: dict[_Place, list[str]] = {}
    for policy, rule in names.effective("TTLSRule"):
        named = [param.value.upper() for param in rule.all("Userid")]
        user = named[0] if len(named) == 1 and named[0] and "*" not in named[0] else None
        for _, action in names.part(policy, rule, ENVIRONMENT).found:
            users.setdefault(_place(action), []).append(user)
            rules.setdefault(_place(action), []).append(title_of(rule))
    found = []
    for policy, action in names.effective(ENVIRONMENT):
        part = names.part(policy, action, "TTLSKeyringParms")
        rings = [block.all("Keyring") for _, block in part.found]
        told = users.get(_place(action), [None])
        found.append(
            EnvironmentUse(
                policy,
                action,
                tuple(param for params in rings for param in params),
                not part.missing and all(rings),
                None if None in told else frozenset(user for user in told if user is not None),
                tuple(rules.get(_place(action), ())),
            )
        )
    return tuple(found)


def label_uses(
    policies: Sequence[Policy], environments: Sequence[EnvironmentUse], keywords: Iterable[str] = LABELS
) -> tuple[LabelUse, ...]:
    """Every parameter that names a label, also where nothing shows who uses it."""
    names = _Names(policies)
    uses: dict[_Place, dict[_Place, EnvironmentUse]] = {}
    unsure: set[_Place] = set()
    by_place = {_place(env.action): env for env in environments}
    for env in environments:
        for _, block in names.part(env.policy, env.action, _ADVANCED[ENVIRONMENT]).found:
            uses.setdefault(_place(block), {})[_place(env.action)] = env
    for policy, rule in names.effective("TTLSRule"):
        ends = names.part(policy, rule, ENVIRONMENT)
        for other, action in names.part(policy, rule, _CONNECTION).found:
            for _, block in names.part(other, action, _ADVANCED[_CONNECTION]).found:
                found = uses.setdefault(_place(block), {})
                found.update(
                    {place: by_place[place] for _, e in ends.found if (place := _place(e)) in by_place}
                )
                if ends.missing:
                    unsure.add(_place(block))
    words = tuple(keywords)
    return tuple(
        LabelUse(
            titles[_place(block)],
            param,
            tuple(uses.get(_place(block), {}).values()),
            _place(block) not in unsure,
        )
        for policy in policies
        for titles in (_titles(policy),)
        for kind in _ADVANCED.values()
        for block in policy.of(kind)
        for word in words
        for param in block.all(word)
    )


class _Names:
    """The names of all files."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._policies = policies
        statements = [one for policy in policies for one in policy.statements]
        shared = any(one.named("CommonTTLSConfig") for one in statements)
        self._apart = not shared and any(one.named("TcpImage") for one in statements)

    def part(self, policy: Policy, block: PolicyBlock, kind: str) -> _Part:
        """What the block may have of this kind."""
        found = [(policy, one) for one in block.inner(kind)]
        missing = False
        for reference in block.all(f"{kind}Ref"):
            named = self._named(policy, kind, reference.value)
            found += named
            missing = missing or not named
        return _Part(tuple(found), missing)

    def _named(self, policy: Policy, kind: str, name: str) -> list[tuple[Policy, PolicyBlock]]:
        own = policy.named(kind, name)
        if own is not None and self._apart:
            return [(policy, own)]
        return [(one, found) for one in self._policies if (found := one.named(kind, name)) is not None]

    def effective(self, kind: str) -> Iterator[tuple[Policy, PolicyBlock]]:
        """The blocks of this type, without those that a later one of the same name in the file replaces."""
        for policy in self._policies:
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
