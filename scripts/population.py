"""Plant faults in many deployments and write docs/population.md: python scripts/population.py [COUNT [SEED]]."""
# ruff: noqa: INP001 (a script, no package)

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from population.run import Tally, run  # noqa: E402

_HEAD = """# Deployments with planted faults

Written by `python scripts/population.py {count} {seed}`; a shorter run is a test.

Each failing case of a rule is a fault that can be planted. A deployment is that of one case, with its fault and up to
three others that find a place in it, chosen by the seed. What each fault makes fire alone, on that deployment, says
what must be found; anything else is invented.

{deployments} deployments, {planted} faults: {found} found, {hidden} told in another word, {missed} missed, {invented}
invented.

*In another word* are faults that cannot show beside another one: a finding at least as bad, or a question, is about
the same subject or about the keystore that the subject is used from, or an input cannot be read at all, or
[the table](../tests/population/explained.yaml) names the reason. When the other fault is repaired they show.

| rule | planted | found | in another word | most often by |
|---|---|---|---|---|
"""


def _page(tally: Tally, count: int, seed: int) -> str:
    text = _HEAD.format(
        count=count,
        seed=seed,
        deployments=tally.deployments,
        planted=sum(tally.planted.values()),
        found=sum(tally.found.values()),
        hidden=sum(tally.hidden.values()),
        missed=len(tally.missed),
        invented=len(tally.invented),
    )
    for rule in sorted(tally.planted):
        others = sorted(
            ((number, other) for (mine, other), number in tally.instead.items() if mine == rule), reverse=True
        )
        by = ", ".join(other for _, other in others[:3])
        text += f"| {rule} | {tally.planted[rule]} | {tally.found[rule]} | {tally.hidden[rule]} | {by} |\n"
    text += "\nWhat two faults made together:\n\n"
    for why, number in sorted(tally.used.items(), key=lambda item: (-item[1], item[0])):
        text += f"* {number} times: {why}\n"
    return text


def main() -> int:
    """Run, write, and say what was missed or invented; 1 when anything was."""
    count, seed = (int(word) for word in (sys.argv[1:] + ["1500", "1"][len(sys.argv) - 1 :])[:2])
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), seed, count)
    (ROOT / "docs" / "population.md").write_text(_page(tally, count, seed), encoding="utf-8")
    for fault, company, fired in tally.missed:
        sys.stdout.write(f"missed: {fault}\n  beside {company}\n  fired {fired}\n")
    for rule, planted in tally.invented:
        sys.stdout.write(f"invented: {rule}\n  of {planted}\n")
    return 1 if tally.missed or tally.invented else 0


if __name__ == "__main__":
    sys.exit(main())
