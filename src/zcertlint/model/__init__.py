"""The nouns: certificate, key ring, endpoint, link, deployment. No I/O, no parsing, no verdicts, no clock.

An attribute that may be unknown says so in its type: ``None`` always means "not shown by any input" and
never "no". What a certificate is known not to have is :data:`Absent.ABSENT` or an empty, complete value.
"""
