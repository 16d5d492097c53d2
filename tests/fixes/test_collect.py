"""What collect asks for is asked for once, is enough, and its answer comes back as one file."""

import datetime as dt
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixes import readback
from support.fake_system import FakeSystem, Held, echoed
from support.pki import Issued, Spec, issue, key, named, self_signed
from zcertlint.app import Call, Outcome, check
from zcertlint.engine.results import Gap
from zcertlint.fixes.collect import (
    Collection,
    Product,
    collect_job,
    collect_script,
    general,
    translated,
    wanted,
)
from zcertlint.fixes.collect.ask import AskKind, parsed
from zcertlint.fixes.options import DEFAULT_JOB
from zcertlint.model.certificate import Owner, OwnerKind
from zcertlint.model.deployment import Database, Deployment

AS_OF = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
CERTAUTH, SITE = Owner(OwnerKind.CERTAUTH), Owner(OwnerKind.SITE)
ZWE, IZU = Owner.of_user("ZWESVUSR"), Owner.of_user("IZUSVR")
START, END = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


def ca(name: str, number: int, above: Issued | None = None) -> Issued:
    spec = Spec(named(name), key("RSA2048", number), START, END, ca=True, usage=("key_cert_sign", "crl_sign"))
    return issue(spec, above) if above is not None else self_signed(spec)


def leaf(name: str, number: int, above: Issued, dns: tuple[str, ...], ips: tuple[str, ...] = ()) -> Issued:
    usage = ("digital_signature", "key_encipherment")
    return issue(Spec(named(name), key("RSA2048", number), START, END, usage=usage, dns=dns, ips=ips), above)


ZOWE_CA, ZOSMF_CA = ca("Zowe CA", 1), ca("zOSMF CA", 2)
MIDDLE = ca("Issuing CA", 3, ZOWE_CA)
ONE_NAME = leaf("zowe", 4, ZOWE_CA, ("zowe.example",))
TWO_NAMES = leaf("zowe", 4, ZOWE_CA, ("first.example", "zowe.example", "second.example"))
BELOW_MIDDLE = leaf("zowe", 4, MIDDLE, ("zowe.example",))
ZOSMF = leaf("zosmf", 5, ZOSMF_CA, ("zosmf.example",))


def zowe_yaml(
    *,
    ring: str = "ZWESVUSR/ZoweKeyring",
    trust: str | None = None,
    zosmf: str = "zosmf.example",
    setup: str = "",
    more: str = "",
    network: str = "network: {}",
) -> str:
    section = f"zOSMF:\n  host: {zosmf}\n  port: 10443\n  applId: IZUDFLT\n" if zosmf else ""
    return (
        dedent(
            f"""\
            zowe:
              externalDomains: [zowe.example]
              verifyCertificates: STRICT
              {network}
              certificate:
                keystore: {{type: JCERACFKS, file: "safkeyring://{ring}", password: password, alias: Zowe Server}}
                truststore: {{type: JCERACFKS, file: "safkeyring://{trust or ring}", password: password}}
            """
        )
        + setup
        + section
        + dedent(
            """\
            components:
              zaas: {enabled: true}
            """
        )
        + more
    )


def setup(text: str) -> str:
    return "  setup:\n" + "".join(f"    {line}\n" for line in dedent(text).strip().split("\n"))


RINGS: dict[tuple[str, str], tuple[str, ...]] = {
    ("ZWESVUSR", "ZoweKeyring"): ("ID(ZWESVUSR)/Zowe Server", "CERTAUTH/Zowe CA", "CERTAUTH/zOSMFCA"),
    ("IZUSVR", "IZUKeyring.IZUDFLT"): ("ID(IZUSVR)/DefaultzOSMFCert", "CERTAUTH/zOSMFCA", "CERTAUTH/Zowe CA"),
}


def held(server: Issued = ONE_NAME, *more: Held, owner: Owner = ZWE, zosmf: Owner = IZU) -> tuple[Held, ...]:
    return (
        Held(owner, "Zowe Server", server),
        Held(zosmf, "DefaultzOSMFCert", ZOSMF),
        Held(CERTAUTH, "Zowe CA", ZOWE_CA),
        Held(CERTAUTH, "zOSMFCA", ZOSMF_CA),
        *more,
    )


