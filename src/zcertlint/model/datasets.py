"""What a data set holds, as far as a rehearsed command wrote it or a file shows it."""

from enum import Enum

from zcertlint.model.certificate import Certificate
from zcertlint.records import dataclass

__all__ = ["DataSet", "DataSetKind"]


class DataSetKind(Enum):
    """What kind of contents a data set has."""

    CERTIFICATE = "a certificate"
    PKCS12 = "a certificate with its private key"
    REQUEST = "a certificate request"


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set.

    Attributes:
        name: without apostrophes, in upper case.
        certificate: the certificate in it, as it was when it was written; for a request, the one that it was
            made from. None when no input shows it.
        key_of: the id of the certificate in the security database that has the same key; None when none is
            known to have it.
    """

    name: str
    kind: DataSetKind
    certificate: Certificate | None = None
    key_of: str | None = None
