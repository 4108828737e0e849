"""Training: a recipe becomes an iterator of events. No Qt, no threads, no printing."""
