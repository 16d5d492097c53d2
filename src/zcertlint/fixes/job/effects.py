"""What a command did, in plain words."""

from collections.abc import Callable, Sequence

from zcertlint.fixes.commands.add import Add
from zcertlint.fixes.commands.base import Command, find
from zcertlint.fixes.commands.generate import Gencert
from zcertlint.fixes.job.differences import Differences
from zcertlint.fixes.job.racdcert import Request
from zcertlint.model.certificate import Certificate
from zcertlint.model.change import LostRow
from zcertlint.model.deployment import Database
from zcertlint.records import dataclass

__all__ = ["Scene", "effect_of", "rings"]


def rings(idents: Sequence[str]) -> str:
    """``2 key rings: A, B``."""
    names = [ident.partition(":")[2] for ident in idents]
    return names[0] if len(names) == 1 else f"{len(names)} key rings: {', '.join(names)}"


@dataclass(frozen=True, slots=True)
class Scene:
    """One command being played.

    Attributes:
        request: the command as it was read. command: its value.
        before: the database in front of it. found: what it changed.
        lost_before: rows that commands before it took off key rings.
    """

    request: Request
    command: Command
    before: Database
    found: Differences
    lost_before: Sequence[LostRow]


def effect_of(scene: Scene) -> str:
    """What the command does, or would do."""
    writer = _WRITERS.get(scene.request.function)
    return "reads only" if writer is None else writer(scene)


def _user(request: Request) -> str:
    return str(request.owner.user) if request.owner is not None else ""


def _connect(scene: Scene) -> str:
    request, found = scene.request, scene.found
    title = f"{_user(request)}/{request.ring}"
    ident = f"{request.certificate_owner}/{request.label}"
    if not found.gained:
        return _connected_otherwise(scene, title, ident)
    if any(one.ring == f"ring:{title}" and one.row.certificate == ident for one in scene.lost_before):
        text = f"connected again to {title}"
    else:
        text = f"connected to {title}"
    usage = request.usage.value if request.usage is not None else "not shown"
    text += f", USAGE {usage}" + (", DEFAULT" if request.default else "")
    return text + "".join(f"; takes DEFAULT from {move.before}" for move in found.moves)


def _connected_otherwise(scene: Scene, title: str, ident: str) -> str:
    """CONNECT of what is on the key ring: usage and DEFAULT become what the command says, DEFAULT also unsaid."""
    request = scene.request
    ring = scene.before.stores.get(f"ring:{title}")
    row = next((one for one in ring.connections if one.certificate == ident), None) if ring else None
    usage = request.usage.value if request.usage is not None else "not shown"
    told = []
    if row is not None and request.usage is not None and row.usage is not request.usage:
        told.append(f"USAGE {row.usage.value} becomes {usage}")
    else:
        told.append(f"USAGE {usage}")
    if request.default:
        told.append("DEFAULT stays" if row is not None and row.default else "becomes the DEFAULT")
    elif row is not None and row.default:
        told.append("DEFAULT is lost: the command does not say it")
    moves = (f"takes DEFAULT from {move.before}" for move in scene.found.moves)
    return "; ".join((f"on {title} already: {', '.join(told)}", *moves))


def _remove(scene: Scene) -> str:
    request, found = scene.request, scene.found
    default = "; it was the DEFAULT" if any(one.row.default for one in found.lost) else ""
    return f"removed from {_user(request)}/{request.ring}{default}"


def _whole_ring(scene: Scene) -> str:
    request, found = scene.request, scene.found
    if request.function == "ADDRING":
        return "makes an empty key ring"
    count = len(found.lost)
    return "deletes the key ring" + (f" with {count} connection{'s' if count > 1 else ''}" if count else "")


def _delete(scene: Scene) -> str:
    found = scene.found
    text = "deleted" if found.deleted else "deletes the certificate"
    key = " with its private key" if found.keys_lost else ""
    off = [one.ring for one in found.lost]
    where = (
        f"; also removed from {rings(off)}" if off else ("; it is on no key ring" if found.deleted else "")
    )
    return text + key + where


