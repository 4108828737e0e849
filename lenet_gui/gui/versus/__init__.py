"""The page that sets this program beside the paper of 1998."""