@dataclass
class Case:
    """A deployment, its system, and how often a person has to go there."""

    yaml: str
    system: FakeSystem
    rounds: int = 1
    first: tuple[str, ...] = ()
    never: tuple[str, ...] = field(default=())


FIRST = (
    "RACDCERT LISTRING(*) ID(ZWESVUSR)",
    "RACDCERT ID(ZWESVUSR) LIST",
    "RACDCERT LISTRING(*) ID(IZUSVR)",
    "RACDCERT ID(IZUSVR) LIST",
    "RACDCERT CERTAUTH LIST",
)
WHO = "RLIST STARTED IZUSVR1.* STDATA NORACF"


def cases() -> dict[str, Case]:
    zwe, izu = RINGS
    return {
        "rings and z/OSMF with its defaults": Case(
            zowe_yaml(),
            FakeSystem(held(), RINGS),
            first=(*FIRST, WHO),
        ),
        "z/OSMF has another ring": Case(
            zowe_yaml(), FakeSystem(held(), {zwe: RINGS[zwe], ("IZUSVR", "zosmf.PROD"): RINGS[izu]})
        ),
        "z/OSMF runs under another user": Case(
            zowe_yaml(setup=setup("certificate: {keyring: {zOSMF: {user: ZOSMFADM}}}")),
            FakeSystem(
                held(zosmf=Owner.of_user("ZOSMFADM")),
                {
                    zwe: RINGS[zwe],
                    ("ZOSMFADM", "IZUKeyring.IZUDFLT"): ("ID(ZOSMFADM)/DefaultzOSMFCert", "CERTAUTH/zOSMFCA"),
                },
            ),
            never=("IZUSVR",),
        ),
        "Zowe is told to listen on an address": Case(
            zowe_yaml(network="network: {server: {listenAddresses: [10.1.1.2]}}"),
            FakeSystem(held(), RINGS),
            first=(
                *FIRST,
                "NETSTAT HOME",
                WHO,
            ),
        ),
        "no z/OSMF": Case(
            zowe_yaml(zosmf=""),
            FakeSystem(held(), RINGS),
            first=(
                "RACDCERT LISTRING(*) ID(ZWESVUSR)",
                "RACDCERT ID(ZWESVUSR) LIST",
                "RACDCERT CERTAUTH LIST",
            ),
        ),
        "a trust store under another user": Case(
            zowe_yaml(trust="ZWETRUST/Trust"),
            FakeSystem(held(), {**RINGS, ("ZWETRUST", "Trust"): ("CERTAUTH/Zowe CA", "CERTAUTH/zOSMFCA")}),
            never=("ID(ZWETRUST) LIST",),
        ),
        "the certificate belongs to SITE, and zowe.yaml says so": Case(
            zowe_yaml(setup=setup("certificate: {keyring: {connect: {user: SITE, label: Zowe Server}}}")),
            FakeSystem(
                held(owner=SITE), {**RINGS, zwe: ("SITE/Zowe Server", "CERTAUTH/Zowe CA", "CERTAUTH/zOSMFCA")}
            ),
        ),
        "the certificate belongs to another user, and nothing says so": Case(
            zowe_yaml(),
            FakeSystem(
                held(owner=Owner.of_user("SHARED")),
                {**RINGS, zwe: ("ID(SHARED)/Zowe Server", "CERTAUTH/Zowe CA", "CERTAUTH/zOSMFCA")},
            ),
            rounds=2,
        ),
        "more names than LIST shows": Case(zowe_yaml(), FakeSystem(held(TWO_NAMES), RINGS), rounds=2),
        "more names, and z/OS 3.2 shows them": Case(
            zowe_yaml(), FakeSystem(held(TWO_NAMES), RINGS, release="3.2")
        ),
        "the ring is spelt another way": Case(
            zowe_yaml(ring="ZWESVUSR/zowekeyring"), FakeSystem(held(), RINGS)
        ),
        "no ring at all": Case(zowe_yaml(), FakeSystem(held(), {izu: RINGS[izu]})),
        "an intermediate that is not connected": Case(
            zowe_yaml(), FakeSystem(held(BELOW_MIDDLE, Held(CERTAUTH, "Issuing CA", MIDDLE)), RINGS)
        ),
        "two members": Case(
            zowe_yaml(
                more="haInstances:\n  lpar1: {hostname: first.example, sysname: LPAR1}\n"
                "  lpar2: {hostname: second.example, sysname: LPAR2}\n"
            ),
            FakeSystem(held(TWO_NAMES), RINGS),
            rounds=2,
        ),
        "logon by certificate": Case(
            zowe_yaml(more="  gateway: {apiml: {security: {x509: {enabled: true}}}}\n"),
            FakeSystem(held(), RINGS),
            first=(
                *FIRST,
                "RACDCERT MULTIID LISTMAP",
                "SETROPTS LIST",
                "RLIST FACILITY IRR.RUSERMAP AUTHUSER",
                WHO,
            ),
        ),
    }


