"""Reports made by hand: the story of SCREENS in data, and the smallest report that there is."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from zcertlint.engine.results import (
    Answer3,
    Finding,
    Fix,
    FixKind,
    Gap,
    InputView,
    LinkResult,
    Report,
    Safety,
    Summary,
)
from zcertlint.engine.verdict import Confidence, Severity
from zcertlint.model.deployment import Basis, Endpoint, Link, Located, Role, Stack, Verify
from zcertlint.report import RuleParam, RuleText
from zcertlint.text.source import Span

AS_OF = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
RINGS = "evidence/rings.txt"
CERTS = "evidence/certs.txt"
YAML = "zowe.yaml"

SOURCES = {
    RINGS: (
        "READY",
        "RACDCERT LISTRING(*) ID(ZWESVUSR)",
        "",
        "Digital ring information for user ZWESVUSR:",
        "",
        "       >ZoweKeyring<",
    ),
    CERTS: (*([""] * 40), "  Label: zOSMFCA", *([""] * 21), "   Key Type: NIST ECC"),
    YAML: (*([""] * 16), "    certificate:", "      keystore:", '        alias: "Zowe Server"'),
}


def link(client: str, server: str, verify: Verify = Verify.STRICT, **more: Any) -> Link:
    values: dict[str, Any] = {
        "host": Located("zowe.acme.example"),
        "port": 7554,
        "basis": Basis.ASSUMED if client == "browser" else Basis.CONFIGURED,
        "span": Span(YAML, 3),
        "stack": Stack.JSSE,
    }
    return Link(f"{client} -> {server}", client, server, verify=verify, **(values | more))


def result(one: Link, verdict: Answer3 = Answer3.HOLDS, **more: Any) -> LinkResult:
    values: dict[str, Any] = {"because": (), "needs": ()}
    return LinkResult(one, verdict, **(values | more))


ZOSMF_LINK = link("zowe.zaas", "zosmf", host=Located("zosmf.acme.example"), port=10443)
ZSS_LINK = link("zowe.zss", "zowe.gateway", Verify.CHAIN)


def finding(code: str = "CH101", **more: Any) -> Finding:
    fingerprint = more.get("fingerprint", f"{code.lower()}0badcafe")
    values: dict[str, Any] = {
        "id": f"{code}-{fingerprint}",
        "code": code,
        "name": "anchor-missing",
        "severity": Severity.ERROR,
        "confidence": Confidence.CERTAIN,
        "title": "a trust store lacks the CA of the server's certificate",
        "message": "Zowe does not trust the certificate of z/OSMF",
        "subjects": ("ring:ZWESVUSR/ZoweKeyring", "CERTAUTH/zOSMFCA"),
        "primary": Span(RINGS, 6, None, ">ZoweKeyring<"),
        "related": ((Span(CERTS, 41, 10, "zOSMFCA"), "this CA issued it; connect it"),),
        "breaks": ("ZWEAG182E", '"LoadBalancer does not contain an instance for the service zaas"'),
        "links": (ZOSMF_LINK.id,),
        "spared": (),
        "fix": Fix(FixKind.JCL, Safety.READY, "CONNECT CERTAUTH 'zOSMFCA' to ZWESVUSR/ZoweKeyring"),
        "hint": None,
        "fingerprint": fingerprint,
    }
    return Finding(**(values | more))


def ec_key() -> Finding:
    return finding(
        "LK101",
        name="token-key-not-rsa",
        title="the key that signs tokens is no RSA key",
        message="Zowe signs its tokens (JWT) with an elliptic-curve key",
        subjects=("ID(ZWESVUSR)/Zowe Server",),
        primary=Span(YAML, 19, 16, '"Zowe Server"'),
        related=((Span(CERTS, 63), "NIST ECC 256; a token needs RSA"),),
        breaks=("ZWEAM701E Unrecognized RSA or RSASSA-PSS key algorithm name",),
        links=(),
        confidence=Confidence.LIKELY,
        note="Users see it at the first logon, not at the start.",
        fix=Fix(
            FixKind.JCL,
            Safety.REVIEW,
            "a new RSA 2048 certificate (label 'Zowe Server RSA'), connected beside the old one, "
            "and the new alias",
        ),
    )


def expiring() -> Finding:
    return finding(
        "CE103",
        name="certificate-expires-soon",
        title="a certificate in use ends soon",
        severity=Severity.WARNING,
        message="ID(IZUSVR)/DefaultzOSMFCert.IZUDFLT ends on 2026-12-24, in 33 days",
        subjects=("ID(IZUSVR)/DefaultzOSMFCert.IZUDFLT",),
        primary=Span("certs/zosmf.der"),
        related=(),
        breaks=("EZD1287I 401",),
        links=(),
        spared=(ZOSMF_LINK.id,),
        fix=Fix(FixKind.MANUAL, Safety.ADVICE, "ask the CA for a renewal"),
    )


def gap() -> Gap:
    return Gap(
        "CH107",
        "zowe.zss -> zowe.gateway",
        "Does ZSS trust the gateway? The CA 'Site CA' starts later than the certificate that it should have "
        "issued: renewed (works) or created again (fails)?",
        "RACDCERT CERTAUTH EXPORT(LABEL('Site CA')) DSN(SITECA.B64) FORMAT(CERTB64)",
        ("zowe.zss -> zowe.gateway",),
    )


INPUTS = (
    InputView(YAML, "zowe.yaml (v3)", "0" * 64, 1234, None, 0, (80, 20, 0)),
    InputView(RINGS, "RACDCERT transcript", "1" * 64, 512, "LPAR1", 1, (40, 2, 3)),
    InputView(CERTS, "RACDCERT transcript", "2" * 64, 9876, "LPAR1", 0, (400, 20, 0)),
    InputView("certs/zosmf.der", "certificate", "3" * 64, 900, None, 0),
)
ENDPOINTS = (
    Endpoint(
        "zowe.zaas",
        "zowe",
        Role.BOTH,
        Stack.CLIENT5,
        keystore="ring:ZWESVUSR/ZoweKeyring",
        truststore="ring:ZWESVUSR/ZoweKeyring",
        certificate="ID(ZWESVUSR)/Zowe Server",
        names=("zowe.acme.example",),
    ),
    Endpoint("zosmf", "zosmf", Role.SERVER, Stack.JSSE),
)


def empty(**more: Any) -> Report:
    values: dict[str, Any] = {
        "as_of": AS_OF,
        "verdict": Answer3.HOLDS,
        "inputs": (),
        "endpoints": (),
        "links": (),
        "findings": (),
        "gaps": (),
        "summary": Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return Report(**(values | more))


def failing(**more: Any) -> Report:
    first = finding()
    known = replace(expiring(), id="CE103-known", code="CE104", baselined=True, fingerprint="known")
    values: dict[str, Any] = {
        "verdict": Answer3.FAILS,
        "inputs": INPUTS,
        "endpoints": ENDPOINTS,
        "links": (
            result(ZOSMF_LINK, Answer3.FAILS, because=(first.id,)),
            result(link("zowe.gateway", "zowe.discovery")),
            result(link("browser", "zowe.gateway", Verify.NAME)),
            result(ZSS_LINK, Answer3.UNKNOWN, needs=("whether 'Site CA' was renewed",)),
        ),
        "findings": (first, ec_key(), expiring(), known),
        "gaps": (gap(),),
        "summary": Summary(2, 1, 0, 1, 1, 2, 1, 1, 153, 14, 2),
        "next_expiry": ("Zowe Server", 311),
        "headline": (("zowe.verifyCertificates", "STRICT"),),
        "sources": SOURCES,
    }
    return empty(**(values | more))


def holding(**more: Any) -> Report:
    values: dict[str, Any] = {
        "inputs": INPUTS,
        "links": tuple(result(link("zowe.gateway", f"zowe.s{number}")) for number in range(9)),
        "summary": Summary(0, 0, 0, 0, 0, 9, 0, 0, 153, 14, 2),
        "next_expiry": ("zOSMFCA", 1204),
        "headline": (("zowe.verifyCertificates", "STRICT"),),
        "sources": SOURCES,
    }
    return empty(**(values | more))


def unknown(**more: Any) -> Report:
    values: dict[str, Any] = {
        "verdict": Answer3.UNKNOWN,
        "inputs": INPUTS[:1],
        "links": (
            result(ZOSMF_LINK, Answer3.UNKNOWN, needs=("the certificates of ZWESVUSR/ZoweKeyring",)),
            result(ZSS_LINK, Answer3.UNKNOWN),
        ),
        "gaps": (
            gap(),
            replace(gap(), code="CE101", subject="CERTAUTH/Site CA", needs="When does it end?", links=()),
        ),
        "summary": Summary(0, 0, 0, 0, 2, 0, 0, 2, 153, 0, 0),
    }
    return empty(**(values | more))


RULE = RuleText(
    id="CH101",
    name="anchor-missing",
    title="a trust store lacks the CA of the server's certificate",
    severity="error; info where the link is spared",
    subject="link",
    why="The client follows the chain up to a CA that it trusts.\n\nThere is none | so it hangs up.",
    sentences=(("fails", "{client} does not trust {server}"), ("unknown", "Does {client} trust {server}?")),
    needs="the CAs on the key ring",
    command="RACDCERT ID(owner) LISTRING(ring)",
    breaks=("ZWEAG182E", "EZD1287I 435"),
    fix="connect the CA to the ring",
    safety="ready",
    params=(RuleParam("days", "60", "days before the end"),),
    references=("z/OS Security Server RACF Command Language Reference",),
)
