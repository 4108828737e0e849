"""What activates a map: the digits that do so most, and the gradient on the input."""
