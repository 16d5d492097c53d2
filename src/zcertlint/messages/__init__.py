"""The message book: what people see when TLS, a key ring or a certificate is wrong, and what it means.

The words stand in the folder ``messages/``, one YAML file for each family; here is what finds the right entry
in whatever somebody pastes. It is used like this::

    answer("EZD1287I TTLS Error RC: 435 Initial Handshake").found[0].entry.causes
"""

from zcertlint.messages.book import entries, entry, family_of
from zcertlint.messages.entry import Cause, Entry, Family
from zcertlint.messages.recognise import Answer, Found, answer

__all__ = ["Answer", "Cause", "Entry", "Family", "Found", "answer", "entries", "entry", "family_of"]
