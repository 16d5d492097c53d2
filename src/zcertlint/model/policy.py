"""Policy Agent files: statements and blocks as they stand, each with its place.

Source: facts on AT-TLS, 1 (the chain of files) and 2 (the grammar).
"""

from collections.abc import Iterator
from dataclasses import field

from zcertlint.records import dataclass
from zcertlint.text.source import Span

__all__ = ["Policy", "PolicyBlock", "PolicyParam"]


@dataclass(frozen=True, slots=True)
class PolicyParam:
    """A parameter of a block, or a statement outside of blocks.

    Attributes:
        name: the keyword as written; keywords are compared in any case.
        value: the rest of the line without the comment behind it and without quotes; "" where there is none, and
            for a password, which is never kept.
        span: the place of the value; where there is none, of the keyword.
        name_span: the place of the keyword.
        rest: the rest of the line with what looks like a comment: whether Policy Agent reads it as a part of the
            value is not certain. "" for a password.
    """

    name: str
    value: str
    span: Span
    name_span: Span
    rest: str = ""

    def named(self, keyword: str) -> bool:
        """Whether this is the keyword."""
        return self.name.lower() == keyword.lower()


@dataclass(frozen=True, slots=True)
class PolicyBlock:
    """A block: its type, its name, and what stands between its braces.

    Attributes:
        kind: the type as written (``TTLSRule``). name: None for one that stands in another without a name.
        span: the place of the type. opened: the line of its ``{``.
        params: its own parameters, in order. blocks: the blocks in it, in order.
    """

    kind: str
    name: str | None
    span: Span
    opened: int
    params: tuple[PolicyParam, ...] = ()
    blocks: tuple["PolicyBlock", ...] = ()

    def is_a(self, kind: str) -> bool:
        """Whether it is of this type."""
        return self.kind.lower() == kind.lower()

    def all(self, keyword: str) -> tuple[PolicyParam, ...]:
        """Its own parameters of this keyword, in order."""
        return tuple(param for param in self.params if param.named(keyword))

    def inner(self, kind: str) -> tuple["PolicyBlock", ...]:
        """The blocks of this type that stand directly in it."""
        return tuple(block for block in self.blocks if block.is_a(kind))


@dataclass(frozen=True, slots=True)
class Policy:
    """One Policy Agent file: a main file, the file of a stack, or AT-TLS statements.

    Attributes:
        statements: what stands outside of blocks (``TcpImage``, ``TTLSConfig`` …). blocks: the outermost ones.
        secrets: the numbers (from 1) of lines that hold a password, also in a comment.
        whole: whether every brace has its partner: else where a block ends is a guess.
    """

    path: str
    statements: tuple[PolicyParam, ...] = ()
    blocks: tuple[PolicyBlock, ...] = field(default=(), repr=False)
    secrets: frozenset[int] = frozenset()
    whole: bool = True

    def of(self, kind: str) -> Iterator[PolicyBlock]:
        """The blocks of this type, wherever they stand."""
        waiting = list(reversed(self.blocks))
        while waiting:
            block = waiting.pop()
            if block.is_a(kind):
                yield block
            waiting += reversed(block.blocks)

    def named(self, kind: str, name: str) -> PolicyBlock | None:
        """The block of this type and name; of several the last one, which replaces the others."""
        return next((one for one in reversed(list(self.of(kind))) if one.name == name), None)
