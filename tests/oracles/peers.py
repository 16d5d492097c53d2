"""Other people's verifiers, each asked about a meeting: does the client accept the server?"""

import datetime as dt
import ipaddress
import shutil
import ssl
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from support.pki import Meeting

__all__ = ["Outcome", "java_handshakes", "node_handshakes", "openssl_verify", "python_handshake"]

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the other one accepts, and what it says when not."""

    accepted: bool
    message: str = ""


def openssl_verify(
    meeting: Meeting, at: dt.datetime, folder: Path, *, names: bool = False, partial: bool = False
) -> Outcome:
    """``openssl verify`` as a TLS client at security level 1 asks it; ``partial``: any entry is an anchor."""
    (folder / "leaf.pem").write_text(meeting.leaf.pem)
    (folder / "sent.pem").write_text("".join(made.pem for made in meeting.sent))
    (folder / "trusted.pem").write_text("".join(made.pem for made in meeting.trusted))
    command = [
        "openssl", "verify", "-no-CApath", "-no-CAstore", "-purpose", "sslserver", "-auth_level", "1",
        "-attime", str(int(at.timestamp())), "-CAfile", str(folder / "trusted.pem"),
    ]  # fmt: skip
    if meeting.sent:
        command += ["-untrusted", str(folder / "sent.pem")]
    if partial:
        command.append("-partial_chain")
    if names:
        command += ["-verify_ip" if _is_address(meeting.host) else "-verify_hostname", meeting.host]
    done = subprocess.run(
        [*command, str(folder / "leaf.pem")], capture_output=True, text=True, timeout=20, check=False
    )
    if done.returncode == 0:
        return Outcome(True)
    said = [line for line in done.stderr.splitlines() if line.startswith("error ")]
    return Outcome(False, "; ".join(line.partition(": ")[2] for line in said) or done.stderr.strip())


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def python_handshake(meeting: Meeting, folder: Path, *, names: bool) -> Outcome:
    """A whole handshake of Python's ssl (OpenSSL) with itself, through memory: no port is needed."""
    chain = folder / "chain.pem"
    chain.write_text(meeting.leaf.key_pem + "".join(made.pem for made in (meeting.leaf, *meeting.sent)))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.set_ciphers("DEFAULT:@SECLEVEL=0")  # its own opinion of its certificate must not end the case
    server.load_cert_chain(chain)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.set_ciphers("DEFAULT:@SECLEVEL=1")
    client.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN
    client.check_hostname = names
    client.load_verify_locations(cadata="".join(made.pem for made in meeting.trusted))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    caller = client.wrap_bio(to_client, to_server, server_hostname=meeting.host)
    called = server.wrap_bio(to_server, to_client, server_side=True)
    done: set[ssl.SSLObject] = set()
    for _ in range(20):
        for side in (caller, called):
            try:
                side.do_handshake()
                done.add(side)
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError as refused:
                return Outcome(False, refused.verify_message)
            except ssl.SSLError as refused:
                return Outcome(False, f"handshake: {refused.reason}")
        if len(done) == 2:
            return Outcome(True)
    return Outcome(False, "handshake: no end")


def java_handshakes(meetings: Sequence[Meeting], folder: Path) -> dict[tuple[str, bool], Outcome]:
    """Handshakes of JSSE, all in one JVM; by name of the meeting and whether names are checked."""
    java = shutil.which("java")
    assert java is not None
    # -Xshare and C1 only: the program lives for two seconds.
    return _handshakes([java, "-XX:TieredStopAtLevel=1", str(_HERE / "Handshake.java")], meetings, folder)


def node_handshakes(meetings: Sequence[Meeting], folder: Path) -> dict[tuple[str, bool], Outcome]:
    """Handshakes of Node.js, all in one process."""
    node = shutil.which("node")
    assert node is not None
    return _handshakes([node, str(_HERE / "handshake.js")], meetings, folder)


def _handshakes(
    command: Sequence[str], meetings: Sequence[Meeting], folder: Path
) -> dict[tuple[str, bool], Outcome]:
    lines = []
    for number, meeting in enumerate(meetings):
        (folder / f"{number}.key.pem").write_text(meeting.leaf.key_pem)
        chain = (meeting.leaf, *meeting.sent)
        (folder / f"{number}.chain.pem").write_text("".join(made.pem for made in chain))
        (folder / f"{number}.trust.pem").write_text("".join(made.pem for made in meeting.trusted))
        lines.append(f"{number}\t{meeting.host}\n")
    (folder / "cases.txt").write_text("".join(lines))
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = {}
    for line in done.stdout.strip().split("\n"):
        which, asked, said = line.split("\t")
        found[meetings[int(which)].name, asked == "names"] = Outcome(
            said == "OK", "" if said == "OK" else said
        )
    assert len(found) == 2 * len(meetings)
    return found
