"""What the window has: digits, networks, runs and the live reading. One owner each."""