def _add(scene: Scene) -> str:
    found = scene.found
    if isinstance(scene.command, Add):
        old = scene.command.renews(scene.before)
        if old is not None:
            return f"replaces {old.id}: label, key and key rings stay"
        if scene.command.known(scene.before) is None:
            return "needs the contents of the data set"
    made = next((one for one in found.changed if one.owner is not None), None)
    return f"added as {made.id}" if made is not None else "adds a certificate"


def _made(scene: Scene) -> Certificate | None:
    return next((one for one in scene.found.changed if one.id not in scene.before.certificates), None)


def _usual_end(scene: Scene) -> str:
    """The end that RACF is taken to choose, of a new certificate or of the one that is issued again."""
    again = scene.command.reissue(scene.before) if isinstance(scene.command, Gencert) else None
    made = _made(scene)
    if again is not None:  # of a CA, what it has issued is touched as well
        place = (again.owner, again.label)
        made = next((one for one in scene.found.changed if (one.owner, one.label) == place), None)
    if scene.request.not_after is not None or made is None or made.not_after is None:
        return ""
    return f", likely until {made.not_after.at:%Y-%m-%d} (no NOTAFTER)"


def _gencert(scene: Scene) -> str:
    request = scene.request
    again = scene.command.reissue(scene.before) if isinstance(scene.command, Gencert) else None
    signer = (
        f"signed by {request.signer_owner}/{request.signer}" if request.signer is not None else "self-signed"
    )
    end = f", until {request.not_after:%Y-%m-%d}" if request.not_after is not None else _usual_end(scene)
    if again is not None:
        return f"issues {again.owner}/{again.label} again, {signer}{end}; label, key and key rings stay"
    made = _made(scene)
    name = made.id if made is not None else "a certificate"
    return f"makes {name}, {signer}{end}, on no key ring"


def _writes(scene: Scene) -> str:
    request = scene.request
    if request.function == "GENREQ":
        return f"writes a request for a certificate to {request.data_set}"
    key = " and its private key" if request.form in {"PKCS12DER", "PKCS12B64"} else ""
    return f"writes the certificate{key} to {request.data_set}"


def _rekey(scene: Scene) -> str:
    request = scene.request
    return f"makes {request.owner}/{request.new_label} with a new key, self-signed{_usual_end(scene)}, on no key ring"


def _rollover(scene: Scene) -> str:
    request, found = scene.request, scene.found
    where = [ring for ring, _ in found.gained]
    place = f" and stands on {rings(where)}" if where else ""
    return f"deletes the private key of '{request.label}'; '{request.new_label}' follows it{place}"


def _alter(scene: Scene) -> str:
    request = scene.request
    parts = []
    if request.new_label is not None:
        parts.append(f"the label becomes '{request.new_label}'")
    if request.trust is not None and request.owner is not None:
        old = find(scene.before, request.owner, request.label or "")
        was = f" (it was {old.trust.value})" if old is not None and old.trust is not None else ""
        parts.append(f"the status becomes {request.trust.value}{was}")
    return "; ".join(parts)


def _filter(scene: Scene) -> str:
    request = scene.request
    who = "MULTIID" if request.multi else _user(request)
    words = {
        "MAP": "certificates lead to",
        "DELMAP": "certificates lead no longer to",
        "ALTMAP": "changes a filter of",
    }
    return f"name filter: {words[request.function]} {who}"


_WRITERS: dict[str, Callable[[Scene], str]] = {
    "CONNECT": _connect,
    "REMOVE": _remove,
    "ADDRING": _whole_ring,
    "DELRING": _whole_ring,
    "DELETE": _delete,
    "ADD": _add,
    "GENCERT": _gencert,
    "GENREQ": _writes,
    "EXPORT": _writes,
    "REKEY": _rekey,
    "ROLLOVER": _rollover,
    "ALTER": _alter,
    "MAP": _filter,
    "ALTMAP": _filter,
    "DELMAP": _filter,
}
