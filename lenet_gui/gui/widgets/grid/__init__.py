"""The one grid of cells: every picture of units or weights is painted and walked through by it."""
