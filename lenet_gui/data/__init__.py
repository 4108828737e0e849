"""Digits as arrays: MNIST, built-in digits, distortions, and ink on its way to the network."""
