"""The data of the window: digits, networks, runs and the live reading. One owner each."""
