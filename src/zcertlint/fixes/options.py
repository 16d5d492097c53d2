"""What a user may decide about the change that is written."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from zcertlint.model.settings import Settings
from zcertlint.records import dataclass
from zcertlint.text.source import Source

if TYPE_CHECKING:
    from zcertlint.fixes.collect.dialects import Product

__all__ = ["DEFAULT_JOB", "DEFAULT_PREFIX", "FixOptions", "SplitBy", "job_card", "zos_since"]


class SplitBy(Enum):
    """What a job is for, where there is more than one."""

    OWNER = "owner"
    SYSTEM = "system"


def job_card(user: str | None = None, job_class: str | None = None) -> tuple[str, ...]:
    """The usual job card, for this submitter and this class."""
    name = f"{user[:7]}F" if user else "ZCERTFIX"
    first = f"//{name:<8} JOB ,'ZCERTLINT',CLASS={job_class or 'A'},MSGCLASS=H,MSGLEVEL=(1,1),"
    return first, "//         REGION=0M" + (f",NOTIFY={user}" if user else "")


DEFAULT_JOB = job_card()
# No symbol: a job that is submitted by somebody else must use the same names.
DEFAULT_PREFIX = "ZCERTLNT"


@dataclass(frozen=True, slots=True)
class FixOptions:
    """Options of the whole change.

    Attributes:
        as_of: the moment judged at, UTC; dates of new certificates and names of data sets follow from it.
        job: the lines of the job card (``job.card`` of zcertlint.yaml).
        prefix: the first qualifiers of backup and request data sets (``job.prefix`` of zcertlint.yaml).
        years, ca_years: how long a new certificate, and a renewed self-signed CA, shall be valid.
        zos: the z/OS release (``3.1``), None when not told.
        settings: the zowe.yaml as read; None without one: then nothing is patched.
        sources: the inputs by path; those that a patch edits must be among them.
        delimiter: what ends in-stream data, unless it stands in it; None lets the job choose.
        product: the security product that the jobs are for; None for RACF.
        idle: classes that are shown not to be RACLISTed: refreshing them has no effect.
        split: one job for each owner or each system; None for one job.
        command: the call that is named in the files as what made them.
    """

    as_of: datetime
    job: tuple[str, ...] = DEFAULT_JOB
    prefix: str = DEFAULT_PREFIX
    years: int = 2
    ca_years: int = 10
    zos: str | None = None
    settings: Settings | None = None
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False)
    command: str = "zcertlint fix"
    delimiter: str | None = None
    split: SplitBy | None = None
    idle: frozenset[str] = frozenset()
    product: "Product | None" = None

    def since(self, major: int, minor: int) -> bool | None:
        """Whether z/OS is of this release or a later one; None when its release is not told."""
        return zos_since(self.zos, major, minor)


def zos_since(release: str | None, major: int, minor: int) -> bool | None:
    """Whether a release of z/OS (``2.5``) is this one or a later one; None when it is not told."""
    first, _, second = (release or "").partition(".")
    if not (first.isdecimal() and second.isdecimal()):
        return None
    return (int(first), int(second)) >= (major, minor)
