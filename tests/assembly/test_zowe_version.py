"""For which major version of Zowe a zowe.yaml is."""

import pytest

from zcertlint.assembly.products._zowe_tree import major_version
from zcertlint.readers import ReadContext
from zcertlint.readers.zowe_yaml import read
from zcertlint.text.decode import load


@pytest.mark.parametrize(
    ("component", "major"),
    [
        ("zaas", 3),
        ("apiml", 3),
        ("metrics-service", 2),
        ("cloud-gateway", 2),
        ("jobs-api", 2),
        ("files-api", 2),
        ("gateway", None),
    ],
)
def test_a_component_that_one_version_has_tells_it(component: str, major: int | None) -> None:
    text = f"zowe:\n  externalPort: 7554\ncomponents:\n  {component}:\n    enabled: true\n"
    settings = read(load("zowe.yaml", text.encode()), ReadContext()).zowe
    assert settings is not None
    assert major_version(settings, None) == major
