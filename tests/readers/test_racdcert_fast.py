"""The pattern for whole records says what the line machine says, of every text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.envelopes import Envelope, envelopes
from support.listings import print_list, print_listmap, print_listring, systsprt
from support.racdcert_models import lists, maps, rings
from zcertlint.model.certificate import Certificate, Owner
from zcertlint.model.facts import Facts, NameFilter
from zcertlint.model.store import Store
from zcertlint.readers import ReadContext, _racdcert_answer, racdcert
from zcertlint.text import decode

NEVER = 1 << 60
Ring = tuple[str, list[Store]]
Listed = tuple[Owner, list[Certificate]]
Mapped = tuple[str | None, list[NameFilter]]
# What may stand between the records of a copy, each able to change what the record before it means.
BETWEEN = (
    "***", ">more<", "AB:CD", "prose", "Status: NOTRUST", "Label: x", "  Ring: ", "READY", "Key Usage: CERTSIGN",
    "IRRD101I You are not authorized to issue the RACDCERT command.", "Digital certificate information for SITE:",
    "Digital ring information for user X:", "Certificate 2:", "Chain information:", "    Domain: b.example.com",
    "RACDCERT SITE LIST", "Mapping information for MULTIID:", "x\N{NO-BREAK SPACE}", "    Ring Owner: A", "> Label: y",
    "SDSF OUTPUT DISPLAY X LINE 0 COLUMNS 21- 100", "", "   ",
)  # fmt: skip


def both(data: bytes) -> Facts:
    """The facts, the same from each way: with the pattern, of lines stripped at once or when asked, or without."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        for enough, worth in ((0, NEVER), (0, 0), (NEVER, 0), (NEVER, NEVER)):
            patch.setattr(_racdcert_answer, "ENOUGH", enough)
            patch.setattr(decode, "_WORTH_KEEPING", worth)
            found.append(racdcert.read(decode.load("listing.txt", data), ReadContext()))
    fast, *others = found
    for other in others:
        assert fast == other
        assert hash(fast.certificates) == hash(other.certificates)
    return fast


@envelopes
@given(model=lists())
@settings(max_examples=15, deadline=None)
def test_whole_records(envelope: Envelope, model: Listed) -> None:
    owner, records = model
    assert len(both(envelope(print_list(owner, records))).certificates) == len(records)


@given(one=lists(), other=lists(), ring=rings(), mapped=maps(), data=st.data())
@settings(max_examples=120, deadline=None)
def test_damaged_and_mixed_listings(
    one: Listed, other: Listed, ring: Ring, mapped: Mapped, data: st.DataObject
) -> None:
    owner, records = one
    release = data.draw(st.sampled_from(["2.4", "2.5", "3.2"]))
    command = data.draw(st.sampled_from([f"RACDCERT {owner} LIST", "RACDCERT LISTMAP", "LISTCAT", None]))
    listing = print_list(owner, records, release=release)
    text = systsprt([(command, listing)]) if command else listing
    text += data.draw(st.sampled_from(["", print_listring(*ring), print_listmap(*mapped)])) + print_list(
        *other
    )
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(lines)))
        match data.draw(st.sampled_from(["insert", "delete", "repeat", "cut", "glue"])):
            case "insert":
                lines.insert(place, data.draw(st.sampled_from(BETWEEN)))
            case "delete":
                del lines[place : place + data.draw(st.integers(1, 4))]
            case "repeat":
                lines[place:place] = lines[max(0, place - data.draw(st.integers(1, 30))) : place]
            case "cut":
                lines = [
                    *lines[:place],
                    *(line[: data.draw(st.integers(0, 20))] for line in lines[place:][:1]),
                ]
            case _:
                lines[place : place + 2] = [" ".join(lines[place : place + 2])]
    both("\n".join(lines).encode())


@given(model=lists(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_sign_changed(model: Listed, data: st.DataObject) -> None:
    text = print_list(*model, release="3.2")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text)))
        sign = data.draw(
            st.sampled_from([*":<>,/09Ff \t\n'", "\x1c", "\x85", "\xa0", "\u0665", "\u2028", "Z"])
        )
        text = text[:place] + sign + text[place + data.draw(st.integers(0, 1)) :]
    both(text.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Key Size: 2048", "Key Size: 20480000"),
        ("Start Date: 2020/01/01", "Start Date: 2020/02/30"),
        ("End Date:   2030/01/01 00", "End Date:   2030/01/01 24"),
        ("HANDSHAKE", "HANDSHAKE, "),
        ("HANDSHAKE", "SHAKEHAND"),
        ("Certificate ID: 2", "Certificate ID: x"),
        ("Label: Web", "Label: \xa0Web"),
        ("Label: Web", "Label: \tWeb"),
        ("Domain: a", "Domain:   a at b at c"),
        ("Domain: a", "EMail:   a at b at c"),
        (">01<", ">1 <"),
        (">01<", f">{'F' * 200}<"),
        (">CN=a<", ">CN=a<\n>.O=<<\n><"),
        (">CN=a<", ">CN=<<\n><"),
        (">CN=a<", "><"),
        ("Ring Owner: U", "Ring Owner: u"),
        (">r<", ">r<\n>ing<"),
        (">r<", ""),
        ("AA:BB", "aa:bb"),
        ("AA:BB", "AA:B"),
    ],
)
@pytest.mark.parametrize("behind", ["", "\n>more<\n", "\nLabel: next\n", "\nnoise\n", "\nCertificate 2:\n"])
def test_values_at_the_edge(old: str, new: str, behind: str) -> None:
    record = (
        "Digital certificate information for user U:\n\n  Label: Web\n  Certificate ID: 2QHk5oWC\n  Status: TRUST\n"
        "  Start Date: 2020/01/01 00:00:00\n  End Date:   2030/01/01 00:00:00\n  Serial Number:\n       >01<\n"
        "  Issuer's Name:\n       >CN=a<\n  Subject's Name:\n       >CN=a<\n  Subject's AltNames:\n    Domain: a\n"
        "  Subject Key ID:\n       AA:BB\n  Signing Algorithm: sha256RSA\n  Key Usage: HANDSHAKE\n  Key Type: RSA\n"
        "  Key Size: 2048\n  Private Key: YES\n  Ring Associations:\n    Ring Owner: U\n    Ring:\n       >r<\n"
    )
    assert old in record
    assert [certificate.label for certificate in both(record.encode()).certificates] == ["Web"]
    both((record.replace(old, new) + behind).encode())
