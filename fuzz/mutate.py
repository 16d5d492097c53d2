"""Mutations of listings: what happens to text on its way from a terminal to a file."""

# ruff: noqa: INP001 (the command's folder is no package)

import random
from collections.abc import Callable, Sequence

__all__ = ["line_mutator"]

Mutator = Callable[[bytes, int, int], bytes]


def line_mutator(pool: Sequence[bytes], plain: Callable[[bytes, int], bytes]) -> Mutator:
    """A mutator that works on lines half of the time, and on bytes (``plain``) else.

    Args:
        pool: the seeds, from which lines are taken.
        plain: the fuzzer's own mutation.
    """
    lines = sorted({line for seed in pool for line in seed.split(b"\n")}) or [b""]

    def mutate(data: bytes, limit: int, number: int) -> bytes:
        chance = random.Random(number)  # noqa: S311 (repeatable, no secret)
        if chance.random() < 0.5:  # noqa: PLR2004
            return plain(data, limit)
        parts = data.split(b"\n")
        for _ in range(chance.choice((1, 1, 2, 4))):
            _damage(parts, lines, chance)
        return b"\n".join(parts)[:limit]

    return mutate


def _damage(parts: list[bytes], lines: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(parts))
    match chance.randrange(11):
        case 0 if len(parts) > 1:
            del parts[at]
        case 1:
            parts.insert(at, chance.choice(lines))
        case 2:
            parts.insert(at, parts[chance.randrange(len(parts))])
        case 3:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        case 4:
            parts[at] = parts[at][: chance.randrange(len(parts[at]) + 1)]
        case 5:
            parts[at] = parts[at][chance.randrange(len(parts[at]) + 1) :]
        case 6:
            parts[at] = b" " * chance.randrange(9) + parts[at].strip()
        case 7 if at + 1 < len(parts):
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        case 8:
            place = chance.randrange(len(parts[at]) + 1)
            parts[at : at + 1] = [parts[at][:place], parts[at][place:]]
        case 9:
            del parts[at + 1 :]
        case _:
            parts[at] = chance.choice(lines)
