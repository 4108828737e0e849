"""Networks of other programs: which member of the family one is, measured and remembered."""
