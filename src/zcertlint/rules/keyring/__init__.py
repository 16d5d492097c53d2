"""Key rings and keystores: what is on them, and what is asked of them."""
