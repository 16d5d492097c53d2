"""The table of what a case may show beside its own rule (``beside.yaml``); the cases are held against it one by one."""

from rules.beside import entries
from rules.test_cases import named_cases


def test_every_explanation_is_of_a_case_that_fails() -> None:
    known = [f"{code}: {name}" for code, name in named_cases()]
    for entry in entries():
        assert entry["because"]
        for case in entry["cases"]:
            prefix = case if ":" in case else f"{case}:"
            assert any(ident.startswith(prefix) for ident in known), case
