"""Noise of single pixels: too little light, and pixels that are broken."""

import numpy as np

from lenet_gui.data.corruptions.images import Draws, Images, uniform


def shot_noise(images: Images, draws: Draws, photons: float = 3) -> Images:
    """Too little light: each pixel counts photons, a Poisson variable whose mean is its ink.

    `photons` is the mean of full ink; paper stays white. MNIST-C: 3, its severity 5.
    """
    counted = [draw.poisson(image * photons) for image, draw in zip(images, draws, strict=True)]
    return np.minimum(np.reshape(counted, images.shape) / photons, 1)


def impulse_noise(images: Images, draws: Draws, share: float = 0.17) -> Images:
    """Broken pixels: a share of them, chosen at random, is paper or full ink, either as likely.

    MNIST-C: 0.17, its severity 4.
    """
    drawn = uniform(images, draws)
    return np.select([drawn < share / 2, drawn < share], [0.0, 1.0], images)
