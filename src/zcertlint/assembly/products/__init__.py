"""One file per product: which endpoints and which TLS links its configuration implies."""
