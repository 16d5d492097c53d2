"""The verdict on one link: every condition that the client's and the server's stacks put to it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Deployment, Endpoint, Link, Located, Role, Stack, Verify
from zcertlint.model.store import StoreKind, StoreState
from zcertlint.trust.chain import ChainReason, ChainResult, StoreView, walk
from zcertlint.trust.choice import choice_code
from zcertlint.trust.hosts import name_rule
from zcertlint.trust.issue import Issuers
from zcertlint.trust.judgement import Aspect, Condition, LinkJudgement
from zcertlint.trust.leaf import date_conditions, key_conditions, leaf_conditions, refused_signatures
from zcertlint.trust.names import NameMatch, match_host
from zcertlint.trust.needs import (
    Need,
    config_command,
    need_contents,
    need_names,
    need_signature,
)
from zcertlint.trust.pairs import Pairs, outside, pairs_of
from zcertlint.trust.protocols import common_suites, common_versions, side_of
from zcertlint.trust.questions import chain_needs, choice_need
from zcertlint.trust.ring_access import RingAccess, ring_accesses, ring_condition
from zcertlint.trust.selection import Selection, SelectionReason, near_rings, select
from zcertlint.trust.stacks import AnchorRule, StackProfile, profile
from zcertlint.trust.stores import chain_code, pem_in_place
from zcertlint.trust.usage import extended_usage_allows

__all__ = ["Judge", "chain_rule"]


# Settings that name a store: as templates they are conditions of their own (ZW119).
_STORE_NAMES = ("keystore.file", "agent.https.keyring")
_CHAIN_CODES = {
    ChainReason.NO_ANCHOR: "CH101",
    ChainReason.SELF_SIGNED: "CH103",
    ChainReason.NOTRUST: "CE111",
    ChainReason.OTHER_KEY: "KR117",
    ChainReason.ANCHOR_EXPIRED: "CH104",
    ChainReason.CA_EXPIRED: "CE105",
    ChainReason.CANNOT_SIGN: "CE115",
    ChainReason.CA_NOT_BEGUN: "CE105",
    ChainReason.PATH_LENGTH: "CH106",
    ChainReason.NAME_EXCLUDED: "CH106",
    ChainReason.RESTRICTED: "CH106",
    ChainReason.BROKEN_SIGNATURE: "CH107",
    ChainReason.NOT_SENT: "CH105",
    ChainReason.SAME_SUBJECT: "CE118",
    ChainReason.STORE_MISSING: "KR109",
    ChainReason.STORE_EMPTY: "KR104",
    ChainReason.ISSUER_UNSURE: "KR117",
    ChainReason.SENT_NOT_SHOWN: "CH105",
    ChainReason.SELF_SIGNED_UNSURE: "CE118",
    ChainReason.STATUS_NOT_SHOWN: "CE111",
    ChainReason.TIME_ZONE: "CE105",
    ChainReason.SIGNER_UNSURE: "CE115",
}


# What fails whatever the client trusts.
_ANY_CLIENT = {
    ChainReason.CA_EXPIRED, ChainReason.NOT_SENT, ChainReason.PATH_LENGTH, ChainReason.NAME_EXCLUDED,
    ChainReason.BROKEN_SIGNATURE,
}  # fmt: skip
# A client's chain that is wrong wherever it is shown; else the server's trust store is the place of the repair.
_OWN_FAULTS = {"CE105", "CE111", "CE115", "CE118", "CH106", "CH107", "KR117"}


def chain_rule(chain: ChainResult) -> str:
    """The rule of the reason for which a walk ended; what is in the store may put a nearer one in its place."""
    return _CHAIN_CODES.get(chain.reason, "CH101")


class Judge:
    """Judges links of one deployment at one moment; remembers every judgement."""

    def __init__(self, deployment: Deployment, as_of: datetime) -> None:
        """Index the certificates once for all links."""
        self.deployment = deployment
        self.as_of = as_of
        self.certificates = dict(deployment.database.certificates)
        self.issuers = Issuers(self.certificates.values())
        self._rings: tuple[RingAccess, ...] | None = None
        self._links: dict[str, LinkJudgement] = {}
        self._chains: dict[tuple[str | None, str | None, str | None, Stack, AnchorRule], ChainResult] = {}

    def judge(self, link: Link) -> LinkJudgement:
        """The judgement on this link."""
        known = self._links.get(link.id)
        if known is None:
            known = self._links[link.id] = self._judge(link)
        return known

    def ring_accesses(self) -> tuple[RingAccess, ...]:
        """What the users of the servers may do with their key rings."""
        if self._rings is None:
            self._rings = ring_accesses(self.deployment)
        return self._rings

    def chain(
        self,
        certificate: Certificate | None,
        trust: Endpoint,
        sent: Endpoint | None,
        stack: Stack,
    ) -> ChainResult:
        """Whether ``trust``'s trust store leads to an anchor for a certificate that ``sent`` presents."""
        sender = sent.keystore if sent is not None else None
        client = profile(stack)
        store = self.deployment.store(trust.truststore)
        if stack is Stack.SYSTEM_SSL and store is not None and store.kind is not StoreKind.KEY_RING:
            # Only on a key ring may an intermediate be the end; a file is validated to the root.
            client = replace(client, anchor=AnchorRule.SELF_SIGNED)
        if trust.product == "client" and trust.truststore is None:
            client = replace(client, anchor=AnchorRule.NOT_JUDGED)
        elif client.anchor is AnchorRule.NOT_JUDGED and trust.truststore is not None:
            client = replace(client, anchor=AnchorRule.SELF_SIGNED)
        only_cas = client.anchor is not AnchorRule.ANY_ENTRY
        key = (certificate.id if certificate else None, trust.truststore, sender, stack, client.anchor)
        known = self._chains.get(key)
        if known is None:
            trusted = StoreView.of(
                self.deployment.store(trust.truststore),
                self.certificates,
                only_cas=only_cas,
                complete_owners=self.deployment.database.complete_owners,
            )
            sends = StoreView.of(self.deployment.store(sender), self.certificates)
            known = walk(certificate, trusted, sends, client, self.issuers, self.as_of)
            if known.reason is ChainReason.NOT_JUDGED and certificate is not None:
                known = self._whatever_the_client_trusts(certificate, sends, client) or known
            self._chains[key] = known
        return known

    def _whatever_the_client_trusts(
        self, certificate: Certificate, sends: StoreView, client: StackProfile
    ) -> ChainResult | None:
        """A chain that fails even for a client that trusts every known root: a browser's store is not shown."""
        roots = tuple(c for c in self.certificates.values() if c.subject and self.issuers.self_signed(c))
        trusted = StoreView(StoreState.SHOWN, roots)
        # What a browser applies of a root's own limits differs.
        strict = replace(client, anchor=AnchorRule.SELF_SIGNED, anchor_constraints=False)
        found = walk(certificate, trusted, sends, strict, self.issuers, self.as_of)
        return found if found.reason in _ANY_CLIENT else None

    def _judge(self, link: Link) -> LinkJudgement:
        server = self.deployment.endpoints[link.server]
        client = self.deployment.endpoints[link.client]
        certificate = self.deployment.certificate(server.certificate)
        checks = profile(link.stack)
        conditions = list(self._settings(link, server, client))
        selection, chosen = self._chosen(server, certificate, link)
        conditions += chosen
        access = (ring_condition(found, link, server, client) for found in self.ring_accesses())
        conditions += [condition for condition in access if condition is not None]
        chain = name = None
        if server.attls:
            certificate = None  # its policy says which one is served
        if certificate is not None and client.attls_out:
            # Whom AT-TLS trusts stands in its policy, and it looks at no names; dates it does look at.
            conditions += [*key_conditions(certificate), *date_conditions(certificate, self.as_of)]
        elif certificate is not None and link.verify is not Verify.DISABLED:
            chain = self.chain(certificate, client, server, link.stack)
            if not _broken(client, Role.CLIENT):  # else the setting is the condition
                conditions += self._chain_conditions(chain, client, link.stack)
            conditions += leaf_conditions(certificate, chain, checks, self.as_of)
            if link.verify in {Verify.STRICT, Verify.NAME} and link.host is not None:
                name = match_host(certificate, link.host.value, checks)
                conditions += self._name_conditions(certificate, link.host, name)
        elif certificate is not None:
            conditions += key_conditions(certificate)
        weak = refused_signatures(certificate, chain, checks)
        if weak:
            conditions.append(Condition(Aspect.CHAIN, False, "CP102"))
        conditions += self._protocols(link, server, client, certificate)
        conditions += self._signatures(link, client, certificate, chain)
        client_chain, asked = self._client_certificate(link, client, server)
        conditions += asked
        return LinkJudgement(link, tuple(conditions), certificate, selection, chain, name, client_chain, weak)

    def _settings(self, link: Link, server: Endpoint, client: Endpoint) -> Iterable[Condition]:
        if link.unresolved:
            needs = tuple(
                Need(link.id, f"{setting} is a template that only Zowe evaluates.", config_command(setting))
                for setting in dict.fromkeys(link.unresolved)
            )
            yield Condition(Aspect.SETTINGS, None, "ZW119", needs)
        for end, side in ((server, Role.SERVER), (client, Role.CLIENT)):
            for fault in end.faults:
                if fault.side not in {Role.BOTH, side}:
                    continue
                need = Need(end.id, f"It cannot be told what {end.id} does: {fault.text}.", None)
                answer = False if fault.broken else None
                yield Condition(Aspect.SETTINGS, answer, fault.code, () if fault.broken else (need,))
        if server.attls or client.attls_out:
            given = bool(self.deployment.policies)
            told = "what its policy says is not judged yet" if given else "no input shows its policy"
            text = f"AT-TLS makes the TLS of Zowe here, and {told} (Policy Agent)."
            need = Need(link.id, text, None if given else "pasearch -t")
            yield Condition(Aspect.SETTINGS, None, "AT141", (need,))
        if link.verify in {Verify.STRICT, Verify.NAME} and link.host is None and not link.unresolved:
            text = f"No setting shows by which name {link.client} calls {link.server}."
            if server.product == "zowe":  # one question, however many links wait for it
                text = "No setting names the host by which Zowe is called (zowe.externalDomains)."
            yield Condition(Aspect.NAME, None, "NA101", (Need(link.id, text, None),))

    def _chosen(
        self, server: Endpoint, certificate: Certificate | None, link: Link
    ) -> tuple[Selection | None, list[Condition]]:
        store = self.deployment.store(server.keystore)
        if server.alias_open or (store is None and _faulty(server, Role.SERVER)):
            return None, []  # the template, or the setting that names no store, is a condition of its own
        if store is None:
            if certificate is not None or any(name.endswith(_STORE_NAMES) for name in link.unresolved):
                return None, []
            text = f"No input shows which certificate {server.id} serves."
            if server.product == "zowe":
                text = "No setting names a keystore for Zowe to serve from (zowe.certificate.keystore.file)."
            return None, [Condition(Aspect.CERTIFICATE, None, "KR105", (Need(server.id, text, None),))]
        selection = select(store, server.alias.value if server.alias else None)
        if selection.reason is SelectionReason.CHOSEN or (
            selection.reason is SelectionReason.NOT_SHOWN and certificate is not None
        ):
            if certificate is None and selection.connection is not None:
                needs = (need_contents(store.id, selection.connection),)
                return selection, [Condition(Aspect.CERTIFICATE, None, "KR105", needs)]
            return selection, []
        code = self.choice_code(server)
        if code is not None:
            return selection, [Condition(Aspect.CERTIFICATE, False, code)]
        return selection, [Condition(Aspect.CERTIFICATE, None, "KR105", (choice_need(store, selection),))]

    def choice_code(self, server: Endpoint) -> str | None:
        """The rule that speaks where a server finds no certificate; None where it does, or nothing tells."""
        return choice_code(server, self.deployment, self.issuers)

    def _chain_conditions(self, chain: ChainResult, client: Endpoint, stack: Stack) -> list[Condition]:
        code = chain_rule(chain)
        store = self.deployment.store(client.truststore)
        if chain.reason is ChainReason.STORE_MISSING and store and near_rings(store, self.deployment):
            code = "KR110"
        if code in {"CH101", "CH103"} and client.product == "zosmf":
            code = "CH108"
        elif chain.reason is ChainReason.STORE_NOT_SHOWN and pem_in_place(store, self.deployment) is not None:
            return [Condition(Aspect.CHAIN, False, "KR126")]
        else:
            code = chain_code(code, chain, store, self.certificates, stack)
        needs: tuple[Need, ...] = ()
        if chain.answer is None:
            needs = chain_needs(chain, client.id, store)
        return [Condition(Aspect.CHAIN, chain.answer, code, needs, chain.believed)]

    def _name_conditions(self, certificate: Certificate, host: Located, name: NameMatch) -> list[Condition]:
        code = name_rule(name.question or name.reason, host, certificate, self.deployment)
        needs: tuple[Need, ...] = ()
        if name.answer is None:
            needs = (need_names(certificate, host.value),)
        return [Condition(Aspect.NAME, name.answer, code, needs)]

    def _protocols(
        self, link: Link, server: Endpoint, client: Endpoint, certificate: Certificate | None
    ) -> list[Condition]:
        """A side that is not known makes no condition: what two products agree on is usual, not configured."""
        zowe, major = self.deployment.zowe, self.deployment.zowe_major
        sides = (
            side_of(server, link, zowe, major, server=True),
            side_of(client, link, zowe, major, server=False),
        )
        shared = common_versions(sides)
        if shared is None:
            return []
        if not shared:
            return [Condition(Aspect.PROTOCOL, False, "LK102")]
        key = certificate.key.kind if certificate is not None and certificate.key is not None else None
        if key is not None and common_suites(shared, sides, key) is False:
            return [Condition(Aspect.PROTOCOL, False, "LK103")]
        return []

    def pairs(self, link: Link) -> Pairs | None:
        """The signature algorithms that the client of a link accepts; None where nothing tells."""
        client = self.deployment.endpoints[link.client]
        zowe, major = self.deployment.zowe, self.deployment.zowe_major
        side = side_of(client, link, zowe, major, server=False)
        return pairs_of(client, link, zowe, side.versions)

    def _signatures(
        self, link: Link, client: Endpoint, certificate: Certificate | None, chain: ChainResult | None
    ) -> list[Condition]:
        """Looked at are the certificates that the server sends: a root only where its keystore holds it."""
        accepted = self.pairs(link)
        if certificate is None or chain is None or accepted is None or client.attls_out:
            return []
        refused = list(outside(self.sent_path(link, certificate, chain), accepted))
        failing = [c for c, answer in refused if answer is False]
        if failing:
            # That a root is looked at, too, was seen and is not documented.
            believed = all(self.issuers.self_signed(c) for c in failing)
            return [Condition(Aspect.PROTOCOL, False, "LK104", believed=believed)]
        needs = tuple(need_signature(c) for c, _ in refused)
        return [Condition(Aspect.PROTOCOL, None, "LK104", needs)] if needs else []

    def sent_path(self, link: Link, certificate: Certificate, chain: ChainResult) -> tuple[Certificate, ...]:
        """The part of a chain that the server sends."""
        store = self.deployment.store(self.deployment.endpoints[link.server].keystore)
        held = {row.certificate for row in store.connections} if store is not None else set()
        return (certificate, *(ca for ca in chain.path[1:] if ca.id in held))

    def _client_certificate(
        self, link: Link, client: Endpoint, server: Endpoint
    ) -> tuple[ChainResult | None, list[Condition]]:
        """API ML's Java services present their certificate to each other, and a bad one breaks the link."""
        if not link.client_certificate or link.verify is Verify.DISABLED:
            if server.demands is None or server.attls or client.attls_out:
                return None, []
            code = "LK106" if link.verify is Verify.DISABLED else "LK105"
            return None, [Condition(Aspect.CLIENT, False, code)]
        if _faulty(server, Role.CLIENT) and self.deployment.store(server.truststore) is None:
            return None, []  # what keeps it from its trust store is told of every link with it
        presented = self.deployment.certificate(client.as_client)
        if presented is None or server.attls or client.attls_out:
            return None, []  # the keystore is the server's own finding or gap
        chain = self.chain(presented, server, client, Stack.JSSE)
        if chain.answer is False:
            store = self.deployment.store(server.truststore)
            own = chain_rule(chain)
            code = own if own in _OWN_FAULTS else "CH102"
            code = chain_code(code, chain, store, self.certificates, Stack.JSSE)
            return chain, [Condition(Aspect.CLIENT, False, code, believed=chain.believed)]
        if chain.answer is None:
            store = self.deployment.store(server.truststore)
            asked = Condition(Aspect.CLIENT, None, "CH102", chain_needs(chain, server.id, store))
            dates = date_conditions(presented, self.as_of) if client.product == "client" else []
            # Whoever issued it: what has ended is accepted only where the trust store holds it itself.
            itself = store is None or not store.shown or store.holds(presented.id)
            return chain, [asked, *(one for one in dates if one.answer is False and not itself)]
        if chain.reason is not ChainReason.LEAF_TRUSTED:
            extended = extended_usage_allows(presented, "clientAuth", profile(Stack.JSSE))
            if extended.answer is False:
                # Where a setting names it, that is the place of the repair.
                return chain, [Condition(Aspect.CLIENT, False, "CE117" if client.sends is None else "CE124")]
            if client.product == "client" or client.sends is not None:  # which no other link serves
                return chain, date_conditions(presented, self.as_of)
        return chain, []


def _faulty(end: Endpoint, side: Role) -> bool:
    """Whether a setting keeps this end from speaking TLS on this side, or leaves open whether it can."""
    return any(fault.side in {Role.BOTH, side} for fault in end.faults)


def _broken(end: Endpoint, side: Role) -> bool:
    """Whether a setting keeps this end from speaking TLS on this side."""
    return any(fault.broken and fault.side in {Role.BOTH, side} for fault in end.faults)
