"""Blocks of a Policy Agent file with room for values, as tests fill them in."""

__all__ = ["CONN", "ENV"]

ENV = """TTLSEnvironmentAction E
{
  HandshakeRole Server
  EnvironmentUserInstance 3
  TTLSKeyringParms
  {
    Keyring %s
  }
  TTLSEnvironmentAdvancedParms
  {
    CertificateLabel %s
  }
}
"""
CONN = """TTLSConnectionAction C
{
  TTLSConnectionAdvancedParms
  {
    ServerCertificateLabel Zowe Server
  }
}
"""
