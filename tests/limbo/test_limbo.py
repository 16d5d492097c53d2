"""Chains and names of Java's profile against x509-limbo, where the corpus is present.

The cases of clients are left out: they are about the names of e-mail users, which no verdict asks for.
"""

import base64
import datetime as dt
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from support.corpus import corpus_dir
from support.pki import judgement
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Stack, Verify
from zcertlint.readers._x509 import certificate_from_der
from zcertlint.text.source import Span

_EXPECTED = Path(__file__).with_name("expected.yaml")
_WORDS = {True: "holds", False: "fails", None: "unknown"}


class _PeerName(TypedDict):
    value: str


class _Case(TypedDict):
    id: str
    validation_kind: str
    validation_time: str | None
    trusted_certs: list[str]
    untrusted_intermediates: list[str]
    peer_certificate: str
    expected_result: str
    expected_peer_name: _PeerName | None


class _Group(TypedDict):
    answer: str
    why: str
    ids: list[str]


@cache
def _cases() -> dict[str, _Case]:
    corpus = corpus_dir()
    file = corpus / "limbo" / "limbo-208.json" if corpus is not None else None
    if file is None or not file.is_file():
        pytest.skip("the cases of x509-limbo are not on this machine")
    found: list[_Case] = json.loads(file.read_text(encoding="utf-8"))["testcases"]
    return {case["id"]: case for case in found if case["validation_kind"] == "SERVER"}


@cache
def _groups() -> list[_Group]:
    groups: list[_Group] = yaml.safe_load(_EXPECTED.read_text(encoding="utf-8"))
    return groups


@cache
def _certificate(pem: str) -> Certificate:
    body = re.search("-----BEGIN CERTIFICATE-----(.*?)-----END", pem, re.DOTALL)
    assert body is not None
    der = base64.b64decode(body[1])
    ident = f"file:{hashlib.sha256(der).hexdigest()[:16]}#1"
    return certificate_from_der(der, ident, Span(ident))


def _answer(case: _Case) -> str:
    moment = case["validation_time"]
    name = case["expected_peer_name"]
    judged = judgement(
        _certificate(case["peer_certificate"]),
        [_certificate(pem) for pem in case["untrusted_intermediates"]],
        [_certificate(pem) for pem in case["trusted_certs"]],
        host=name["value"] if name is not None else None,
        stack=Stack.JSSE,
        # A case without a moment is made to be valid now.
        as_of=dt.datetime.fromisoformat(moment) if moment else dt.datetime.now(dt.UTC),
        verify=Verify.STRICT if name is not None else Verify.CHAIN,
    )
    return _WORDS[judged.answer]


def test_every_case_equals_limbo_or_is_listed() -> None:
    listed = {ident: group["answer"] for group in _groups() for ident in group["ids"]}
    wrong = []
    for ident, case in _cases().items():
        limbo = "holds" if case["expected_result"] == "SUCCESS" else "fails"
        ours, wanted = _answer(case), listed.get(ident, limbo)
        if ours != wanted:
            wrong.append(f"{ident}: {ours}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def test_every_listed_case_exists_once_and_differs() -> None:
    listed = [(ident, group["answer"]) for group in _groups() for ident in group["ids"]]
    assert len({ident for ident, _ in listed}) == len(listed)
    for ident, answer in listed:
        assert ident in _cases(), f"{ident} is no case of limbo"
        limbo = "holds" if _cases()[ident]["expected_result"] == "SUCCESS" else "fails"
        assert answer != limbo, f"{ident} does not differ"


def test_nothing_that_limbo_accepts_is_refused_without_a_reason() -> None:
    """Where limbo's policy accepts and we refuse, a deployment that works would be called broken."""
    refused = {i for group in _groups() if group["answer"] == "fails" for i in group["ids"]}
    assert len(refused) <= 3
    assert all(group["why"] for group in _groups())
