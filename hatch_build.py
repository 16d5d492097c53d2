"""Compile the rule book and the message book into one index each: reading YAML would cost start-up."""

import json
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulebookHook(BuildHookInterface):
    """Adds ``_rulebook/index.json`` and ``_messages/index.json`` to a wheel; an editable install reads the folders."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the indexes and add them to the wheel."""
        if version == "editable":
            return
        pages = {}
        for path in sorted(Path(self.root, "rules").rglob("*.yaml")):
            page = yaml.safe_load(path.read_text(encoding="utf-8"))
            pages[page["id"]] = page
        messages = {
            path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
            for path in sorted(Path(self.root, "messages").glob("*.yaml"))
        }
        for name, book in (("rulebook", dict(sorted(pages.items()))), ("messages", messages)):
            target = Path(self.directory, f"{name}-index.json")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(book, separators=(",", ":")), encoding="utf-8")
            build_data["force_include"][str(target)] = f"zcertlint/_{name}/index.json"
