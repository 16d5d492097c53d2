"""What an unload shows, printed as RACF lists it and read again, contradicts the unload in nothing."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from support.listings import print_list, print_listmap, print_listring
from support.listuser_print import print_group, print_user
from support.rlist_print import print_rlist
from zcertlint.assembly.merge import merge
from zcertlint.model.certificate import AltNames, Owner
from zcertlint.model.facts import Answer, AnswerKind, Facts
from zcertlint.model.names import Name
from zcertlint.model.security import Signon
from zcertlint.model.store import StoreState
from zcertlint.readers import ReadContext, read_source
from zcertlint.readers.irrdbu00 import read_stream
from zcertlint.text.decode import load

WHOLE = Path(__file__).parents[2] / "fixtures" / "readers" / "irrdbu00" / "shapes" / "whole.txt"
UNLOAD = read_stream("unload.txt", io.BytesIO(WHOLE.read_bytes()), ReadContext())
SECURITY = UNLOAD.security
ZWE = Owner.of_user("ZWESVUSR")


def listed(text: str) -> Sequence[Facts]:
    found = read_source(load("listing.txt", text.encode()), ReadContext())
    assert found
    assert not any(item.problems for item in found)
    return found


def certificates(owner: Owner) -> Sequence[Facts]:
    own = [
        replace(one, alt_names=AltNames(), key_usage=None, requested=None)
        for one in UNLOAD.certificates
        if one.owner == owner
    ]
    return listed(print_list(owner, own, command=f"RACDCERT {owner} LIST"))


def test_certificates_and_rings() -> None:
    rings = print_listring("ZWESVUSR", UNLOAD.stores, command="RACDCERT ID(ZWESVUSR) LISTRING(*)")
    found = [*certificates(ZWE), *certificates(Owner(ZWE.kind.CERTAUTH)), *listed(rings)]
    database, problems = merge([UNLOAD, *found])
    assert problems == ()
    assert database.security.unload is not None
    assert all(store.shown for store in database.stores.values())
    assert {one.requested for one in database.certificates.values()} == {True, False}


def test_name_filters() -> None:
    own = [
        replace(item, names=None, subject=Name("OU=Staff"), issuer=Name("O=Acme Ltd"))
        for item in UNLOAD.filters
    ]
    found = listed(print_listmap("JDOE", own, command="RACDCERT ID(JDOE) LISTMAP"))
    database, problems = merge([UNLOAD, *found])
    assert problems == ()
    assert [(item.user, str(item.subject), item.names) for item in database.filters] == [
        ("JDOE", "OU=Staff", None)
    ]


def test_users_groups_and_profiles() -> None:
    assert SECURITY is not None
    users = [user for user in SECURITY.users if not user.id.startswith("irr") and user.revoked is not None]
    text = "".join(f"READY\nLISTUSER {user.id} OMVS\n{print_user(user)}" for user in users)
    text += "".join(
        f"READY\nLISTGRP {group.id} OMVS\n{print_group(replace(group, users=()))}"
        for group in SECURITY.groups
    )
    kept = [
        item
        for item in SECURITY.profiles
        if item.class_name in {"FACILITY", "RDATALIB", "PTKTDATA", "STARTED"}
    ]
    plain = [
        replace(
            item, members=None, signon=Signon("KEYMASKED") if isinstance(item.signon, Signon) else item.signon
        )
        for item in kept
    ]
    text += "".join(
        f"READY\nRLIST {item.class_name} {item.name} ALL SSIGNON STDATA\n{print_rlist([item])}"
        for item in plain
    )
    found = listed(f"{text}READY\nEND\n")
    shown = [one.security for one in found if one.security is not None]
    assert sum(len(one.users) for one in shown) == len(users)
    assert sum(len(one.profiles) for one in shown) == len(kept)
    database, problems = merge([UNLOAD, *found])
    assert problems == ()
    assert database.security.unload is not None
    zowe = database.security.user("ZWESVUSR")
    assert zowe is not None
    assert (zowe.span.path, zowe.uid) == ("listing.txt", 5001)


def test_what_only_one_of_them_has_is_told() -> None:
    own = [replace(store, connections=store.connections[:1]) for store in UNLOAD.stores[:1]]
    ring = replace(own[0], id="ring:ZWESVUSR/New", name="New")
    found = listed(print_listring("ZWESVUSR", [*own, ring], command="RACDCERT ID(ZWESVUSR) LISTRING(*)"))
    gone = Answer(
        AnswerKind.NO_SUCH_USER, None, "JDOE", "ICH30001I", None, found[0].stores[0].span, "LISTUSER"
    )
    database, problems = merge([UNLOAD, *found, Facts("LISTUSER", "users.txt", answers=(gone,))])
    told = [problem.expected for problem in problems]
    span = found[0].stores[1].span
    assert told == [
        f"ZWESVUSR/ZoweKeyring is listed with other contents than in {found[0].stores[0].span}",
        f"{ZWE}/Zowe Server is connected to ZWESVUSR/New by LISTRING ({span}), and the unload does not name the ring",
        "ring:ZWESVUSR/New: listed here, and not in the unload unload.txt, which lacks none",
        "ring:ZWESVUSR/Empty.Ring: in this unload, and by listing.txt there is none",
        "user:JDOE: in this unload, and by users.txt there is none",
    ]
    assert database.stores["ring:ZWESVUSR/ZoweKeyring"].state is StoreState.NOT_SHOWN
    assert database.security.unload is None
    assert database.security.user("JDOE") is not None
    assert not database.complete_owners
