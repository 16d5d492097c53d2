"""Crypto policy: keys and signatures that somebody refuses."""

from zcertlint.model.certificate import Certificate

__all__ = ["ON"]

# The types of the subjects of this family; it is imported only when one of them occurs.
ON = (Certificate,)
