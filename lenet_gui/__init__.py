"""LeNet Laboratory: draw a digit and see every layer of LeNet-5 answer."""

__version__ = "0.1.0"
