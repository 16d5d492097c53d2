"""Certificates in files: PEM in any text, DER, PKCS#7."""

from typing import TYPE_CHECKING

from zcertlint.errors import InputError
from zcertlint.model.facts import Facts, Problem
from zcertlint.readers import ReadContext
from zcertlint.text.patterns import lazy
from zcertlint.text.source import Source, Span

if TYPE_CHECKING:
    from zcertlint.model.certificate import Certificate
    from zcertlint.readers._x509_pem import Block

__all__ = ["KIND", "read", "recognise"]

KIND = "certificate file"

_CERTIFICATES = {"CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE"}
_PKCS7 = {"PKCS7", "CMS", "PKCS #7 SIGNED DATA"}
_KEYS = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "OPENSSH PRIVATE KEY"}
# A public key or a list of revoked certificates is nothing to us. Word processors change the dashes.
_BEGIN = lazy(
    r"[-\u2010-\u2015\u2212] ?BEGIN [A-Z0-9 #]*(?:CERTIFICATE|PRIVATE KEY|PKCS ?#?7|CMS)[A-Z0-9 ]*"
    r"[-\u2010-\u2015\u2212]{2}"
)
_MANY = 100  # problems of one file; more of them say nothing new


def recognise(source: Source) -> bool:
    """Whether a PEM block, or a DER certificate, key or PKCS#7 by its structure, is in the file."""
    if source.encoding is not None and any(_starts_block(line) for line in source.lines):
        return True
    if source.data[:1] != b"\x30":
        return False
    from zcertlint.readers._x509_der import kind_of  # noqa: PLC0415

    return kind_of(source.data) is not None


def read(source: Source, context: ReadContext) -> Facts:
    """The certificates, numbered from 1; a block that cannot be decoded is a problem and keeps its number."""
    from zcertlint.readers._x509_pem import Broken, blocks  # noqa: PLC0415

    del context
    if source.encoding is None or not any(_starts_block(line) for line in source.lines):
        return _binary(source)
    found = _Found(source)
    for block in blocks(source):
        span = source.span(block.line, f"-----BEGIN {block.label}-----", block.column)
        if block.label in _KEYS:
            if isinstance(block, Broken) or not block.encrypted:
                found.private_key(span)
                found.understood(block.line, block.last)
        elif block.label in _CERTIFICATES | _PKCS7 and not (isinstance(block, Broken) and block.elided):
            found.understood(block.line, block.last)
            if isinstance(block, Broken):
                found.broken(Span(source.path, block.at), block.expected)
            else:
                found.add(block, span)
    return found.facts()


class _Found:
    """Certificates and problems of one file, in order."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.marks = bytearray(len(source.lines))
        self.count = 0
        self.certificates: list[Certificate] = []
        self.problems: list[Problem] = []
        self.left_out = 0

    def understood(self, first: int, last: int) -> None:
        """Lines ``first`` to ``last`` (from 1) belong to a block."""
        for index in range(first - 1, min(last, len(self.marks))):
            self.marks[index] = 1

    def problem(self, problem: Problem) -> None:
        """Note it, unless there are so many that one more says nothing."""
        if len(self.problems) < _MANY:
            self.problems.append(problem)
        else:
            self.left_out += 1

    def private_key(self, span: Span) -> None:
        hint = "Remove it: certificates alone are enough. If others could read it, replace the key."
        self.problem(Problem("IN007", span, "a private key in clear stands here", hint, fatal=False))

    def broken(self, span: Span, expected: str) -> None:
        self.count += 1
        self.problem(
            Problem("IN001", span, expected, "Export the certificate again and transfer it as text.")
        )

    def add(self, block: "Block", span: Span) -> None:
        from zcertlint.readers._x509_pem import der_length  # noqa: PLC0415

        if block.label in _PKCS7:
            self.message(block.data, span)
        else:
            length = der_length(block.data)
            # A TRUSTED CERTIFICATE has OpenSSL's own data behind the certificate.
            self.certificate(block.data if length is None else block.data[:length], span)

    def certificate(self, der: bytes, span: Span) -> None:
        from zcertlint.readers._x509 import certificate_from_der  # noqa: PLC0415

        self.count += 1
        try:
            self.certificates.append(certificate_from_der(der, f"file:{self.path}#{self.count}", span))
        except InputError as error:
            self.problem(Problem("IN001", span, error.expected, error.hint))

    def message(self, data: bytes, span: Span) -> None:
        from zcertlint.readers._x509_der import signed_data  # noqa: PLC0415

        found = signed_data(data)
        for der in found:
            self.certificate(der, span)
        if not found:
            self.broken(span, "a PKCS#7 message with certificates was expected")

    def facts(self) -> Facts:
        if self.left_out:
            last = self.problems[-1]
            text = f"{self.left_out} more blocks of this file cannot be used"
            self.problems.append(Problem("IN001", last.span, text, last.hint))
        counts = (self.marks.count(1), self.marks.count(0), 0)
        certificates, problems = tuple(self.certificates), tuple(self.problems)
        return Facts(KIND, self.path, certificates, problems=problems, lines=counts, marks=bytes(self.marks))


def _starts_block(line: str) -> bool:
    return "BEGIN " in line and _BEGIN.search(line) is not None


def _binary(source: Source) -> Facts:
    """DER: certificates one behind the other, a message, or something that is named instead of read."""
    from zcertlint.readers._x509_der import kind_of, pieces, unused  # noqa: PLC0415

    found = _Found(source)
    found.understood(1, len(source.lines))  # decoded by accident, all lines are the certificate
    place = Span(source.path)
    match kind_of(source.data):
        case "message":
            found.message(source.data, place)
        case "key":
            found.private_key(place)
        case "cut":
            found.broken(place, "the rest of a certificate was expected, the file ends before it does")
        case _:
            parts, rest = pieces(source.data)
            for part in parts:
                what = unused(part)
                if what is None:
                    found.certificate(part, place)
                else:
                    expected = f"a certificate was expected, this is {what}"
                    found.problem(Problem("IN008", place, expected, "It is not needed", fatal=False))
            if rest:
                expected = f"a certificate was expected, {rest} bytes behind it are none"
                found.problem(Problem("IN008", place, expected, "Transfer it again, in binary", fatal=False))
    return found.facts()
