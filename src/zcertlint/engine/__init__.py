"""Verdicts, rules, the rule book, and the run that turns a deployment into findings, links and gaps."""
