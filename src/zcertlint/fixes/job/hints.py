"""What a rehearsal does not play and whoever reads it should know."""

from collections.abc import Sequence

from zcertlint.model.change import Change
from zcertlint.model.deployment import Deployment
from zcertlint.model.store import Usage

__all__ = ["hints"]


def hints(change: Change, after: Deployment) -> tuple[str, ...]:
    """Labels that the change puts on a key ring of which zowe.yaml names another one.

    Such a job has a change of zowe.yaml beside it, as the plans of ``fix`` have; only commands are played.
    """
    gained = {pair for played in change.commands for pair in played.gained}
    found = []
    for ring in after.database.stores.values():
        ends = [end for end in after.endpoints.values() if end.keystore == ring.id and end.product == "zowe"]
        named = list(dict.fromkeys(end.alias.value for end in ends if end.alias is not None))
        new = [
            row.label
            for row in ring.connections
            if row.usage is Usage.PERSONAL
            and (ring.id, row.certificate) in gained
            and row.label not in {None, *named}
        ]
        if named and new:
            found.append(
                f"zowe.yaml names {_listed(named)} on {ring.title}, and the change puts {_listed(new)} there: a"
                " zowe.yaml.patch beside the job is not played. Patch a copy of the zowe.yaml, and rehearse with that."
            )
    return tuple(found)


def _listed(labels: Sequence[str | None]) -> str:
    return ", ".join(f"'{label}'" for label in labels)
