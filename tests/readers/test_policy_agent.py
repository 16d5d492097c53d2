"""Policy Agent files: shapes, damage, printed and read back, and the real ones."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.corpus import corpus_dir
from support.policy_print import PRINTED, without_places
from zcertlint.model.facts import Facts
from zcertlint.model.policy import Policy, PolicyBlock
from zcertlint.readers import ReadContext, pasearch, policy_agent, read_source
from zcertlint.readers._policy_blocks import DEEPEST
from zcertlint.text.decode import load
from zcertlint.text.secrets import mask, policy_password

FIXTURES = Path(__file__).parents[2] / "fixtures" / "readers" / "policy_agent"
REPORTS = Path(__file__).parents[2] / "fixtures" / "readers" / "pasearch"
CORPUS = corpus_dir()


def read(data: bytes | str) -> tuple[Facts, Policy]:
    source = load("p", data if isinstance(data, bytes) else data.encode())
    assert policy_agent.recognise(source)
    facts = policy_agent.read(source, ReadContext())
    marks = facts.marks
    assert facts.lines == (marks.count(1), marks.count(0), marks.count(2))
    assert sum(facts.lines) == len(source.lines)
    assert [one.span.line for one in facts.unread] == [n for n, mark in enumerate(marks, 1) if mark == 2]
    (policy,) = facts.policies
    for block in every(policy.blocks):
        assert named_at(source.lines, block.span.line, block.span.column, block.kind)
        for param in block.params:
            assert named_at(source.lines, param.name_span.line, param.name_span.column, param.name)
            if param.value:
                assert named_at(source.lines, param.span.line, param.span.column, param.value)
                assert param.span.text == param.value
    return facts, policy


def named_at(lines: tuple[str, ...], line: int | None, column: int | None, text: str) -> bool:
    assert line is not None
    assert column is not None
    return lines[line - 1][column - 1 :].startswith(text)


def every(blocks: tuple[PolicyBlock, ...]) -> list[PolicyBlock]:
    return [one for block in blocks for one in (block, *every(block.blocks))]


def shape(name: str, folder: str = "shapes") -> tuple[Facts, Policy]:
    return read((FIXTURES / folder / name).read_bytes())


def unread(facts: Facts) -> list[int | None]:
    return [one.span.line for one in facts.unread]


def test_a_main_file() -> None:
    facts, policy = shape("main.conf")
    assert [(p.name, p.value) for p in policy.statements] == [
        ("LogLevel", "127"),
        ("Codepage", "IBM-1047"),
        ("tcpImage", "TCPIP   //'SYS1.TCPPARMS(PAGENTT)'  FLUSH PURGE 1800"),
        ("TcpImage", "TCPIPB  /etc/pagent/tcpipb.conf NOFLUSH NOPURGE"),
        ("CommonTTLSConfig", "//'SYS1.TCPPARMS(TTLSCOMM)'"),
        ("TTLSConfig", '"/etc/pagent/ttls.policy" FLUSH PURGE'),
    ]
    assert facts.lines == (6, 1, 0)


def test_statements_of_at_tls() -> None:
    facts, policy = shape("zowe.policy")
    assert [(block.kind, block.name) for block in policy.blocks] == [
        ("TTLSRule", "AcmeInbound"),
        ("TTLSRule", "AcmeOutbound"),
        ("TTLSGroupAction", "AcmeOn"),
        ("TTLSEnvironmentAction", "AcmeServer"),
        ("TTLSEnvironmentAction", "AcmeClient"),
        ("TTLSKeyringParms", "AcmeRing"),
        ("TTLSConnectionAction", "AcmeInboundConn"),
        ("IpAddrGroup", "Partners"),
    ]
    assert facts.lines == (74, 2, 0)
    server = policy.named("TTLSEnvironmentAction", "AcmeServer")
    assert server is not None
    assert [(p.name, p.value, p.span.line, p.span.column) for p in server.params] == [
        ("HandshakeRole", "Server", 29, 35),
        ("EnvironmentUserInstance", "7", 30, 35),
        ("TTLSKeyringParmsRef", "AcmeRing", 31, 35),
    ]
    assert server.params[1].rest == "7   # raise it when the key ring changes"
    labels = [p for block in policy.of("ttlsconnectionadvancedparms") for p in block.params]
    assert [(p.value, p.span.line, p.span.column) for p in labels] == [
        ("Acme Other EC", 56, 35),
        ("Zowe Server", 57, 36),
    ]
    assert [p.value for block in policy.of("IpAddr") for p in block.all("addr")] == [
        "192.0.2.7",
        "2001:db8::7",
    ]


def test_braces_on_the_line_and_passwords() -> None:
    facts, policy = shape("one-line.policy")
    assert facts.lines == (18, 1, 0)
    assert policy.whole
    assert policy.secrets == {9, 10, 16}
    assert "never-kept" not in repr(facts)
    (ring,) = policy.of("TTLSKeyringParms")
    assert [(p.name, p.value, p.rest) for p in ring.params] == [
        ("KEYRING", "/var/acme/keys.kdb", "/var/acme/keys.kdb"),
        ("KEYRINGPW", "", ""),
    ]
    assert [block.kind for block in policy.of("TTLSGskLdapParms")] == ["TTLSGskLdapParms"]


def test_sequence_numbers() -> None:
    facts, policy = shape("numbered.txt")
    assert facts.lines == (9, 0, 0)
    assert [p.value for block in policy.of("TTLSKeyringParms") for p in block.params] == ["TCPIP/Ring.B"]


@pytest.mark.parametrize(
    ("name", "lines", "kinds"),
    [
        ("lost-end.policy", [1], ["TTLSGroupAction", "TTLSEnvironmentAction"]),
        ("lost-brace.policy", [1, 8], ["TTLSGroupAction", "TTLSKeyringParms"]),
        ("cut.policy", [1, 4], ["TTLSEnvironmentAction"]),
    ],
)
def test_lost_braces(name: str, lines: list[int], kinds: list[str]) -> None:
    facts, policy = shape(name, "damaged")
    assert not policy.whole
    assert unread(facts) == lines
    assert [block.kind for block in policy.blocks] == kinds
    assert [p.value for block in policy.of("TTLSKeyringParms") for p in block.params] == (
        [] if name == "lost-brace.policy" and not policy.blocks else ["A/B"]
    )


def test_unknown_words_are_told() -> None:
    facts, policy = shape("unknown-words.policy", "damaged")
    assert unread(facts) == [4, 6, 7, 8, 9, 10, 12]  # and line 11 is a note
    assert policy.whole


def test_blocks_may_not_go_on_for_ever() -> None:
    text = "TTLSRule A\n{\n" + "x\n{\n" * 5000 + "Keyring A/B\n" + "}\n" * 5001 + "TTLSRule B\n{\n}\n"
    facts, policy = read(text)
    assert [block.name for block in policy.blocks] == ["A", "B"]
    assert len(every(policy.blocks)) == DEEPEST + 1
    assert facts.lines[2] == len(text.split("\n")) - 1 - 2 - 1 - 2 - 1  # all but A's and B's own


def test_too_many_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zcertlint.readers._policy_blocks.MOST", 5)
    facts, policy = read("TTLSCipherParms A\n{\n" + " V3CipherSuites 3D\n" * 6 + "}\n")
    assert [problem.code for problem in facts.problems] == ["IN002"]
    assert not policy.whole
    assert facts.lines == (5, 0, 4)  # its block is not closed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TTLSRule is what AT-TLS looks for first.\n{\n",
        "EZD1287I TTLS Error RC: 6 Initial Handshake\n",
        "--- pagent.conf\n+++ pagent.conf\n@@ -1,3 +1,3 @@\n TTLSKeyringParms A\n {\n-  Keyring A/B\n",
        "TCPCONFIG TTLS\n",
        "# TTLSRule A\n# {\n",
        "zowe:\n  # TTLSConfig /etc/x\n  a: {}\n",
    ],
)
def test_what_is_no_such_file(text: str) -> None:
    assert not policy_agent.recognise(load("x", text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "TTLSRule A\n# why\n\n{\n}\n",
        "  ttlsrule A {\n}\n",
        "TTLSConfig /etc/pagent.ttls\n",
        "tcpimage tcpip //'A.B(C)' flush\n",
        "IpAddr Host1\n{\nAddr 192.0.2.1\n}\n",
    ],
)
def test_what_is_one(text: str) -> None:
    read(text)


def test_ebcdic() -> None:
    data = (FIXTURES / "shapes" / "zowe.policy").read_text().replace("\n", "\x85").encode("cp037")
    _, policy = read(data)
    assert policy.blocks[0].name == "AcmeInbound"


@settings(max_examples=150, deadline=None)
@given(PRINTED())
def test_printed_and_read_back(pair: tuple[Policy, str]) -> None:
    model, text = pair
    facts, policy = read(text)
    assert [without_places(block) for block in policy.blocks] == [without_places(b) for b in model.blocks]
    assert policy.whole
    assert facts.lines[2] == 0
    assert "never-told" not in repr(facts)
    assert len(policy.secrets) == text.count("never-told")


@settings(max_examples=150, deadline=None)
@given(PRINTED(), st.data())
def test_damage_loses_no_line(pair: tuple[Policy, str], data: st.DataObject) -> None:
    lines = pair[1].split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "cut", "junk", "join", "brace"]))
        if kind == "drop" and len(lines) > 1:
            del lines[at]
        elif kind == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, 20))]
        elif kind == "junk":
            lines.insert(at, data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"))))
        elif kind == "join" and at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        else:
            lines.insert(at, data.draw(st.sampled_from(["{", "}", " } ", "{ x", "TTLSRule R", "Keyring"])))
    source = load("x", "\n".join(lines).encode())
    if policy_agent.recognise(source):
        read("\n".join(lines))


def test_passwords_are_masked_wherever_a_line_is_shown() -> None:
    assert mask("  KeyringPw  very secret one")[0] == "  KeyringPw  ********"
    assert mask("# GSK_LDAP_USER_PW x")[0] == "# GSK_LDAP_USER_PW ********"
    assert mask("  Keyring  A/B") == ("  Keyring  A/B", None)
    assert policy_password("  Keyring A/B") is None
    assert policy_password(" KEYRINGPASSWORD x") == 1


def test_a_report_of_pasearch_is_told() -> None:
    (facts,) = read_source(load("r", (REPORTS / "shapes" / "two-rules.txt").read_bytes()), ReadContext())
    assert facts.kind == pasearch.KIND
    assert [(p.code, p.span.line, p.fatal) for p in facts.problems] == [("IN008", 1, False)]
    assert "not read yet" in facts.problems[0].expected


# Counted by a person: blocks on the outside, statements, blocks in all, labels, key rings.
REAL = {
    "pagent-adcd-shopz.txt": (6, 3, 8, 0, 1),
    "pagent-colin-PAGENTCF.txt": (0, 2, 0, 0, 0),
    "pagent-colin-PAGENTT.txt": (0, 1, 0, 0, 0),
    "pagent-colin-easyattls-attls.txt": (44, 0, 77, 12, 11),
    "pagent-ibm-apa-listener.txt": (3, 0, 4, 0, 1),
    "pagent-ibm-mfa-azfttlsx-template.txt": (6, 0, 6, 0, 2),
    "pagent-zowe-docs-cipherparms-weak.txt": (1, 0, 1, 0, 0),
    "pagent-zowe-docs-full-multiservice-v2.txt": (22, 0, 22, 4, 1),
}


@pytest.mark.skipif(CORPUS is None, reason="no corpus here")
@pytest.mark.parametrize("name", sorted(REAL))
def test_the_corpus(name: str) -> None:
    assert CORPUS is not None
    facts, policy = read((CORPUS / "zos" / name).read_bytes())
    blocks = every(policy.blocks)
    labels = [p for block in blocks for p in block.params if p.name.lower().endswith("certificatelabel")]
    rings = [p for block in blocks for p in block.all("keyring")]
    assert facts.lines[2] == 0
    assert policy.whole
    counted = (len(policy.blocks), len(policy.statements), len(blocks), len(labels), len(rings))
    assert counted == REAL[name]
