"""Which key ring an environment of AT-TLS uses, and for which one a label stands."""

import pytest

from zcertlint.model.policy import Policy
from zcertlint.model.store import Store, StoreKind, StoreState, ring_id
from zcertlint.readers import ReadContext, policy_agent
from zcertlint.text.decode import load
from zcertlint.trust.policy_uses import environments, label_uses

RING = Store(
    ring_id("ZWESVUSR", "ZoweKeyring"), StoreKind.KEY_RING, "ZWESVUSR", "ZoweKeyring", StoreState.SHOWN
)
ENV = """TTLSEnvironmentAction E
{
  HandshakeRole Server
  EnvironmentUserInstance 3
  TTLSKeyringParms
  {
    Keyring %s
  }
  TTLSEnvironmentAdvancedParms
  {
    CertificateLabel %s
  }
}
"""
RULE = "TTLSRule %s\n{\n  Userid %s\n  TTLSEnvironmentActionRef E\n  TTLSConnectionActionRef C\n}\n"
CONN = """TTLSConnectionAction C
{
  TTLSConnectionAdvancedParms
  {
    ServerCertificateLabel Zowe Server
  }
}
"""


def policy(text: str, path: str) -> Policy:
    return policy_agent.read(load(path, text.encode()), ReadContext()).policies[0]


def uses(*texts: str, ring: Store = RING) -> list[bool | None]:
    policies = [policy(text, f"p/{n}") for n, text in enumerate(texts)]
    return [env.uses(ring) for env in environments(policies)]


def labels(*texts: str) -> list[bool | None]:
    policies = [policy(text, f"p/{n}") for n, text in enumerate(texts)]
    found = label_uses(policies, environments(policies))
    return [use.for_rings([RING]) for use in found if use.param.value == "Zowe Server"]


@pytest.mark.parametrize(
    ("named", "answer"),
    [
        ("ZWESVUSR/ZoweKeyring", True),
        ("zwesvusr/ZoweKeyring", True),
        ('"ZWESVUSR/ZoweKeyring"', True),
        ("ZWESVUSR/ZOWEKEYRING", False),
        ("TCPIP/ZoweKeyring", False),
        ("ZoweKeyring", None),
        ("Other", False),
        ("ZWESVUSR/*", None),
        ("TCPIP/*", False),
        ("*AUTH*/*", False),
        ("/ZoweKeyring", False),
    ],
)
def test_which_key_ring_an_environment_uses(named: str, answer: object) -> None:
    assert uses(ENV % (named, "x")) == [answer]


@pytest.mark.parametrize(
    ("users", "answer"),
    [
        (["ZWESVUSR"], True),
        (["zwesvusr", "ZWESVUSR"], True),
        (["TCPIP"], False),
        (["ZWESVUSR", "TCPIP"], None),
        (["ZWE*"], None),
        (["ZWESVUSR", ""], None),
    ],
)
def test_whose_a_key_ring_without_owner_is(users: list[str], answer: object) -> None:
    rules = "".join(RULE % (f"R{n}", user) for n, user in enumerate(users))
    assert uses(rules + ENV % ("ZoweKeyring", "x")) == [answer]


def test_references_are_followed_into_other_files() -> None:
    parms = "TTLSKeyringParms K\n{\n  Keyring ZWESVUSR/ZoweKeyring\n}\n"
    env = "TTLSEnvironmentAction E\n{\n  HandshakeRole Server\n  TTLSKeyringParmsRef K\n}\n"
    other = parms.replace("ZWESVUSR", "TCPIP")
    assert uses(env + parms) == [True]
    assert uses(env, parms) == [True]
    assert uses(env) == [None]  # nobody shows the block
    assert uses(env, parms, other) == [None]  # two files have one
    assert uses(env, parms, parms) == [True]  # and agree
    assert uses(env + other, parms) == [None]  # one may be common to all stacks
    main = "TcpImage TCPIP /etc/a\nTcpImage TCPIPB /etc/b\n"
    assert uses(env + other, parms, main) == [False]  # each stack has its own
    assert uses(env + other, parms, main + "CommonTTLSConfig /etc/c\n") == [None]
    assert uses(env + parms + other) == [False]  # the later one replaces the earlier
    inner = env.replace("  TTLSKey", "  TTLSKeyringParms\n  {\n    Keyring A/B\n  }\n  TTLSKey")
    assert uses(inner + parms) == [None]  # in the block and by reference
    assert uses(inner + other) == [False]  # neither is it
    assert uses(inner.replace("Ref K", "Ref k") + other) == [None]
    assert uses(env + "TTLSKeyringParms K\n{\n}\n") == [None]
    assert uses("TTLSEnvironmentAction E\n{\n  HandshakeRole Server\n}\n") == [False]


def test_what_is_replaced_by_a_later_block_does_not_count() -> None:
    assert uses(ENV % ("ZWESVUSR/ZoweKeyring", "x") + ENV % ("A/B", "x")) == [False]


def test_a_label_belongs_to_every_environment_that_leads_to_it() -> None:
    ours, other = ENV % ("ZWESVUSR/ZoweKeyring", "x"), (ENV % ("A/B", "x")).replace("Action E", "Action F")
    rule = RULE % ("R", "X")
    second = (RULE % ("S", "X")).replace("Ref E", "Ref F")
    assert labels(CONN) == [None]
    assert labels(ours + CONN + rule) == [True]
    assert labels(other + CONN + second) == [False]
    assert labels(ours + other + CONN + rule + second) == [None]
    assert labels(CONN + second + second.replace("Rule S", "Rule T").replace("Ref F", "Ref X") + other) == [
        None
    ]
    assert labels(ENV % ("ZWESVUSR/ZoweKeyring", "Zowe Server")) == [True]
    assert labels(ENV % ("A/B", "Zowe Server")) == [False]
    assert labels(CONN + rule) == [None]
    assert labels(CONN + rule, ours, ours) == [True]
    assert labels(CONN + rule, ours, other.replace("Action F", "Action E")) == [None]  # which E?
    assert labels(CONN + rule + rule.replace("Rule R", "Rule S").replace("Ref E", "Ref X") + ours) == [None]
    assert labels(CONN + "TTLSRule R\n{\n  TTLSConnectionActionRef C\n}\n" + ours) == [None]
