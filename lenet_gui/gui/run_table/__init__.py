"""The window "Runs": a table of every run, and what can be done with one."""
