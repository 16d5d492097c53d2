"""Edits of single values keep everything else, and real tools take the diff."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fixes import world
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.patch import PatchEdit, edit_for, patched_settings, patched_text, render_patch

TEXTS = {
    "plain": "a:\n  host: old.example  # why\nb: 1\n",
    "double": 'a:\n  host: "old.example"\nb: 1\n',
    "single": "a:\n  host: 'old.example' # c\n",
    "no line end": "a:\n  host: old.example",
    "crlf": "a:\r\n  host: old.example # c\r\nb: 1\r\n",
    "trailing blanks": "a:\n  host: old.example   \n",
}


def edit(text: str, value: str) -> PatchEdit:
    setting = world.settings(text).entries["a", "host"]
    return edit_for(setting, value, {"site/zowe.yaml": world.source(text)})


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("value", ["new.example", "10.1.1.2", 'It\'s "x" \\ y: # z', "true", "12"])
@pytest.mark.parametrize("tool", ["patch", "git"])
def test_both_tools_take_it(tmp_path: Path, name: str, value: str, tool: str) -> None:
    text = TEXTS[name]
    one = edit(text, value)
    diff = render_patch([one], {"site/zowe.yaml": world.source(text)})
    (tmp_path / "zowe.yaml").write_bytes(text.encode())
    (tmp_path / "p").write_bytes(diff.encode())
    command = ["patch", "-p0", "-s", "-i", "p"] if tool == "patch" else ["git", "apply", "p"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    result = (tmp_path / "zowe.yaml").read_bytes().decode()
    assert result == text.replace(one.old, one.new)
    assert yaml.safe_load(result)["a"]["host"] == value
    assert result.count("\r\n") == text.count("\r\n")


@given(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40),
    st.sampled_from(sorted(TEXTS)),
)
def test_any_value_is_read_back(value: str, name: str) -> None:
    text = TEXTS[name]
    one = edit(text, value)
    result = patched_text(world.source(text), [one])
    assert yaml.safe_load(result)["a"]["host"] == value
    assert ("#" in text) == ("#" in result.replace(one.new, ""))


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  host: &x old.example\n",
        "a:\n  host: *x\n",
        "a:\n  host: |\n    old.example\n",
        "a:\n  host: ${{ old.example }}\n",
        "a:\n  host: old.example\n    goes on\n",
    ],
)
def test_other_shapes_are_refused(text: str) -> None:
    setting = world.settings(text).entries["a", "host"]
    if "goes on" in text:
        setting = replace(setting, value="old.example goes on")
    with pytest.raises(UnsafeValueError):
        edit_for(setting, "new", {"site/zowe.yaml": world.source(text)})


def test_other_encodings_and_values_are_refused() -> None:
    text = TEXTS["plain"]
    setting = world.settings(text).entries["a", "host"]
    good = world.source(text)
    with pytest.raises(UnsafeValueError):
        edit_for(setting, "new", {})
    with pytest.raises(UnsafeValueError):
        edit_for(setting, "new", {good.path: replace(good, encoding="cp1047")})
    with pytest.raises(UnsafeValueError):
        edit_for(setting, "new", {good.path: replace(good, data=b"\xff" + good.data)})
    with pytest.raises(UnsafeValueError):
        edit_for(setting, "n\nw", {good.path: good})
    with pytest.raises(UnsafeValueError):
        edit_for(replace(setting, value="other"), "new", {good.path: good})


def test_one_place_cannot_have_two_values() -> None:
    text = TEXTS["plain"]
    one = edit(text, "x")
    with pytest.raises(UnsafeValueError):
        patched_text(world.source(text), [one, replace(one, new="y")])
    with pytest.raises(UnsafeValueError):
        patched_text(world.source(text), [replace(one, old="other")])
    assert render_patch([], {}) == ""


def test_several_files_are_named_from_their_common_folder() -> None:
    text = TEXTS["plain"]
    one = edit(text, "x")
    sources = {path: world.source(text, path) for path in ("s/a/z.yaml", "s/b/my z.yaml")}
    diff = render_patch([replace(one, file=path) for path in sources], sources)
    assert "--- a/z.yaml\n+++ a/z.yaml\n" in diff
    assert "--- b/my z.yaml\t\n+++ b/my z.yaml\t\n" in diff


def test_the_settings_follow_the_edit() -> None:
    text = TEXTS["double"]
    one = edit(text, "new.example")
    changed = patched_settings(world.settings(text), [one])
    assert changed.text("a.host") == "new.example"
    assert changed.entries["b",] == world.settings(text).entries["b",]
    again = world.settings(patched_text(world.source(text), [one]))
    assert changed.text("a.host") == again.text("a.host")
