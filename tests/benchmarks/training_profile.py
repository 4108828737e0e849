"""Where the time of an update goes, by torch's own profiler.

    python tests/benchmarks/training_profile.py [--updates 60]

Both variants, 64 digits per update, one thread, the program's own digits. Prints one JSON object:
the microseconds a digit, and the shares of what an update consists of, in percent.
"""

import argparse
import json
import sys
from collections import defaultdict
from typing import Any

import torch
from torch.profiler import ProfilerActivity, profile

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.training.batches import Batches
from lenet_gui.training.gradients import gradients_of
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.update import update_of

PARTS = {
    "convolution": ("convolution",),
    "products of C5, F6 and output": ("addmm", "aten::mm"),
    "squashing": ("tanh", "sigmoid", "ScaledTanh"),
    "subsampling": ("SumsOfFours", "addcmul"),
    "optimiser": ("Optimizer", "adam"),
    "copies": ("copy", "contiguous", "clone"),
}
"""A part, and how the names of its operations can be told; whatever else there is is "the rest"."""


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--updates", type=int, default=60)
    updates = parser.parse_args().updates
    torch.set_num_threads(1)
    json.dump({variant: _profiled(variant, updates) for variant in Variant}, sys.stdout, indent=1)
    print()
    return 0


def _profiled(variant: Variant, updates: int) -> dict[str, Any]:
    recipe = Recipe(variant=variant, loss=LOSSES[variant][0], batch_size=64, device="cpu")
    device = torch.device("cpu")
    network = build(variant, torch.Generator().manual_seed(0))
    optimiser = make_optimiser(recipe, network.parameters())
    update = update_of(gradients_of(network, recipe), optimiser, recipe, device)
    digits = builtin_digits(64 * updates, seed=1)
    batches = list(Batches(digits, recipe, device).epoch(1))
    for batch in batches:  # to warm up
        update(batch)
    with profile(activities=[ProfilerActivity.CPU]) as seen:
        for batch in batches:
            update(batch)
    spent: dict[str, float] = defaultdict(float)
    for row in seen.key_averages():
        spent[_part(row.key)] += row.self_cpu_time_total
    whole = sum(spent.values())
    ordered = sorted(spent.items(), key=lambda item: -item[1])
    return {
        "microseconds_a_digit": round(whole / len(digits), 1),
        "percent": {name: round(100 * time / whole, 1) for name, time in ordered},
    }


def _part(operation: str) -> str:
    for name, marks in PARTS.items():
        if any(mark in operation for mark in marks):
            return name
    return "the rest"


if __name__ == "__main__":
    sys.exit(main())
