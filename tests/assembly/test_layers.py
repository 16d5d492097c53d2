"""Several configuration files: the first value wins, arrays are taken whole, every value keeps its place."""

from zcertlint.assembly.layers import layered
from zcertlint.model.settings import Settings
from zcertlint.readers._yaml_tree import compose
from zcertlint.text.source import Source


def tree(path: str, text: str) -> Settings:
    data = text.encode()
    return compose(Source(path, data, tuple(text.split("\n")), "utf-8"))


SITE = tree("site.yaml", "zowe:\n  externalDomains:\n    - a.example\n  verifyCertificates: NONSTRICT\n")
BASE = tree(
    "base.yaml",
    "zowe:\n  externalDomains:\n    - b.example\n    - c.example\n  verifyCertificates: STRICT\n"
    "  certificate:\n    keystore:\n      alias: x\nzOSMF:\n  host: h.example\n",
)


def test_the_first_value_wins_and_the_rest_is_filled_in() -> None:
    both = layered([SITE, BASE])
    assert both.text("zowe.verifyCertificates") == "NONSTRICT"
    assert both.text("zOSMF.host") == "h.example"
    assert both.layers == ("site.yaml", "base.yaml")
    host = both.get("zOSMF.host")
    assert host is not None
    assert (host.span.path, host.span.line) == ("base.yaml", 10)


def test_an_array_is_taken_whole() -> None:
    assert list(layered([SITE, BASE]).children("zowe", "externalDomains")) == ["0"]
    assert list(layered([BASE, SITE]).children("zowe", "externalDomains")) == ["0", "1"]


def test_what_is_never_used_is_told_with_both_places() -> None:
    told = {".".join(path): (used.path, lost.path) for path, used, lost in layered([SITE, BASE]).shadowed}
    assert told == {
        "zowe.externalDomains": ("site.yaml", "base.yaml"),
        "zowe.verifyCertificates": ("site.yaml", "base.yaml"),
    }


def test_a_scalar_hides_a_mapping() -> None:
    both = layered([tree("a", "zOSMF:\n"), BASE])
    assert both.text("zOSMF.host") is None
    assert ("zOSMF",) in [path for path, _, _ in both.shadowed]


def test_three_files_and_an_array_in_the_last() -> None:
    last = tree("c", "zowe:\n  sysMessages:\n    - ZWEL0021I\n")
    both = layered([SITE, BASE, last])
    assert both.text("zowe.sysMessages.0") == "ZWEL0021I"
    assert both.text("zowe.certificate.keystore.alias") == "x"
