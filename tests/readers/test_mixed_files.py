"""Several listings in one file, each in what mail, Markdown or a screen puts around it: read as if alone."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from pathlib import Path

import pytest

from support.corpus import corpus_dir
from zcertlint.model.facts import Answer, AnswerKind, Facts
from zcertlint.readers import ReadContext, read_source
from zcertlint.text.decode import load
from zcertlint.text.source import Span

OURS = Path(__file__).resolve().parents[2] / "fixtures" / "readers"
KINDS = (
    "acf2", "listuser", "netstat", "racdcert", "ring-tables", "rlist", "search-list", "security-log", "setropts", "tss",
)  # fmt: skip
# Without a heading of their own: what stands in front of them is theirs too.
FRAGMENTS = ("label_containing", "flattened", "double_spaced", "irrdbu00")
PLACES = {"span", "spans", "files", "path"}
Shown = Counter[tuple[str, str, str]]


def plain(name: str, text: str) -> str:
    del name
    return f"{text}\n"


def markdown(name: str, text: str) -> str:
    return f"## {name}\n\n```\n{text}```\n\n"


def mail(name: str, text: str) -> str:
    quoted = "".join(f"> {line}\n" for line in text[:-1].split("\n"))
    return f"About {name} somebody wrote:\n\n{quoted}\nRegards, Joe\n\n"


def screen(name: str, text: str) -> str:
    del name
    stars = "*" * 32
    return (
        "SDSF OUTPUT DISPLAY RACLIST JOB00042 DSID   102 LINE 0       COLUMNS 1- 80\n"
        "COMMAND INPUT ===>                                            SCROLL ===> CSR\n"
        f"{stars} TOP OF DATA {stars}\n{text}{stars} BOTTOM OF DATA {stars}\n\n"
    )


FRAMES = (markdown, mail, screen)


def bare(value: object) -> object:
    """A fact without the places where it stands."""
    if isinstance(value, Span):
        return None
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, tuple | list):
        return tuple(map(bare, value))
    if isinstance(value, frozenset):
        return tuple(sorted(repr(bare(one)) for one in value))
    if hasattr(value, "__dataclass_fields__"):
        names = [field.name for field in fields(value) if field.name not in PLACES]  # type: ignore[arg-type]
        return (type(value).__name__, *((name, bare(getattr(value, name))) for name in names))
    return value


def _each(facts: Facts) -> Iterator[tuple[str, object]]:
    for name in ("certificates", "stores", "filters", "answers"):
        for fact in getattr(facts, name):
            if not (isinstance(fact, Answer) and fact.kind is AnswerKind.TRUNCATED):
                yield name, fact
    if facts.security is not None:
        for field in fields(facts.security):
            values = getattr(facts.security, field.name)
            if isinstance(values, tuple):
                yield from ((field.name, fact) for fact in values)


def shown(text: str) -> Shown:
    """The facts of a text, and that every line of it is counted."""
    source = load("mixed.txt", text.encode())
    found = read_source(source, ReadContext())
    for facts in found:
        assert sum(facts.lines) == len(source.lines) == len(facts.marks)
    return Counter((facts.kind, name, repr(bare(fact))) for facts in found for name, fact in _each(facts))


def listings() -> list[tuple[str, str]]:
    """Our own shapes, and those of others where they are at hand."""
    paths = [path for kind in KINDS for path in sorted((OURS / kind / "shapes").iterdir())]
    corpus = corpus_dir()
    if corpus is not None:
        paths += sorted((corpus / "racf").glob("*.txt"))
    named = [path for path in paths if not any(word in path.name for word in FRAGMENTS)]
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in named]
    return [(name, text if text.endswith("\n") else f"{text}\n") for name, text in texts]


LISTINGS = listings()


@pytest.mark.parametrize("frame", FRAMES)
def test_a_frame_changes_nothing(frame: object) -> None:
    for name, text in LISTINGS:
        assert callable(frame)
        assert shown(frame(name, text)) == shown(text), name


@pytest.mark.parametrize("seed", range(60))
def test_framed_listings_are_read_as_if_alone(seed: int) -> None:
    chance = random.Random(seed)
    parts = [chance.choice(FRAMES)(*pick) for pick in chance.sample(LISTINGS, chance.randint(5, 10))]
    alone: Shown = Counter()
    for part in parts:
        alone += shown(part)
    assert shown("".join(parts)) == alone


@pytest.mark.parametrize("seed", range(60))
def test_listings_below_one_another_make_up_nothing(seed: int) -> None:
    """Without frames it may stay open where one ends; what is shown is what each of them shows."""
    chance = random.Random(seed)
    frames = (plain, plain, *FRAMES)
    parts = [chance.choice(frames)(*pick) for pick in chance.sample(LISTINGS, chance.randint(5, 10))]
    alone: Shown = Counter()
    for part in parts:
        alone += shown(part)
    together = shown("".join(parts))
    more = {(kind, name) for kind, name, _ in together - alone} - {
        ("NETSTAT HOME report", "homes"),  # not known to be complete
    }
    assert not more
    lost = sum((alone - together).values())
    assert lost <= 1
