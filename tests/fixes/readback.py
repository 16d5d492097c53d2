"""A small, strict reader of the jobs that we write: written apart from the code that writes them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    name: str
    program: str
    commands: tuple[str, ...]


def check_lines(text: str) -> list[str]:
    lines = text.split("\n")
    assert lines.pop() == "", "the job ends with a line end"
    for line in lines:
        assert len(line) <= 71, line
        assert re.fullmatch(r"[ -~]*", line), line
        assert line == line.rstrip(), line
    return lines


def join(lines: list[str]) -> list[str]:
    """TSO's rule: after ``+`` the next line goes on without its leading blanks."""
    commands: list[str] = []
    going_on = False
    for line in lines:
        text = line.lstrip(" ") if going_on else line
        if going_on:
            commands[-1] += text
        else:
            assert line.startswith(" "), "a command starts in column 2"
            commands.append(text.strip())
            commands[-1] = text.lstrip(" ")
        going_on = commands[-1].endswith("+")
        if going_on:
            commands[-1] = commands[-1][:-1]
    assert not going_on
    return commands


def steps(text: str) -> list[Step]:
    found: list[Step] = []
    lines = check_lines(text)
    depth = 0
    name = program = ""
    index = 0
    names: set[str] = set()
    while index < len(lines):
        line = lines[index]
        assert line.startswith("//"), line
        index += 1
        if line.startswith("//*"):
            continue
        card = re.fullmatch(r"//(\S*)\s+(.*)", line)
        assert card is not None, line
        label, rest = card.groups()
        assert len(label) <= 8, line
        if label and not label.startswith(("SYS", "ZCERT")):
            assert label not in names, f"{label} stands twice"
            names.add(label)
        if rest.startswith("IF ("):
            while not rest.endswith(") THEN"):
                follow = lines[index]
                assert re.match(r"// {2,14}\S", follow), follow
                rest += " " + follow[2:].strip()
                index += 1
            assert rest.count("(") == rest.count(")"), rest
            depth += 1
        elif rest == "ENDIF":
            depth -= 1
            assert depth >= 0
        elif rest.startswith("EXEC PGM="):
            name, program = label, rest[9:].split(",")[0]
        elif "DLM=" in rest:
            mark = rest.rpartition("DLM=")[2]
            data: list[str] = []
            while not lines[index].startswith(mark):
                assert mark not in lines[index]
                data.append(lines[index])
                index += 1
            assert lines[index] == mark
            index += 1
            found.append(Step(name, program, tuple(join(data))))
    assert depth == 0
    return found


_WORD = re.compile(r"'(?:[^']|'')*'|[()]|[^\s()']+")


def tree(command: str) -> tuple[object, ...]:
    """Operands as nested tuples, quoted values unquoted; anything left over is an error."""
    tokens = _WORD.findall(command)
    assert "".join(tokens).replace(" ", "") == command.replace(" ", ""), command
    stack: list[list[object]] = [[]]
    for token in tokens:
        if token == "(":
            stack.append([])
        elif token == ")":
            inner = tuple(stack.pop())
            stack[-1].append(inner)
        elif token.startswith("'"):
            stack[-1].append(("quoted", token[1:-1].replace("''", "'")))
        else:
            stack[-1].append(token)
    assert len(stack) == 1, command
    return tuple(stack[0])


def operand(command: str, name: str) -> object:
    """The value in the parentheses after a keyword, at any depth."""

    def search(node: tuple[object, ...]) -> object:
        for position, part in enumerate(node):
            if part == name and position + 1 < len(node) and isinstance(node[position + 1], tuple):
                value = node[position + 1]
                assert isinstance(value, tuple)
                return value[0] if len(value) == 1 else value
        for part in node:
            if isinstance(part, tuple):
                deeper = search(part)
                if deeper is not None:
                    return deeper
        return None

    return search(tree(command))
