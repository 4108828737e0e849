"""Pictures that people bring: read from any file, and the ink of one digit found in them."""
