"""Compile the rule book into one index for the wheel: reading many YAML files would cost start-up."""

import json
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulebookHook(BuildHookInterface):
    """Adds ``_rulebook/index.json`` to a wheel; an editable install reads the folder itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the index and add it to the wheel."""
        if version == "editable":
            return
        pages = {}
        for path in sorted(Path(self.root, "rules").rglob("*.yaml")):
            page = yaml.safe_load(path.read_text(encoding="utf-8"))
            pages[page["id"]] = page
        target = Path(self.directory, "rulebook-index.json")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(dict(sorted(pages.items())), separators=(",", ":")), encoding="utf-8")
        build_data["force_include"][str(target)] = "zcertlint/_rulebook/index.json"
