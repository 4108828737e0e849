"""Labelled pictures and arrays for export: colours, sheets, PNG, SVG, NPZ. No Qt."""
