"""How many digits a second a training run learns from, beside plain loops of torch's own layers.

    python tests/benchmarks/training_speed.py [--data DIR|builtin] [--threads N] [--rounds 6]
        [--seconds 1.0]

For both variants, with 64 and 256 digits per update: `ours` is the program's own training with all
that the command line does beside the arithmetic, `in_memory` loop (a) and `by_digit` loop (b) of
`plain_loops`. Same network, optimiser and threads; they take turns in short rounds of one run.
`distorted` is ours with every distortion that modern-best has. Prints one JSON object.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import torch
from plain_loops import by_digit, in_memory, plain_network
from rounds import Measure, medians, ratio, take_turns

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.source import load_digits
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.training.control import Control
from lenet_gui.training.events import StepStatistics
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.trainer import train

BATCH_SIZES = (64, 256)


def main() -> int:
    """Measures and prints."""
    options = _options()
    torch.set_num_threads(options.threads)
    sets = load_digits(options.data)
    found = {
        f"{variant}, {batch_size} a batch": _compared(variant, batch_size, sets, options)
        for variant in Variant
        for batch_size in BATCH_SIZES
    }
    told = {"threads": options.threads, "digits_per_second": found}
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _compared(
    variant: Variant, batch_size: int, sets: DigitSets, options: argparse.Namespace
) -> dict[str, Any]:
    recipe = Recipe(
        variant=variant,
        loss=LOSSES[variant][0],
        batch_size=batch_size,
        epochs=10_000,
        schedule="constant",
        device="cpu",
    )
    distorted = recipe.with_changes(distortions=preset("modern-best").distortions)
    ways = {
        "ours": _rate(_trained(recipe, sets, options.threads), options.seconds),
        "in_memory": _rate(_plain(in_memory, recipe, sets), options.seconds),
        "by_digit": _rate(_plain(by_digit, recipe, sets), options.seconds),
        "distorted": _rate(_trained(distorted, sets, options.threads), options.seconds),
    }
    for way in ways.values():
        way()  # to warm up
    figures = take_turns(ways, options.rounds)
    return {
        **medians(figures),
        "to_in_memory": ratio(figures, "ours", "in_memory"),
        "to_by_digit": ratio(figures, "ours", "by_digit"),
        "distorted_to_ours": ratio(figures, "distorted", "ours"),
    }


def _trained(recipe: Recipe, sets: DigitSets, threads: int) -> Iterator[int]:
    """The program's training; yields the digits learnt from since the last time."""
    seen = 0
    # With so many threads and no other number: the ways that take turns share the process.
    for event in train(recipe, sets, None, Control(), threads=threads):
        if isinstance(event, StepStatistics):
            yield event.digits_seen - seen
            seen = event.digits_seen
        else:
            yield -1  # an evaluation lies between: time is not counted across it


def _plain(loop: Any, recipe: Recipe, sets: DigitSets) -> Iterator[int]:
    generator = torch.Generator().manual_seed(recipe.seed)
    first = build(recipe.variant, generator, recipe.initial_weights)
    weights = {name: p.detach().numpy() for name, p in first.named_parameters()}
    network = plain_network(recipe, weights)
    for digits, _ in loop(recipe, sets.training, network):
        yield digits


def _rate(steps: Iterator[int], seconds: float) -> Measure:
    """Digits a second over at least so many seconds of steps."""

    def measure() -> float:
        digits, spent = 0, 0.0
        next(steps)  # begun before this turn
        while spent < seconds:
            began = time.perf_counter()
            learnt = next(steps)
            if learnt >= 0:
                digits += learnt
                spent += time.perf_counter() - began
        return digits / spent

    return measure


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=None, help="the folder of MNIST, or builtin")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=1.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
