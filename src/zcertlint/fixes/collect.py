"""One job for everything that could not be told: the commands of the gaps, each once, none changes anything.

EXPORT writes a certificate (never a key) into a data set under the submitter's own prefix.
"""

from collections.abc import Iterable

from zcertlint.engine.results import Gap
from zcertlint.errors import UnsafeValueError
from zcertlint.fixes.jcl import comment, job_lines, tso_lines
from zcertlint.fixes.quote import shown

__all__ = ["collect_job", "words_of"]

_TSO = ("RACDCERT ", "SETROPTS ", "RLIST ", "LISTUSER ", "SEARCH ", "NETSTAT")


def words_of(command: str) -> tuple[str, ...]:
    """A command in the words between which a line may end: blanks outside apostrophes and parentheses."""
    words, current, depth, quoted = [], "", 0, False
    for char in command:
        quoted ^= char == "'"
        if not quoted:
            depth += (char == "(") - (char == ")")
        if char == " " and not quoted and depth == 0:
            words.append(current)
            current = ""
        else:
            current += char
    return tuple(word for word in (*words, current) if word)


def _in_stream(commands: Iterable[str]) -> tuple[list[str], list[str]]:
    """The lines of the commands, and the commands that cannot be written into a job."""
    lines, refused = [], []
    for command in commands:
        try:
            job_lines(("//X JOB 1",), wrapped := tso_lines(words_of(command)))
        except UnsafeValueError:
            refused.append(command)
        else:
            lines += wrapped
    return lines, refused


def collect_job(gaps: Iterable[Gap], card: tuple[str, ...]) -> str:
    """The job; what is no TSO command, or cannot be written safely, stands in its comments.

    Raises:
        UnsafeValueError: the job card of the configuration cannot be used.
    """
    commands = dict.fromkeys(part for gap in gaps if gap.command for part in gap.command.split("; "))
    tso = [command for command in commands if command.startswith(_TSO)]
    lines, refused = _in_stream(tso)
    others = [command for command in commands if command not in tso] + refused
    body = comment("collect.jcl: reads only.")
    if any(" EXPORT(" in command for command in tso):
        body += comment("EXPORT writes certificates, never keys, into data sets ZCERTLNT.* under")
        body += comment("your own prefix, and replaces one of that name.")
    body += comment("Save SYSTSPRT as text beside the zowe.yaml, in the folder evidence.")
    if others:
        body += comment("Not in this job:")
        body += [line for command in others for line in comment(shown(command), "- ", "  ")]
    if lines:
        body += ["//C1       EXEC PGM=IKJEFT01,REGION=0M", "//SYSTSPRT DD SYSOUT=*"]
        body += ["//SYSTSIN  DD DATA,DLM=$$", *lines, "$$"]
    return job_lines(card, body)
