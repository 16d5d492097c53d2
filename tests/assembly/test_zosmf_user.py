"""Whose z/OSMF's key ring is: RACF says it, or zowe.yaml, or the one ring of that name; IZUSVR is only a guess."""

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from zcertlint.app import Call, Outcome, check
from zcertlint.engine.verdict import Confidence
from zcertlint.fixes.collect import wanted

SITE = Path(__file__).parents[2] / "fixtures" / "deployments" / "site"
ASK = "RLIST STARTED IZUSVR1.* STDATA NORACF"
SETTINGS = {"IZUPRM00": "KEYRING_NAME('IZUKeyring.NBPLEX')\nHTTP_SSL_PORT(10443)\nSAF_PREFIX('NBPLEX')\n"}
NO_RINGS = {
    "no.txt": "READY\nRACDCERT ID(IZUSVR) LISTRING(*)\nIRRD115I User IZUSVR has no rings.\nREADY\nEND\n"
}
NO_RING = {
    "no.txt": "READY\nRACDCERT ID(IZUSVR) LISTRING(IZUKeyring.NBPLEX)\n"
    "IRRD114I Ring IZUKeyring.NBPLEX does not exist.\nREADY\nEND\n"
}
IZUPROD, IZUTEST = "ring:IZUPROD/IZUKeyring.NBPLEX", "ring:IZUTEST/IZUKeyring.NBPLEX"
IZUSVR = "ring:IZUSVR/IZUKeyring.NBPLEX"


def started(user: str, name: str = "IZUSVR1.*") -> dict[str, str]:
    """The answer to the question who runs z/OSMF."""
    text = f"""READY
RLIST STARTED IZUSVR1.* STDATA NORACF
CLASS      NAME
-----      ----
STARTED    {name} (G)

STDATA INFORMATION
------------------
USER= {user}
GROUP= IZUADMIN
TRUSTED= NO
PRIVILEGED= NO
TRACE= NO
READY
END
"""
    return {"started.txt": text}


def rings(owner: str) -> str:
    """The site's listings of z/OSMF's user, for another user and prefix."""
    text = (SITE / "evidence" / "izusvr.txt").read_text(encoding="utf-8")
    return text.replace("IZUSVR", owner).replace("IZUKeyring.IZUDFLT", "IZUKeyring.NBPLEX")


