"""What a change means for AT-TLS: labels in Policy Agent files, and new environments where a key ring changes.

System SSL keeps a key ring for as long as its environment lives: whoever changes what is on the ring raises
EnvironmentUserInstance and refreshes Policy Agent. Source: facts on AT-TLS, 1 and 2.3; facts on fixes, "EC to RSA".
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime

from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.diff import diff_names
from zcertlint.fixes.plan import Plan, When
from zcertlint.fixes.policy_edit import INSTANCE, PolicyEdit, label_edit, patched, policy_diff, raised
from zcertlint.fixes.policy_effects import Rename, changed_rings, renamed
from zcertlint.fixes.quote import shown
from zcertlint.fixes.rehearse import play_later
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.policy import Policy
from zcertlint.model.store import Store
from zcertlint.records import dataclass
from zcertlint.text.source import Source
from zcertlint.trust.policy_uses import LABELS, EnvironmentUse, LabelUse, environments, label_uses, title_of

__all__ = ["NOTHING", "PolicyChange", "PolicyPatch", "PolicyStage", "policy_change"]

_STAGES = (None, When.ANSWER, When.SOAK)
_SAFE_NAME = re.compile(r"[A-Za-z0-9 ._@#$()+,=-]+")


@dataclass(frozen=True, slots=True)
class PolicyPatch:
    """One patch: of one file, or of files of one name in several folders.

    Attributes:
        name: of the patch. files: as reached from the command line. text: the unified diff.
    """

    name: str
    files: tuple[str, ...]
    edits: tuple[PolicyEdit, ...]
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PolicyStage:
    """What is done to the files after the first job, or after one of a later day.

    Attributes:
        when: None for the first job. by_hand: what no patch does, each with file and line.
    """

    when: When | None
    patches: tuple[PolicyPatch, ...] = ()
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """All stages at which something is to be done."""

    stages: tuple[PolicyStage, ...] = ()

    def at(self, when: When | None) -> PolicyStage:
        """The stage; an empty one when there is nothing to do then."""
        return next((stage for stage in self.stages if stage.when is when), PolicyStage(when))

    @property
    def patches(self) -> tuple[PolicyPatch, ...]:
        """Every patch, in order."""
        return tuple(patch for stage in self.stages for patch in stage.patches)


NOTHING = PolicyChange()


def policy_change(
    plans: Sequence[Plan],
    before: Deployment,
    after: Database,
    sources: Mapping[str, Source],
    on: datetime,
) -> PolicyChange:
    """The edits of the Policy Agent files among the inputs.

    Args:
        plans: that are written, in order.
        before: the deployment as it is.
        after: the database after the first job.
        sources: the files.
        on: the day of the job.
    """
    if not plans or not before.policies:
        return NOTHING
    made, stages, old = _Files(before.policies, sources), [], before.database
    for when in _STAGES:
        if when is None:
            new = after
        else:
            later = [stage for plan in plans for stage in plan.later if stage.when is when]
            new, _failed = play_later(later, old, on)
        rings = changed_rings(old, new)
        renames = renamed([plan for plan in plans if plan.patch_after is when], before, new)
        stage = made.stage(when, rings, renames)
        if stage.patches or stage.by_hand:
            stages.append(stage)
        old = new
    return PolicyChange(tuple(stages))


class _Files:
    """The files while stage after stage is made of them."""

    def __init__(self, policies: Sequence[Policy], sources: Mapping[str, Source]) -> None:
        self._policies = list(policies)
        self._sources = dict(sources)
        self._refused: dict[
            str, str
        ] = {}  # what no patch was written for: the next one has no file to start from

    def stage(self, when: When | None, rings: Sequence[Store], renames: Sequence[Rename]) -> PolicyStage:
        """The edits of one stage; the files are then as they leave them."""
        if not rings and not renames:
            return PolicyStage(when)
        ends = environments(self._policies)
        edits: dict[tuple[str, int, int], PolicyEdit] = {}
        by_hand: list[str] = []
        for use in label_uses(self._policies, ends):
            self._label(use, renames, edits, by_hand)
        by_hand += self._other_labels(renames)
        for env in ends:
            self._instance(env, rings, edits, by_hand)
        patches, told = self._patches(when, list(edits.values()))
        self._policies = [patched(policy, list(edits.values())) for policy in self._policies]
        return PolicyStage(when, patches, tuple(dict.fromkeys((*told, *by_hand))))

    @staticmethod
    def _label(
        use: LabelUse,
        renames: Sequence[Rename],
        edits: dict[tuple[str, int, int], PolicyEdit],
        by_hand: list[str],
    ) -> None:
        param, label = use.param, use.param.value
        for rename in renames:
            named = rename.old == label or (label == param.value and rename.old == param.rest)
            meant = use.for_rings(rename.rings)
            if not named or meant is False:
                continue
            where = f"{param.span.path}:{param.span.line}: {param.name} `{shown(rename.old)}`"
            become = f"becomes `{shown(rename.new)}`"
            if meant is None:
                by_hand.append(f"{where} {become} {_if_meant(use, rename.rings)}")
            elif rename.doubt or label != rename.old:
                why = (
                    "two certificates of that label are on the key ring" if rename.doubt else "it holds a `#`"
                )
                by_hand.append(f"{where} {become}, if the certificate that is replaced is meant: {why}")
            else:
                try:
                    edit = label_edit(use.title, param, rename.new)
                except UnsafeValueError as unsafe:
                    by_hand.append(f"{where} {become}: {unsafe}")
                    return
                edits[_key(edit)] = edit
                label = rename.new

    def _other_labels(self, renames: Sequence[Rename]) -> Iterator[str]:
        """Other parameters that hold a label (of OCSP requests): who uses them is not followed."""
        known = {word.lower() for word in LABELS}
        for policy in self._policies:
            waiting = list(policy.blocks)
            while waiting:
                block = waiting.pop(0)
                waiting = [*block.blocks, *waiting]
                for param in block.params:
                    word = param.name.lower()
                    for rename in renames:
                        if word.endswith("label") and word not in known and param.value == rename.old:
                            yield (
                                f"{param.span.path}:{param.span.line}: {param.name} of {title_of(block)} names"
                                f" `{shown(rename.old)}` too: is it on {_titles(rename.rings)}?"
                            )

    def _instance(
        self,
        env: EnvironmentUse,
        rings: Sequence[Store],
        edits: dict[tuple[str, int, int], PolicyEdit],
        by_hand: list[str],
    ) -> None:
        answers = [(ring, env.uses(ring)) for ring in rings]
        place = f"{env.action.span.path}:{env.action.span.line}"
        if any(answer for _, answer in answers):
            try:
                edit = raised(env.action, self._sources.get(env.policy.path))
            except UnsafeValueError as unsafe:
                by_hand.append(f"{place}: raise {INSTANCE} of {env.title} by one: {unsafe}")
                return
            edits[_key(edit)] = edit
        elif maybe := [ring for ring, answer in answers if answer is None]:
            what = f"raise {INSTANCE} of {env.title} by one if it uses {_titles(maybe)}"
            by_hand.append(f"{place}: {what}: {_why_open(env)}")

    def _patches(
        self, when: When | None, edits: Sequence[PolicyEdit]
    ) -> tuple[tuple[PolicyPatch, ...], list[str]]:
        """The patches, and in words what cannot be one."""
        groups: dict[str, list[str]] = {}
        for file in sorted({edit.file for edit in edits}):
            groups.setdefault(posixpath.basename(file), []).append(file)
        patches, told = [], []
        for base, files in groups.items():
            names = diff_names(files)
            texts: dict[str, str] = {}
            for file in files:
                here = [edit for edit in edits if edit.file == file]
                try:
                    texts[file] = self._diff(file, here, names[file])
                except UnsafeValueError as unsafe:
                    self._refused[file] = str(unsafe)
                    told += [
                        f"{file}:{edit.line}: {edit.words} in {edit.block} (no patch: {unsafe})"
                        for edit in here
                    ]
            if texts:
                name = base if base != "zowe.yaml" else f"policy-{base}"
                name += ".patch" if when is None else f"-2-{when.value}.patch"
                kept = tuple(edit for edit in edits if edit.file in texts)
                patches.append(PolicyPatch(name, tuple(texts), kept, "".join(texts.values())))
        return tuple(patches), told

    def _diff(self, file: str, edits: Sequence[PolicyEdit], name: str) -> str:
        if file in self._refused:
            raise UnsafeValueError(self._refused[file])
        if not _SAFE_NAME.fullmatch(posixpath.basename(file)):
            raise UnsafeValueError("its name cannot stand in a patch")
        policy = next(one for one in self._policies if one.path == file)
        source = self._sources.get(file)
        if source is None:
            raise UnsafeValueError("the file is not at hand")
        text, self._sources[file] = policy_diff(policy, source, edits, name)
        return text


def _key(edit: PolicyEdit) -> tuple[str, int, int]:
    return (edit.file, edit.line, 0 if edit.added is not None else edit.column)


def _titles(rings: Sequence[Store]) -> str:
    return ", ".join(shown(ring.title) for ring in rings)


def _if_meant(use: LabelUse, rings: Sequence[Store]) -> str:
    """What decides whether a label is the one that is replaced."""
    if not use.environments:
        return f"if it is for {_titles(rings)}: no rule that the inputs show uses {use.title}"
    ends = ", ".join(dict.fromkeys(env.title for env in use.environments))
    return (
        f"if it is for {_titles(rings)}, and for no other key ring: whose those of {ends} are, cannot be told"
    )


def _why_open(env: EnvironmentUse) -> str:
    """Why nobody can tell which key ring it uses."""
    if not env.keyrings:
        return "its key ring stands in a block that no input shows"
    value = env.keyrings[0].value
    if len(env.keyrings) > 1 or not env.sure:
        return "which Keyring counts cannot be told"
    if value.endswith("/*"):
        return f"`{shown(value)}` holds every certificate of that owner"
    return f"its Keyring is `{shown(value)}`, and no rule tells whose (Userid)"
