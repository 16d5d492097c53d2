"""Text that is safe and fits: control characters made visible, lines wrapped, numbers with their nouns."""

__all__ = ["cells", "count", "flat", "plural", "visible", "wrap"]

_FIRST_PRINTABLE = 0x20
_DELETE = 0x7F
_LAST_C1 = 0x9F
_CONTROL_PICTURES = 0x2400
_SYMBOL_FOR_DELETE = "\u2421"
_REPLACEMENT = "\ufffd"


def _shown(char: str) -> str:
    """One character for one: a picture for C0 and DEL, a blank for odd blanks, else U+FFFD."""
    code = ord(char)
    if code < _FIRST_PRINTABLE:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _SYMBOL_FOR_DELETE
    if code > _LAST_C1 and char.isspace():
        return " "
    return _REPLACEMENT


def visible(text: str) -> str:
    """The text of the same length in which nothing can move a cursor, turn text round or hide.

    A listing is untrusted: an escape sequence or a bidirectional override in a label must not reach a
    terminal.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _shown(char) for char in text)


def flat(text: str) -> str:
    """The text on one line: line ends and tabs are blanks, other control characters are made visible."""
    if text.isprintable():
        return text
    return visible(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    import unicodedata  # noqa: PLC0415 - listings are nearly always ASCII

    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))


def wrap(text: str, first: int, rest: int | None = None) -> list[str]:
    """The text in lines of at most ``first`` (the first) and ``rest`` columns, broken at blanks only.

    A word that is longer than a line stays whole, so a value can still be copied. Blanks inside a line are
    kept as they are: a label may have two. There is always at least one line.
    """
    rest = first if rest is None else rest
    lines: list[str] = []
    line = ""
    started = False
    for word in flat(text).split(" "):
        room = rest if lines else first
        if started and word and cells(line) + 1 + cells(word) > room:
            lines.append(line.rstrip(" "))
            line = word
        elif started:
            line += " " + word
        elif word:
            line, started = word, True
    return [*lines, line.rstrip(" ")]


def plural(noun: str) -> str:
    """The plural of a noun; of ``key ring (virtual)``, ``key rings (virtual)``."""
    head, bracket, tail = noun.partition(" (")
    if head.endswith("s"):
        many = head
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        many = head[:-1] + "ies"
    else:
        many = head + "s"
    return many + bracket + tail


def count(number: int, noun: str) -> str:
    """``1 key ring``, ``1,204 days``."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"
