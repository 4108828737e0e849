"""The 15 corruptions of MNIST-C: digits as bad cameras, pens and paper would give them."""
