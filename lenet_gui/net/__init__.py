"""LeNet-5 as in the paper, on torch alone."""
