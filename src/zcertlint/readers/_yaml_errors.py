"""What is wrong with a YAML file, in words that never hold a value of it."""

from zcertlint.errors import InputError
from zcertlint.text.source import Source

__all__ = ["syntax_error", "too_deep"]


def syntax_error(source: Source, line: int, column: int, problem: str | None) -> InputError:
    """The parser's words in plain ones; the place is where the parser stopped, a tab's own where one is."""
    line = min(line, max(1, len(source.lines)))
    for near in (line, line - 1):
        text = source.lines[near - 1] if 0 < near <= len(source.lines) else ""
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        if "\t" in indent and text.strip():
            return InputError(
                source.path,
                near,
                f"column {indent.index(chr(9)) + 1}: blanks were expected, a tab stands there",
                "YAML is indented with blanks only: replace every tab by blanks.",
            )
    words = problem or "not YAML"
    hint = "Check the indentation, the colon and the quotes of this line and of the line above."
    if "mapping values" in words:
        hint = "A value with a colon and a blank must be quoted; else check the indentation of this line."
    elif "cannot start any token" in words:
        hint = "Quote the value that starts with this character."
    elif "block end" in words or "block mapping" in words or "indentation" in words:
        hint = "Indent this line as its neighbours of the same level are."
    elif "alias" in words:
        hint = "A value that starts with * must be quoted."
    elif "end of stream" in words or "scanning a quoted scalar" in words:
        hint = "A quote or a bracket is not closed."
    return InputError(source.path, line, f"column {column}: YAML was expected ({words})", hint)


def too_deep(source: Source, line: int, column: int, depth: int) -> InputError:
    """More levels than any configuration has, or a value that holds itself."""
    return InputError(
        source.path,
        line,
        f"column {column}: at most {depth} levels of nesting were expected",
        "Is this the right file?",
    )
