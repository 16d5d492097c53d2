"""What is a command without READY in front of it, and what is a sentence about one."""

import pytest

from zcertlint.text.commands import echoed, family, heading


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("RACDCERT ID(ZWESVUSR) LISTRING(*)", None),
        ("racdcert certauth list(label('a (b) c'))", None),
        ("RACDCERT CERTA LISTR(x)", None),
        ("RACDCERT LISTMAP ID(A) -", None),
        ("RACDCERT GENCERT SUBJECTSDN(CN('a') O('b')) WITHLABEL('x') SIZE(2048)", None),
        ("RLIST FACILITY IRR.DIGTCERT.* ALL", None),
        ("RL FACILITY (BPX.DAEMON)", None),
        ("rlist appl omvsappl authuser", None),
        ("RLIST   ELIJTEST             (TESTING) ", None),
        ("SETROPTS LIST", None),
        ("setr list", None),
        ("SETROPTS RACLIST(DIGTCERT) REFRESH", None),
        ("LISTUSER ZWESVUSR OMVS NORACF", None),
        ("LISTUSER (A B)", None),
        ("lu zwesvusr omvs", None),
        ("LU IBMUSER", None),
        ("LISTGRP ZWEADMIN OMVS", None),
        ("LG SYS1", None),
        ("SEARCH CLASS(USER)", None),
        ("sr class(digtring) nomask", None),
        ("NETSTAT HOME", None),
        ("netstat -h", None),
        ("D TCPIP,,NETSTAT,HOME", None),
        ("TSS LIST(ACID) KEYRING(ALL)", None),
        ("PERMIT X CLASS(FACILITY) ID(A) ACCESS(READ)", None),
        ('tsocmd "RACDCERT SITE LIST"', "RACDCERT SITE LIST"),
        ("IBMUSER:/u/ibmuser: >tsocmd rlist facility bpx.daemon", "rlist facility bpx.daemon"),
        ("$ tsocmd 'listuser zwesvusr'", "listuser zwesvusr"),
        ("===> RACDCERT CERTAUTH LIST", "RACDCERT CERTAUTH LIST"),
        ("COMMAND ===> TSO SETROPTS LIST", "SETROPTS LIST"),
        ('zowe zos-tso issue command "racdcert id(a) list" --ssm', "racdcert id(a) list"),
        ("% zowe tso issue cmd 'SEARCH CLASS(USER)'", "SEARCH CLASS(USER)"),
    ],
)
def test_commands(line: str, command: str | None) -> None:
    found = echoed(line)
    assert found is not None
    assert found.strip() == (line.strip() if command is None else command)


@pytest.mark.parametrize(
    "line",
    [
        "RACDCERT was run by Bob",
        "RACDCERT LIST shows two certificates",
        "RACDCERT LIST output of our system (last week)",
        "RLIST shows the profile",
        "rlist facility is what you need",
        "LISTUSER shows that he is revoked",
        "LU was not installed then",
        "SEARCH for the label first",
        "Search everywhere",
        "SETROPTS is the command",
        "NETSTAT shows the address",
        "netstat home shows the address",
        "Permit me to say",
        "TSS is what they use",
        "D TCPIP is short",
        "LIST",
        "Label: RACDCERT LIST",
        "",
    ],
)
def test_prose(line: str) -> None:
    assert echoed(line) is None


@pytest.mark.parametrize(
    ("command", "whose"),
    [
        ("racdcert list", "RACDCERT"),
        ("RL FACILITY X", "RLIST"),
        ("SETR LIST", "SETROPTS"),
        ("LU A", "LISTUSER"),
        ("LG A", "LISTGRP"),
        ("SR CLASS(USER)", "SEARCH"),
        ("D TCPIP,,NETSTAT,HOME", "NETSTAT"),
        ("TSS LIST(A)", "TSS"),
        ("LISTCAT", None),
        ("%MYEXEC", None),
        (None, None),
    ],
)
def test_families(command: str | None, whose: str | None) -> None:
    assert family(command) == whose


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("Digital ring information for user A:", "RACDCERT"),
        ("CLASS      NAME", "RLIST"),
        ("ATTRIBUTES = INITSTATS WHEN(PROGRAM)", "SETROPTS"),
        ("USER=A  NAME=B  OWNER=C", "LISTUSER"),
        ("INFORMATION FOR GROUP SYS1", "LISTGRP"),
        ("MVS TCP/IP NETSTAT CS V2R5       TCPIP Name: TCPIP           12:52:35", "NETSTAT"),
        ("CLASS NAME AND MORE", None),
        ("ATTRIBUTES=PROTECTED", None),
        ("Label: x", None),
    ],
)
def test_headings(line: str, whose: str | None) -> None:
    assert heading(line) == whose
