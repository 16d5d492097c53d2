"""zowe.yaml: whole, a fragment of it, or inside a Kubernetes ConfigMap."""

import re
from dataclasses import replace

from zcertlint.errors import InputError
from zcertlint.model.facts import Facts, Problem
from zcertlint.model.settings import Settings
from zcertlint.readers import ReadContext
from zcertlint.readers._yaml_lines import line_counts, top_keys, without_fences
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source, Span

__all__ = ["KIND", "read", "recognise"]

KIND = "zowe.yaml"

_OWN = {"zowe", "zOSMF", "haInstances"}
_COMPONENTS = lazy(
    r"\s+(?:gateway|zaas|discovery|api-catalog|caching-service|app-server|zss|apiml|jobs-api|files-api)\s*:"
)
_CERTIFICATE_PARTS = lazy(r"\s*(?:keystore|truststore|trustStore|pem|keyring|pkcs12)\s*:")
_CERTIFICATE_KEYS = {"keystore", "truststore", "trustStore", "pem"}
_EMBEDDED = lazy(r"(\s+)[\"']?zowe\.ya?ml[\"']?\s*:\s*[|>][-+0-9]*\s*(?:#.*)?")


def recognise(source: Source) -> bool:
    """Whether the first key of the text and its neighbours are Zowe's."""
    if source.encoding is None:
        return False
    keys = top_keys(source)
    if keys & _OWN or ("components" in keys and _any_line(source, _COMPONENTS)):
        return "openapi" not in keys
    if {"kind", "data"} <= keys:
        return _any_line(source, _EMBEDDED)
    return _fragment(source, keys) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """The settings; a file that is no YAML gives one problem with its line."""
    del context
    try:
        settings = _settings(without_fences(source))
    except InputError as error:
        place = Span(source.path, error.line)
        problem = Problem("ZW130", place, error.expected, error.hint)
        return Facts(KIND, source.path, problems=(problem,), lines=(0, 0, len(source.lines)))
    return Facts(KIND, source.path, zowe=settings, lines=line_counts(source))


def _settings(source: Source) -> Settings:
    from zcertlint.readers._yaml_tree import compose  # noqa: PLC0415

    keys = top_keys(source)
    if {"kind", "data"} <= keys and not keys & _OWN:
        return replace(compose(_embedded(source)), in_container=True)
    prefix = () if keys & _OWN or "components" in keys else _fragment(source, keys)
    return compose(source, prefix or ())


def _fragment(source: Source, keys: frozenset[str]) -> tuple[str, ...] | None:
    """The keys above a fragment that starts inside ``zowe``; None when it is none.

    ``certificate:`` with keystore and truststore is what Zowe runs with; with keyring or pkcs12 it is what
    ``zwe init`` made it from.
    """
    if keys == {"setup"} and _any_line(source, re.compile(r"\s+(?:certificate|security|dataset)\s*:")):
        return ("zowe",)
    if "certificate" in keys and _any_line(source, _CERTIFICATE_PARTS):
        setup = _any_line(source, re.compile(r"\s+(?:keyring|pkcs12|dname)\s*:"))
        run_time = _any_line(source, re.compile(r"\s+(?:keystore|truststore|pem)\s*:\s*(?:#.*)?"))
        return ("zowe", "setup") if setup and not run_time else ("zowe",)
    if keys and keys <= _CERTIFICATE_KEYS:
        return ("zowe", "certificate")
    return None


def _embedded(source: Source) -> Source:
    """The text of the block ``zowe.yaml: |`` in a ConfigMap, at its own lines; all other lines are blank."""
    lines = [""] * len(source.lines)
    inside: int | None = None
    for number, line in enumerate(source.lines):
        if inside is not None:
            depth = len(line) - len(line.lstrip(" "))
            if line.strip() and depth <= inside:
                break
            lines[number] = line
            continue
        start = _EMBEDDED.fullmatch(line)
        if start is not None:
            inside = len(start[1])
    return Source(source.path, source.data, tuple(lines), source.encoding, source.system)


def _any_line(source: Source, pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(line) for line in source.lines)
