"""Digits as arrays: MNIST, built-in digits, distortions, and the preprocessing of ink."""
