"""Widgets that more than one room uses."""
