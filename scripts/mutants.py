"""Small changes of a module's meaning, each a defect that a test ought to see: the operators of mutation.py.

They follow the code of trust/ and rules/: three answers, sets and tables of enums, early returns, keyword
arguments of verdicts. Not changed are docstrings, annotations, the sentences of messages (any text with a blank,
and f-strings), imports, decorators, default arguments and the bodies of classes outside their methods.
"""
# ruff: noqa: INP001 (a script, no package)

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

__all__ = ["Mutant", "mutants"]

_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}
_METHODS = {
    "startswith": "endswith",
    "endswith": "startswith",
    "removeprefix": "removesuffix",
    "partition": "rpartition",
    "rpartition": "partition",
}
_SHORT = 90
_LIST = 12  # a longer list is data out of a source: one element stands for all


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """One change.

    Attributes:
        owner: the qualified name of the outermost function that holds it; the names that a statement of the
            module binds, in ``<>``, where no function does.
        line, last: of the code that is changed: a test counts when it runs one of these lines.
        operator: what kind of change. before, after: the code, one line each.
        apply: make the change in the tree that ``mutants`` was given.
    """

    owner: str
    line: int
    last: int
    operator: str
    before: str
    after: str
    apply: Callable[[], None] = field(repr=False)

    @property
    def key(self) -> str:
        """What stays the same when lines move: the place and the change."""
        return f"{self.owner} | {self.before} -> {self.after}"


def _text(node: ast.AST) -> str:
    return _short(ast.unparse(node))


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _SHORT else told[: _SHORT - 3] + "..."


