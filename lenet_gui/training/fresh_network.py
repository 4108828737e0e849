"""The network that a recipe trains, before the first update."""

import torch

from lenet_gui.net.architecture import Architecture
from lenet_gui.net.lenet5 import build
from lenet_gui.net.network import Network
from lenet_gui.net.strong_teacher import build_teacher
from lenet_gui.training.recipe import Recipe


def fresh_network(recipe: Recipe) -> Network:
    """A network on the CPU with fresh weights, which follow from the recipe's seed."""
    generator = torch.Generator().manual_seed(recipe.seed)
    if recipe.architecture is Architecture.STRONG_TEACHER:
        return build_teacher(generator)
    return build(recipe.variant, generator, recipe.initial_weights)
