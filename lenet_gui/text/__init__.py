"""What is said on screen, in files and at the terminal: figures, names and answers, once. No Qt."""
