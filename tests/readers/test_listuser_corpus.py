"""Real LISTUSER, SEARCH and NETSTAT outputs written by others, counted by hand; skipped without the corpus."""

from pathlib import Path

import pytest

from support.corpus import corpus_dir
from zcertlint.model.facts import AnswerKind, Facts
from zcertlint.readers import ReadContext, listuser, netstat, search_list, security_log
from zcertlint.text.decode import load
from zcertlint.text.source import Source

CORPUS = corpus_dir()
pytestmark = pytest.mark.skipif(CORPUS is None, reason="no corpus on this machine")
OURS = {
    "listuser_error.txt": [listuser.KIND],
    "listuser_protected.txt": [listuser.KIND],
}


def source(name: str) -> Source:
    assert CORPUS is not None
    return load(name, (CORPUS / "racf" / name).read_bytes())


def facts(name: str) -> Facts:
    return listuser.read(source(name), ReadContext())


def test_a_protected_user() -> None:
    found = facts("listuser_protected.txt")
    assert found.security is not None
    (user,) = found.security.users
    assert (user.id, user.name, user.owner) == ("SQUIDWRD", None, "LEONARD")
    assert (user.protected, user.revoked, user.groups, user.uid) == (True, False, ("SYS1",), None)
    assert found.lines == (20, 1, 0)


def test_a_user_that_does_not_exist() -> None:
    found = facts("listuser_error.txt")
    assert [(answer.kind, answer.name) for answer in found.answers] == [(AnswerKind.NO_SUCH_USER, "SQUIDWRD")]
    assert found.lines == (2, 1, 0)


def test_nothing_else_is_taken_for_ours() -> None:
    assert CORPUS is not None
    for path in sorted((CORPUS / "racf").iterdir()):
        readers = (listuser, netstat, search_list, security_log)
        kinds = [reader.KIND for reader in readers if reader.recognise(source(path.name))]
        assert kinds == OURS.get(path.name, []), path.name


def test_every_file_can_be_read_by_every_reader() -> None:
    assert CORPUS is not None
    for path in sorted(Path(CORPUS).rglob("*.txt")):
        text = load(path.name, path.read_bytes())
        for reader in (listuser, netstat, search_list, security_log):
            found = reader.read(text, ReadContext())
            assert sum(found.lines) == len(text.lines)
