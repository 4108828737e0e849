"""LeNet Laboratory: draw a digit and watch every layer of LeNet-5 respond."""

__version__ = "0.1.0"
