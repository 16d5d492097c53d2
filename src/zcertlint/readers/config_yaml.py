"""zcertlint.yaml: what the site says about itself."""

from collections.abc import Iterable

from zcertlint.errors import InputError
from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext
from zcertlint.readers._yaml_lines import line_counts, top_keys
from zcertlint.text.source import Source, Span

__all__ = ["KIND", "read", "recognise", "shown"]

KIND = "zcertlint.yaml"

# Keys of ours that are enough by themselves, and keys that need a second one beside them because other
# programs' files have them too.
_CLEAR = {"zcertlint", "itm"}
_OURS = {
    "certificates",
    "clients",
    "endpoints",
    "itm",
    "job",
    "partners",
    "rules",
    "suppress",
    "systems",
    "version",
    "zcertlint",
    "zos",
    "zosmf",
}
_NOT_OURS = {
    "zowe",
    "zOSMF",
    "components",
    "haInstances",
    "kind",
    "apiVersion",
    "openapi",
    "services",
    "jobs",
    "stages",
    "on",
    "id",
    "repos",
}
_ENDPOINTS = ("zowe.", "zosmf:", "client:", "attls:", "itm:", "browser")


def recognise(source: Source) -> bool:
    """Whether the top-level keys are ours, also when the rest is no YAML."""
    if source.encoding is None:
        return False
    keys = top_keys(source)
    if keys & _NOT_OURS or not keys & _OURS:
        return False
    if keys & _CLEAR:
        return True
    if keys <= _OURS and len(keys - {"version"}) >= 1:
        # One common key alone (certificates:, rules:, job:) may be anyone's; ours names endpoints or has two.
        return len(keys) > 1 or keys <= {"zos", "zosmf"} or _typical(source)
    return len(keys & _OURS) > len(keys - _OURS) and _typical(source)


def read(source: Source, context: ReadContext) -> Facts:
    """The settings without those that are wrong, each of which is a problem with its line.

    A file that is no YAML gives one problem and no settings.
    """
    from zcertlint.readers._config_schema import validate  # noqa: PLC0415 (few calls have a configuration)
    from zcertlint.readers._yaml_tree import compose  # noqa: PLC0415

    del context
    try:
        settings = compose(source)
    except InputError as error:
        problem = Problem("IN001", Span(source.path, error.line), error.expected, error.hint)
        return Facts(KIND, source.path, problems=(problem,), lines=(0, 0, len(source.lines)))
    problems, settings = validate(settings)
    return Facts(KIND, source.path, config=settings, problems=problems, lines=line_counts(source))


def shown(source: Source, found: Iterable[Facts]) -> Source:
    """The source as reports may quote it: a problem whose place has no text may stand beside a key in clear."""
    lines = list(source.lines)
    for place in (problem.span for facts in found for problem in facts.problems):
        if place.line is not None and place.text is None and 1 <= place.line <= len(lines):
            key, colon, value = lines[place.line - 1].partition(":")
            if value.strip() or not colon:
                lines[place.line - 1] = f"{key}: (not shown)" if colon else "(not shown)"
    return Source(source.path, source.data, tuple(lines), source.encoding, source.system)


def _typical(source: Source) -> bool:
    """Whether a line below the first level is one that only our file has."""
    for line in source.lines:
        text = line.strip().strip("{").strip().lstrip("\"'")
        if line[:1] in {" ", "\t"} or "{" in line:
            if text.startswith(_ENDPOINTS) or text.startswith(("card:", "prefix:", "- //", "- '//", '- "//')):
                return True
            if _rule_code(text):
                return True
        if "{zowe." in line or "{ zowe." in line or "{zosmf" in line or "{ zosmf" in line:
            return True
    return False


def _rule_code(text: str) -> bool:
    """``CE103:`` or ``- CE103``, in any nesting: two letters and three digits."""
    word = text.removeprefix("- ").partition(":")[0].strip("\"' ")
    return len(word) == len("CE103") and word[:2].isalpha() and word[:2].isupper() and word[2:].isdecimal()
