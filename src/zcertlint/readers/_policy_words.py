"""The words of Policy Agent files: block types, what may stand in each, and statements outside of blocks.

Source: facts on AT-TLS, 2.1. All in lower case: Policy Agent compares keywords in any case.
"""

__all__ = ["BLOCKS", "PARAMS", "PREFIXES", "STATEMENTS"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a main file or the file of a stack may say beside AT-TLS: the other disciplines have files of their own.
STATEMENTS = _words(
    "tcpimage pepinstance loglevel codepage ttlsconfig commonttlsconfig ipsecconfig commonipsecconfig idsconfig"
    " commonidsconfig qosconfig routingconfig commonroutingconfig policyserver clientconnection servicesconnection"
    " dynamicconfigpolicyload readfromdirectory setsubnetpriotosmask"
)

_ADDRESS = "{0}addrref {0}addrsetref {0}addrgroupref {0}portrange {0}portrangeref {0}portgroupref {0}addr"
_ADVANCED = (
    "sslv3 tlsv1 tlsv1.1 tlsv1.2 tlsv1.3 applicationcontrolled handshaketimeout resetciphertimer certificatelabel"
    " servercertificatelabel secondarymap truncatedhmac clientmaxsslfragment clientmaxsslfragmentlength"
    " servermaxsslfragment servermaxsslfragmentlength clienthandshakesni clienthandshakesnimatch"
    " clienthandshakesnilist serverhandshakesni serverhandshakesnimatch serverhandshakesnilist hostreferenceiddns"
    " hostreferenceidcn hostrefwildcardvalidation"
)

PARAMS: dict[str, frozenset[str]] = {
    "ttlsrule": _words(
        f"{_ADDRESS.format('local')} {_ADDRESS.format('remote')} jobname userid direction priority"
        " iptimeconditionref ttlsgroupactionref ttlsenvironmentactionref ttlsconnectionactionref"
    ),
    "ttlsgroupaction": _words(
        "ttlsenabled fips140 trace ctracecleartext groupuserinstance ttlsgroupadvancedparmsref"
    ),
    "ttlsgroupadvancedparms": _words("syslogfacility secondarymap envfile"),
    "ttlsenvironmentaction": _words(
        "handshakerole ttlskeyringparmsref suitebprofile ttlscipherparmsref ttlssignatureparmsref"
        " ttlsenvironmentadvancedparmsref ttlsgskadvancedparmsref ctracecleartext trace environmentuserinstance"
    ),
    "ttlsconnectionaction": _words(
        "handshakerole ttlscipherparmsref ttlssignatureparmsref ttlsconnectionadvancedparmsref ctracecleartext"
        " trace connectionuserinstance"
    ),
    "ttlskeyringparms": _words("keyring keyringpw keyringstashfile"),
    "ttlscipherparms": _words("v3ciphersuites v3ciphersuites4char v2ciphersuites"),
    "ttlssignatureparms": _words(
        "clientecurves clientkeysharegroups serverkeysharegroups serverkexecurves signaturepairs signaturepairscert"
    ),
    "ttlsenvironmentadvancedparms": _words(
        f"{_ADVANCED} sslv2 middleboxcompatmode clientauthtype certvalidationmode clientextendedmastersecret"
        " serverextendedmastersecret renegotiation renegotiationindicator renegotiationcertcheck 3deskeycheck"
        " clientedhgroupsize serveredhgroupsize peermincertversion peermindhkeysize peermindsakeysize"
        " peerminecckeysize peerminrsakeysize serverscsv"
    ),
    "ttlsconnectionadvancedparms": _words(_ADVANCED),
    "ttlsgskadvancedparms": _words(
        "ttlsgskldapparmsref ttlsgskocspparmsref ttlsgskhttpcdpparmsref aiacdppriority maxsrcrevextlocvalues"
        " maxvalidrevextlocvalues revocationsecuritylevel"
    ),
    "ttlsgskldapparms": frozenset(),
    "ttlsgskocspparms": frozenset(),
    "ttlsgskhttpcdpparms": frozenset(),
    "ipaddr": _words("addr prefix range"),
    "ipaddrset": _words("addr prefix range"),
    "ipaddrgroup": _words("ipaddrref ipaddrsetref"),
    "portrange": _words("port"),
    "portgroup": _words("port portrangeref"),
    "iptimecondition": _words(
        "conditiontimerange monthofyearmask dayofmonthmask dayofweekmask timeofdayrange localorutctime timezone"
    ),
}

# Families of parameters: System SSL's own names.
PREFIXES: dict[str, tuple[str, ...]] = {
    "ttlsgskadvancedparms": ("gsk_",),
    "ttlsgskldapparms": ("gsk_",),
    "ttlsgskocspparms": ("ocsp", "gsk_"),
    "ttlsgskhttpcdpparms": ("httpcdp", "gsk_"),
}

_PARMS = "ttlscipherparms ttlssignatureparms"

BLOCKS: dict[str, frozenset[str]] = {
    **dict.fromkeys(PARAMS, frozenset()),
    "ttlsrule": _words("iptimecondition"),
    "ttlsgroupaction": _words("ttlsgroupadvancedparms"),
    "ttlsenvironmentaction": _words(
        f"{_PARMS} ttlskeyringparms ttlsenvironmentadvancedparms ttlsgskadvancedparms"
    ),
    "ttlsconnectionaction": _words(f"{_PARMS} ttlsconnectionadvancedparms"),
    "ttlsgskadvancedparms": _words("ttlsgskldapparms ttlsgskocspparms ttlsgskhttpcdpparms"),
    "ipaddrset": _words("ipaddr"),
    "ipaddrgroup": _words("ipaddr ipaddrset"),
    "portgroup": _words("portrange"),
}
"""Block type to the types that may stand in it."""
