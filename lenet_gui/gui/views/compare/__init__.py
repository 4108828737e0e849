"""The view that shows two networks side by side on one drawing."""
