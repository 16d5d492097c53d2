"""PKCS#12 keystores: what Zowe uses where there is no key ring. JKS is recognised and refused with a hint."""

import warnings
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from zcertlint.errors import InputError
from zcertlint.model.facts import Facts, Problem
from zcertlint.model.store import Connection, Store, StoreKind, StoreState, Usage
from zcertlint.readers import ReadContext
from zcertlint.text.source import Source, Span

if TYPE_CHECKING:
    from zcertlint.model.certificate import Certificate

__all__ = ["KIND", "read", "recognise"]

KIND = "PKCS12 keystore"

_JAVA = {b"\xfe\xed\xfe\xed": "JKS", b"\xce\xce\xce\xce": "JCEKS"}
_VERSION_3 = b"\x02\x01\x03\x30"  # PFX ::= SEQUENCE { version INTEGER {v3(3)}, authSafe SEQUENCE ...
_PBES2 = (
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d"  # 1.2.840.113549.1.5.13, in the clear (RFC 8018, A.4)
)
_INDEFINITE = 0x80
_LONGEST_LENGTH = 4


def recognise(source: Source) -> bool:
    """Whether it is a PFX of version 3, or a Java keystore that we can only refuse."""
    data = source.data
    if data[:4] in _JAVA:
        return True
    if len(data) < 8 or data[0] != 0x30:  # noqa: PLR2004
        return False
    size = data[1] - _INDEFINITE if data[1] > _INDEFINITE else 0
    return size <= _LONGEST_LENGTH and data[2 + size : 6 + size] == _VERSION_3


def read(source: Source, context: ReadContext) -> Facts:
    """The certificates and the store; without the password one problem that says how to give it.

    The private key is decrypted with the rest, is used for nothing and dropped at once.
    """
    if (kind := _JAVA.get(source.data[:4])) is not None:
        refused = _problem(
            source,
            f"a PKCS12 keystore was expected, this is a Java keystore of type {kind}",
            "Convert it: keytool -importkeystore -srckeystore OLD -destkeystore NEW -deststoretype PKCS12",
        )
        return replace(refused, kind=f"{kind} keystore")
    too_much = _too_much(source.data)
    if too_much is not None:
        return _problem(
            source, too_much, "Make it again with usual settings (keytool or openssl pkcs12 -export)."
        )
    entries = _entries(source.data, _passwords(context.password(source.path)))
    if entries is None:
        return _problem(
            source,
            "the keystore could not be opened: the password is missing or wrong, or the file is damaged",
            "Set ZCERTLINT_PASSWORD (or ZCERTLINT_PASSWORD_<NAME> for this file alone) or answer the prompt.",
        )
    return _facts(source, entries)


def _too_much(data: bytes) -> str | None:
    """Why it is not even tried to open the keystore: a hostile one would keep us busy for years."""
    from zcertlint.readers._pkcs12_rounds import MOST_ROUNDS, STORE_LIMIT, rounds  # noqa: PLC0415

    if len(data) > STORE_LIMIT:
        return f"a keystore of at most {STORE_LIMIT:,} bytes was expected, this one has {len(data):,}"
    if rounds(data) > MOST_ROUNDS:
        return (
            f"a keystore that opens with at most {MOST_ROUNDS:,} rounds was expected, this one demands more"
        )
    return None


def _problem(source: Source, expected: str, hint: str) -> Facts:
    problem = Problem("IN001", Span(source.path), expected, hint)
    return Facts(KIND, source.path, problems=(problem,), lines=(len(source.lines), 0, 0))


def _passwords(given: str | None) -> Iterable[bytes | None]:
    """What to try: a trust store may have no password, or an empty one, whatever was answered."""
    if given:
        yield given.encode("utf-8")
    yield b""
    yield None


# Alias (None where it has none), encoding, whether the store holds its private key.
_Entry = tuple[str | None, bytes, bool]


def _entries(data: bytes, passwords: Iterable[bytes | None]) -> list[_Entry] | None:
    """The entries in the order of the file, the one with the key first; None when nothing opens it."""
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12  # noqa: PLC0415

    for password in passwords:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                store = pkcs12.load_pkcs12(data, password)
                has_key = store.key is not None
                found = [(entry, has_key) for entry in (store.cert,) if entry is not None]
                found += [(entry, False) for entry in store.additional_certs]
                return [
                    (_text(entry.friendly_name), entry.certificate.public_bytes(Encoding.DER), key)
                    for entry, key in found
                ]
        except Exception:  # noqa: BLE001, S112 (wrong password, damage and unknown ciphers look alike)
            continue
    return None


def _text(name: bytes | None) -> str | None:
    """An alias as text; one that is empty is none."""
    text = name.decode("utf-8", "replace").strip("\0") if name is not None else ""
    return text or None


def _facts(source: Source, entries: list[_Entry]) -> Facts:
    from zcertlint.readers._x509 import certificate_from_der  # noqa: PLC0415

    place = Span(source.path)
    certificates: list[Certificate] = []
    connections: list[Connection] = []
    problems: list[Problem] = []
    used: set[str] = set()
    for number, (alias, der, has_key) in enumerate(entries, 1):
        name = alias if alias is not None and alias not in used else str(number)
        used.add(name)
        ident = f"file:{source.path}#{name}"
        try:
            read_one = certificate_from_der(der, ident, place)
        except InputError as error:
            problems.append(Problem("IN001", place, error.expected, error.hint))
            continue
        certificates.append(replace(read_one, private_key=has_key or None))
        usage = Usage.PERSONAL if has_key else Usage.CERTAUTH
        connections.append(Connection(ident, None, alias, usage, None, place))
    store = Store(
        f"store:{source.path}",
        StoreKind.PKCS12,
        None,
        source.path,
        StoreState.SHOWN,
        tuple(connections),
        place,
        new_ciphers=_PBES2 in source.data,
    )
    return Facts(
        KIND,
        source.path,
        tuple(certificates),
        (store,),
        problems=tuple(problems),
        lines=(len(source.lines), 0, 0),
    )
