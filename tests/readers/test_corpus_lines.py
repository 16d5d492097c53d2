"""Real files, all of them: each line is understood, noise or reported, and what is reported was looked at."""

import io
from pathlib import Path

import pytest

from support.corpus import corpus_dir
from zcertlint.readers import ReadContext, read_source, stream_reader
from zcertlint.text.decode import load

CORPUS = corpus_dir()
pytestmark = pytest.mark.skipif(CORPUS is None, reason="no corpus on this machine")
# Lines that nobody can read for certain: a block whose lines were joined into one, a usage that RACF does not have.
UNREAD = {
    "racf/checkcert_colinpaice_flattened.txt": [2, 3, 4],
    "racf/listring_label_containing_certauth_word.txt": [4],
}


def files() -> list[Path]:
    return [] if CORPUS is None else sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_line_is_accounted_for(path: Path) -> None:
    assert CORPUS is not None
    data = path.read_bytes()
    stream = stream_reader(data[: 1 << 16])
    if stream is not None:
        facts = stream.read_stream(path.name, io.BytesIO(data), ReadContext())
        assert sum(facts.lines) == data.count(b"\n")
        assert not facts.unread
        return
    source = load(path.name, data)
    found = read_source(source, ReadContext())
    understood: set[int] = set()
    unread: set[int] = set()
    for facts in found:
        assert sum(facts.lines) == len(source.lines)
        assert facts.lines[2] == len(facts.unread)
        unread |= {one.span.line or 0 for one in facts.unread}
        understood |= {at for at, mark in enumerate(facts.marks, 1) if mark == 1}
    assert sorted(unread - understood) == UNREAD.get(f"{path.parent.name}/{path.name}", [])
