"""The one grid of cells: every picture of units or weights is painted and navigated by it."""
