"""Link verdicts against handshakes of Java and of Node.js with themselves on loopback.

``ZCERTLINT_HANDSHAKES`` sets how many generated meetings are tried (70).
"""

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from oracles.explain import Difference, compare
from oracles.generate import FAULTS, meetings
from oracles.hosts import host_meetings
from oracles.peers import java_handshakes, node_handshakes
from zcertlint.model.deployment import Stack

_NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)  # a handshake cannot be told what time it is
_COUNT = int(os.environ.get("ZCERTLINT_HANDSHAKES", "70"))
_SEED = 5
needs_java = pytest.mark.skipif(
    shutil.which("java") is None or shutil.which("javac") is None, reason="no JDK here"
)
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js here")

_NAMED_AS_CA = (
    "CE118 rests on a handshake in which the chain was sent otherwise; the verdict is the stricter one"
)
_FIRST = "of several issuers of one name OpenSSL tries one; which, no input shows, so the answer stays open"
_RESTRICTED = "constraints that are not judged leave the answer open"
_JAVA = (
    Difference("?CH106", "*", _RESTRICTED),
    Difference("CE118", "", _NAMED_AS_CA),
)
_NODE = (Difference("CE118", "", _NAMED_AS_CA),)
_NODE_IN_COMPANY = (
    Difference("?KR117", "*", _FIRST),
    Difference("?CH106", "*", _RESTRICTED),
)
_PARTS = (
    Difference(
        "NA101", "", "a * within a label or above the host, which RFC 6125 advises against and RACF allows"
    ),
)


def test_enough_meetings_are_tried() -> None:
    assert len(FAULTS) <= _COUNT, "each fault is to occur alone"


@needs_java
def test_link_verdicts_are_those_of_java(tmp_path: Path) -> None:
    cases = list(meetings(_SEED, _COUNT, _NOW))
    found = java_handshakes([case.meeting for case in cases], tmp_path)
    pairs = (
        (f"{case}, names {names}", case.meeting.judged(Stack.JSSE, _NOW, names=names),
         found[case.meeting.name, names])
        for case in cases
        for names in (False, True)
    )  # fmt: skip
    compare(pairs, _JAVA)


@needs_node
def test_link_verdicts_are_those_of_node(tmp_path: Path) -> None:
    cases = list(meetings(_SEED, max(_COUNT, 300), _NOW))
    found = node_handshakes([case.meeting for case in cases], tmp_path)
    pairs = (
        (f"{case}, names {names}", case.meeting.judged(Stack.NODE, _NOW, names=names),
         found[case.meeting.name, names])
        for case in cases
        for names in (False, True)
    )  # fmt: skip
    compare(pairs, (*_NODE, *_NODE_IN_COMPANY))


@needs_java
def test_names_are_those_of_java(tmp_path: Path) -> None:
    cases = list(host_meetings(_NOW))
    found = java_handshakes(cases, tmp_path)
    pairs = ((m.name, m.judged(Stack.JSSE, _NOW, names=True), found[m.name, True]) for m in cases)
    compare(pairs, _PARTS)


@needs_node
def test_names_are_those_of_node(tmp_path: Path) -> None:
    cases = list(host_meetings(_NOW))
    found = node_handshakes(cases, tmp_path)
    pairs = ((m.name, m.judged(Stack.NODE, _NOW, names=True), found[m.name, True]) for m in cases)
    compare(pairs, _PARTS)
