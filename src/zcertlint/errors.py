"""Every exception that zcertlint raises on purpose.

::

    ZcertlintError
    ├── InputError     a file could not be read as what it is (exit code 2)
    ├── ConfigError    zcertlint.yaml is wrong (exit code 2)
    ├── UsageError     the call is wrong (exit code 2)
    └── UnsafeValueError   a value cannot be written into JCL or a patch without changing it

Rules raise none of them: what a rule cannot tell is a verdict.
"""

__all__ = ["ConfigError", "InputError", "UnsafeValueError", "UsageError", "ZcertlintError"]


class ZcertlintError(Exception):
    """The root of all errors that a user may see as one line."""


class InputError(ZcertlintError):
    """A file could not be read as what it is.

    Attributes:
        file: the path as the user gave it.
        line: the line (from 1), or None where the whole file is meant.
        expected: what was expected there, in plain words.
        hint: what to do about it.
    """

    def __init__(self, file: str, line: int | None, expected: str, hint: str) -> None:
        """Keep the four parts that every input problem has."""
        self.file = file
        self.line = line
        self.expected = expected
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: where, what, what to do."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return " ".join([f"{place}: {self.expected.rstrip('.')}.", *([self.hint] if self.hint else [])])


class ConfigError(InputError):
    """zcertlint.yaml holds something that cannot be meant."""


class UsageError(ZcertlintError):
    """The command was called in a way that cannot be carried out."""


class UnsafeValueError(ZcertlintError):
    """A value from a listing cannot be written into a command and be read back as the same value."""
