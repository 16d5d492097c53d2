"""Commands played one after the other on the hand-made site, and what tests ask of the result."""

from dataclasses import replace
from datetime import date

from fixes import any_command as some
from fixes import world
from fixes.world import AS_OF
from zcertlint.fixes.commands.base import Command, Failure, text_of
from zcertlint.model.certificate import Certificate
from zcertlint.model.datasets import DataSet, DataSetKind
from zcertlint.model.deployment import Database
from zcertlint.model.security import Level
from zcertlint.model.store import Usage

END = date(2028, 11, 21)
PLACE = ("ZWESVUSR", "ZoweKeyring")
IZU_PLACE = ("IZUSVR", "IZUKeyring.IZUDFLT")
HERE = some.HERE


def play(database: Database, *commands: Command) -> Database:
    """Each command must be one that RACF carries out."""
    for command in commands:
        assert command.failure(database) is None, (text_of(command), str(command.failure(database)))
        database = command.apply(database, AS_OF)
    return database


def play_unwritten(database: Database, command: Command) -> Database:
    assert command.failure(database) is None
    return command.apply(database, AS_OF)


def rows(database: Database, place: tuple[str, str] = PLACE) -> list[tuple[str | None, Usage, bool | None]]:
    ring = database.stores[f"ring:{place[0]}/{place[1]}"]
    return [(row.label, row.usage, row.default) for row in ring.connections]


def failed(command: Command, database: Database) -> Failure:
    failure = command.failure(database)
    assert failure is not None
    return failure


def complete(database: Database) -> Database:
    return replace(
        database,
        complete_owners=frozenset(map(str, some.OWNERS)),
        complete_ring_owners=frozenset(("ZWESVUSR", "IZUSVR")),
    )


def secured(**more: object) -> Database:
    return replace(world.database(), security=replace(some.security(), **more))  # type: ignore[arg-type]


def with_file(content: Certificate, **more: object) -> Database:
    held = DataSet("A.FILE", DataSetKind.CERTIFICATE, content)
    return replace(world.database(), data_sets={"A.FILE": replace(held, **more)})  # type: ignore[arg-type]


def entries(database: Database, name: str = "IRR.DIGTCERT.LISTRING") -> dict[str, Level | None]:
    profile = next(one for one in database.security.profiles if one.name == name)
    return {entry.who: entry.level for entry in profile.access or ()}
