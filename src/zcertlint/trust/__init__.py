"""Pure trust logic: chains, names, usages, and the verdict on one link. No formats, no I/O, no clock."""
