"""The view that takes one unit apart."""
