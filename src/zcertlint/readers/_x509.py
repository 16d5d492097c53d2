"""One X.509 certificate, from its DER encoding to the model.

``cryptography`` reads nearly all certificates fast, but one bad field makes it refuse others: a malformed
extension hides all extensions, an odd name the whole certificate. So every field is asked for on its own,
at once, and what cryptography refuses is asked again from a tolerant pyasn1 view.
"""

import hashlib
import warnings
from collections.abc import Callable
from typing import Protocol, TypeVar

from zcertlint.errors import InputError
from zcertlint.model.certificate import Absent, AltNames, Certificate, Key, Moment
from zcertlint.model.names import Name
from zcertlint.readers._x509_tables import Constraints
from zcertlint.text.source import Span

__all__ = [
    "CertificateView", "certificate_from_der",
]  # fmt: skip

_LARGEST = 1 << 20  # no certificate is larger; a hostile one may be
_LONGEST_SERIAL = 2048  # bits; RFC 5280 allows 160

_T = TypeVar("_T")


class CertificateView(Protocol):
    """One way to read a certificate; every method may raise whatever its decoder raises."""

    def subject(self) -> Name:
        """The subject."""
        ...

    def issuer(self) -> Name:
        """The issuer."""
        ...

    def serial(self) -> int:
        """The serial number; 0 and negative ones occur."""
        ...

    def not_before(self) -> Moment:
        """The start of validity."""
        ...

    def not_after(self) -> Moment:
        """The end of validity."""
        ...

    def key(self) -> Key:
        """The public key's kind and size."""
        ...

    def signature(self) -> str:
        """The signature's algorithm in RACF's words, else its OID."""
        ...

    def alt_names(self) -> AltNames:
        """All subject alternative names."""
        ...

    def key_usage(self) -> frozenset[str] | Absent:
        """RFC 5280 names of the key usages."""
        ...

    def extended_usage(self) -> frozenset[str] | Absent:
        """Names, else OIDs, of the extended key usages."""
        ...

    def constraints(self) -> Constraints:
        """Whether it is a CA by its basic constraints, and its path length."""
        ...

    def subject_key_id(self) -> str | Absent:
        """Upper-case hex."""
        ...

    def authority_key_id(self) -> str | Absent:
        """Upper-case hex."""
        ...


class _Views:
    """The strict view, and the tolerant one made when the strict one refuses something."""

    def __init__(self, der: bytes) -> None:
        from zcertlint.readers._x509_strict import Strict  # noqa: PLC0415 (cryptography is slow to import)

        self._der = der
        self._strict: CertificateView | None = None
        self._tolerant: CertificateView | None = None
        self._refused = False
        try:
            self._strict = Strict(der)
        except Exception:  # noqa: BLE001 (a decoder may raise anything over hostile bytes)
            self._strict = None

    @property
    def readable(self) -> bool:
        """Whether either view exists."""
        return self._strict is not None or self._fallback() is not None

    def ask(self, question: Callable[[CertificateView], _T]) -> _T | None:
        """The first answer, or None where neither decoder has one."""
        if self._strict is not None:
            try:
                return question(self._strict)
            except Exception:  # noqa: BLE001, S110 (one bad field costs that field only)
                pass
        tolerant = self._fallback()
        if tolerant is not None:
            try:
                return question(tolerant)
            except Exception:  # noqa: BLE001, S110
                pass
        return None

    def _fallback(self) -> CertificateView | None:
        if self._tolerant is None and not self._refused:
            from zcertlint.readers._x509_tolerant import Tolerant  # noqa: PLC0415

            try:
                self._tolerant = Tolerant(self._der)
            except Exception:  # noqa: BLE001
                self._refused = True
        return self._tolerant


def _usual(serial: int) -> int:
    """The serial number, unless it is of a size at which Python itself refuses to print it."""
    if serial.bit_length() > _LONGEST_SERIAL:
        raise ValueError("a serial number beyond all measure")
    return serial


def certificate_from_der(der: bytes, ident: str, span: Span) -> Certificate:
    """The certificate in ``der``, every field converted now; a field that cannot be decoded is None.

    Args:
        der: the encoding, without anything behind it.
        ident: the id that the certificate gets (``file:PATH#n``).
        span: where it stands.

    Raises:
        InputError: when it is no certificate at all.
    """
    with warnings.catch_warnings():
        # cryptography warns of serial numbers and names that we judge ourselves.
        warnings.simplefilter("ignore")
        views = _Views(der) if len(der) <= _LARGEST else None
        if views is None or not views.readable:
            raise InputError(
                span.path,
                span.line,
                "a certificate was expected here, but the data cannot be decoded as one",
                "Export it again (RACDCERT EXPORT ... FORMAT(CERTB64)) and transfer it as text.",
            )
        constraints = views.ask(lambda view: view.constraints())
        return Certificate(
            id=ident,
            subject=views.ask(lambda view: view.subject()),
            issuer=views.ask(lambda view: view.issuer()),
            serial=views.ask(lambda view: _usual(view.serial())),
            not_before=views.ask(lambda view: view.not_before()),
            not_after=views.ask(lambda view: view.not_after()),
            key=views.ask(lambda view: view.key()),
            signature=views.ask(lambda view: view.signature()),
            alt_names=views.ask(lambda view: view.alt_names()),
            key_usage=views.ask(lambda view: view.key_usage()),
            extended_usage=views.ask(lambda view: view.extended_usage()),
            is_ca=None if constraints is None else constraints[0],
            path_length=None if constraints is None else constraints[1],
            subject_key_id=views.ask(lambda view: view.subject_key_id()),
            authority_key_id=views.ask(lambda view: view.authority_key_id()),
            fingerprint=hashlib.sha256(der).hexdigest().upper(),
            der=der,
            spans=(("id", span),),
            files=(ident,),
        )
