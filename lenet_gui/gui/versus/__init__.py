"""The window that compares this program with the paper of 1998."""
