"""How far a digit may be disturbed before it is read as another."""
