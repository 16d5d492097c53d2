"""The collection as a job: one step, so that everything stands in one SYSTSPRT.

IKJEFT01 goes on after a command that does not end with 0: a listing that is refused or empty is an answer too.
Who may run what is told in the comments; in several steps each would have an output of its own.
"""

from zcertlint.fixes.collect.ask import Ask
from zcertlint.fixes.collect.plan import Collection
from zcertlint.fixes.jcl import command_step, comment, job_lines
from zcertlint.fixes.quote import varies

__all__ = ["collect_job", "remarks", "where"]


def where(ask: Ask) -> str:
    """Where EXPORT writes, for a person to read."""
    quoted = any(word.startswith("DSN('") for word in ask.words)
    return (ask.data_set or "") if quoted else f"<your prefix>.{ask.data_set}"


def remarks(collection: Collection) -> list[tuple[str, str]]:
    """What stands in front of the commands, as (text, lead): the same in a job and in a script."""
    lines = [(note, "") for note in collection.notes]
    lines.append((collection.authority, ""))
    for group in collection.groups:
        lines.append((f"{group.title}: {group.authority}.", "- "))
        lines += [(f"among them the answer to {answer}", "    ") for answer in group.answers]
    if any(varies(ask.text) for ask in collection.asks):
        lines.append(
            ("A label here has characters that differ between EBCDIC code pages: compare after upload.", "")
        )
    if collection.elsewhere or collection.refused:
        lines.append(("Not in here:", ""))
        lines += [(text, "- ") for text in (*collection.elsewhere, *collection.refused)]
    return lines


def collect_job(collection: Collection, card: tuple[str, ...]) -> str:
    """The job.

    Raises:
        UnsafeValueError: the job card of the configuration cannot be used.
    """
    body = comment("zcertlint collect: what a check still needs. The job changes nothing.")
    exports = collection.exports
    if exports:
        body += comment(
            "EXPORT writes certificates, never keys, each into a data set of its own, and replaces one of that name"
            " without a question. Download these as text into the same folder as the listings:"
        )
        body += [line for ask in exports for line in comment(where(ask), "- ", "  ")]
        body += comment("(zcertlint collect --script puts them into the one output file by itself.)")
    if collection.asks:
        body += comment(
            "Save SYSTSPRT whole, as text, in the folder evidence beside zowe.yaml; then: zcertlint check zowe.yaml."
            " In SDSF: XDC beside SYSTSPRT, never a copy of a screen that is scrolled right."
        )
    for text, lead in remarks(collection):
        body += comment(text, lead, " " * len(lead))
    if collection.asks:
        body += command_step("COLLECT", (ask.words for ask in collection.asks), goes_on=True)
    return job_lines(card, body)
