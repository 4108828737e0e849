"""Where the digit is drawn: the sheet, its tools, and the preprocessing."""
