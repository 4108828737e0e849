"""The plots of a training run: loss, error and step sizes, on the screen and exported."""
