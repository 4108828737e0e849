"""A training run while it lasts: the worker, who controls it, who follows it. Imports no torch."""
