"""Names in a certificate against names that a client calls: each pair a meeting whose chain holds."""

import datetime as dt
from collections.abc import Iterator
from itertools import count

from support.pki import Meeting, Spec, issue, key, named

__all__ = ["host_meetings"]

_HOSTS = (
    "zos.example.com", "ZOS.Example.COM", "other.example.com", "a.zos.example.com", "example.com", "localhost",
    "192.0.2.1", "2001:db8::1", "xn--bcher-kva.example.com",
)  # fmt: skip
# CN, dNSNames, iPAddresses.
_NAMES: tuple[tuple[str | None, tuple[str, ...], tuple[str, ...]], ...] = (
    ("unrelated", ("zos.example.com",), ()),
    ("unrelated", ("ZOS.EXAMPLE.COM",), ()),
    ("unrelated", ("other.example.com", "zos.example.com"), ()),
    ("unrelated", ("*.example.com",), ()),
    ("unrelated", ("*.zos.example.com",), ()),
    ("unrelated", ("z*.example.com",), ()),
    ("unrelated", ("*s.example.com",), ()),
    ("unrelated", ("zos.*.com",), ()),
    ("unrelated", ("*.*.example.com",), ()),
    ("unrelated", ("*.com",), ()),
    ("unrelated", ("*",), ()),
    ("unrelated", ("localhost",), ()),
    ("unrelated", ("192.0.2.1",), ()),
    ("unrelated", ("xn--bcher-kva.example.com",), ()),
    ("unrelated", (), ("192.0.2.1",)),
    ("unrelated", (), ("2001:db8:0:0::1",)),
    ("unrelated", ("zos.example.com",), ("192.0.2.1", "2001:db8::1")),
    ("zos.example.com", (), ()),
    ("ZOS.example.com", (), ()),
    ("*.example.com", (), ()),
    ("192.0.2.1", (), ()),
    ("2001:db8::1", (), ()),
    ("zos.example.com", ("other.example.com",), ()),
    ("zos.example.com", (), ("192.0.2.1",)),
    ("192.0.2.1", ("zos.example.com",), ()),
    (None, (), ()),
    (None, ("zos.example.com",), ()),
)


def host_meetings(now: dt.datetime) -> Iterator[Meeting]:
    """Every certificate with every host; the root is trusted, so only the names can fail."""
    start, end = now - dt.timedelta(days=30), now + dt.timedelta(days=30)
    root = issue(Spec(named("Root"), key("EC256", 900), start, end, ca=True, usage=("key_cert_sign",)))
    numbers = count()
    for common_name, dns, ips in _NAMES:
        spec = Spec(named(common_name), key("EC256", 901), start, end, dns=dns, ips=ips)
        leaf = issue(spec, root)
        for host in _HOSTS:
            name = f"{next(numbers)}: CN {common_name}, {(*dns, *ips)} as {host}"
            yield Meeting(name, leaf, (), (root,), host)
