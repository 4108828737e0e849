"""The guide in a separate window, beside the drawing: contents, search, pages, find in page."""
