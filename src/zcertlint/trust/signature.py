"""What only the encoding of a certificate tells: whether a signature verifies, what basicConstraints say."""

from functools import lru_cache

__all__ = ["same_key", "says_no_ca", "unjudged", "verifies"]

# Critical extensions whose meaning is either judged or harmless where nobody asks for policies.
_UNDERSTOOD = {
    "2.5.29.15",  # keyUsage
    "2.5.29.17",  # subjectAltName
    "2.5.29.19",  # basicConstraints
    "2.5.29.30",  # nameConstraints
    "2.5.29.32",  # certificatePolicies
    "2.5.29.37",  # extKeyUsage
}


@lru_cache(maxsize=4096)
def verifies(child: bytes, issuer: bytes) -> bool | None:
    """Whether the issuer's key made the child's signature; None when this cannot be computed here.

    The signature is verified directly (RFC 5280, 4.1.1.3), without the library's policy, which refuses
    algorithms that z/OS uses (SHA-1, CAs without basicConstraints).
    """
    import warnings  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415 (slow to import, needed only with files)
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import (  # noqa: PLC0415
        dsa,
        ec,
        ed448,
        ed25519,
        padding,
        rsa,
    )

    try:
        with warnings.catch_warnings():
            # Serial number 0, which RACF gives its roots, and negative ones warn; they are legal here.
            warnings.simplefilter("ignore")
            leaf, signer = x509.load_der_x509_certificate(child), x509.load_der_x509_certificate(issuer)
        key = signer.public_key()
        algorithm = leaf.signature_hash_algorithm
        parameters = leaf.signature_algorithm_parameters
        signed, signature = leaf.tbs_certificate_bytes, leaf.signature
    except (ValueError, UnsupportedAlgorithm, TypeError):
        return None
    try:
        if isinstance(key, rsa.RSAPublicKey) and algorithm is not None:
            if not isinstance(parameters, padding.PKCS1v15 | padding.PSS):
                return False
            key.verify(signature, signed, parameters, algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(parameters, ec.ECDSA):
            key.verify(signature, signed, parameters)
        elif isinstance(key, dsa.DSAPublicKey) and algorithm is not None:
            key.verify(signature, signed, algorithm)
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey) and algorithm is None:
            key.verify(signature, signed)
        else:
            return False  # the key is of another kind than the signature
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm):
        return None
    return True


@lru_cache(maxsize=4096)
def same_key(one: bytes, other: bytes) -> bool | None:
    """Whether two certificates hold one public key; None when one of them cannot be read."""
    import warnings  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415 (slow to import, needed only with files)
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415

    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            keys = [
                x509.load_der_x509_certificate(der).public_key().public_bytes(*form) for der in (one, other)
            ]
    except (ValueError, UnsupportedAlgorithm, TypeError):
        return None
    return keys[0] == keys[1]


@lru_cache(maxsize=4096)
def says_no_ca(der: bytes) -> bool:
    """Whether basicConstraints are there and do not say CA; the model holds no difference to their absence."""
    import warnings  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415 (slow to import, needed only with files)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            extensions = x509.load_der_x509_certificate(der).extensions
            return not extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return False


@lru_cache(maxsize=4096)
def unjudged(der: bytes) -> str | None:
    """A critical extension whose meaning is not judged here, in words, or None."""
    import warnings  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415 (slow to import, needed only with files)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            extensions = x509.load_der_x509_certificate(der).extensions
    except (ValueError, TypeError, x509.DuplicateExtension):
        return None
    for extension in extensions:
        oid = extension.oid.dotted_string
        if extension.critical and oid not in _UNDERSTOOD:
            return f"the critical extension {oid}"
    return None
