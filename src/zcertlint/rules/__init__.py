"""One predicate for each rule; the words stand in the rule book (``rules/``)."""
