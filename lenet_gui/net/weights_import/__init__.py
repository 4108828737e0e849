"""Weights of other programs: what a file is, its tensors, which of them are LeNet-5's."""
