"""Which key ring an environment of AT-TLS uses, and for which one a label stands."""

import pytest

from support.policy_texts import CONN, ENV
from zcertlint.model.policy import Policy
from zcertlint.model.store import Store, StoreKind, StoreState, ring_id
from zcertlint.readers import ReadContext, policy_agent
from zcertlint.text.decode import load
from zcertlint.trust.policy_uses import environments, label_uses

RING = Store(
    ring_id("ZWESVUSR", "ZoweKeyring"), StoreKind.KEY_RING, "ZWESVUSR", "ZoweKeyring", StoreState.SHOWN
)
RULE = "TTLSRule %s\n{\n  Userid %s\n  TTLSEnvironmentActionRef E\n  TTLSConnectionActionRef C\n}\n"


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
        ([""], None),
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
    assert uses(env, parms, main) == [True]  # a name that its own file has not
    assert uses(env + parms + other) == [False]  # the later one replaces the earlier
    inner = env.replace("  TTLSKey", "  TTLSKeyringParms\n  {\n    Keyring A/B\n  }\n  TTLSKey")
    assert uses(inner + parms) == [None]  # in the block and by reference
    assert uses(inner + other) == [False]  # neither is it
    assert uses(inner.replace("Ref K", "Ref k") + other) == [None]
    assert uses(env.replace("Ref K", "Ref k\n  TTLSKeyringParmsRef K") + parms) == [None]
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


def test_blocks_without_a_name_do_not_replace_one_another() -> None:
    one = (ENV % ("ZWESVUSR/ZoweKeyring", "x")).replace("Action E", "Action")
    assert uses(one + one.replace("ZWESVUSR", "TCPIP")) == [True, False]


def test_a_ring_name_may_hold_a_slash() -> None:
    odd = Store(ring_id("A", "x/y"), StoreKind.KEY_RING, "A", "x/y", StoreState.SHOWN)
    assert uses(ENV % ("A/x/y", "x"), ring=odd) == [True]
    assert uses(ENV % ("A/x", "x"), ring=odd) == [False]


def test_users_are_asked_of_each_rule_that_names_one() -> None:
    env = ENV % ("ZoweKeyring", "x")
    two = "TTLSRule R\n{\n  Userid ZWESVUSR\n  Userid ZWESVUSR\n  TTLSEnvironmentActionRef E\n}\n"
    none = "TTLSRule R\n{\n  Jobname ZWE*\n  TTLSEnvironmentActionRef E\n}\n"
    assert uses(two + env) == [None]
    assert uses(none + env) == [None]
    assert uses((RULE % ("R", "ZWESVUSR")).replace("Ref E", "Ref F") + env) == [None]
    (end,) = environments([policy(RULE % ("R", "zwesvusr") + env, "p")])
    assert end.users == frozenset(("ZWESVUSR",))
    assert end.title == "TTLSEnvironmentAction E"


def test_labels_are_told_with_their_blocks() -> None:
    parms = (
        "TTLSConnectionAdvancedParms P\n{\n  ServerCertificateLabel a\n  certificatelabel b\n  SSLv3 Off\n}\n"
    )
    one = policy(ENV % ("A/B", "c") + CONN + parms, "p")
    found = [(use.title, use.param.name, use.param.value) for use in label_uses([one], environments([one]))]
    assert found == [
        ("TTLSEnvironmentAdvancedParms of TTLSEnvironmentAction E", "CertificateLabel", "c"),
        ("TTLSConnectionAdvancedParms of TTLSConnectionAction C", "ServerCertificateLabel", "Zowe Server"),
        ("TTLSConnectionAdvancedParms P", "certificatelabel", "b"),
        ("TTLSConnectionAdvancedParms P", "ServerCertificateLabel", "a"),
    ]


@pytest.mark.parametrize(
    ("named", "answer"), [("TCPIP/Other", True), ("Other", None), ("ZoweKeyring", None), ("A/B", False)]
)
def test_a_label_for_one_of_several_key_rings(named: str, answer: object) -> None:
    other = Store(ring_id("TCPIP", "Other"), StoreKind.KEY_RING, "TCPIP", "Other", StoreState.SHOWN)
    one = policy(ENV % (named, "x"), "p")
    (use,) = label_uses([one], environments([one]))
    assert use.for_rings([RING, other]) is answer
    assert use.for_rings([other, RING]) is answer
