"""The plan of an access, through the real readers and rules: what PLAN.md and the job say of who may run it."""

import shutil
from pathlib import Path

import pytest

from rules.test_cases import _moment
from zcertlint.app import Call, check, fix

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
