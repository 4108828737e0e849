"""Charts: axes, series, marks and a legend, laid out on a sheet or told as numbers. No Qt."""
