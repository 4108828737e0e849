"""Pictures made of cells: what they hold, where they lie, and what is said of them. No Qt."""
