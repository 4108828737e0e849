"""Labelled pictures and arrays to take away: colours, sheets, PNG, SVG, NPZ. No Qt."""
