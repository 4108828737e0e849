"""The preprocessing: every step a picture, and what the answer is without it."""
