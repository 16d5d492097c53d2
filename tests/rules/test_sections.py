"""The sections of a zowe.yaml that name stores, and what counts in each."""

from typing import Any

import pytest

from rules.test_shared import settings
from support.certificates import NOW
from zcertlint.engine.rule import Context
from zcertlint.engine.verdict import Confidence, Severity
from zcertlint.model.deployment import Database, Deployment
from zcertlint.model.settings import Settings
from zcertlint.rules.zowe._sections import Section, Slip, enabled, fails, family, sections, text_of, whole
from zcertlint.text.source import Span
from zcertlint.trust.handshake import Judge

BASE = ("zowe", "certificate")


def paths(text: str, *, running: bool = True) -> list[tuple[str, bool]]:
    return [(one.name, one.old) for one in sections(settings(text), running=running)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zowe.certificate.keystore.type", [("zowe.certificate", False)]),
        ("zowe.externalCertificate.keystore.type", [("zowe.externalCertificate", True)]),
        ("zowe.internalCertificate.keystore.type", [("zowe.internalCertificate", True)]),
        ("zowe.setup.certificate.type", []),
        ("zowe.other.certificate.type", []),
        ("other.certificate.type", []),
        ("certificate.type", []),
        ("zowe.certificate", []),
        (
            "components.zss.certificate.keystore.type zowe.certificate.keystore.type",
            [("zowe.certificate", False), ("components.zss.certificate", False)],
        ),
        ("components.zss.certificate.keystore.type components.zss.enabled:false", []),
        (
            "components.zss.certificate.keystore.type components.zss.enabled:true",
            [("components.zss.certificate", False)],
        ),
        ("components.gateway.server.internal.ssl.certificate.keystore.alias", []),
        (
            "haInstances.a.components.zss.certificate.keystore.type",
            [("haInstances.a.components.zss.certificate", False)],
        ),
    ],
)
def test_sections(text: str, found: list[tuple[str, bool]]) -> None:
    assert paths(text) == found


def test_sections_of_what_is_switched_off() -> None:
    text = "components.zss.certificate.keystore.type components.zss.enabled:false"
    assert paths(text, running=False) == [("components.zss.certificate", False)]


def test_part_of_a_file_that_starts_below_the_section() -> None:
    held = settings("zowe.certificate.keystore.type")
    part = Settings("zowe.yaml", {path: entry for path, entry in held.entries.items() if path != BASE})
    (found,) = sections(part)
    assert (found.path, found.old) == (BASE, False)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (("zowe", "certificate"), True),
        (("components", "zss", "certificate"), False),
        (("components", "gateway", "certificate"), True),
        (("components", "other", "certificate"), True),
        (("haInstances", "a", "components", "zss"), True),
        (("haInstances", "a", "components", "zaas"), False),
    ],
)
def test_enabled(path: tuple[str, ...], answer: bool) -> None:  # noqa: FBT001
    held = settings("components.zss.enabled:FALSE components.gateway.enabled:true "
                    "haInstances.a.components.zaas.enabled:false")  # fmt: skip
    assert enabled(held, path) is answer


def test_what_counts_in_a_section() -> None:
    held = settings(
        "zowe.certificate.keystore.type:A zowe.certificate.keystore.file:B "
        "components.zss.certificate.keystore.type:C zowe.externalCertificate.keystore.type:D"
    )
    base, own = Section(held, BASE, old=False), Section(held, ("components", "zss", "certificate"), old=False)
    old = Section(held, ("zowe", "externalCertificate"), old=True)
    assert [text_of(one.entry("keystore", "type")) for one in (base, own, old)] == ["A", "C", "D"]
    assert [text_of(one.entry("keystore", "file")) for one in (base, own, old)] == ["B", "B", None]
    assert [text_of(one.own("keystore", "file")) for one in (base, own, old)] == ["B", None, None]
    assert [one.override for one in (base, own, old)] == [False, True, False]
    assert own.name == "components.zss.certificate"


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("zowe.certificate.pem.certificateAuthorities:/a.pem,/b.pem", ["/a.pem", "/b.pem"]),
        ("zowe.certificate.pem.certificateAuthorities:/a.pem,,", ["/a.pem"]),
        ("zowe.certificate.pem.certificateAuthorities.0:/a.pem zowe.certificate.pem.certificateAuthorities.1:/b.pem",
         ["/a.pem", "/b.pem"]),
        ("zowe.certificate.pem.certificateAuthority:/a.pem", ["/a.pem"]),
        ("zowe.certificate.pem.certificateAuthorities:${{x}}", []),
        ("zowe.certificate.pem.key:/a.pem", []),
    ],
)  # fmt: skip
def test_authorities(text: str, entries: list[str]) -> None:
    section = Section(settings(text), BASE, old=False)
    assert [one.value for one in section.authorities()] == entries


RING, FILE = "safkeyring://A/B", "/zowe/k.p12"


@pytest.mark.parametrize(
    ("kind", "file", "answer"),
    [
        ("JCERACFKS", RING, "key ring"),
        ("PKCS12", FILE, "PKCS12"),
        ("JCERACFKS", FILE, None),
        ("PKCS12", RING, None),
        ("JKS", FILE, "PKCS12"),
        ("JKS", RING, "key ring"),
        ("JCERACFKS", None, "key ring"),
        (None, FILE, "PKCS12"),
        (None, RING, None),  # the start scripts take PKCS12, and that is no key ring
        (None, None, None),
        ("${{x}}", RING, "key ring"),
    ],
)
def test_family(kind: str | None, file: str | None, answer: str | None) -> None:
    told = [f"zowe.certificate.keystore.type:{kind}"] if kind else []
    told += [f"zowe.certificate.keystore.file:{file}"] if file else []
    held = settings(" ".join(["zowe.certificate.x", *told]))
    assert family(Section(held, BASE, old=False), "keystore") == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("zowe.certificate.x components.x zOSMF.x", True),
        ("zowe.certificate.x components.x zowe.runtimeDirectory", True),
        ("zowe.certificate.x components.x java.home", True),
        ("zowe.externalCertificate.x components.x java.home", True),
        ("zowe.certificate.x components.x", False),
        ("zowe.certificate.x zOSMF.x", False),
        ("components.x zOSMF.x", False),
    ],
)
def test_whole(text: str, answer: bool) -> None:  # noqa: FBT001
    assert whole(settings(text)) is answer


def slip(name: str, severity: Severity | None = None, **more: Any) -> Slip:
    return Slip(name, Span("zowe.yaml", len(name)), f"words of {name}", {"name": name}, severity, **more)


def test_one_finding_for_all_slips() -> None:
    deployment = Deployment(Database({}, {}))
    as_of = NOW
    ctx = Context(deployment, Judge(deployment, as_of), as_of)
    assert fails("ZW101", [], ctx) is None
    last, worst = slip("b", Severity.INFO), slip("ccc", Severity.ERROR, likely=True, variant="v", note="n")
    found = fails("ZW101", [slip("aa", Severity.WARNING), last, worst], ctx)
    assert found is not None
    assert (found.subjects, found.severity, found.variant, found.note) == (("ccc",), Severity.ERROR, "v", "n")
    assert found.confidence is Confidence.LIKELY
    assert found.primary.line == len("ccc")
    assert [words for _, words in found.related] == ["words of aa", "words of b"]
    plain = fails("ZW101", [slip("x", related=((Span("other", 1), "there"),)), last], ctx)
    assert plain is not None
    assert (plain.confidence, plain.severity, plain.subjects) == (None, None, ("x",))
    assert [words for _, words in plain.related] == ["there", "words of b"]
