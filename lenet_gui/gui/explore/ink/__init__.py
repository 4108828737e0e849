"""The way of the ink: every step a picture, and what the answer is without it."""
