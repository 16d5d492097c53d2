"""The EBCDIC code pages of the countries where z/OS is used, as what sets them apart from cp037.

Letters, digits and most signs have one place in all of them. Source: the tables of GNU libc (IBM037 to
IBM1149); pages 1140 to 1149 are these with the euro sign.
"""

from functools import cache

__all__ = ["EURO", "VARIANTS", "table"]

# Each place that differs from cp037, and the character there. In the order in which they are tried.
_PAGES = {
    "cp1047": ("5FADB0BABBBD", "^[¬Ý¨]"),
    "cp037": ("", ""),
    "cp500": ("4A4F5A5FB0BABB", "[!]^¢¬|"),
    "cp273": ("434A4F595A5F636A7CA1B0B5BABBC0CCD0DCE0ECFC", "{Ä!~Ü^[ö§ß¢@¬|ä¦ü}Ö\\]"),
    "cp277": ("474A4F5A5B5F676A707B7C809C9E9FA1B0BABBC0D0DC", "}#!¤Å^$ø¦ÆØ@{[]ü¢¬|æå~"),
    "cp278": ("43474A4F515A5B5F63676A797B7C9FA1B0B5BABBC0CCD0DCEC", "{}§!`¤Å^#$öéÄÖ]ü¢[¬|ä¦å~@"),
    "cp280": ("44484A4F5154585A5F6A797B7C90A1B0B1B5BABBC0CDD0DDE0", "{\\°!]}~é^òù£§[ì¢#@¬|à¦è`ç"),
    "cp284": ("494A5A696A7BA1B0BABBBD", "¦[]#ñÑ¨¢^!~"),
    "cp285": ("4A5BA1B0B1BABC", "$£¯¢[^~"),
    "cp297": ("44484A4F51545A5F6A797B7C90A0A1B0B1B5BABBBDC0D0DDE0", "@\\°!{}§^ùµ£à[`¨¢#]¬|~éè¦ç"),
    "cp871": ("4A4F5A5F797C8C8E9C9EA1ACAEB0BABBBEC0CCD0E0EC", "Þ!ÆÖðÐ`{}]ö@[¢¬|\\þ~æ\u00b4^"),
}
EURO = {
    "cp037": "cp1140",
    "cp273": "cp1141",
    "cp277": "cp1142",
    "cp278": "cp1143",
    "cp280": "cp1144",
    "cp284": "cp1145",
    "cp285": "cp1146",
    "cp297": "cp1147",
    "cp500": "cp1148",
    "cp871": "cp1149",
}
"""The page of the same country with the euro sign in the place of the currency sign."""
VARIANTS = tuple(_PAGES)
"""The pages that can be told apart, the most usual first."""


@cache
def table(page: str) -> str:
    """The 256 characters of a page; X'15' is U+0085 and X'25' a line feed in every one."""
    base = {euro: plain for plain, euro in EURO.items()}.get(page, page)
    characters = list(bytes(range(256)).decode("cp037"))
    places, signs = _PAGES[base]
    for place, sign in zip(bytes.fromhex(places), signs, strict=True):
        characters[place] = sign
    if base != page:
        characters[characters.index("¤")] = "€"
    return "".join(characters)
