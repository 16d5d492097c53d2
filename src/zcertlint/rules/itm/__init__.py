"""ITM and OMEGAMON: command security."""