def mutants(tree: ast.Module) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of the text; no two have one key."""
    seen: Counter[str] = Counter()
    for mutant in _all(tree):
        seen[mutant.key] += 1
        number = seen[mutant.key]
        yield mutant if number == 1 else replace(mutant, after=f"{mutant.after} ({number})")


def _all(tree: ast.Module) -> Iterator[Mutant]:
    for statement in tree.body:
        match statement:
            case ast.FunctionDef():
                yield from _function(statement, statement.name)
            case ast.ClassDef():
                for method in statement.body:
                    if isinstance(method, ast.FunctionDef):
                        yield from _function(method, f"{statement.name}.{method.name}")
            case ast.Assign() | ast.AnnAssign() if statement.value is not None:
                if isinstance(statement.value, ast.Subscript):
                    continue  # the name of a type
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                names = ", ".join(_text(target) for target in targets)
                if "__all__" not in names:
                    yield from _Finder(f"<{names}>", three=False).visit(statement, "value")
            case _:
                pass


def _function(function: ast.FunctionDef, name: str) -> Iterator[Mutant]:
    three = function.returns is not None and "bool | None" in ast.unparse(function.returns)
    yield from _Finder(name, three=three).block(function, "body")


@dataclass(slots=True)
class _Finder:
    """Finds the mutants of one function or one statement; ``three``: it returns True, False or None."""

    owner: str
    three: bool

    def block(self, parent: ast.AST, name: str) -> Iterator[Mutant]:
        """Those of a list of statements."""
        inner = not isinstance(parent, ast.FunctionDef)
        statements: list[ast.stmt] = getattr(parent, name)
        for place, node in enumerate(statements):
            if _is_text(node) or isinstance(node, ast.Raise | ast.Pass | ast.Import | ast.ImportFrom):
                continue
            yield from self.statement(statements, place, node, inner=inner)

    def statement(
        self, block: list[ast.stmt], place: int, node: ast.stmt, *, inner: bool
    ) -> Iterator[Mutant]:
        """One statement: left out, its condition turned, and what is in it."""

        def put(new: ast.stmt) -> Callable[[], None]:
            return lambda: block.__setitem__(place, new)

        def made(operator: str, new: ast.stmt, after: str) -> Mutant:
            short = _short(ast.unparse(node).split("\n", 1)[0])
            end = node.body[0].lineno - 1 if isinstance(node, ast.If) else node.end_lineno
            last = max(node.lineno, end or node.lineno)
            ast.copy_location(new, node)
            return Mutant(self.owner, node.lineno, last, operator, short, after, put(new))

        match node:
            case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign():
                yield made("statement left out", ast.Pass(), "pass")
            case ast.Return() if inner:
                yield made("return left out", ast.Pass(), "pass")
            case ast.Continue():
                yield made("statement left out", ast.Pass(), "pass")
                yield made("continue for break", ast.Break(), "break")
            case ast.Break():
                yield made("statement left out", ast.Pass(), "pass")
            case ast.FunctionDef():
                yield from self.block(node, "body")
                return
            case _:
                pass
        if isinstance(node, ast.If | ast.While):
            yield from self.condition(node, "test")
        if isinstance(node, ast.Return) and self.three:
            yield from self.three_answers(node, "value")
        for name, value in ast.iter_fields(node):
            if name in {"body", "orelse", "finalbody"}:
                yield from self.block(node, name)
            elif name == "cases":
                yield from self.match_cases(node)
            elif name not in {"target", "targets", "annotation", "handlers"}:
                yield from self.values(node, name, value)

    def match_cases(self, node: ast.AST) -> Iterator[Mutant]:
        """The arms of a match; a pattern is left as it is."""
        for case in getattr(node, "cases", ()):
            if case.guard is not None:
                yield from self.condition(case, "guard")
                yield from self.visit(case, "guard")
            yield from self.block(case, "body")

    def values(self, parent: ast.AST, name: str, value: object) -> Iterator[Mutant]:
        """The expressions in a field of a node."""
        if isinstance(value, ast.expr):
            yield from self.visit(parent, name)
        elif isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, ast.expr):
                    yield from self.visit(parent, name, place)
                elif isinstance(item, ast.keyword):
                    yield from self.visit(item, "value")
                elif isinstance(item, ast.comprehension):
                    yield from self.visit(item, "iter")
                    for n in range(len(item.ifs)):
                        yield self._swap(item, "ifs", n, ast.Constant(True), "filter left out")
                        yield from self.condition(item, "ifs", n)
                        yield from self.visit(item, "ifs", n)

    def condition(self, parent: ast.AST, name: str, place: int | None = None) -> Iterator[Mutant]:
        """A condition turned round."""
        old = _get(parent, name, place)
        if isinstance(old, ast.UnaryOp) and isinstance(old.op, ast.Not):
            return  # turned round where the not is left out
        if isinstance(old, ast.Compare) and len(old.ops) == 1:
            return  # turned round by the comparison's own mutant
        yield self._swap(parent, name, place, ast.UnaryOp(ast.Not(), old), "condition turned round")

    def three_answers(self, parent: ast.AST, name: str) -> Iterator[Mutant]:
        """A computed answer of three becomes None: it cannot be told."""
        old = _get(parent, name, None)
        if isinstance(old, ast.Constant) or old is None:
            return
        yield self._swap(parent, name, None, ast.Constant(None), "answer not known")

    def visit(self, parent: ast.AST, name: str, place: int | None = None) -> Iterator[Mutant]:
        """The mutants of an expression, and of those in it."""
        node = _get(parent, name, place)

        def swap(new: ast.expr, operator: str, left_out: ast.AST | None = None) -> Mutant:
            return self._swap(parent, name, place, new, operator, left_out)

        match node:
            case ast.JoinedStr() | ast.Lambda(args=ast.arguments(), body=ast.Name()):
                return
            case ast.Constant():
                for value in self._constants(node, parent):
                    yield swap(ast.Constant(value), "another constant")
                return
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                for other in _COMPARE[type(op)]:
                    yield swap(ast.Compare(left, [other()], [right]), "another comparison")
            case ast.BoolOp(op=op, values=parts):
                turned = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield swap(ast.BoolOp(turned, parts), "and for or")
                for n in range(len(parts)):
                    rest = parts[:n] + parts[n + 1 :]
                    new = rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
                    yield swap(new, "part of a condition left out", parts[n])
            case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
                yield swap(operand, "not left out")
            case ast.IfExp(test=test, body=body, orelse=orelse):
                yield swap(ast.IfExp(test, orelse, body), "condition turned round")
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                yield swap(ast.BinOp(left, _BINARY[type(op)](), right), "another operator")
            case ast.Tuple() | ast.Set() | ast.List() | ast.Dict():
                yield from self._literal(node, parent, name, place)
            case ast.Call():
                yield from self._call(node, swap)
            case _:
                pass
        yield from self._inside(node)

    def _literal(self, node: ast.expr, parent: ast.AST, name: str, place: int | None) -> Iterator[Mutant]:
        match node:
            case ast.Tuple(elts=items) | ast.Set(elts=items) | ast.List(elts=items) if len(items) > 1:
                for n in range(len(items) if len(items) <= _LIST else 1):
                    rest = items[:n] + items[n + 1 :]
                    less = ast.Set(rest) if isinstance(node, ast.Set) else type(node)(rest, ast.Load())
                    yield self._swap(parent, name, place, less, "element left out", items[n])
            case ast.Dict(keys=keys, values=values) if len(keys) > 1:
                for n in range(len(keys)):
                    fewer = ast.Dict(keys[:n] + keys[n + 1 :], values[:n] + values[n + 1 :])
                    yield self._swap(parent, name, place, fewer, "entry left out", keys[n])
            case _:
                pass

    def _inside(self, node: ast.AST) -> Iterator[Mutant]:
        for inner, value in ast.iter_fields(node):
            if isinstance(node, ast.Call) and inner == "func":
                if isinstance(node.func, ast.Attribute):
                    yield from self.visit(node.func, "value")
            elif isinstance(node, ast.Dict) and inner == "keys":
                pass  # a key that is renamed is one that is left out
            elif not isinstance(node, ast.Lambda) or inner == "body":
                yield from self.values(node, inner, value)

    def _call(self, node: ast.Call, swap: Callable[..., Mutant]) -> Iterator[Mutant]:
        match node.func:
            case ast.Name(id=name) if name in _CALLS:
                other: ast.expr = ast.Name(_CALLS[name], ast.Load())
                yield swap(ast.Call(other, node.args, node.keywords), "another function")
            case ast.Attribute(value=value, attr=attr) if attr in _METHODS:
                other = ast.Attribute(value, _METHODS[attr], ast.Load())
                yield swap(ast.Call(other, node.args, node.keywords), "another function")
            case _:
                pass
        for n, keyword in enumerate(node.keywords):
            if keyword.arg not in {None, "primary"}:  # no finding can be made without its place
                rest = node.keywords[:n] + node.keywords[n + 1 :]
                yield swap(ast.Call(node.func, node.args, rest), "argument left out", keyword)

    def _constants(self, node: ast.Constant, parent: ast.AST) -> tuple[bool | int | str | None, ...]:
        value, answer = node.value, self.three or _is_answer(parent)
        if isinstance(value, bool):
            return (not value, None) if answer else (not value,)
        if value is None:
            returned = self.three and isinstance(parent, ast.Return | ast.IfExp)
            return (True, False) if returned or _is_answer(parent) else ()
        if isinstance(value, int):
            return (value + 1,)
        if (
            isinstance(parent, ast.Call)
            and isinstance(parent.func, ast.Attribute)
            and "strip" in parent.func.attr
        ):
            return ("~",)  # a set of characters: one more would change nothing
        if isinstance(value, str) and not isinstance(parent, ast.Tuple | ast.Set | ast.List):  # else left out
            return (f"{value}~",) if value and " " not in value else ()
        return ()

    def _swap(
        self,
        parent: ast.AST,
        name: str,
        place: int | None,
        new: ast.expr,
        operator: str,
        left_out: ast.AST | None = None,
    ) -> Mutant:
        old = _get(parent, name, place)
        ast.copy_location(new, old)

        def apply() -> None:
            if place is None:
                setattr(parent, name, new)
            else:
                getattr(parent, name)[place] = new

        last = old.end_lineno or old.lineno
        before, after = _text(old), _text(new)
        if left_out is not None:
            before, after = f"{_text(left_out)} in {before}", "left out"
        return Mutant(self.owner, old.lineno, last, operator, before, after, apply)


def _get(parent: ast.AST, name: str, place: int | None) -> ast.expr:
    found: ast.expr = getattr(parent, name) if place is None else getattr(parent, name)[place]
    return found


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_answer(parent: ast.AST) -> bool:
    """Whether it is the answer that a condition of a link, or of a usage, is made with."""
    if isinstance(parent, ast.keyword):
        return parent.arg == "answer"
    return (
        isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "Condition"
    )
