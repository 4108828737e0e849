"""Which form of the Modern an imported file holds: measured on test digits, and remembered."""