CASES = cases()


def judged(folder: Path) -> Outcome:
    return check(Call((str(folder / "zowe.yaml"),), AS_OF))


def job_of(outcome: Outcome) -> str:
    collection = wanted(outcome.report.gaps, outcome.deployment, outcome.configuration.zowe)
    assert not collection.refused
    return collect_job(collection, DEFAULT_JOB) if collection.asks else ""


def played(job: str, system: FakeSystem) -> str:
    """The whole output of a job, with what EXPORT wrote below it."""
    (step,) = readback.steps(job)
    assert step.program == "IKJEFT01"
    lines = job.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("//SYSTSIN")) + 1
    before = dict(system.data_sets)
    text = echoed(lines[start : len(lines) - 2], step.commands, system)
    return text + "".join(pem for name, pem in system.data_sets.items() if name not in before)


def listings(outcome: Outcome) -> list[str]:
    """The commands of the gaps that are still open and that RACF would answer."""
    return [g.command for g in outcome.report.gaps if g.command is not None and "RACDCERT" in g.command]


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_what_was_collected_closes_every_gap_that_a_listing_can_close(case: Case, tmp_path: Path) -> None:
    system = FakeSystem(case.system.held, case.system.rings, case.system.release)
    (tmp_path / "zowe.yaml").write_text(case.yaml, encoding="utf-8")
    (tmp_path / "evidence").mkdir()
    for number in range(1, case.rounds + 1):
        outcome = judged(tmp_path)
        open_before = listings(outcome)
        assert open_before, "nothing was asked for any more"
        if number > 1:
            assert all("EXPORT(" in c or "LIST(LABEL(" in c for c in open_before)
        asked = len(system.asked)
        text = played(job_of(outcome), system)
        if number == 1 and case.first:
            assert tuple(system.asked[asked:]) == case.first
        (tmp_path / "evidence" / f"round{number}.txt").write_text(text, encoding="utf-8")
    outcome = judged(tmp_path)
    assert listings(outcome) == []
    assert not outcome.unreadable
    assert job_of(outcome) == ""
    for word in case.never:
        assert not any(word in command for command in system.asked)
    assert {g.needs for g in outcome.report.gaps} == everything(case, tmp_path)


def everything(case: Case, folder: Path) -> set[str]:
    """What stays open when every listing and every certificate of the system is there."""
    system = FakeSystem(case.system.held, case.system.rings, case.system.release)
    whole = folder / "whole"
    (whole / "evidence").mkdir(parents=True)
    (whole / "zowe.yaml").write_text(case.yaml, encoding="utf-8")
    owners = {str(h.owner) for h in system.held} | {"SITE"} | {f"ID({user})" for user, _ in system.rings}
    users = sorted({"ZWESVUSR", "IZUSVR", *(owner[3:-1] for owner in owners if owner.startswith("ID("))})
    commands = [f"RACDCERT LISTRING(*) ID({user})" for user in users]
    commands += [f"RACDCERT {owner} LIST" for owner in sorted(owners)]
    commands.append("NETSTAT HOME")
    text = echoed([f" {command}" for command in commands], commands, system)
    text += "".join(h.made.pem for h in system.held)
    (whole / "evidence" / "all.txt").write_text(text, encoding="utf-8")
    return {g.needs for g in judged(whole).report.gaps}


def test_every_gap_finds_its_command_or_a_wider_one(tmp_path: Path) -> None:
    for number, case in enumerate(CASES.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "zowe.yaml").write_text(case.yaml, encoding="utf-8")
        outcome = judged(folder)
        job = " ".join(line.removeprefix("//*").strip() for line in job_of(outcome).split("\n"))
        for gap in outcome.report.gaps:
            assert gap.command is None or gap.command in job


