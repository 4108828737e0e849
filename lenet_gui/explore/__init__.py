"""Questions about a network and a digit: pure functions, no Qt."""
