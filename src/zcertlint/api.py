"""The functions of the public API; import them from ``zcertlint``."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from zcertlint.app import Call
from zcertlint.app import check as _check
from zcertlint.engine.results import Report
from zcertlint.engine.rulebook import Page, page

__all__ = ["check", "explain"]


def check(
    paths: Sequence[str],
    *,
    as_of: datetime,
    config: str | None = None,
    certificates: Mapping[str, str] | None = None,
    zowe_version: str | None = None,
) -> Report:
    """Read files and folders and judge the deployment that they show.

    Args:
        paths: as on the command line.
        as_of: the moment to judge at, with a time zone.
        config: the zcertlint.yaml to use.
        certificates: endpoint to file, as ``--cert``.
        zowe_version: ``X.Y``.

    Raises:
        UsageError: nothing in the paths is of a known kind.
        ConfigError: the configuration cannot be used.
    """
    return _check(Call(tuple(paths), as_of, config, dict(certificates or {}), zowe_version)).report


def explain(code: str) -> Page:
    """The page of a rule in the rule book.

    Raises:
        KeyError: there is no such rule.
    """
    return page(code.upper())
