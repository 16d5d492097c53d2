"""One record of RACDCERT LIST while its lines are gathered."""

from typing import Final

__all__ = ["ALT_TYPES", "NAMES_OVER", "USAGE_OVER", "Draft"]

# The types of alternative names, in the order of ``Draft.alts``.
ALT_TYPES: Final = ("dns", "ip", "email", "uri")
# Stages of a record behind which no alternative name, no key usage can stand.
NAMES_OVER, USAGE_OVER = 3, 4
_LONGEST_USER = 8
# Their place differs between releases, so they say nothing about the order.
_ANYWHERE = frozenset(("subject_key_id", "authority_key_id", "extended_usage"))


class Draft:
    """The lines of one record; ``label`` is None when its Label line is missing."""

    __slots__ = (
        "alts", "at", "broken", "dirty", "hex_field", "label", "line", "names_murky", "parts", "piece_field", "rings",
        "rings_cut", "stage", "usage_murky", "values",
    )  # fmt: skip

    def __init__(self, label: str | None, line: int) -> None:
        self.label = label
        self.line = line
        self.values: dict[str, str] = {}
        self.parts: dict[str, list[str]] = {}  # values that stand on several lines
        self.at: dict[str, int] = {}
        self.alts: tuple[list[tuple[str, int]], ...] = ([], [], [], [])
        self.broken: set[str] = set()
        self.stage = 0
        self.hex_field = self.piece_field = ""
        self.rings: list[tuple[str, list[str]]] | None = None
        self.rings_cut = self.dirty = self.names_murky = self.usage_murky = False

    def out_of_order(self, name: str, stage: int, *, repeats: bool) -> bool:
        """Whether a field cannot belong to this record, so that the next one begins without its Label."""
        return (name in self.at and not repeats) or (stage < self.stage and name not in _ANYWHERE)

    def murky(self) -> None:
        """A line was not understood: what may stand in it is not known to be absent."""
        self.dirty = True
        self.names_murky |= self.stage < NAMES_OVER
        self.usage_murky |= self.stage < USAGE_OVER

    def begin(self, name: str, index: int, stage: int) -> None:
        """A field begins."""
        self.at[name] = index
        self.stage = max(self.stage, stage)
        self.hex_field = self.piece_field = ""
        self.dirty = False

    def piece(self, index: int, text: str | None) -> bool:
        """A ``>...<`` line; ``text`` is None when it is cut."""
        name = self.piece_field
        if not name:
            return False
        if text is None or self.dirty:
            self.broken.add(name)
            return text is not None
        if name == "ring":
            if self.rings:
                self.rings[-1][1].append(text)
                self.rings_cut = False
        elif name in self.parts:
            self.parts[name].append(text)
        else:
            self.parts[name] = [text]
            self.at[name] = index
        return True

    def digits(self, text: str) -> None:
        """A line of a fingerprint or key identifier."""
        if self.dirty:
            self.broken.add(self.hex_field)
        self.parts[self.hex_field].append(text.replace(":", "").replace(" ", "").upper())

    def join(self) -> None:
        """No line follows: the values that stand on several become whole."""
        for name, parts in self.parts.items():
            self.values[name] = "".join(parts)

    def no_rings(self) -> bool:
        """The line that stands in place of ring associations."""
        if self.rings is None:
            return False
        self.rings_cut = False
        return True

    def ring_line(self, name: str, value: str) -> bool:
        """A line of the ring associations."""
        if name == "rings":
            self.rings = []
            self.rings_cut = True
        elif self.rings is None:
            return False
        elif name == "ring_owner":
            self.rings.append((value, []))
            self.rings_cut = True
            if not 0 < len(value) <= _LONGEST_USER:
                self.broken.add("ring")
        else:
            self.piece_field = name
            if not self.rings or self.rings[-1][1]:
                self.broken.add("ring")
        return True