def gaps(*commands: str) -> list[Gap]:
    return [Gap("XX101", "subject", "a question", command) for command in commands]


def made(*commands: str, prefix: str | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = wanted(gaps(*commands), Deployment(Database({}, {})), None, prefix)
    return tuple(ask.text for ask in found.asks), (*found.elsewhere, *found.refused)


def remarks_of(found: Collection) -> list[str]:
    return [*collect_job(found, DEFAULT_JOB).split("\n"), *collect_script(found).split("\n")]


def export(label: str, name: str) -> str:
    return f"RACDCERT CERTAUTH EXPORT(LABEL('{label}')) DSN(ZCERTLNT.{name}.PEM) FORMAT(CERTB64)"


def test_one_certificate_needs_the_cas_too_as_long_as_they_are_not_listed() -> None:
    asks, _ = made("RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server'))")
    assert asks == ("RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server'))", "RACDCERT CERTAUTH LIST")


def test_a_command_stands_once_and_not_beside_a_wider_one() -> None:
    asks, _ = made(
        "RACDCERT LISTRING(A) ID(U1)",
        "RACDCERT LISTRING(B) ID(U1)",
        "RACDCERT CERTAUTH LIST(LABEL('x'))",
        "RACDCERT LISTRING(A) ID(U1)",
    )
    assert asks == ("RACDCERT LISTRING(*) ID(U1)", "RACDCERT CERTAUTH LIST")


def test_owners_come_one_after_the_other_then_exports() -> None:
    asks, _ = made(
        export("x", "X"),
        "RACDCERT SITE LIST(LABEL('s'))",
        "RACDCERT CERTAUTH LIST",
        "RACDCERT ID(U2) LIST(LABEL('b'))",
        "RACDCERT LISTRING(R) ID(U2)",
        "RACDCERT ID(U1) LIST(LABEL('a'))",
        "SETROPTS LIST",
        "NETSTAT HOME",
    )
    assert asks == (
        "RACDCERT ID(U1) LIST(LABEL('a'))",
        "RACDCERT LISTRING(*) ID(U2)",
        "RACDCERT ID(U2) LIST(LABEL('b'))",
        "RACDCERT CERTAUTH LIST",
        "RACDCERT SITE LIST(LABEL('s'))",
        export("x", "X"),
        "NETSTAT HOME",
        "SETROPTS LIST",
    )


def test_each_export_has_a_data_set_of_its_own() -> None:
    asks, _ = made(export("Zowe Server", "ZOWESERV"), export("Zowe Server RSA", "ZOWESERV"), export("a", "A"))
    names = [re.search(r"DSN\((.*?)\)", ask) for ask in asks]
    assert [found[1] for found in names if found] == [
        "ZCERTLNT.ZOWESERV.PEM",
        "ZCERTLNT.ZOWESER2.PEM",
        "ZCERTLNT.A.PEM",
    ]


def test_the_prefix_of_the_configuration_is_used_whole() -> None:
    asks, _ = made(export("x", "X"), prefix="SYS1.TEMP")
    assert asks == ("RACDCERT CERTAUTH EXPORT(LABEL('x')) DSN('SYS1.TEMP.X.PEM') FORMAT(CERTB64)",)


@pytest.mark.parametrize(
    "command",
    [
        "RACDCERT CERTAUTH DELETE(LABEL('x'))",
        "RACDCERT CERTAUTH LIST(LABEL('x')) DELETE(LABEL('y'))",
        "SETROPTS RACLIST(DIGTCERT) REFRESH",
        "RLIST FACILITY X; DELUSER U1",
        "PERMIT X CLASS(FACILITY) ID(U1)",
        "SEARCH CLASS(USER) CLIST('DELUSER ')",
        "RACDCERT CERTAUTH EXPORT(LABEL('x')) DSN(A.B) FORMAT(PKCS12B64) PASSWORD('p')",
    ],
)
def test_nothing_that_could_change_a_system_gets_into_a_job(command: str) -> None:
    asks, others = made(command)
    assert asks == ()
    assert len(others) == 1


@pytest.mark.parametrize(
    "command",
    [
        "RACDCERT CERTAUTH LIST(LABEL('caf\u00e9'))",
        "RACDCERT CERTAUTH LIST(LABEL('tab\there'))",
        "RACDCERT CERTAUTH LIST(LABEL('a\nDELUSER X'))",
        "RACDCERT CERTAUTH LIST(LABEL(' leading'))",
        "RACDCERT CERTAUTH LIST(LABEL('it's'))",
        "RACDCERT LISTRING(Ring) ID(TOOLONGUSER)",
        "RACDCERT ID(a b) LIST",
    ],
)
def test_a_value_that_cannot_be_written_is_refused_and_told(command: str) -> None:
    asks, others = made(command)
    assert asks == ()
    assert len(others) == 1
    assert others[0].isprintable()
    label = command.partition("LABEL('")[2].partition("'))")[0]
    assert not label.isprintable() or label in others[0]  # as it is: only jobs and scripts are plain ASCII
    found = wanted(gaps(command), Deployment(Database({}, {})), None)
    assert all(line.isascii() for line in remarks_of(found))


@pytest.mark.parametrize(
    "label",
    ["it''s", "A & B (x)", "'" * 2 + "x", "a" * 32, "$$ @@ ## %% << >>", "x; DELUSER", "/* x", "a  b"],
)
def test_a_hostile_label_comes_back_as_it_is(label: str) -> None:
    command = f"RACDCERT CERTAUTH LIST(LABEL('{label}'))"
    ask = parsed(command)
    assert ask is not None
    assert ask.kind is AskKind.CERTIFICATE
    found = wanted(gaps(command), Deployment(Database({}, {}, complete_owners=frozenset({"CERTAUTH"}))), None)
    (step,) = readback.steps(collect_job(found, DEFAULT_JOB))
    assert step.commands == (command,)


def test_a_ring_name_that_cannot_be_written_need_not_be() -> None:
    asks, others = made("RACDCERT LISTRING(a/* (b) ID(U1)")
    assert asks == ("RACDCERT LISTRING(*) ID(U1)",)
    assert others == ()
    asks, _ = made("RACDCERT LISTRING(R) DELRING(R) ID(U1)")
    assert asks == ("RACDCERT LISTRING(*) ID(U1)",)


def test_the_whole_output_of_the_job_is_read_as_well_as_systsprt(tmp_path: Path) -> None:
    (tmp_path / "zowe.yaml").write_text(zowe_yaml(), encoding="utf-8")
    (tmp_path / "evidence").mkdir()
    job = job_of(judged(tmp_path))
    shown = "".join(f"{n:9} {line}\n" for n, line in enumerate(job.split("\n"), 1) if line.startswith("//"))
    log = "1                       J E S 2  J O B  L O G  --  S Y S T E M  S Y S 1\n0\n"
    text = log + shown + played(job, FakeSystem(held(), RINGS))
    data = text.encode("cp037").replace(b"\x25", b"\x15")  # a binary download: EBCDIC, NEL at the line ends
    (tmp_path / "evidence" / "all-spool-content.txt").write_bytes(data)
    assert judged(tmp_path).report.gaps == ()


def test_files_are_named_and_no_command_that_nobody_can_read_back() -> None:
    asks, others = made(
        'zowe zos-files download uss-file "/var/zowe/keystore/localhost.keystore.p12" --binary',
        'zowe zos-files download uss-file "/var/a.cer"; zowe zos-files download uss-file "/var/b.cer"',
        "zwe config get -p .zowe.verifyCertificates -c zowe.yaml",
    )
    assert asks == ()
    assert [text.partition(":")[0] for text in others] == [
        "/var/zowe/keystore/localhost.keystore.p12",
        "/var/a.cer",
        "/var/b.cer",
        "zwe config get -p .zowe.verifyCertificates -c zowe.yaml",
    ]
    assert "binary" in others[0]


def test_the_files_of_a_pkcs12_site_are_asked_for_at_once(tmp_path: Path) -> None:
    text = zowe_yaml(zosmf="")
    for word, ending in (("safkeyring://ZWESVUSR/ZoweKeyring", "keystore"), ("JCERACFKS", "")):
        text = text.replace(word, f"/var/zowe/{ending}.p12" if ending else "PKCS12", 1)
    text = text.replace("safkeyring://ZWESVUSR/ZoweKeyring", "/var/zowe/trust.p12").replace(
        "JCERACFKS", "PKCS12"
    )
    (tmp_path / "zowe.yaml").write_text(text, encoding="utf-8")
    outcome = judged(tmp_path)
    asked = {gap.command for gap in outcome.report.gaps}
    fetch = "zowe zos-files download uss-file"
    assert {f'{fetch} "/var/zowe/{name}.p12" --binary' for name in ("keystore", "trust")} <= asked
    found = wanted(outcome.report.gaps, outcome.deployment, outcome.configuration.zowe)
    assert [line.partition(":")[0] for line in found.elsewhere] == [
        "/var/zowe/keystore.p12",
        "/var/zowe/trust.p12",
    ]


def test_a_refused_listing_is_asked_for_again_and_says_why(tmp_path: Path) -> None:
    system = FakeSystem(held(), RINGS, denied=frozenset({"ID(IZUSVR)", "CERTAUTH"}))
    (tmp_path / "zowe.yaml").write_text(zowe_yaml(), encoding="utf-8")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "one.txt").write_text(played(job_of(judged(tmp_path)), system), encoding="utf-8")
    again = job_of(judged(tmp_path))
    (step,) = readback.steps(again)
    assert "RACDCERT LISTRING(*) ID(IZUSVR)" in step.commands
    assert "RACDCERT CERTAUTH LIST" in step.commands
    assert "RACDCERT LISTRING(*) ID(ZWESVUSR)" not in step.commands
    assert "RACF refused" in again


