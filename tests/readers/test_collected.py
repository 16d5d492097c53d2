"""The jobs of ``collect`` for Top Secret and ACF2, run by somebody: what they printed is read, whatever way it came."""

import pytest

from fixes import readback
from support.netstat_print import print_home
from support.racdcert_models import NOWHERE
from support.tss_print import print_keyrings
from zcertlint.fixes.collect.dialects import Product, translated
from zcertlint.fixes.collect.job import collect_job
from zcertlint.fixes.collect.plan import general
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.facts import Facts
from zcertlint.model.security import Home, HomeList
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage, ring_id
from zcertlint.readers import ReadContext, read_source
from zcertlint.text.decode import load

CARD = ("//ZCERTLST JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H",)


def ring(user: str, name: str, *labels: str) -> Store:
    owners = (Owner.of_user(user), *(Owner(OwnerKind.CERTAUTH) for _ in labels[1:]))
    usages = (Usage.PERSONAL, *(Usage.CERTAUTH for _ in labels[1:]))
    rows = tuple(
        Connection(f"{owner}/{label}", owner, label, usage, usage is Usage.PERSONAL, NOWHERE)
        for owner, label, usage in zip(owners, labels, usages, strict=True)
    )
    return Store(ring_id(user, name), StoreKind.KEY_RING, user, name, StoreState.SHOWN, rows, NOWHERE)


RINGS = {
    "ZWESVUSR": (ring("ZWESVUSR", "ZoweKeyring", "Zowe Server", "Zowe CA", "zOSMFCA"),),
    "IZUSVR": (ring("IZUSVR", "IZUKeyring.IZUDFLT", "DefaultzOSMFCert", "zOSMFCA"),),
}
HOMES = HomeList("TCPIP", (Home("10.1.2.3", "OSA1", NOWHERE, ("Primary",)),), complete=True, span=NOWHERE)


def answer(command: str) -> str:
    user = command.partition("(")[2].partition(")")[0]
    if command.endswith("KEYRING(ALL)"):
        return print_keyrings(user, RINGS[user])
    if command == "NETSTAT HOME":
        return print_home(HOMES)
    if command.startswith("TSS "):
        rows = "DIGICERT = C1        STARTS = 2026-01-01  EXPIRES = 2027-01-01\n  LABLCERT(Zowe Server)\n"
        return (
            f"ACCESSORID = {user:<8}  NAME       = SOMEBODY\n{rows}TSS0300I  LIST     FUNCTION SUCCESSFUL\n"
        )
    if command.startswith("LIST "):
        return f"{command[5:]} CONTROL-RECORD KEYRING\n  RINGNAME(ZoweKeyring) DEFAULT({command[5:]})\n"
    if command.startswith("CHKCERT"):
        return "ACF0A005 RECORD(S) NOT FOUND\n"
    return ""


def printed(product: Product) -> str:
    """SYSTSPRT of the job."""
    (step,) = readback.steps(collect_job(translated(general(), product), CARD))
    return "".join(f"READY\n{command}\n{answer(command)}" for command in step.commands) + "READY\nEND\n"


def spool(text: str) -> str:
    """All that the job printed, with carriage control."""
    log = "1                       J E S 2  J O B  L O G  --  S Y S T E M  S Y S 1  --  N O D E  N 1\n0\n"
    jcl = (
        "1        1 //ZCERTLST JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H\n         2 //COLLECT  EXEC PGM=IKJEFT01\n"
    )
    lines = text.removesuffix("\n").split("\n")
    return log + jcl + "".join(f"{' ' if at else '1'}{line}\n" for at, line in enumerate(lines))


def ebcdic(text: str) -> bytes:
    return text.encode("cp037").replace(b"\x25", b"\x15")


WAYS = {
    "as it is": str.encode,
    "EBCDIC": ebcdic,
    "the whole spool": lambda text: spool(text).encode(),
    "screens": lambda text: "".join(f"{line:<80}\n" for line in text.split("\n")).encode(),
    "Markdown": lambda text: f"# Listings\n\n```\n{text}```\n".encode(),
    "mail": lambda text: "".join(f"> {line}\n" for line in text.split("\n")).encode(),
}


def facts(data: bytes) -> dict[str, Facts]:
    source = load("collected.txt", data)
    found = {one.kind: one for one in read_source(source, ReadContext())}
    assert all(sum(one.lines) == len(source.lines) for one in found.values())
    return found


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_key_rings_of_top_secret(way: object) -> None:
    assert callable(way)
    found = facts(way(printed(Product.TSS)))
    rings = found["Top Secret listing"].stores
    shown = {
        (one.owner, one.name): [(row.label, row.usage, row.default) for row in one.connections]
        for one in rings
    }
    assert shown == {
        (user, one.name): [(row.label, row.usage, row.default) for row in one.connections]
        for user, rings_of_user in RINGS.items()
        for one in rings_of_user
    }
    security = found["NETSTAT HOME report"].security
    assert security is not None
    assert [home.address for one in security.homes for home in one.addresses] == ["10.1.2.3"]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_of_acf2_nothing_is_concluded_and_that_is_told(way: object) -> None:
    assert callable(way)
    found = facts(way(printed(Product.ACF2)))
    one = found["ACF2 listing"]
    assert not one.stores
    assert not one.certificates
    assert "IN008" in [problem.code for problem in one.problems]
    assert found["NETSTAT HOME report"].security is not None
