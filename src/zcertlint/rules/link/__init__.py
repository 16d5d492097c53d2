"""Keys and protocols of a link."""
