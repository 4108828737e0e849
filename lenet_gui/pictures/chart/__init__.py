"""Charts: axes, series, marks and a legend, laid out on a sheet or as numbers. No Qt."""
