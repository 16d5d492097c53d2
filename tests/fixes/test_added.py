"""Settings that are added: real tools take the lines, everything else stays, and what has no place is refused."""

import subprocess
from pathlib import Path

import pytest
import yaml

from fixes import world
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.added import beside, grown
from zcertlint.fixes.patch import after_edits, edit_for, moved, patched_settings, patched_text, render_patch
from zcertlint.model.settings import Settings
from zcertlint.readers._yaml_tree import compose

FILE = "site/zowe.yaml"
WANTED: dict[tuple[str, ...], str] = {
    ("a", "b", "low"): "1.2x",
    ("a", "b", "high"): "1.3x",
    ("a", "c", "low"): "1.2x",
}
TREE = {"b": {"low": "1.2x", "high": "1.3x"}, "c": {"low": "1.2x"}}
TEXTS = {
    "nothing of it": "a:\n  x: 1\nz: 2\n",
    "four blanks, a comment": "# c\na:   # why\n    # below\n    x: 1\n",
    "one branch": "a:\n  b:\n    y: 1\n  x: 1\n",
    "both branches": "a:\n  b:\n    y: 1\n  c: # d\n      y: 2\n",
    "in the middle": "# 1\n# 2\n# 3\n# 4\na:\n  x: 1\n  y: 2\n  z: 3\n  last: 4\nz: 2\n",
    "crlf": "a:\r\n  x: 1\r\nz: 2\r\n",
}


def settings(text: str) -> Settings:
    return compose(world.source(text))


def merged(old: dict[str, object], new: dict[str, object]) -> dict[str, object]:
    out = dict(old)
    for key, value in new.items():
        inner = out.get(key)
        out[key] = merged(inner, value) if isinstance(inner, dict) and isinstance(value, dict) else value
    return out


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
@pytest.mark.parametrize("tool", ["patch", "git"])
def test_both_tools_take_added_lines(tmp_path: Path, text: str, tool: str) -> None:
    sources = {FILE: world.source(text)}
    edits = grown(settings(text), WANTED, sources)
    (tmp_path / "zowe.yaml").write_bytes(text.encode())
    (tmp_path / "p").write_bytes(render_patch(edits, sources).encode())
    command = ["patch", "-p0", "-s", "-F0", "-i", "p"] if tool == "patch" else ["git", "apply", "p"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    result = (tmp_path / "zowe.yaml").read_bytes().decode()
    assert yaml.safe_load(result) == merged(yaml.safe_load(text), {"a": TREE})
    assert [line for line in result.split("\n") if line in text.split("\n")] == text.split("\n")
    assert result.count("\r\n") == (result.count("\n") if "\r\n" in text else 0)


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_the_model_has_what_the_file_will_have(text: str) -> None:
    sources = {FILE: world.source(text)}
    edits = grown(settings(text), WANTED, sources)
    known = patched_settings(settings(text), edits).entries
    again = settings(patched_text(sources[FILE], edits)).entries
    assert {path: (one.value, one.container) for path, one in known.items()} == {
        path: (one.value, one.container) for path, one in again.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "a: {x: 1}\n",
        "a: {b: {y: 1}, c: 1}\n",
        "a:\n",
        "z: 1\n",
        "a: &x\n  x: 1\n",
        "a: 1\n",
        "{a: \n  {x: 1}}\n",
    ],
)
def test_where_a_mapping_has_no_lines_of_its_own_nothing_is_added(text: str) -> None:
    with pytest.raises(UnsafeValueError):
        grown(settings(text), WANTED, {FILE: world.source(text)})


def test_a_sibling_stands_below_the_line_of_the_other() -> None:
    text = "a:\n    host: 'old' # why\n    x: 1\n"
    sources = {FILE: world.source(text)}
    one = beside(settings(text).entries["a", "host"], "word", '"w"', "w", sources)
    assert patched_text(sources[FILE], [one]) == "a:\n    host: 'old' # why\n    word: \"w\"\n    x: 1\n"
    assert one.words == "add a.word: w"


@pytest.mark.parametrize(
    "text", ["a: {host: x}\n", "a: {host: x, b: 1}\n", "a:\n  host:\n    x\n", "a:\n  - host: x\n"]
)
def test_a_sibling_needs_a_line_of_its_own(text: str) -> None:
    setting = next(one for path, one in settings(text).entries.items() if path[-1] == "host")
    with pytest.raises(UnsafeValueError):
        beside(setting, "word", "w", "w", {FILE: world.source(text)})


def test_below_a_last_line_without_an_end_nothing_is_added() -> None:
    text = "a:\n  host: x"
    one = beside(settings(text).entries["a", "host"], "word", "w", "w", {FILE: world.source(text)})
    with pytest.raises(UnsafeValueError):
        patched_text(world.source(text), [one])


def test_two_plans_may_add_the_same_but_not_two_things_of_one_name() -> None:
    text = "a:\n  host: x\n"
    sources = {FILE: world.source(text)}
    host = settings(text).entries["a", "host"]
    one, same, other = (beside(host, "word", word, word, sources) for word in ("w", "w", "v"))
    assert patched_text(sources[FILE], [one, same]) == "a:\n  host: x\n  word: w\n"
    with pytest.raises(UnsafeValueError):
        patched_text(sources[FILE], [one, other])


def test_a_later_patch_knows_where_its_lines_are_then() -> None:
    text = "a:\n  x: 1\nz: old\n"
    sources = {FILE: world.source(text)}
    now = grown(settings(text), WANTED, sources)
    later = edit_for(settings(text).entries[("z",)], "new", sources)
    diff = render_patch(moved([later], now), after_edits(sources, now))
    assert "-z: old\n+z: new\n" in diff
