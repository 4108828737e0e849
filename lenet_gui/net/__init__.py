"""LeNet-5 as in the paper, with torch only."""
