"""Seeded meetings of a client and a server: most hold or fail for one planted reason, some for two."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from support.pki import Issued, Meeting, PrivateKey, Spec, issue, key, named

__all__ = ["FAULTS", "HOST", "Generated", "meetings"]

HOST = "zos.example.com"
_YEAR = dt.timedelta(days=365)
_CA_USAGE = ("key_cert_sign", "crl_sign")
# What can be planted. The weight of each is one; several may meet in one case.
FAULTS = (
    "leaf ended", "leaf not begun", "intermediate ended", "intermediate not begun", "root ended",
    "root not begun", "root without constraints", "root without extensions", "root is no CA",
    "root cannot sign", "root not trusted", "intermediate without constraints", "intermediate is no CA",
    "intermediate cannot sign", "intermediate not sent", "intermediate for clients", "path too long",
    "leaf key encipherment", "leaf usage signs nothing", "leaf without usage", "leaf for clients",
    "leaf for anything", "leaf for both", "no issuer ids", "no key ids", "only intermediate trusted",
    "intermediate trusted too", "leaf trusted", "nothing trusted", "leaf self-signed", "leaf self-signed and trusted",
    "subject of its issuer", "namesake trusted", "namesake before root",
    "namesake after root", "ended namesake before root", "renewed root trusted", "renewed intermediate trusted",
    "ended twin sent", "cross-signed", "sha1 leaf", "sha1 intermediate", "sha1 root", "rsa 1024 leaf",
    "rsa 1024 intermediate", "other names", "no names", "address only", "wildcard", "leaf is a CA", "ed25519",
    "root excludes", "intermediate excludes", "root unknown", "intermediate unknown", "leaf unknown",
    "intermediate permits", "intermediate permits others", "intermediate permits addresses",
    "intermediate excludes addresses", "leaf signature broken", "intermediate signature broken",
    "root for clients", "inner path too long", "leaf key agreement", "root permits others",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Generated:
    """A meeting with what was planted in it."""

    meeting: Meeting
    planted: frozenset[str]

    def __str__(self) -> str:
        return f"{self.meeting.name} ({', '.join(sorted(self.planted)) or 'nothing planted'})"


def meetings(seed: int, count: int, now: dt.datetime) -> Iterator[Generated]:
    """As many meetings; the same seed plants the same faults in the same order.

    Each fault occurs alone once in the first ``len(FAULTS)`` cases, then in random company.
    """
    chance = random.Random(seed)
    alone = list(FAULTS)
    chance.shuffle(alone)
    for number in range(count):
        if number < len(alone):
            planted = {alone[number]}
        else:
            planted = set(chance.sample(FAULTS, chance.choice((0, 1, 1, 2, 2, 2, 3))))
        yield _Maker(chance, planted, now).make(f"case {seed}.{number}")


class _Maker:
    """One meeting in the making."""

    def __init__(self, chance: random.Random, planted: set[str], now: dt.datetime) -> None:
        self.chance, self.planted, self.now = chance, planted, now
        self.depth = chance.choice((0, 1, 1, 2))
        if any("intermediate" in fault or fault == "ended twin sent" for fault in planted):
            self.depth = max(self.depth, 1)
        if planted & {"path too long", "inner path too long", "intermediate not sent"}:
            self.depth = 2
        self.kind = "ED25519" if "ed25519" in planted else chance.choice(("EC256", "EC256", "RSA2048"))
        if any(fault.startswith("sha1") for fault in planted):
            self.kind = "RSA2048"
        self.fresh = 0

    def has(self, fault: str) -> bool:
        return fault in self.planted

    def _key(self, kind: str | None = None) -> PrivateKey:
        self.fresh += 1
        return key(kind or self.kind, self.fresh)

    def _spec(self, name: str, who: str, made: PrivateKey) -> Spec:
        start, end = self.now - 2 * _YEAR, self.now + 2 * _YEAR
        if self.has(f"{who} ended"):
            end = self.now - dt.timedelta(days=3)
        if self.has(f"{who} not begun"):
            start = self.now + dt.timedelta(days=3)
        return Spec(
            named(name),
            made,
            start,
            end,
            own_id=not self.has("no key ids"),
            issuer_id=not (self.has("no key ids") or self.has("no issuer ids")),
            unknown=self.has(f"{who} unknown"),
            digest="SHA1" if self.has(f"sha1 {who}") else "SHA256",
            broken=self.has(f"{who} signature broken"),
        )

    def _ca(self, spec: Spec, who: str) -> Spec:
        spec = replace(spec, ca=True, usage=_CA_USAGE)
        if self.has(f"{who} without constraints"):
            spec = replace(spec, ca=None)
        if self.has(f"{who} is no CA"):
            spec = replace(spec, ca=False)
        if self.has(f"{who} cannot sign"):
            spec = replace(spec, usage=("digital_signature", "crl_sign"))
        if self.has(f"{who} without extensions"):
            spec = replace(spec, ca=None, usage=None, own_id=False, issuer_id=False)
        if self.has(f"{who} excludes"):
            spec = replace(spec, excluded=("example.com",))
        if self.has(f"{who} excludes addresses"):
            spec = replace(spec, excluded=("192.0.2.0/24",))
        if self.has(f"{who} permits"):
            spec = replace(spec, permitted=("example.com",))
        if self.has(f"{who} permits others"):
            spec = replace(spec, permitted=("example.org", "other.example.com"))
        if self.has(f"{who} permits addresses"):
            spec = replace(spec, permitted=("192.0.2.0/25",))
        if self.has(f"{who} for clients"):
            spec = replace(spec, extended=("clientAuth",))
        return spec

    def _leaf_spec(self) -> Spec:
        kind = "RSA1024" if self.has("rsa 1024 leaf") else None
        name = HOST if not self.has("other names") else "other.example.com"
        spec = self._spec(name, "leaf", self._key(kind))
        usage: tuple[str, ...] | None = ("digital_signature", "key_encipherment")
        if self.has("leaf key encipherment"):
            usage = ("key_encipherment",)
        if self.has("leaf key agreement"):
            usage = ("key_agreement",)
        if self.has("leaf usage signs nothing"):
            usage = ("data_encipherment",)
        if self.has("leaf without usage"):
            usage = None
        extended: tuple[str, ...] | None = self.chance.choice((None, ("serverAuth",)))
        if self.has("leaf for clients"):
            extended = ("clientAuth",)
        if self.has("leaf for anything"):
            extended = ("anyExtendedKeyUsage",)
        if self.has("leaf for both"):
            extended = ("serverAuth", "clientAuth")
        dns: tuple[str, ...] = (HOST,)
        ips: tuple[str, ...] = ()
        if self.has("other names"):
            dns = ("other.example.com",)
        if self.has("wildcard"):
            dns = ("*.example.com",)
        if self.has("no names"):
            dns = ()
        if self.has("address only"):
            dns, ips = (), ("192.0.2.1",)
        if self.has("intermediate excludes addresses") or self.has("intermediate permits addresses"):
            ips = (self.chance.choice(("192.0.2.1", "192.0.2.200", "198.51.100.1")),)
        constraints = True if self.has("leaf is a CA") else self.chance.choice((None, False))
        return replace(spec, usage=usage, extended=extended, dns=dns, ips=ips, ca=constraints)

    def make(self, name: str) -> Generated:
        leaf_spec = self._leaf_spec()
        root_spec = self._ca(self._spec("Root", "root", self._key()), "root")
        if self.has("path too long"):
            root_spec = replace(root_spec, path_length=self.chance.choice((0, 0, 1)))
        root = issue(root_spec)
        cas = [root]
        specs = [root_spec]
        for level in range(self.depth):
            kind = "RSA1024" if self.has("rsa 1024 intermediate") else None
            who = "intermediate" if level == self.depth - 1 else "upper"
            spec = self._ca(self._spec(f"Intermediate {level + 1}", who, self._key(kind)), who)
            if self.has("inner path too long") and level == 0:
                spec = replace(spec, path_length=0)
            specs.append(spec)
            cas.append(issue(spec, cas[-1]))
        if self.has("subject of its issuer"):
            leaf_spec = replace(leaf_spec, subject=cas[-1].certificate.subject)
        lone = self.has("leaf self-signed") or self.has("leaf self-signed and trusted")
        leaf = issue(leaf_spec, None if lone else cas[-1])
        sent, trusted = self._stores(leaf, cas, specs)
        return Generated(
            Meeting(name, leaf, tuple(sent), tuple(trusted), HOST, tuple(cas)), frozenset(self.planted)
        )

    def _stores(
        self, leaf: Issued, cas: list[Issued], specs: list[Spec]
    ) -> tuple[list[Issued], list[Issued]]:
        root, inner = cas[0], cas[1:]
        sent = list(reversed(inner))
        if self.chance.random() < 0.3:
            sent.append(root)
        trusted = [root]
        if self.has("root not trusted"):
            trusted = [self._stranger()]
        if self.has("intermediate not sent"):
            sent = [made for made in sent if made is not inner[-1]]
        if self.has("intermediate trusted too"):
            trusted.append(inner[-1])
        if self.has("only intermediate trusted"):
            trusted = [inner[-1]]
        if self.has("leaf trusted"):
            trusted = [leaf] if self.chance.random() < 0.5 else [*trusted, leaf]
        if self.has("nothing trusted"):
            trusted = [self._stranger()]
        if self.has("leaf self-signed and trusted"):
            trusted = [leaf]
        again = issue(replace(specs[0], key=self._key(), start=self.now - _YEAR))
        trusted = self._with_namesakes(again, specs[0], trusted)
        if self.has("renewed root trusted"):
            trusted = [issue(replace(specs[0], start=self.now - _YEAR, end=self.now + 9 * _YEAR))]
        if self.has("renewed intermediate trusted"):
            renewed = issue(replace(specs[-1], end=self.now + 9 * _YEAR), cas[-2])
            trusted = [renewed]
        if self.has("ended twin sent"):
            ended = replace(specs[-1], end=self.now - dt.timedelta(days=9))
            sent.insert(self.chance.choice((0, len(sent))), issue(ended, cas[-2]))
        if self.has("cross-signed"):
            # The root's key is also certified by another root; only that one is trusted.
            other = issue(replace(specs[0], subject=named("Other root"), key=self._key(), path_length=None))
            sent.append(issue(specs[0], other))
            trusted = [other] if self.chance.random() < 0.7 else [other, *trusted]
        return sent, trusted

    def _with_namesakes(self, again: Issued, root: Spec, trusted: list[Issued]) -> list[Issued]:
        if self.has("namesake trusted"):
            trusted = [again]
        if self.has("namesake before root"):
            trusted = [again, *trusted]
        if self.has("ended namesake before root"):
            end = self.now - dt.timedelta(days=30)
            ended = replace(root, key=self._key(), start=self.now - 9 * _YEAR, end=end)
            trusted = [issue(ended), *trusted]
        if self.has("namesake after root"):
            trusted = [*trusted, again]
        return trusted

    def _stranger(self) -> Issued:
        return issue(self._ca(self._spec("Stranger", "stranger", self._key()), "stranger"))
