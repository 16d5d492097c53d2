"""Policy Agent files in a change: which labels and environments are edited, and how; real tools take the patches."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixes import world
from fixes.world import SERVER
from support.policy_print import PRINTED
from support.policy_texts import CONN, ENV
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.change import make_change
from zcertlint.fixes.outcome import Change
from zcertlint.fixes.patch import PatchEdit
from zcertlint.fixes.plan import When
from zcertlint.fixes.policy_change import PolicyChange, policy_change
from zcertlint.fixes.policy_edit import PolicyEdit, label_edit, patched, policy_diff, raised
from zcertlint.model.certificate import Owner
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.policy import Policy
from zcertlint.model.store import Usage
from zcertlint.readers import ReadContext, policy_agent
from zcertlint.text.decode import load
from zcertlint.text.source import Source
from zcertlint.trust.policy_uses import environments, label_uses


def given_file(text: str | bytes, path: str = "p/pagent.conf") -> tuple[Policy, Source]:
    source = load(path, text.encode() if isinstance(text, str) else text)
    assert policy_agent.recognise(source)
    return policy_agent.read(source, ReadContext()).policies[0], source


def test_an_instance_is_raised() -> None:
    def one(value: str) -> str:
        policy, source = given_file((ENV % ("A/B", "x")).replace("nstance 3", f"nstance {value}"))
        return raised(next(policy.of("TTLSEnvironmentAction")), source).new

    assert [one(value) for value in ("0", "3", "65534", "65535", "007")] == ["1", "4", "65535", "0", "8"]
    for wrong in ("65536", "x", "-1", "", "4\n  EnvironmentUserInstance 4"):
        with pytest.raises(UnsafeValueError):
            one(wrong)


WIDE = "  Trace                         7\n  HandshakeRole                 Server # x\n"


@pytest.mark.parametrize(
    ("block", "added"),
    [
        (
            "  HandshakeRole Server\n  Trace 7\n",
            "  HandshakeRole Server\n  EnvironmentUserInstance 1\n  Trace 7\n",
        ),
        ("\tTrace 7\n", "\tTrace 7\n\tEnvironmentUserInstance 1\n"),
        (
            WIDE,
            WIDE + "  EnvironmentUserInstance       1\n",
        ),
        (
            "   TTLSKeyringParms\n   {\n    Keyring A/B\n   }\n",
            "   EnvironmentUserInstance 1\n   TTLSKeyringParms\n   {\n    Keyring A/B\n   }\n",
        ),
        ("", "  EnvironmentUserInstance 1\n"),
        ("  HandshakeRole Server\r\n", "  HandshakeRole Server\r\n  EnvironmentUserInstance 1\r\n"),
    ],
)
def test_a_line_is_added_in_the_style_of_the_block(block: str, added: str) -> None:
    text = "TTLSEnvironmentAction E\n{\n%s}\nTTLSGroupAction G\n{\n}\n"
    policy, source = given_file(text % block)
    edit = raised(next(policy.of("TTLSEnvironmentAction")), source)
    _, made = policy_diff(policy, source, [edit], "pagent.conf")
    assert made.data.decode() == text % added
    assert given_file(made.data)[0] == patched(policy, [edit])


@settings(max_examples=200, deadline=None)
@given(PRINTED(), st.data())
def test_what_is_edited_reads_as_the_model_says(pair: tuple[Policy, str], data: st.DataObject) -> None:
    """Whatever is edited: the rest of the file stays, and reading it gives what a second patch starts from."""
    policy, source = given_file(pair[1])
    edits: list[PolicyEdit] = [
        label_edit(use.title, use.param, data.draw(st.sampled_from(["y", "Zowe Server RSA"])))
        for use in label_uses([policy], environments([policy]))
        if data.draw(st.booleans())
    ]
    for env in environments([policy]):
        try:
            edits.append(raised(env.action, source))
        except UnsafeValueError:
            continue
    try:
        diff, made = policy_diff(policy, source, edits, "pagent.conf")
    except UnsafeValueError as unsafe:
        assert "password" in str(unsafe) or "quotes" in str(unsafe)  # noqa: PT017
        return
    again, _ = given_file(made.data)
    assert again == patched(policy, edits)
    assert made == load(made.path, made.data)
    assert "never-told" not in diff
    old, new = pair[1].split("\n"), made.data.decode().split("\n")
    assert len(new) - len(old) == sum(edit.added is not None for edit in edits)
    for line in set(new) - set(old):
        assert any(edit.new in line for edit in edits)


POLICIES = Path(__file__).parents[2] / "fixtures" / "readers" / "policy_agent" / "shapes"
POLICY = (POLICIES / "zowe.policy").read_text(encoding="utf-8")
SHORT = POLICY.replace("   # the gateway's own", "").split("\n")


def changed(
    *texts: tuple[str, str | bytes], site: Deployment | None = None, data: Database | None = None
) -> Change:
    """The change of the hand-made site with these Policy Agent files beside it."""
    files = [given_file(text, path) for path, text in texts]
    base = site or world.deployment(data)
    start = replace(base, policies=tuple(policy for policy, _ in files))
    options = world.options()
    options = replace(options, sources={**options.sources, **{s.path: s for _, s in files}})

    def rebuild(database: Database, edits: tuple[PatchEdit, ...]) -> Deployment:
        return replace(world.deployment(database, edits), policies=start.policies)

    return make_change(world.run(start), start, options, rebuild, world.run)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("tool", [["patch", "-p0", "-s", "-i"], ["git", "apply"]], ids=lambda tool: tool[0])
def test_the_patches_apply_and_come_off(tmp_path: Path, tool: list[str], ending: str) -> None:
    text = POLICY.replace("\n", ending)
    change = changed(("site/pagent.conf", text))
    names = ["pagent.conf.patch", "pagent.conf-2-after-soak.patch"]
    assert [name for name in change.files if name.startswith("pagent")] == names
    for name, content in change.files.items():
        (tmp_path / name).write_bytes(content.encode())
    file = tmp_path / "pagent.conf"
    file.write_bytes(text.encode())
    states = [text]
    for name in names:
        subprocess.run([*tool, name], cwd=tmp_path, check=True, capture_output=True, timeout=60)
        states.append(file.read_bytes().decode())
    first = (
        text.replace("  Zowe Server" + ending, "  Zowe Server RSA" + ending)
        .replace('"Zowe Server"', '"Zowe Server RSA"')
        .replace("         7   #", "         8   #")
        .replace("Role                   Client" + ending,
                 f"Role                   Client{ending}  EnvironmentUserInstance         1{ending}")
    )  # fmt: skip
    second = first.replace("         8   #", "         9   #").replace("nce         1", "nce         2")
    assert states == [text, first, second]
    for name, state in zip(reversed(names), [first, text], strict=True):
        back = [*tool[:1], "-R", *tool[1:]] if tool[0] == "patch" else [*tool, "-R"]
        subprocess.run([*back, name], cwd=tmp_path, check=True, capture_output=True, timeout=60)
        assert file.read_bytes().decode() == state


def test_the_plan_names_every_edit_and_the_order() -> None:
    change = changed(("site/pagent.conf", POLICY))
    plan = change.files["PLAN.md"]
    where = "site/pagent.conf:57, TTLSConnectionAdvancedParms of TTLSConnectionAction AcmeInboundConn"
    assert f"* {where}: ServerCertificateLabel `Zowe Server` becomes" in plan
    assert plan.index("2. Run apply.jcl") < plan.index("`patch -p0 < pagent.conf.patch`")
    assert plan.index("`patch -p0 < pagent.conf.patch`") < plan.index("* AT-TLS: F PAGENT,REFRESH")
    assert plan.index("* AT-TLS: F PAGENT,REFRESH") < plan.index("* Zowe: stop")
    assert "F PAGENT,UPDATE" not in plan
    assert "patch -R -p0 < pagent.conf.patch" in plan
    assert "pagent.conf back too" in change.files["backout.jcl"].replace("\n//* ", " ")
    assert change.outline["pagent.conf.patch"].startswith("2 labels, 2 new environments; ")
    assert any(line.startswith("AT-TLS: F PAGENT,REFRESH") for line in change.closing)


def test_a_second_fix_proposes_nothing() -> None:
    """After the jobs and the patches there is no finding, so there is no plan; and without a plan no edit."""
    change = changed(("site/pagent.conf", POLICY))
    after = replace(change.total.deployment, policies=(given_file(POLICY)[0],))
    again = make_change(
        replace(world.run(after), findings=()), after, world.options(), lambda _d, _p: after, world.run
    )
    assert not again.policy.stages
    assert "Policy Agent" not in again.files["PLAN.md"]


def test_a_file_that_has_nothing_to_do_with_it_is_left_alone() -> None:
    change = changed(("p/other.conf", ENV % ("TCPIP/Other", "Zowe Server")))
    assert change.plans
    assert not change.policy.stages
    assert "Policy Agent" not in "".join(change.files.values())


def test_what_cannot_be_told_is_said() -> None:
    text = (
        ENV % ("ZoweKeyring", "Zowe Server")
        + CONN
        + "TTLSGskOcspParms O\n{\n OcspRequestSigkeylabel Zowe Server\n}\n"
    )
    change = changed(("p/pagent.conf", text))
    assert not change.policy.patches
    hand = change.policy.at(None).by_hand
    assert [text.split(": ")[0] for text in hand] == [
        "p/pagent.conf:11",
        "p/pagent.conf:18",
        "p/pagent.conf:23",
        "p/pagent.conf:1",
    ]
    assert "`Zowe Server` becomes `Zowe Server RSA` if it is for ZWESVUSR/ZoweKeyring" in hand[0]
    assert (
        "no rule that the inputs show uses TTLSConnectionAdvancedParms of TTLSConnectionAction C" in hand[1]
    )
    assert "no rule tells whose (Userid)" in hand[3]
    plan = change.files["PLAN.md"]
    assert all(f"* By hand: {one}." in plan for one in hand)
    assert any("By hand: " in line for line in change.closing)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (POLICY.replace("\n", "\x85").encode("cp037"), "is not UTF-8"),
        (
            POLICY.replace("Zowe\n", "\xdcberall\n", 1).replace("#", "# \xdc", 1).encode("latin-1"),
            "is not UTF-8",
        ),
        (POLICY + "}\n", "no partner"),
        (POLICY.replace("# raise it", "# password: x"), "also holds a password"),
        (
            POLICY.replace("  TTLSKeyringParmsRef  ", "  # KeyringPw x\n  TTLSKeyringParmsRef  ", 1),
            "line after",
        ),
        ("\n".join(f"{line:<72}{n:08}" for n, line in enumerate(SHORT)), "sequence number"),
    ],
    ids=["ebcdic", "latin", "braces", "password", "password below", "numbered"],
)
def test_a_file_that_cannot_be_patched_is_told_line_by_line(text: str | bytes, why: str) -> None:
    change = changed(("p/pagent.conf", text))
    assert not change.policy.patches
    assert not [name for name in change.files if name.startswith("pagent")]
    hand = change.policy.at(None).by_hand
    assert len(hand) == 4
    assert all(why in one for one in (*hand, *change.policy.at(When.SOAK).by_hand))
    assert any("ServerCertificateLabel `Zowe Server` becomes `Zowe Server RSA`" in one for one in hand)
    assert "F PAGENT,REFRESH" in change.files["PLAN.md"]


def test_records_of_80_keep_their_length() -> None:
    text = "".join(f"{line:<80}\n" for line in (ENV % ("ZWESVUSR/ZoweKeyring", "Zowe Server")).split("\n"))
    change = changed(("p/pagent.conf", text))
    lines = [line for line in change.files["pagent.conf.patch"].split("\n") if line[:1] in {"+", "-", " "}]
    assert {len(line) for line in lines[2:]} == {81}
    numbered = "".join(
        f"{line:<72}{n:08}\n"
        for n, line in enumerate((ENV % ("ZWESVUSR/ZoweKeyring", "Zowe Server")).split("\n"))
    )
    policy, source = given_file(numbered)
    (use,) = label_uses([policy], environments([policy]))
    _, made = policy_diff(policy, source, [label_edit(use.title, use.param, "Zowe Server RSA")], "p")
    assert made.lines[10] == f"{'    CertificateLabel Zowe Server RSA':<72}{10:08}"
    with pytest.raises(UnsafeValueError):
        policy_diff(policy, source, [label_edit(use.title, use.param, "x" * 70)], "p")


@pytest.mark.parametrize("label", ["", " a", "a ", "a #b", "#", '"a', "a'", "{", "\xfc", "a\nb"])
def test_labels_that_may_be_read_otherwise_are_refused(label: str) -> None:
    policy, _ = given_file(ENV % ("A/B", "x"))
    (use,) = label_uses([policy], environments([policy]))
    with pytest.raises(UnsafeValueError):
        label_edit(use.title, use.param, label)


def test_two_certificates_of_one_label_are_told() -> None:
    twin = world.certificate(Owner.of_user("OTHER"), "Zowe Server", "CN=x", "CN=Acme Zowe CA.O=Acme")
    ring = replace(world.RING, connections=(*world.RING.connections, world.row(twin, Usage.PERSONAL)))
    data = world.database(
        world.ZOWE_CA, world.ZOSMF_CA, SERVER, world.ZOSMF, twin, stores=(ring, world.IZU_RING)
    )
    change = changed(("p/pagent.conf", ENV % ("ZWESVUSR/ZoweKeyring", "Zowe Server")), data=data)
    (patch,) = [one for one in change.policy.patches if one.name == "pagent.conf.patch"]
    assert [edit.keyword for edit in patch.edits] == ["EnvironmentUserInstance"]
    assert "two certificates of that label" in change.policy.at(None).by_hand[0]


@pytest.mark.parametrize(
    "tool", [["patch", "-p0", "-s", "-i", "p"], ["git", "apply", "-p0", "p"]], ids=lambda tool: tool[0]
)
def test_files_of_one_name_share_a_patch(tmp_path: Path, tool: list[str]) -> None:
    text = ENV % ("ZWESVUSR/ZoweKeyring", "Zowe Server")
    files = ("site/sys a/pagent.conf", "site/sysb/pagent.conf")
    change = changed(*((path, text) for path in files))
    for path in files:
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "site" / "p").write_text(change.files["pagent.conf.patch"])
    subprocess.run(tool, cwd=tmp_path / "site", check=True, timeout=60)
    assert all("Label Zowe Server RSA\n" in (tmp_path / path).read_text() for path in files)
    assert "In the folder that holds site/sys a/pagent.conf, site/sysb/pagent.conf" in change.files["PLAN.md"]
    assert "`git apply -p0 pagent.conf.patch`" in change.files["PLAN.md"]


def test_a_renewal_makes_new_environments_and_changes_no_label() -> None:
    """The same key and label: what the key ring holds is another certificate all the same."""
    text = ENV % ("IZUSVR/IZUKeyring.IZUDFLT", "DefaultzOSMFCert.IZUDFLT")
    change = changed(("p/pagent.conf", text))
    assert "reissue-names" in {plan.builder for plan in change.plans}  # the same key and label, more names
    assert [(stage.when, len(stage.patches), stage.by_hand) for stage in change.policy.stages] == [
        (None, 1, ())
    ]
    (edit,) = change.policy.patches[0].edits
    assert (edit.keyword, edit.old, edit.new) == ("EnvironmentUserInstance", "3", "4")


@pytest.mark.parametrize("text", ["\ufeff" + ENV, ENV.rstrip("\n")], ids=["byte order mark", "no line end"])
def test_both_ends_of_a_file_are_kept(tmp_path: Path, text: str) -> None:
    text %= ("ZWESVUSR/ZoweKeyring", "Zowe Server")
    change = changed(("p/pagent.conf", text))
    (tmp_path / "pagent.conf").write_bytes(text.encode())
    for name in ("pagent.conf.patch", "pagent.conf-2-after-soak.patch"):
        (tmp_path / "p").write_bytes(change.files[name].encode())
        subprocess.run(["git", "apply", "p"], cwd=tmp_path, check=True, timeout=60)
    after = text.replace("nstance 3", "nstance 5").replace("Zowe Server", "Zowe Server RSA")
    assert (tmp_path / "pagent.conf").read_bytes().decode() == after


def renamed(label: str, text: str) -> PolicyChange:
    """Only an alias in zowe.yaml changes, to a label that is on the key ring."""
    first = changed().plans[0]
    (edit,) = [edit for edit in first.patches if edit.path == ("zowe", "certificate", "keystore", "alias")]
    plan = replace(first, moved=(), patches=(replace(edit, value=label),), later=())
    policy, source = given_file(text)
    site = replace(world.deployment(), policies=(policy,))
    named = world.certificate(world.ZWE, label, "CN=x", "CN=Acme Zowe CA.O=Acme")
    ring = replace(world.RING, connections=(*world.RING.connections, world.row(named, Usage.PERSONAL)))
    data = replace(site.database, stores={**site.database.stores, ring.id: ring})
    assert not policy_change([plan], site, site.database, {source.path: source}, world.AS_OF).stages
    return policy_change([plan], replace(site, database=data), data, {source.path: source}, world.AS_OF)


def test_a_wrong_label_of_the_settings_is_the_same_one_here() -> None:
    """A plan that only changes an alias in zowe.yaml (KR106): AT-TLS names the label for the same key ring."""
    change = renamed("Zowe Server RSA", ENV % ("ZWESVUSR/ZoweKeyring", "Zowe Server"))
    (patch,) = change.patches
    assert [(one.keyword, one.new) for one in patch.edits] == [("CertificateLabel", "Zowe Server RSA")]


@pytest.mark.parametrize(
    ("label", "named", "why"),
    [
        ("Zowe #1", "Zowe Server", "may be read as something else"),
        ("Zowe's", "'Zowe Server'", "cannot stand between these quotes"),
        ("Zowe \u00fc", "Zowe Server", "may be read as something else"),
    ],
)
def test_a_label_that_cannot_be_written_is_told(label: str, named: str, why: str) -> None:
    change = renamed(label, ENV % ("ZWESVUSR/ZoweKeyring", named))
    assert not change.patches
    (told,) = change.at(None).by_hand
    assert told.startswith("p/pagent.conf:11: CertificateLabel `Zowe Server` becomes `Zowe")
    assert why in told


def test_an_old_label_that_looks_like_a_comment_is_told() -> None:
    text = ENV % ("ZWESVUSR/ZoweKeyring", "Zowe Server")
    policy, source = given_file(text.replace("Label Zowe Server", "Label Zowe #Server"))
    odd = world.certificate(world.ZWE, "Zowe #Server", "CN=x", "CN=Acme Zowe CA.O=Acme")
    ring = replace(world.RING, connections=(*world.RING.connections, world.row(odd, Usage.PERSONAL)))
    site = replace(world.deployment(world.database(stores=(ring, world.IZU_RING))), policies=(policy,))
    certificates = {**site.database.certificates, odd.id: odd}
    site = replace(site, database=replace(site.database, certificates=certificates))
    plan = replace(changed().plans[0], moved=((odd.id, SERVER.id),), patches=(), later=())
    change = policy_change([plan], site, site.database, {source.path: source}, world.AS_OF)
    why = "it holds a `#`"
    assert [one.partition(": ")[2] for one in change.at(None).by_hand] == [
        "CertificateLabel `Zowe #Server` becomes `Zowe Server`, if the certificate that is replaced is meant: "
        + why
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            (ENV % ("ZWESVUSR/ZoweKeyring", "x")).replace("nstance 3", "nstance x"),
            "is no number from 0 to 65535",
        ),
        (ENV % ("ZWESVUSR/*", "x"), "holds every certificate of that owner"),
        (ENV % ("ZWESVUSR/ZoweKeyring\n    Keyring A/B", "x"), "which Keyring counts cannot be told"),
        ("TTLSEnvironmentAction E\n{\n TTLSKeyringParmsRef K\n}\n", "stands in a block that no input shows"),
        (ENV % ("ZWESVUSR/ZoweKeyring", "x") + "# a\rb\n", "are not as they stand in the file"),
    ],
)
def test_an_environment_that_is_raised_by_hand(text: str, why: str) -> None:
    change = changed(("p/pagent.conf", text))
    assert not change.policy.patches
    (told,) = change.policy.at(None).by_hand
    assert why in told
    assert told.startswith(
        ("p/pagent.conf:1: raise EnvironmentUserInstance of TTLSEnvironmentAction E", "p/pagent.conf:4:")
    )


def test_a_name_that_cannot_stand_in_a_patch_is_told() -> None:
    change = changed(("p/pa`gent`.conf", ENV % ("ZWESVUSR/ZoweKeyring", "x")))
    assert not change.policy.patches
    assert "its name cannot stand in a patch" in change.policy.at(None).by_hand[0]
