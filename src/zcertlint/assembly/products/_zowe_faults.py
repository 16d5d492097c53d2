"""Settings of a component's certificate that keep it from speaking TLS, or leave open whether it can.

The findings are those of the rules ZW104 to ZW111, ZW114, ZW133, ZW138, ZW143 and CP106; here stands what they do to
the links.
"""

from collections.abc import Iterable

from zcertlint.assembly.products._zowe_tree import JAVA, Member, ZoweTree
from zcertlint.model.certificate import Certificate
from zcertlint.model.deployment import Fault, Located, Role
from zcertlint.trust.zowe_settings import (
    STORE_TYPES,
    RingUri,
    UriForm,
    family_of_file,
    family_of_type,
    ring_uri,
    schema_applied,
    unexpanded,
)

__all__ = ["ZoweFaults"]

_NO_RING = {
    UriForm.FEW_SLASHES, UriForm.MANY_SLASHES, UriForm.NO_OWNER, UriForm.NO_RING, UriForm.SLASH_IN_NAME,
}  # fmt: skip
_VERSIONS = ("TLSV1", "TLSV1.0", "TLSV1.1", "TLSV1.2", "TLSV1.3")
# What overrides a store or a check, by the component that reads it.
_OVERRIDES = {
    "app-server": (
        "ZWED_SKIP_VALIDATE_CERT", "ZWED_node_https_certificateAuthorities", "ZWED_node_https_certificates",
        "ZWED_node_https_keys", "ZWED_node_https_pfx",
    ),
    "zss": ("ZWED_agent_https_keyring", "ZWED_agent_https_label"),
}  # fmt: skip


