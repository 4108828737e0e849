"""Figures, names and answers in words, for the screen, files and the terminal. No Qt."""
