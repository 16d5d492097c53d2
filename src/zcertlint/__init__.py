"""zcertlint."""