class ZoweFaults:
    """The faults of the components of one zowe.yaml."""

    def __init__(self, tree: ZoweTree, major: int | None) -> None:
        """Read what holds for every component."""
        self.tree = tree
        self.major = major
        self.refused = schema_applied(tree.settings, major)

    def of(self, name: str, member: Member) -> tuple[Fault, ...]:
        """Every fault of one component; of one setting only the first that speaks."""
        found = [*self._stores(name, member), *self._alias(name, member), *self._environment(name, member)]
        found += self._versions(name, member)
        if name == "app-server":
            found += self._authorities(member)
        return tuple(found)

    def of_key(self, name: str, member: Member, certificate: Certificate | None) -> tuple[Fault, ...]:
        """A key in ICSF behind a key ring type that only Java's own keys are read by (CP106)."""
        kind = self.tree.certificate_entry(name, member, "keystore", "type")
        hardware = certificate is not None and certificate.hardware_key is not None
        if not hardware or name not in JAVA or kind is None or kind.value != "JCERACFKS":
            return ()
        if self.tree.attls(name, member, "server"):
            return ()
        return (
            Fault("CP106", Role.SERVER, True, "its private key is in ICSF, which JCERACFKS does not read"),
        )

    def reads_store(self, name: str, member: Member, which: str) -> bool:
        """Whether type and file name a store together; else there is none to look into."""
        kind, file = self._pair(name, member, which)
        if file is None or unexpanded(file.value) is not None:
            return False
        family = family_of_file(file.value)
        if family == "key ring" and self.tree.settings.in_container:
            return False
        word = kind.value if kind is not None else "PKCS12"
        return family_of_type(word) in {None, family}

    def _pair(self, name: str, member: Member, which: str) -> tuple[Located | None, Located | None]:
        entry = self.tree.certificate_entry(name, member, which, "type")
        kind = self.tree.located(entry)
        if entry is not None and entry.template:
            kind = Located("JCERACFKS" if self._file_is_ring(name, member, which) else "PKCS12")
        return kind, self.tree.located(self.tree.certificate_entry(name, member, which, "file"))

    def _file_is_ring(self, name: str, member: Member, which: str) -> bool:
        file = self.tree.located(self.tree.certificate_entry(name, member, which, "file"))
        return file is not None and family_of_file(file.value) == "key ring"

    def _stores(self, name: str, member: Member) -> Iterable[Fault]:
        families = {}
        for which in ("keystore", "truststore"):
            kind, file = self._pair(name, member, which)
            if kind is not None and kind.value not in STORE_TYPES:
                known = kind.value.upper() in STORE_TYPES  # Java does not mind case, the schema does
                if self.refused or not known:
                    text = f"the {which} type {kind.value} is not one that Zowe knows"
                    yield Fault("ZW105", Role.BOTH, self.refused or None, text)
                    continue
            if file is None:
                continue
            what = unexpanded(file.value)
            if what is not None and self._reads_file(name, file):
                yield Fault("ZW133", Role.BOTH, True, f"nobody expands {what} in {file.value}")
                continue
            family = family_of_file(file.value)
            if family_of_type(kind.value if kind is not None else "PKCS12") != family:
                text = f"{file.value} is no store of type {kind.value if kind is not None else 'PKCS12'}"
                yield Fault("ZW106", Role.BOTH, True, text)
                continue
            families[which] = family
            if family == "key ring":
                yield from self._ring(name, member, which, file)
        if len(set(families.values())) > 1 and name != "zss":  # ZSS has one store
            text = "keystore and truststore are of different kinds"
            yield Fault("ZW107", Role.BOTH, True if self.refused else None, text)

    def _reads_file(self, name: str, file: Located) -> bool:
        """Whether the component reads this file: in place of a PKCS12 file app-server has PEM files."""
        return name != "app-server" or family_of_file(file.value) == "key ring"

    def _ring(self, name: str, member: Member, which: str, file: Located) -> Iterable[Fault]:
        if self.tree.settings.in_container:
            yield Fault("ZW138", Role.BOTH, True, f"{file.value} is a key ring, and a container has none")
            return
        uri = ring_uri(file.value)
        fault = None if uri is None else self._form(name, uri, file.value)
        if fault is not None:
            yield fault
        password = self.tree.certificate_entry(name, member, which, "password")
        if password is not None and not password.template and password.value == "***":
            text = f"the password of the key ring in {which} is not the word password"
            yield Fault("ZW108", Role.BOTH, True if self.refused else None, text)
        elif password is not None and password.value == "" and self.major == 2 and name in JAVA:  # noqa: PLR2004
            yield Fault("ZW108", Role.BOTH, True, f"the password of the key ring in {which} is empty")

    @staticmethod
    def _form(name: str, uri: RingUri, text: str) -> Fault | None:
        """Java takes what is no URI for a file; app-server wants owner, ring and label; ZSS cuts the front off."""
        words = f"{text} is not how a key ring is written: {uri.form.value or UriForm.LABEL.value}"
        if uri.form in _NO_RING:
            return Fault("ZW104", Role.BOTH, None if name == "zss" else True, words)
        if uri.label is not None:
            return Fault("ZW104", Role.BOTH, True if name in JAVA else None, words)
        if uri.form is UriForm.THREE_SLASHES and name == "app-server":
            return Fault("ZW104", Role.BOTH, True, words)
        return None

    def _alias(self, name: str, member: Member) -> Iterable[Fault]:
        if self.tree.certificate_entry(name, member, "keystore", "file") is None:
            return
        alias = self.tree.certificate_entry(name, member, "keystore", "alias")
        if alias is None or (not alias.template and alias.value in {None, ""}):
            text = f"no keystore alias is configured for {name}, and Zowe asks for one"
            # The label is what it serves, not what it trusts.
            yield Fault("ZW111", Role.SERVER, True if self.refused else None, text)

    def _versions(self, name: str, member: Member) -> Iterable[Fault]:
        """A range of TLS versions with none in it; a client of API ML without one has the server's."""
        empty = {
            side: not self.tree.attls(name, member, side) and self._none_between(name, member, side)
            for side in ("server", "client")
        }
        text = f"minTls is above maxTls for {name}, which leaves no TLS version"
        if empty["server"]:
            yield Fault("ZW114", Role.SERVER, True, text)
        own = any(self._limit(name, member, "client", key) is not None for key in ("minTls", "maxTls"))
        if empty["client"] or (empty["server"] and name in JAVA and not own):
            yield Fault("ZW114", Role.CLIENT, True, text)

    def _limit(self, name: str, member: Member, side: str, key: str) -> Located | None:
        tail = ("zowe", "network", side, "tls", key)
        own = self.tree.setting(member, "components", name, *tail)
        return self.tree.located(own if own is not None else self.tree.setting(member, *tail))

    def _none_between(self, name: str, member: Member, side: str) -> bool:
        least, most = (self._limit(name, member, side, key) for key in ("minTls", "maxTls"))
        if least is None or most is None:
            return False
        first, last = least.value.upper(), most.value.upper()
        known = first in _VERSIONS and last in _VERSIONS
        return known and _VERSIONS.index(first) > _VERSIONS.index(last)

    def _authorities(self, member: Member) -> Iterable[Fault]:
        served = [
            self.tree.located(self.tree.certificate_entry("app-server", member, "pem", key))
            for key in ("key", "certificate")
        ]
        for side, files in ((Role.SERVER, served), (Role.CLIENT, self.tree.authorities(member))):
            what = next((found for file in files if file and (found := unexpanded(file.value))), None)
            if what is not None:
                yield Fault("ZW133", side, True, f"nobody expands {what} in the PEM files of app-server")
        if self.major is None or self.major >= 3:  # noqa: PLR2004 (v3 expands the ring)
            return
        for listed in self.tree.authorities(member):
            uri = ring_uri(listed.value)
            if uri is not None and not uri.label:
                yield Fault("ZW109", Role.CLIENT, True, f"{listed.value} names no label")
                return

    def _environment(self, name: str, member: Member) -> Iterable[Fault]:
        names = _OVERRIDES.get(name, ())
        for key in self.tree.settings.children("zowe", "environments"):
            if key in names or (name == "zss" and key.startswith("GSK_")):
                entry = self.tree.setting(member, "zowe", "environments", key)
                if entry is not None and entry.value not in {None, ""}:
                    text = f"zowe.environments.{key} overrides what its certificate settings say"
                    yield Fault("ZW143", Role.BOTH, None, text)
