"""What a translation says, and how it is put together."""

from collections.abc import Callable, Sequence
from dataclasses import field

from zcertlint.engine.results import Safety
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.commands.base import Command, text_of
from zcertlint.fixes.commands.issue import GencertFromRequest, Genreq
from zcertlint.fixes.commands.keep import Export
from zcertlint.fixes.commands.rings import Connect
from zcertlint.fixes.quote import user_id
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.records import dataclass

__all__ = ["Draft", "Placeholder", "Translation", "acid", "renewals"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name that no input shows: a person replaces it in the job before it is submitted.

    Its question mark is no character of such a name, so a command in which it was forgotten makes nothing.
    """

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Translation:
    """Commands for another product.

    Attributes:
        commands: in words, as a job writes them.
        placeholders: names in them that must be replaced first.
        refused: RACF commands without a known equivalent, each with why.
        notes: what differs from RACF in their effect.
    """

    commands: tuple[tuple[str, ...], ...]
    placeholders: tuple[Placeholder, ...] = ()
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    racf: bool = True

    def safety(self, planned: Safety) -> Safety:
        """What becomes of the safety of the plan: never ``ready``, and advice when something is left out."""
        if self.racf:
            return planned
        return Safety.ADVICE if self.refused or planned is Safety.ADVICE else Safety.REVIEW


@dataclass(slots=True)
class Draft:
    """A translation while it is made.

    Attributes:
        stem: the first letters of a placeholder, which has eight characters.
    """

    stem: str
    commands: list[tuple[str, ...]] = field(default_factory=list)
    placeholders: dict[str, Placeholder] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    def name(self, meaning: str) -> str:
        """The placeholder for what is meant; the same one for the same meaning."""
        if meaning not in self.placeholders:
            number = len(self.placeholders) + 1
            self.placeholders[meaning] = Placeholder(f"{self.stem}{number:0{8 - len(self.stem)}d}", meaning)
        return self.placeholders[meaning].text

    def refuse(self, command: Command, why: str) -> None:
        """Leave a command out."""
        try:
            text = text_of(command)
        except UnsafeValueError:
            text = type(command).__name__
        self.refused.append(f"{text}: {why}")

    def run(self, commands: Sequence[Command], one: Callable[["Draft", Command], None]) -> Translation:
        """Translate each command."""
        for command in commands:
            done, named = len(self.commands), len(self.placeholders)
            try:
                one(self, command)
            except UnsafeValueError as unsafe:
                del self.commands[done:]
                self.placeholders = dict(list(self.placeholders.items())[:named])
                self.refuse(command, str(unsafe))
        return Translation(
            tuple(self.commands),
            tuple(self.placeholders.values()),
            tuple(self.refused),
            tuple(self.notes),
            racf=False,
        )


def acid(owner: Owner | str, site: str) -> str:
    """``ID(U)`` as the products name it: ``U``, ``CERTAUTH``, and the product's word for SITE."""
    if isinstance(owner, str):
        return user_id(owner)
    if owner.kind is OwnerKind.ID:
        return user_id(owner.user or "")
    return "CERTAUTH" if owner.kind is OwnerKind.CERTAUTH else site


def renewals(commands: Sequence[Command]) -> tuple[Command, ...]:
    """The commands without those that only serve a GENCERT from a request.

    One command renews there: the request in a data set, the backup that RACF's way of going back needs, the rows of
    the key rings put back behind it, and the copy that marks the end have no part in it.
    """
    renewed = [command for command in commands if isinstance(command, GencertFromRequest)]
    requests = {command.request for command in renewed}
    places = {(command.owner, command.label) for command in renewed}
    return tuple(
        command
        for command in commands
        if not (isinstance(command, Genreq) and command.data_set in requests)
        and not (isinstance(command, (Connect, Export)) and (command.owner, command.label) in places)
    )
