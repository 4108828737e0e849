"""The training panel: recipe, progress, plots and confusion matrix. Imports no torch."""
