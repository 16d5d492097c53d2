"""One certificate: dates, key, status, usages."""
