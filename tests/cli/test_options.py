"""Options whose values cannot be meant are wrong calls, not silence."""

import pytest

from zcertlint.cli.options import call_of
from zcertlint.errors import UsageError


@pytest.mark.parametrize("version", ["3", "3.2", "v2.18.1"])
def test_a_version_is_taken(version: str) -> None:
    call = call_of(["."], "2026-11-21", None, None, version)
    assert call.zowe_version == version


@pytest.mark.parametrize("version", ["", "three", "x3.2"])
def test_no_version_is_refused(version: str) -> None:
    with pytest.raises(UsageError, match=r"expected X\.Y"):
        call_of(["."], None, None, None, version)
