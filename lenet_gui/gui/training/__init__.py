"""The training panel: recipe, plots, confusion matrix and a running training. Imports no torch."""
