"""What the screen, PLAN.md and the heads of the jobs say: only what is true for this change."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fixes import world
from fixes.test_stories import AS_OF, SITE, lay_out
from zcertlint.app import Call, check, fix
from zcertlint.engine.results import Answer3, LinkResult
from zcertlint.fixes import Change, make_change
from zcertlint.fixes.advice import in_order, zowe_restart
from zcertlint.fixes.headline import headline
from zcertlint.fixes.options import SplitBy, job_card
from zcertlint.fixes.plan import When

TN3270 = """TTLSRule Terminals
{
  LocalPortRange            992
  Userid                    TCPIP
  Direction                 Inbound
  TTLSGroupActionRef        On
  TTLSEnvironmentActionRef  Telnet
}
TTLSGroupAction On
{
  TTLSEnabled  On
}
TTLSEnvironmentAction Telnet
{
  HandshakeRole  Server
  TTLSKeyringParms
  {
    Keyring  TCPIP/TN3270
  }
}
"""


def changed() -> Change:
    site = world.deployment()
    return make_change(world.run(site), site, world.options(), world.deployment, world.run)


def told_of(pairs: list[tuple[str, str]]) -> str:
    """The headline where these links (client, server) failed before and hold now."""
    change = changed()
    link = next(iter(world.deployment().links.values()))
    links = [replace(link, id=f"{c} -> {s}", client=c, server=s) for c, s in pairs]

    def with_links(answer: Answer3) -> tuple[LinkResult, ...]:
        return tuple(LinkResult(one, answer, (), ()) for one in links)

    total = replace(
        change.total,
        before=replace(change.total.before, links=with_links(Answer3.FAILS)),
        after=replace(change.total.after, links=with_links(Answer3.HOLDS)),
    )
    return headline(replace(change, total=total))


def test_many_links_are_told_by_server_and_lines_end_by_79() -> None:
    members = [f"zowe.{name}@LPAR{n}" for n in range(1, 4) for name in ("zaas", "app-server", "zss")]
    text = told_of([(client, f"zowe.gateway@LPAR{n}") for client in members for n in (1, 2, 3)])
    assert "27 links fail before and hold after: 27 to zowe.gateway on 3 systems." in " ".join(text.split())
    assert max(map(len, text.split("\n"))) <= 79


def test_few_links_are_named_and_never_split() -> None:
    text = told_of(
        [("zowe.app-server", "zowe.gateway"), ("zowe.zss", "zowe.gateway"), ("browser", "zowe.gateway")]
    )
    assert "fail before and hold after" in " ".join(text.split())
    lines = text.split("\n")
    assert max(map(len, lines)) <= 79
    for link in ("zowe.app-server -> zowe.gateway", "zowe.zss -> zowe.gateway", "browser -> zowe.gateway"):
        assert any(link in line for line in lines)
    assert "the link zowe.zaas -> zosmf fails before and holds after." in " ".join(
        told_of([("zowe.zaas", "zosmf")]).split()
    )


def settings_only(folder: Path) -> Change:
    shutil.copytree(SITE, folder, dirs_exist_ok=True)
    text = (folder / "zowe.yaml").read_text(encoding="utf-8")
    assert "verifyCertificates: STRICT" in text
    (folder / "zowe.yaml").write_text(
        text.replace("verifyCertificates: STRICT", "verifyCertificates: NON-STRICT"), encoding="utf-8"
    )
    return fix(check(Call(("zowe.yaml",), AS_OF)))


def test_a_change_of_settings_alone_tells_of_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    change = settings_only(tmp_path)
    assert set(change.files) == {"PLAN.md", "zowe.yaml.patch"}
    text = change.files["PLAN.md"] + "\n".join(change.closing)
    for words in ("AT-TLS", "key ring", "RACF database", "RRSF", "must be seen", "z/OSMF:", "job card"):
        assert words not in text
    assert "Zowe: stop all HA members, then start them; it reads zowe.yaml when it starts." in text


def test_zowe_is_restarted_once_for_all_reasons() -> None:
    (settings,) = zowe_restart(world.deployment())
    rings = "Zowe: stop all HA members (A, B), then start them; it reads key rings when it starts."
    line = (
        "Zowe: stop all HA members (A, B), then start them; it reads key rings and zowe.yaml when it starts."
    )
    assert in_order((settings, rings)) == in_order((rings, settings)) == (line,)


def test_what_must_be_seen_is_named_only_where_something_must(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out("missing-ca", tmp_path)
    text = fix(check(Call(("zowe.yaml",), AS_OF))).files["PLAN.md"]
    assert "must be seen" not in text.casefold()
    assert "must be seen" in changed().files["PLAN.md"]


def test_a_policy_agent_file_says_who_reads_a_key_ring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out("expired-on-three-rings", tmp_path)
    (tmp_path / "tn3270.policy").write_text(TN3270, encoding="utf-8")
    change = fix(check(Call(("zowe.yaml", "evidence", "tn3270.policy"), AS_OF)))
    text = change.files["PLAN.md"]
    assert (
        "TTLSEnvironmentAction Telnet (TTLSRule Terminals) uses TCPIP/TN3270: AT-TLS reads it again" in text
    )
    assert "Whatever else reads ZWESVUSR/ZoweTls: no input shows who does" in text
    assert "tn3270.policy.patch" in change.files
    head = " ".join(change.files["apply.jcl"].replace("//*", "").split())
    assert "After it, when all of it has ended well: tn3270.policy.patch (PLAN.md)." in head


def test_the_job_card_is_told_of_where_it_is_the_sample() -> None:
    assert "The job card of each job is a sample" in changed().files["PLAN.md"]
    site = world.deployment()
    own = world.options(job=job_card("IBMUSER", "B"))
    mine = make_change(world.run(site), site, own, world.deployment, world.run)
    assert "job card" not in mine.files["PLAN.md"]


def test_apply_names_the_patch_that_comes_after_it() -> None:
    head = " ".join(changed().files["apply.jcl"].replace("//*", "").split())
    assert "After it, when all of it has ended well: zowe.yaml.patch (PLAN.md)." in head


@pytest.mark.parametrize("by", list(SplitBy))
def test_the_job_of_a_later_day_is_not_taken_for_a_part_of_the_first(by: SplitBy) -> None:
    site = world.deployment()
    change = make_change(world.run(site), site, world.options(split=by), world.deployment, world.run)
    first = [name for name in change.files if name.startswith("apply")]
    later = [name for name in change.files if When.SOAK.value in name and name.endswith(".jcl")]
    assert len(first) > (by is SplitBy.OWNER)
    assert later
    assert all(name.startswith(f"later-{When.SOAK.value}-") for name in later)
    assert later[0] in change.files["PLAN.md"]
    last = " ".join(change.files[max(first)].replace("//*", "").split())
    assert "After it, when all of it has ended well: zowe.yaml.patch" in last
    if len(first) > 1:
        assert "zowe.yaml.patch" not in change.files[min(first)].split("EXEC")[0]
