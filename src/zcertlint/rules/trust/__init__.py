"""Trust across a link: chains and anchors."""
