"""ROLLOVER: a new certificate takes the place of an old one. Source of the effects: RACDCERT ROLLOVER."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from zcertlint.fixes.commands.base import (
    Effects,
    Failure,
    FailureKind,
    connection_in,
    find,
    rings_of,
    with_certificates,
    with_stores,
)
from zcertlint.fixes.commands.known import certificate_missing, facility, key_missing
from zcertlint.fixes.quote import certificate_owner, quote_label
from zcertlint.model.certificate import Owner
from zcertlint.model.deployment import Database
from zcertlint.model.store import Connection, Store, Usage, ring_id
from zcertlint.records import dataclass

__all__ = ["Rollover"]


@dataclass(frozen=True, slots=True)
class Rollover(Effects):
    """End the use of a certificate whose successor REKEY has made.

    In this order: the private key of the old one is deleted; the new one is connected wherever the old one is,
    in its place where that is PERSONAL, beside it where it is CERTAUTH or SITE; the count of serial numbers
    goes on. What was encrypted for the old key cannot be read any more.
    """

    owner: Owner
    label: str
    new_label: str
    force: bool = False
    refresh: ClassVar[tuple[str, ...]] = ("DIGTCERT", "DIGTRING")

    def needs(self) -> tuple[str, ...]:
        """For the owner of the certificates."""
        return facility("ROLLOVER", self.owner)

    def render(self) -> tuple[str, ...]:
        """``RACDCERT owner ROLLOVER(LABEL('l')) NEWLABEL('n') [FORCE]``."""
        words = (
            "RACDCERT", certificate_owner(self.owner), f"ROLLOVER(LABEL({quote_label(self.label)}))",
            f"NEWLABEL({quote_label(self.new_label)})",
        )  # fmt: skip
        return (*words, "FORCE") if self.force else words

    def failure(self, database: Database) -> Failure | None:
        """Both must be there, and be two."""
        if self.label == self.new_label:
            return Failure(FailureKind.REFUSED, "the old and the new certificate are one")
        return certificate_missing(database, self.owner, self.label) or key_missing(
            database, self.owner, self.new_label
        )

    def doubts(self, database: Database) -> tuple[str, ...]:
        """A successor that nobody has signed, and rings that no input shows."""
        found = []
        old, new = find(database, self.owner, self.label), find(database, self.owner, self.new_label)
        if old is None or new is None:
            return ()
        if new.self_issued and old.self_issued is False:
            found.append(
                f"{new.id} is still self-signed: who trusts the issuer of {old.id} does not trust it"
            )
        shown = {store.id for store, _row in rings_of(database, old.id)}
        found += [
            f"{old.id} is also on the key ring {owner}/{name}, which no input shows"
            for owner, name in old.rings or ()
            if ring_id(owner, name) not in shown
        ]
        if old.rings is None:
            found.append(f"no LIST shows every key ring of {old.id}")
        return tuple(found)

    def apply(self, database: Database, on: datetime) -> Database:
        """The old key is gone, and the rings name the new certificate."""
        del on
        old, new = find(database, self.owner, self.label), find(database, self.owner, self.new_label)
        if old is None or new is None or self.failure(database) is not None:
            return database
        stores = [self._ring(store, row, new.id) for store, row in rings_of(database, old.id)]
        personal = {store.id for store, row in rings_of(database, old.id) if row.usage is Usage.PERSONAL}
        places = [(store.owner or "", store.name) for store in stores]
        lost = replace(old, private_key=False, hardware_key=None)
        if old.rings is not None:
            lost = replace(lost, rings=tuple(p for p in old.rings if ring_id(*p) not in personal))
        if new.rings is not None:
            new = replace(new, rings=tuple(dict.fromkeys((*new.rings, *(old.rings or places)))))
        result = with_stores(with_certificates(database, [lost, new]), stores)
        sets = {
            name: replace(one, key_of=None) if one.key_of == old.id else one
            for name, one in result.data_sets.items()
        }
        return replace(result, data_sets=sets)

    def _ring(self, store: Store, row: Connection, ident: str) -> Store:
        """The ring with the new certificate in the place of the old one, or after the others."""
        there = connection_in(store, self.owner, self.new_label)
        rows = [kept for kept in store.connections if kept is not there]
        new = replace(row, certificate=ident, label=self.new_label)
        if row.usage is Usage.PERSONAL:
            rows[rows.index(row)] = new
        else:
            rows.append(replace(new, default=False))
        return replace(store, connections=tuple(rows))

    def why_no_undo(self, before: Database) -> str | None:
        """A key that is deleted is lost, unless it was exported before."""
        old = find(before, self.owner, self.label)
        if old is None:
            return None
        rings = ", ".join(store.title for store, _row in rings_of(before, old.id))
        where = f", and its connections to {rings}" if rings else ""
        return f"the private key of {old.id}{where}: only a backup with the key brings it back"
