"""The answer to CHECKCERT tells what ADD reads: the question of a rehearsal can be closed."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zcertlint.app import Call
from zcertlint.checked import checked_sets
from zcertlint.engine.results import Gap
from zcertlint.fixes.job.afterwards import afterwards
from zcertlint.model.certificate import Certificate, Owner
from zcertlint.model.change import Change, Ending, Played
from zcertlint.rehearsal import rehearse
from zcertlint.text.decode import load
from zcertlint.text.source import Span

ROOT = Path(__file__).parents[2]
SITE = ROOT / "fixtures" / "deployments" / "site"
AS_OF = datetime(2026, 11, 21, tzinfo=UTC)

NEW = """READY
RACDCERT CHECKCERT('ACME.NEW.CA')

Certificate 1:

  Start Date: 2023/01/01 00:00:00
  End Date:   2036/12/31 23:59:59
  Serial Number:
       >07<
  Issuer's Name:
       >CN=New CA.O=Acme<
  Subject's Name:
       >CN=New CA.O=Acme<
  Signing Algorithm: sha256RSA
  Key Type: RSA
  Key Size: 2048

Chain information:
  Chain contains 1 certificate(s), chain is complete
READY
"""
KNOWN = """READY
RACDCERT CHECKCERT('ACME.NEW.CA')
Digital certificate information for CERTAUTH:

  Label: zOSMFCA
  Status: TRUST
  Start Date: 2024/01/01 00:00:00
  End Date:   2034/12/31 23:59:59
  Serial Number:
       >00<
  Issuer's Name:
       >CN=z/OSMF CertAuth for Security Domain.OU=IZUDFLT<
  Subject's Name:
       >CN=z/OSMF CertAuth for Security Domain.OU=IZUDFLT<
  Key Type: RSA
  Key Size: 2048
  Private Key: YES
READY
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SITE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def add(site: Path, answer: str) -> tuple[Played, set[str]]:
    (site / "evidence" / "check.txt").write_text(answer, encoding="utf-8")
    text = "RACDCERT SITE ADD('ACME.NEW.CA') TRUST WITHLABEL('New')\nSETROPTS RACLIST(DIGTCERT) REFRESH\n"
    (site / "change.txt").write_text(text, encoding="utf-8")
    done = rehearse(Call(("change.txt", "zowe.yaml"), AS_OF))
    return done.change.commands[0], {finding.code for finding in done.after.findings}


def test_a_certificate_that_racf_does_not_have_is_added(site: Path) -> None:
    played, codes = add(site, NEW)
    assert (played.ending, played.effect) == (Ending.DONE, "added as SITE/New")
    assert played.made is not None
    assert (str(played.made.subject), played.made.serial) == ("CN=New CA.O=Acme", 7)
    assert not codes


def test_one_that_racf_has_is_refused(site: Path) -> None:
    played, codes = add(site, KNOWN)
    assert (played.ending, codes) == (Ending.FAILS, {"CG113"})
    assert "CERTAUTH/zOSMFCA" in played.reason


def test_another_answer_tells_nothing(site: Path) -> None:
    played, codes = add(site, "READY\nRACDCERT CHECKCERT('ACME.OTHER')\nREADY\n")
    assert (played.ending, codes) == (Ending.NOT_MODELLED, set())


def test_an_answer_without_a_certificate_and_no_answer_are_no_data_set() -> None:
    denied = "READY\nRACDCERT CHECKCERT('A.B')\nIRRD101I You are not authorized to issue the RACDCERT command.\nREADY\n"
    listed = "READY\nRACDCERT CERTAUTH LIST\nREADY\n"
    assert checked_sets([load("a", denied.encode()), load("b", listed.encode())], {}) == {}


def test_the_question_about_what_add_brings_says_when_to_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SITE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "change.txt").write_text(
        "RACDCERT CERTAUTH DELETE(LABEL('zOSMFCA'))\n"
        "RACDCERT CERTAUTH ADD('ACME.NEW.CA') TRUST WITHLABEL('zOSMFCA')\n"
        "RACDCERT ID(ZWESVUSR) CONNECT(CERTAUTH LABEL('zOSMFCA') RING(ZoweKeyring) USAGE(CERTAUTH))\n",
        encoding="utf-8",
    )
    done = rehearse(Call(("change.txt", "zowe.yaml"), AS_OF))
    known = {gap.needs for gap in done.before.gaps}
    (gap,) = [gap for gap in done.after.gaps if gap.needs not in known and "ACME.NEW.CA" in gap.needs]
    assert gap.command == "RACDCERT CHECKCERT('ACME.NEW.CA')"
    assert "which line 2 adds; after the job RACDCERT CERTAUTH LIST(LABEL('zOSMFCA')) shows it" in gap.needs
    assert "zowe.zaas -> zosmf" in gap.links
    # Today's listing shows what is deleted.
    assert all(gap.command != "RACDCERT CERTAUTH LIST(LABEL('zOSMFCA'))" for gap in done.after.gaps)
    assert done.after.summary.gaps == len(done.after.gaps)


def test_a_question_about_what_the_job_makes_is_one_for_afterwards() -> None:
    made = Certificate("ID(U)/new", Owner.of_user("U"), "new")
    played = Played(1, "RACDCERT ID(U) REKEY(LABEL('a'))", Span("j", 3), "RACDCERT", "REKEY", made=made)
    gaps = (
        Gap("X", "ID(U)/new", "Which names?", "RACDCERT ID(U) LIST(LABEL('new'))"),
        Gap("X", "y", "Why?", "Z"),
    )
    first, second = afterwards(gaps, Change((played,)))
    assert first.needs == "Which names? It is what line 3 makes: look after the job."
    assert second == gaps[1]
