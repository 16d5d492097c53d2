"""Access, through the real readers and rules: what a plan says of who may run it, and what a deleted profile leaves."""

import shutil
from pathlib import Path

import pytest

from rules.test_cases import _moment
from zcertlint.app import Call, check, fix
from zcertlint.rehearsal import rehearse

RIGHTS = Path(__file__).parents[2] / "fixtures" / "deployments" / "rights"
_RING = """READY
RLIST RDATALIB ZWESVUSR.ZOWEKEYRING.LST AUTHUSER
CLASS      NAME
-----      ----
RDATALIB   {name}

LEVEL  OWNER      UNIVERSAL ACCESS  YOUR ACCESS  WARNING
-----  --------   ----------------  -----------  -------
 00    SECADM          NONE               READ    NO

USER      ACCESS
----      ------
OPS       READ

READY
END
"""


def files(tmp_path: Path, name: str) -> dict[str, str]:
    """The files of the plan that lets Zowe read its key ring."""
    site = tmp_path / "rights"
    shutil.copytree(RIGHTS, site)
    (site / "evidence" / "ring.txt").write_text(_RING.format(name=name))
    change = fix(check(Call((str(site / "zowe.yaml"), str(site / "evidence")), as_of=_moment("2026-11-21"))))
    return dict(change.files)


@pytest.mark.parametrize("name", ["ZWESVUSR.ZOWEKEYRING.LST", "*.ZOWEKEYRING.LST (G)"])
def test_nothing_stands_for_special_where_only_special_will_do(tmp_path: Path, name: str) -> None:
    made = files(tmp_path, name)
    assert "with SPECIAL.\n" in made["PLAN.md"]
    assert "Data sets" not in made["PLAN.md"]  # the job makes none
    assert "//* It needs: a user with SPECIAL.\n" in made["apply.jcl"]
    for job in ("apply.jcl", "backout.jcl"):  # RDELETE would take away what somebody else has defined
        assert ("ICH10102I" in made[job]) == name.endswith("(G)")


@pytest.mark.parametrize(
    "profile",
    ["FACILITY BPX.DAEMON", "FACILITY BPX.SERVER", "PTKTDATA IZUDFLT", "PTKTDATA IRRPTAUTH.IZUDFLT.*"],
)
def test_what_a_deleted_profile_leaves_is_not_taken_for_enough(tmp_path: Path, profile: str) -> None:
    job = tmp_path / "job.txt"
    job.write_text(f"RDELETE {profile}\n")
    named = (str(job), str(RIGHTS / "zowe.yaml"), str(RIGHTS / "evidence"))
    found = rehearse(Call(named, as_of=_moment("2026-11-21")))
    name = profile.partition(" ")[2]
    assert not found.before.gaps
    assert any(name in f"{gap.subject} {gap.needs} {gap.command}" for gap in found.after.gaps)
