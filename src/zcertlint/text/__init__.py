"""Text as it reaches us: files, lines, places. Knows no certificate and no product."""
