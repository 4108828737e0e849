"""Pictures made of cells: their values, their layout, and their words. No Qt."""
