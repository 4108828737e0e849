"""Looking back on a run: its epochs one after the other."""
