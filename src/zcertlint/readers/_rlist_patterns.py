"""How the lines of an RLIST listing look: names of profiles, rows of lists, what is shown to be empty."""

import re

__all__ = ["CONDITION", "EMPTY", "FIGURES", "NAME", "NAME_REST", "NO_SEGMENT", "PAIR", "ROW", "WHO"]

WHO = re.compile(r"[A-Z0-9@#$]{1,8}|\*|&[A-Z0-9@#$]{1,7}", re.IGNORECASE)
ROW = re.compile(r"(\S{1,8})\s+(\S+)(?:\s+(\d{1,10}))?\Z")
NAME = re.compile(
    r"(?P<cls>[A-Z@#$][A-Z0-9@#$]{0,7})\s+(?P<name>\S+)(?P<generic>\s+\((?:G\)?)?)?\Z", re.IGNORECASE
)
NAME_REST = re.compile(r"(\S*?)(\s*\(G\))?")
CONDITION = re.compile(
    r"(\S{1,8})\s+(\S+)(?:\s+\d{1,10})?\s+([A-Z@#$][A-Z0-9@#$]{0,7})\s+(\S.*)\Z", re.IGNORECASE
)
EMPTY = re.compile(
    r"NO\s+(?:USERS\s+IN\s+ACCESS\s+LIST|ENTRIES\s+IN\s+(STANDARD|CONDITIONAL)\s+ACCESS\s+LIST)\.?\Z",
    re.IGNORECASE,
)
NO_SEGMENT = re.compile(r"NO\s+([A-Z]{2,8})\s+INFO(?:RMATION)?\b.*", re.IGNORECASE)
FIGURES = re.compile(
    r"[\d\s*().-]+(?:NOT APPLICABLE FOR GENERIC PROFILE)?\Z|(?:\(DAY\)\s+\(YEAR\)\s*)+\Z|NOT APPLICABLE\b.*",
    re.IGNORECASE,
)
PAIR = re.compile(r"[A-Z][A-Z0-9 /-]{0,40}[=:]|NONE\Z|NO\s", re.IGNORECASE)
