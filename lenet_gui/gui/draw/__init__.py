"""Drawing the digit: the canvas, its tools, and the preprocessing."""
