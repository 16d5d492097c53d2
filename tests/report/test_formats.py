"""The list of formats comes from the folder and imports nothing."""

import subprocess
import sys

import pytest

from report.factory import empty, failing
from zcertlint.errors import UsageError
from zcertlint.report import RenderOptions, formats, load, render


@pytest.mark.parametrize("name", formats())
def test_a_module_offers_what_a_format_has(name: str) -> None:
    module = load(name)
    assert name == module.FORMAT
    assert module.MEDIA.startswith(".")
    assert isinstance(module.render(empty(), RenderOptions()), str)


def test_the_formats_of_this_brief_are_there() -> None:
    assert {"concise", "json", "markdown", "sarif", "text"} <= set(formats())


@pytest.mark.parametrize("name", ["explain", "_view", "__init__", "nosuch", "text.x", ""])
def test_what_is_no_format_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"there are .*text"):
        render(name, empty())


@pytest.mark.parametrize("name", formats())
def test_the_same_report_gives_the_same_bytes_and_ends_its_last_line(name: str) -> None:
    first = render(name, failing())
    assert first == render(name, failing())
    assert first.endswith("\n")


def test_a_text_report_imports_nothing_slow() -> None:
    code = (
        "import sys; import zcertlint.report as r; assert 'zcertlint.report.json' not in sys.modules;"
        "r.formats(); assert 'zcertlint.report.text' not in sys.modules; r.load('text'); r.load('concise');"
        "r.load('json'); print([m for m in ('jinja2', 'rich', 'yaml', 'cryptography', 'typer', "
        "'zcertlint.report.sarif', 'zcertlint.report.explain') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