FAKE = """\
import json, sys
from pathlib import Path
store = Path(sys.argv[0]).parent
answers = json.loads((store / "answers.json").read_text(encoding="utf-8"))
command = sys.argv[1]
print(command)
print(answers[command], end="")
"""


def run_script(script: str, answers: dict[str, str], data_sets: dict[str, str], folder: Path) -> str:
    """Run it with a tsocmd, an onetstat and a cat of our own; what the output file holds."""
    import json  # noqa: PLC0415

    tools = folder / "tools"
    tools.mkdir()
    (tools / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    (tools / "fake.py").write_text(FAKE, encoding="utf-8")
    for name, pem in data_sets.items():
        (tools / name).write_text(pem, encoding="utf-8")
    programs = {
        "tsocmd": f'exec "{sys.executable}" "{tools}/fake.py" "$1"',
        "onetstat": f'[ "$1" = -h ] && cat "{tools}/home.txt"',
        "id": "echo ibmuser",
        "cat": f'case "$1" in "//\'"*) n="${{1#//?}}"; exec /bin/cat "{tools}/${{n%?}}";; esac; exec /bin/cat "$@"',
    }
    (tools / "home.txt").write_text("Home address list:\n", encoding="utf-8")
    for name, body in programs.items():
        (tools / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    (folder / "collect.sh").write_text(script, encoding="utf-8")
    done = subprocess.run(
        ["/bin/sh", "collect.sh", "out.txt"],
        cwd=folder,
        env={"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return (folder / "out.txt").read_text(encoding="utf-8")


def test_the_output_of_the_script_is_read_back_as_one_file(tmp_path: Path) -> None:
    system = FakeSystem(held(TWO_NAMES), RINGS)
    (tmp_path / "zowe.yaml").write_text(zowe_yaml(), encoding="utf-8")
    (tmp_path / "evidence").mkdir()
    for number in (1, 2):
        outcome = judged(tmp_path)
        found = wanted(outcome.report.gaps, outcome.deployment, outcome.configuration.zowe)
        answers = {ask.text: system.answer(ask.text) for ask in found.asks}
        folder = tmp_path / f"run{number}"
        folder.mkdir()
        names = {f"IBMUSER.{name}": pem for name, pem in system.data_sets.items()}
        text = run_script(collect_script(found), answers, names, folder)
        (tmp_path / "evidence" / f"out{number}.txt").write_text(text, encoding="utf-8")
    outcome = judged(tmp_path)
    assert listings(outcome) == []
    assert outcome.report.gaps == ()


def test_a_script_hands_on_what_a_shell_would_expand(tmp_path: Path) -> None:
    command = "RACDCERT CERTAUTH LIST(LABEL('$HOME `id` \"x\" \\y'))"
    whole = Deployment(Database({}, {}, complete_owners=frozenset({"CERTAUTH"})))
    script = collect_script(wanted(gaps(command), whole, None))
    assert run_script(script, {command: "answer\n"}, {}, tmp_path) == f"{command}\nanswer\n"


@pytest.mark.parametrize("product", Product, ids=lambda product: product.value)
def test_every_product_has_a_job_and_a_script_in_its_own_words(product: Product) -> None:
    found = translated(general(), product)
    (step,) = readback.steps(collect_job(found, DEFAULT_JOB))
    firsts = {command.split()[0] for command in step.commands}
    assert (
        firsts
        == {
            Product.RACF: {"RACDCERT", "NETSTAT"},
            Product.ACF2: {"ACF", "SET", "LIST", "CHKCERT", "END", "NETSTAT"},
            Product.TSS: {"TSS", "NETSTAT"},
        }[product]
    )
    assert "ASSUMED" in collect_job(found, DEFAULT_JOB)
    if product is not Product.ACF2:  # its commands need one session
        script = collect_script(found)
        assert all(f'run "{command}"' in script for command in step.commands if command != "NETSTAT HOME")


def test_what_a_product_has_no_command_for_is_told() -> None:
    found = wanted(gaps(export("x", "X"), "SETROPTS LIST"), Deployment(Database({}, {})), None)
    for product in (Product.ACF2, Product.TSS):
        job = collect_job(translated(found, product), DEFAULT_JOB)
        assert "EXEC" not in job
        assert "no ACF2 command" in job or "no Top Secret command" in job


OWNERS = {"own": ZWE, "site": SITE, "shared": Owner.of_user("SHARED")}
SERVERS = {"one name": ONE_NAME, "three names": TWO_NAMES, "below an intermediate": BELOW_MIDDLE}


@st.composite
def systems(draw: st.DrawFn) -> tuple[str, FakeSystem]:
    """A configuration and a system that more or less fit each other."""
    owner = OWNERS[draw(st.sampled_from(sorted(OWNERS)))]
    server = SERVERS[draw(st.sampled_from(sorted(SERVERS)))]
    every = held(server, Held(CERTAUTH, "Issuing CA", MIDDLE), owner=owner)
    some = st.lists(
        st.sampled_from(["CERTAUTH/Zowe CA", "CERTAUTH/zOSMFCA", "CERTAUTH/Issuing CA"]), unique=True
    )
    rings: dict[tuple[str, str], tuple[str, ...]] = {}
    if draw(st.booleans()):
        rings["ZWESVUSR", draw(st.sampled_from(["ZoweKeyring", "ZOWEKEYRING"]))] = (
            f"{owner}/Zowe Server",
            *draw(some),
        )
    if draw(st.booleans()):
        name = draw(st.sampled_from(["IZUKeyring.IZUDFLT", "Other"]))
        rings["IZUSVR", name] = ("ID(IZUSVR)/DefaultzOSMFCert", *draw(some))
    trust = None
    if draw(st.booleans()):
        trust = "ZWETRUST/Trust"
        rings["ZWETRUST", "Trust"] = tuple(draw(some))
    hosts = draw(st.sampled_from(["zosmf.example", "10.1.1.2", "other.example", ""]))
    text = zowe_yaml(trust=trust, zosmf=hosts)
    return text, FakeSystem(every, rings, draw(st.sampled_from(["2.4", "2.5", "3.2"])))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(systems())
def test_whatever_the_system_holds_few_visits_are_enough(
    tmp_path_factory: pytest.TempPathFactory, made: tuple[str, FakeSystem]
) -> None:
    text, system = made
    folder = tmp_path_factory.mktemp("site")
    (folder / "zowe.yaml").write_text(text, encoding="utf-8")
    (folder / "evidence").mkdir()
    for number in range(3):
        job = job_of(judged(folder))
        if not job:
            break
        if number == 2:  # only a certificate of an owner whom the ring has made known, and only as a file
            assert all("EXPORT(" in command for command in readback.steps(job)[0].commands)
        (folder / "evidence" / f"{number}.txt").write_text(played(job, system), encoding="utf-8")
    assert listings(judged(folder)) == []
