"""What PLAN.md and the screen say of Policy Agent files.

Source: facts on AT-TLS, 1: F PAGENT,REFRESH reads the files again; with an error in one, no new policy is installed.
"""

import posixpath
import shlex
from collections.abc import Iterable, Iterator

from zcertlint.fixes.plan import When
from zcertlint.fixes.policy_change import PolicyChange, PolicyPatch, PolicyStage
from zcertlint.fixes.policy_edit import INSTANCE

__all__ = ["REFRESH", "by_hand", "outline_of", "policy_section", "policy_steps", "with_refresh"]

REFRESH = (
    "AT-TLS: F PAGENT,REFRESH, with the changed files in place and after the refresh of the classes: until there is a"
    " new environment, System SSL keeps a key ring as it was."
)
_AFTER = {
    None: "git apply, or patch -p0",
    When.ANSWER: "when the answer of the CA has been added, not before",
    When.SOAK: "when the old certificate has been taken off, not before",
}


def policy_section(policy: PolicyChange) -> list[str]:
    """The part of PLAN.md about the files; nothing where nothing is done to them."""
    if not policy.stages:
        return []
    out = [
        "### Policy Agent files [review]", "",
        "AT-TLS uses, or may use, what is changed. A label that was replaced gets its successor, and each environment",
        f"that uses a changed key ring a new {INSTANCE}: only then does System SSL read the key ring again.",
        "",
    ]  # fmt: skip
    for stage in policy.stages:
        if stage.when is not None:
            out += [f"Later, {stage.when.words}:", ""]
        out += [
            f"* {edit.file}:{edit.line}, {edit.block}: {edit.words}"
            for patch in stage.patches
            for edit in sorted(patch.edits, key=lambda one: (one.file, one.line))
        ]
        out += [f"* By hand: {text}." for text in stage.by_hand]
        out.append("")
    out += [
        "* Look twice: the model plays no AT-TLS; with an error in one file, Policy Agent installs no new policy.",
        "* Must be seen afterwards: `pasearch -t` shows the new labels and instances, the joblog of TCPIP no EZD1287I.",
    ]
    back = [f"`patch -R -p0 < {shlex.quote(patch.name)}`" for patch in reversed(policy.patches)]
    if back:
        taken = ", then ".join(back)
        end = "F PAGENT,REFRESH when the jobs of the way back have ended"
        out += ["", f"Way back, of those that were applied: {taken}; {end}."]
    return [*out, ""]


def policy_steps(stage: PolicyStage) -> list[str]:
    """What the system programmer does with the files, a line each."""
    lines = []
    for patch in stage.patches:
        name = shlex.quote(patch.name)
        git = "git apply" if len(patch.files) == 1 else "git apply -p0"
        lines.append(f"{_where(patch)}: `patch -p0 < {name}`, or `{git} {name}`.")
    if stage.patches:
        lines[-1] += " Bring it back as it came: code page IBM-1047, no sequence numbers."
    if stage.by_hand:
        lines.append("In the Policy Agent files: what stands under *By hand* above.")
    return lines


def _where(patch: PolicyPatch) -> str:
    if len(patch.files) == 1:
        return f"In the folder of {posixpath.basename(patch.files[0])}"
    return f"In the folder that holds {', '.join(patch.files)}"


def with_refresh(texts: Iterable[str], stage: PolicyStage) -> Iterator[str]:
    """What must be restarted; where the files are at hand, the words for AT-TLS are about them."""
    if not stage.patches and not stage.by_hand:
        yield from texts
        return
    yield REFRESH
    yield from (text for text in texts if not text.startswith(("AT-TLS:", "With AT-TLS:")))


def outline_of(patch: PolicyPatch, when: When | None, *, job: bool) -> str:
    """One line about a patch; ``job`` where one goes before it."""
    labels = sum(not edit.keyword.lower().endswith("instance") for edit in patch.edits)
    parts = [_counted(labels, "label")] if labels else []
    if len(patch.edits) > labels:
        parts.append(_counted(len(patch.edits) - labels, "new environment"))
    wait = ", when the job has ended" if job and when is None else ""
    return f"{', '.join(parts)}; {_AFTER[when]}{wait}; then F PAGENT,REFRESH"


def by_hand(policy: PolicyChange) -> str | None:
    """One line for the screen about what no patch does; None when there is nothing."""
    count = sum(len(stage.by_hand) for stage in policy.stages)
    return (
        f"By hand: {_counted(count, 'place')} in Policy Agent files; PLAN.md names each." if count else None
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
