"""Entries that look like what nobody knows. They are guesses: whoever shows them says so."""

from collections import Counter

from zcertlint.messages.book import entries, plain
from zcertlint.messages.entry import Entry
from zcertlint.text.patterns import lazy

__all__ = ["nearest"]

_WORD = lazy(r"[a-z0-9_]{3,40}")
_MOST_WORDS = 400
_ALIKE_IDS = 0.84
_ALIKE_WORDS = 0.34
_MESSAGE = lazy(r"[a-z]{3,5}\d{3,5}[a-z]?")


def _alike_id(asked: str) -> list[str]:
    """Ids that differ by a slip: a digit or letter more, less, other or in the other order."""
    import difflib  # noqa: PLC0415 (for unknown ids only)

    ids = {one.id.lower(): one.id for one in entries() if " " not in one.id}
    return [ids[hit] for hit in difflib.get_close_matches(asked, list(ids), n=3, cutoff=_ALIKE_IDS)]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(plain(text))[:_MOST_WORDS])


def nearest(text: str, most: int = 3) -> tuple[Entry, ...]:
    """Up to ``most`` entries whose id or words are close to the text; () rather than a far-fetched guess."""
    by_id = {one.id: one for one in entries()}
    tokens = [word for word in plain(text).split() if _MESSAGE.fullmatch(word)]
    found = [ident for token in tokens[:20] for ident in _alike_id(token)]
    asked = _words(text) - set(tokens)
    if asked:
        bags = {one.id: _words(" ".join((one.title, *one.texts, *one.says))) for one in by_id.values()}
        often = Counter(word for bag in bags.values() for word in bag)
        weight = {word: 1 / often[word] if word in often else 0.2 for word in asked}
        total = sum(weight.values())
        scores = {ident: sum(weight[word] for word in asked & bag) / total for ident, bag in bags.items()}
        ranked = sorted(scores, key=lambda ident: -scores[ident])
        found += [ident for ident in ranked[:most] if scores[ident] >= _ALIKE_WORDS]
    return tuple(by_id[ident] for ident in dict.fromkeys(found))[:most]
