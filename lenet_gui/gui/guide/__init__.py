"""The guide in a window of its own, beside the drawing: contents, search, pages, find in page."""
