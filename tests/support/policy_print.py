"""Prints the model of a Policy Agent file, in the styles that occur: the inverse of the reader."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from zcertlint.model.policy import Policy, PolicyBlock, PolicyParam
from zcertlint.text.source import Span

__all__ = ["PRINTED", "block_of", "param_of", "policies", "printed", "without_places"]

NOWHERE = Span("")
_RINGS = [
    "ZWESVUSR/ZoweKeyring",
    "zwesvusr/ZoweKeyring",
    "ZoweKeyring",
    "TCPIP/Other",
    "ZWESVUSR/*",
    "*AUTH*/*",
]
_LABELS = ["Zowe Server", "Acme EC", "x", "Zowe Server RSA", "O'Brien's"]


def param_of(name: str, value: str) -> PolicyParam:
    """A parameter without its place."""
    return PolicyParam(name, value, NOWHERE, NOWHERE, value)


def block_of(
    kind: str, name: str | None, params: list[PolicyParam], blocks: list[PolicyBlock]
) -> PolicyBlock:
    """A block without its place."""
    return PolicyBlock(kind, name, NOWHERE, 0, tuple(params), tuple(blocks))


_NAMES = st.sampled_from(["A", "Zowe~1", "zOS1.13", "b#c", "Env1", "Env2"])


def _params(name: str, values: list[str], most: int = 1) -> st.SearchStrategy[list[PolicyParam]]:
    return st.lists(st.sampled_from(values).map(lambda value: param_of(name, value)), max_size=most)


@st.composite
def _advanced(draw: st.DrawFn, kind: str, name: str | None) -> PolicyBlock:
    params = draw(_params("TLSv1.2", ["On", "Off"]))
    params += draw(_params("CertificateLabel", _LABELS))
    params += draw(_params("ServerCertificateLabel", _LABELS, 3))
    return block_of(kind, name, params, [])


@st.composite
def _blocks(draw: st.DrawFn) -> PolicyBlock:
    name = draw(_NAMES)
    kind = draw(st.sampled_from(["env", "ring", "rule", "conn", "envparms", "connparms", "group"]))
    if kind == "ring":
        ring = param_of("Keyring", draw(st.sampled_from(_RINGS)))
        return block_of("TTLSKeyringParms", name, [ring], [])
    if kind == "rule":
        refs = [param_of("Direction", draw(st.sampled_from(["Inbound", "Both"])))]
        refs += draw(_params("Userid", ["ZWESVUSR", "zwesvusr", "TCPIP", "ZWE*"]))
        refs.append(param_of("TTLSEnvironmentActionRef", draw(_NAMES)))
        refs += draw(_params("TTLSConnectionActionRef", ["A", "Env1"]))
        return block_of("TTLSRule", name, refs, [])
    if kind == "group":
        return block_of("TTLSGroupAction", name, [param_of("TTLSEnabled", "On")], [])
    if kind == "envparms":
        return draw(_advanced("TTLSEnvironmentAdvancedParms", name))
    if kind == "connparms":
        return draw(_advanced("TTLSConnectionAdvancedParms", name))
    if kind == "conn":
        inner = draw(st.lists(_advanced("TTLSConnectionAdvancedParms", None), max_size=1))
        return block_of(
            "TTLSConnectionAction", name, draw(_params("TTLSConnectionAdvancedParmsRef", ["A"])), inner
        )
    params = draw(_params("HandshakeRole", ["Server", "Client"]))
    params += draw(_params("EnvironmentUserInstance", ["0", "7", "65535", "x", "70000"], 2))
    params += draw(_params("TTLSKeyringParmsRef", ["A", "b#c"]))
    params += draw(_params("TTLSEnvironmentAdvancedParmsRef", ["A"]))
    inline = block_of("TTLSKeyringParms", None, [param_of("Keyring", draw(st.sampled_from(_RINGS)))], [])
    return block_of("TTLSEnvironmentAction", name, params, draw(st.sampled_from([[], [inline]])))


policies = st.lists(_blocks(), min_size=1, max_size=8).map(lambda blocks: Policy("p", (), tuple(blocks)))
"""Models without places."""


class _Printer:
    """One way to write a file: indents, columns, braces, comments, quotes, line ends."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._indent = draw(st.sampled_from([" ", "  ", "\t"]))
        self._column = draw(st.sampled_from([0, 28, 40]))
        self._same_line = draw(st.booleans())
        cases: list[Callable[[str], str]] = [str, str.upper, str.lower]
        self._case = draw(st.sampled_from(cases))
        self._secrets = draw(st.booleans())
        self._end = draw(st.sampled_from(["\n", "\r\n"]))
        self._padded = draw(st.booleans()) and self._end == "\n"
        self.lines: list[str] = []

    def text(self, policy: Policy) -> str:
        for block in policy.blocks:
            self._block(block, "")
        lines = [line.ljust(80) if self._padded else line for line in self.lines]
        return "".join(line + self._end for line in lines)

    def _line(self, text: str) -> None:
        self.lines.append(text)
        extra = self._draw(st.sampled_from(["", "", "", "", "blank", "comment", "secret"]))
        if extra == "blank":
            self.lines.append("")
        elif extra == "comment":
            self.lines.append(self._indent + "# a note { } about TTLSRule x")
        elif extra == "secret" and self._secrets:
            self.lines.append("#KeyringPw never-told")

    def _block(self, block: PolicyBlock, indent: str) -> None:
        header = indent + self._case(block.kind) + (f"  {block.name}" if block.name is not None else "")
        if self._same_line:
            self._line(f"{header} {{")
        else:
            self._line(header)
            self._line(f"{indent}{{")
        for param in block.params:
            self._param(param, indent + self._indent)
        for inner in block.blocks:
            self._block(inner, indent + self._indent)
        self._line(f"{indent}}}")

    def _param(self, param: PolicyParam, indent: str) -> None:
        quote = self._draw(st.sampled_from(["", "", '"'])) if "'" not in param.value else ""
        front = (indent + self._case(param.name)).ljust(self._column)
        if not front.endswith((" ", "\t")):
            front += " "
        self._line(
            front + quote + param.value + quote + self._draw(st.sampled_from(["", "", "  # why", "\t#"]))
        )


@st.composite
def PRINTED(draw: st.DrawFn) -> tuple[Policy, str]:  # noqa: N802 (a strategy)
    """A model, and a file that holds it."""
    policy = draw(policies)
    return policy, _Printer(draw).text(policy)


def printed(draw: st.DrawFn, policy: Policy) -> str:
    """One way to write this model."""
    return _Printer(draw).text(policy)


def without_places(block: PolicyBlock) -> PolicyBlock:
    """The block as a person compares it: keywords in any case, no places."""
    return replace(
        block,
        kind=block.kind.lower(),
        span=NOWHERE,
        opened=0,
        params=tuple(
            PolicyParam(param.name.lower(), param.value, NOWHERE, NOWHERE) for param in block.params
        ),
        blocks=tuple(map(without_places, block.blocks)),
    )
