"""Whether a step is run: IF and COND, as far as the return codes of the steps before it are known.

A return code is the set of values that it may have. Source: z/OS MVS JCL Reference, IF/THEN/ELSE/ENDIF and COND.
"""

import operator
from collections.abc import Callable, Mapping, Sequence

from zcertlint.fixes.job.lines import Guard
from zcertlint.text.patterns import lazy

__all__ = ["ANY", "FAILED", "NOT_FOUND", "OK", "Codes", "run_when"]

Codes = frozenset[int]
OK: Codes = frozenset((0,))
NOT_FOUND: Codes = frozenset((4,))
FAILED: Codes = frozenset((4, 8, 12))
ANY: Codes = frozenset((0, 4, 8, 12))

_TOKEN = lazy(r"\s*([()]|[A-Za-z$#@][\w$#@.]*|\d+|>=|<=|[!^\u00ac]=|[=<>&|!^\u00ac])")
_COMPARE: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "EQ": operator.eq, "NE": operator.ne, "!=": operator.ne, "^=": operator.ne,
    "\u00ac=": operator.ne, "<": operator.lt, "LT": operator.lt, ">": operator.gt, "GT": operator.gt,
    "<=": operator.le, "LE": operator.le, ">=": operator.ge, "GE": operator.ge,
}  # fmt: skip
_DEEPEST = 20  # no job nests more parentheses
_NOT = frozenset(("NOT", "!", "^", "\u00ac"))


class _Unclear(ValueError):  # noqa: N818 (never leaves this module)
    """The expression is of no form that is known here."""


def run_when(guards: Sequence[Guard], codes: Mapping[str, Codes | None]) -> bool | None:
    """Whether all conditions let the step run.

    Args:
        guards: on the step.
        codes: the return codes of the steps before it, in order; None for one that was not run.
    """
    answers = [_guard(guard, codes) for guard in guards]
    if False in answers:
        return False
    return None if None in answers else True


def _guard(guard: Guard, codes: Mapping[str, Codes | None]) -> bool | None:
    try:
        if guard.cond:
            skipped = _cond(guard.text, codes)
            return None if skipped is None else not skipped
        answer = _Expression(guard.text, codes).whole()
    except _Unclear:
        return None
    if answer is None:
        return None
    return not answer if guard.negated else answer


def _all(codes: Mapping[str, Codes | None]) -> Codes:
    """The highest code so far, as the set of its possible values."""
    highest: Codes = OK
    for one in codes.values():
        if one is not None:
            highest = frozenset(max(left, right) for left in highest for right in one)
    return highest


def _compared(codes: Codes, compare: Callable[[int, int], bool], value: int) -> bool | None:
    answers = {compare(code, value) for code in codes}
    return answers.pop() if len(answers) == 1 else None


def _cond(text: str, codes: Mapping[str, Codes | None]) -> bool | None:
    """Whether COND leaves the step out: a test is true when its code compares with the step's return code."""
    inner = text.strip().removeprefix("(").removesuffix(")")
    tests = inner.split("),(") if "),(" in inner else [inner]
    answers: list[bool | None] = []
    for test in tests:
        parts = [part.strip().upper() for part in test.strip("()").split(",")]
        if parts[0] in {"EVEN", "ONLY"}:
            answers.append(parts[0] == "ONLY")
            continue
        if len(parts) == 1 or not parts[0].isdecimal() or parts[1] not in _COMPARE:
            return None
        compare, value = _COMPARE[parts[1]], int(parts[0])
        named = parts[2:3]
        steps = [codes.get(named[0].rpartition(".")[2], ANY)] if named else list(codes.values())
        for step in steps:
            if step is not None:
                found = {compare(value, code) for code in step}
                answers.append(found.pop() if len(found) == 1 else None)
    if True in answers:
        return True
    return None if None in answers else False


class _Expression:
    """One relational expression: ``(A.RC = 0 & B.RUN) | NOT ABEND``."""

    def __init__(self, text: str, codes: Mapping[str, Codes | None]) -> None:
        self._codes = codes
        self._tokens: list[str] = []
        position = 0
        stripped = text.strip()
        while position < len(stripped):
            match = _TOKEN.match(stripped, position)
            if match is None:
                raise _Unclear
            self._tokens.append(match[1].upper())
            position = match.end()
        self._next = 0
        self._depth = 0

    def whole(self) -> bool | None:
        answer = self._or()
        if self._next != len(self._tokens):
            raise _Unclear
        return answer

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._next += 1
        return token

    def _or(self) -> bool | None:
        answer = self._and()
        while self._peek() in {"|", "OR"}:
            self._take()
            other = self._and()
            answer = True if True in {answer, other} else None if None in {answer, other} else False
        return answer

    def _and(self) -> bool | None:
        answer = self._one()
        while self._peek() in {"&", "AND"}:
            self._take()
            other = self._one()
            answer = False if False in {answer, other} else None if None in {answer, other} else True
        return answer

    def _one(self) -> bool | None:
        word = self._take()
        if word in _NOT:
            inner = self._one()
            return None if inner is None else not inner
        if word == "(":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise _Unclear
            answer = self._or()
            if self._take() != ")":
                raise _Unclear
            return answer
        return self._test(word)

    def _test(self, name: str) -> bool | None:
        if name.isdecimal():  # a symbol that was put in: IF (1 EQ 1)
            compare, value = _COMPARE.get(self._take()), self._take()
            if compare is None or not value.isdecimal():
                raise _Unclear
            return compare(int(name), int(value))
        parts = name.split(".")
        what = parts[-1]
        step = parts[-2] if len(parts) > 1 else None
        if what in {"ABEND", "RUN"}:
            positive = True
            if self._peek() in {"=", "EQ"}:
                self._take()
                positive = self._take() == "TRUE"
            answer = self._state(what, step)
            return answer if positive else (None if answer is None else not answer)
        compare = _COMPARE.get(self._take())
        value = self._take()
        if what != "RC" or compare is None or not value.isdecimal():
            if what == "ABENDCC":
                return None
            raise _Unclear
        if step is None:
            return _compared(_all(self._codes), compare, int(value))
        codes = self._codes.get(step, ANY)
        # A test of a step that was not run is false.
        return False if codes is None else _compared(codes, compare, int(value))

    def _state(self, what: str, step: str | None) -> bool | None:
        if what == "ABEND":
            return False
        if step is None or step not in self._codes:
            return None
        return self._codes[step] is not None
