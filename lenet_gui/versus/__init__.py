"""Versus 1998: what the paper published, what this program's runs reached, and every difference."""
