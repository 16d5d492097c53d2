"""The functions of the public API; import them from ``zcertlint``."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from zcertlint.app import Call
from zcertlint.app import check as _check
from zcertlint.engine.results import Report
from zcertlint.engine.rulebook import Page, page

if TYPE_CHECKING:
    from zcertlint.rehearsal import Rehearsed

__all__ = ["check", "explain", "rehearse"]


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


def rehearse(
    paths: Sequence[str],
    *,
    as_of: datetime,
    config: str | None = None,
    certificates: Mapping[str, str] | None = None,
    zowe_version: str | None = None,
) -> "Rehearsed":
    """Play somebody's jobs on the deployment that the other paths show, and judge before and after.

    Args:
        paths: jobs and evidence, told apart by content.
        as_of: the moment to judge at, with a time zone; the day of the job.
        config: the zcertlint.yaml to use.
        certificates: endpoint to file, as ``--cert``.
        zowe_version: ``X.Y``.

    Raises:
        UsageError: there is no job, or nothing in the other paths is of a known kind.
        ConfigError: the configuration cannot be used.
    """
    from zcertlint.rehearsal import rehearse as _rehearse  # noqa: PLC0415 (few programs rehearse)

    return _rehearse(Call(tuple(paths), as_of, config, dict(certificates or {}), zowe_version))