def judged(folder: Path, *files: dict[str, str], owners: tuple[str, ...] = ("IZUPROD",)) -> Outcome:
    copytree(SITE, folder)
    evidence = folder / "evidence"
    (evidence / "bootstrap.properties").unlink()
    (evidence / "izusvr.txt").unlink()
    for owner in owners:
        (evidence / f"{owner.lower()}.txt").write_text(rings(owner), encoding="utf-8")
    settings = folder / "zowe.yaml"
    text = settings.read_text(encoding="utf-8").replace("applId: IZUDFLT", "applId: NBPLEX")
    for more in files:
        if told := more.get("user"):
            text = text.replace(
                "  certificate:\n",
                f"  setup: {{certificate: {{keyring: {{zOSMF: {{user: {told}}}}}}}}}\n  certificate:\n",
                1,
            )
        for name in more.keys() - {"user"}:
            (evidence / name).write_text(more[name], encoding="utf-8")
    settings.write_text(text, encoding="utf-8")
    return check(Call((str(settings),), datetime(2026, 6, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("files", "owners", "ring", "assumed"),
    [
        ((started("IZUPROD"),), ("IZUPROD",), IZUPROD, True),  # the name is the usual one
        ((started("IZUPROD"), SETTINGS), ("IZUPROD",), IZUPROD, False),
        ((started("IZUPROD"), SETTINGS, NO_RINGS), ("IZUPROD",), IZUPROD, False),
        ((started("IZUTEST"), SETTINGS), ("IZUPROD", "IZUTEST"), IZUTEST, False),
        ((SETTINGS,), ("IZUPROD",), IZUPROD, True),
        ((SETTINGS, NO_RINGS), ("IZUPROD",), IZUPROD, True),
        ((SETTINGS, NO_RING), ("IZUPROD",), IZUPROD, True),
        ((SETTINGS,), ("IZUPROD", "IZUSVR"), IZUSVR, False),  # the usual user has it
        ((SETTINGS,), ("IZUPROD", "IZUTEST"), IZUSVR, True),  # one of two: nobody knows
        ((), ("IZUPROD",), IZUSVR, True),  # nothing names the ring
        ((SETTINGS, {"user": "IZUPROD"}), ("IZUPROD", "IZUTEST"), IZUPROD, False),
    ],
)
def test_whose_it_is(
    tmp_path: Path, files: tuple[dict[str, str], ...], owners: tuple[str, ...], ring: str, *, assumed: bool
) -> None:
    outcome = judged(tmp_path / "site", *files, owners=owners)
    end = outcome.deployment.endpoints["zosmf"]
    assert (end.keystore, end.assumed) == (ring, assumed)
    assert not {"KR109", "KR110"} & {found.code for found in outcome.report.findings}
    link = next(link for link in outcome.report.links if link.link.id == "zowe.zaas -> zosmf")
    store = outcome.deployment.store(ring)
    assert store is not None
    assert link.verdict.value == ("holds" if store.shown else "unknown")


@pytest.mark.parametrize("files", [(), (NO_RINGS,)])
def test_a_guessed_owner_is_a_question(tmp_path: Path, files: tuple[dict[str, str], ...]) -> None:
    outcome = judged(tmp_path / "site", *files)
    (gap,) = (gap for gap in outcome.report.gaps if gap.subject == IZUSVR)
    assert gap.command == ASK
    assert "zowe.setup.certificate.keyring.zOSMF.user" in gap.needs
    assert "IZUPROD/IZUKeyring.NBPLEX is there" in gap.needs
    assert "the ring itself" in gap.needs
    asked = wanted(outcome.report.gaps, outcome.deployment, outcome.deployment.zowe)
    assert [ask.text for ask in asked.asks] == [ASK]
    assert any("zOSMF.user" in note and ASK in note for note in asked.notes)


def test_without_any_ring_both_are_asked_for(tmp_path: Path) -> None:
    outcome = judged(tmp_path / "site", owners=())
    (gap,) = (gap for gap in outcome.report.gaps if gap.subject == IZUSVR)
    assert gap.command == "RACDCERT LISTRING(IZUKeyring.NBPLEX) ID(IZUSVR)"
    assert ASK in gap.needs
    asked = {
        ask.text for ask in wanted(outcome.report.gaps, outcome.deployment, outcome.deployment.zowe).asks
    }
    assert {ASK, "RACDCERT LISTRING(*) ID(IZUSVR)"} <= asked


def test_the_answer_as_asked_is_no_error_of_another_owner(tmp_path: Path) -> None:
    outcome = judged(tmp_path / "site", NO_RINGS, owners=())
    (found,) = (found for found in outcome.report.findings if found.code == "KR109")
    assert found.confidence is Confidence.LIKELY
    assert ASK in (found.note or "")


def test_an_owner_that_is_told_still_nearly_matches(tmp_path: Path) -> None:
    none = {"no.txt": NO_RINGS["no.txt"].replace("IZUSVR", "IZUTEST")}
    outcome = judged(tmp_path / "site", SETTINGS, {"user": "IZUTEST"}, none)
    assert "KR110" in {found.code for found in outcome.report.findings}


def test_a_ring_that_zowe_names_too_is_as_it_was_listed(tmp_path: Path) -> None:
    other = rings("IZUSVR").replace("  zOSMFCA ", "  Old CA  ")
    site = tmp_path / "site"
    copytree(SITE, site)
    settings = site / "zowe.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("ZWESVUSR/ZoweKeyring", "IZUSVR/IZUKeyring.IZUDFLT"), encoding="utf-8")
    (site / "evidence" / "other.txt").write_text(
        other[: other.index("READY\nRACDCERT ID(IZUSVR) LIST\n")].replace("NBPLEX", "IZUDFLT"),
        encoding="utf-8",
    )
    outcome = check(Call((str(settings),), datetime(2026, 6, 1, tzinfo=UTC)))
    found = {finding.code for finding in outcome.report.findings}
    assert "IN005" in found  # two contents: which is true is open, but a ring there is
    assert "KR109" not in found


@pytest.mark.parametrize("whole", [True, False])
def test_a_ring_of_the_usual_user_that_is_cut_is_there(tmp_path: Path, *, whole: bool) -> None:
    listing = rings("IZUSVR")
    listing = listing[: listing.index("READY\nRACDCERT ID(IZUSVR) LIST\n")]
    listing = f"{listing}READY\nEND\n" if whole else listing[: listing.index("CERTAUTH ")]
    outcome = judged(tmp_path / "site", SETTINGS, {"izusvr.txt": listing})
    assert outcome.deployment.endpoints["zosmf"].keystore == IZUSVR
    asked = [gap.command for gap in outcome.report.gaps if gap.subject == IZUSVR]
    assert asked == ([] if whole else [ASK])
