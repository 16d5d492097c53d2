"""The components of Zowe whose TLS is judged, with their usual ports (defaults.yaml)."""

__all__ = ["COMPONENTS"]

COMPONENTS = {
    "gateway": 7554,
    "zaas": 7558,
    "discovery": 7553,
    "api-catalog": 7552,
    "caching-service": 7555,
    "app-server": 7556,
    "zss": 7557,
    "apiml": 7554,
}
