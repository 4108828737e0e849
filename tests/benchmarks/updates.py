"""How many updates a second the paper's optimiser makes, beside plain stochastic descent.

    python tests/benchmarks/updates.py [--seconds 20] [--rounds 10]

The Original, a pattern an update, on one thread. Three ways take turns on the same patterns, in
short rounds of one run, so that other programs on the machine slow all of them alike:

- sdlm: as the program trains, with the pass written out for single patterns;
- sdlm_autograd: the same optimiser with gradients by autograd;
- sgd_autograd: `torch.optim.SGD` with gradients by autograd, the plain loop.

Prints one JSON object: updates a second of each way (the median over the rounds), the medians of
the ratios within a round, with their smallest and largest, and the seconds of one curvature pass,
which comes once an epoch.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import TypeVar

import torch

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.net.architecture import Variant
from lenet_gui.net.curvature import curvatures
from lenet_gui.net.lenet5 import OriginalLeNet5, build
from lenet_gui.net.losses import loss_function
from lenet_gui.training.batches import Batch, Batches
from lenet_gui.training.descent import Descent
from lenet_gui.training.gradients import gradients_of
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import Optimiser, Recipe
from lenet_gui.training.sdlm import SDLM

DIGITS = 512
WARM_UP = 50
T = TypeVar("T")
Update = Callable[[Batch], object]


def main() -> int:
    """Measures and prints."""
    options = _options()
    torch.set_num_threads(1)
    recipe = preset("paper-1998")
    digits = builtin_digits(DIGITS, seed=0)
    batches = Batches(digits, recipe, torch.device("cpu"))
    patterns = list(batches.epoch(1))
    sample = batches.sample(1, recipe.curvature_digits)
    # Each has a network of its own, with the same weights at the beginning.
    ways: dict[str, tuple[Update, Iterator[Batch]]] = {
        "sdlm": (_as_the_program(recipe, sample), cycle(patterns)),
        "sdlm_autograd": (_by_autograd(recipe, sample), cycle(patterns)),
        "sgd_autograd": (_by_autograd(recipe.with_changes(optimiser="sgd"), None), cycle(patterns)),
    }
    for update, turn in ways.values():
        _updates_a_second(update, turn, count=WARM_UP)
    each_s = options.seconds / options.rounds / len(ways)
    rounds = [
        {name: _updates_a_second(update, turn, each_s) for name, (update, turn) in order}
        for order in _taking_turns(list(ways.items()), options.rounds)
    ]
    print(json.dumps(_figures(rounds, _curvature_seconds(recipe, sample)), indent=1))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20, help="for all three ways together")
    parser.add_argument("--rounds", type=int, default=10, help="in which all three take turns")
    return parser.parse_args()


def _network(recipe: Recipe) -> OriginalLeNet5:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(0), recipe.initial_weights)
    assert isinstance(network, OriginalLeNet5)
    return network


def _as_the_program(recipe: Recipe, sample: torch.Tensor) -> Update:
    """What the trainer does at every step."""
    original = _network(recipe)
    gradients = gradients_of(original, recipe)
    optimiser = make_optimiser(recipe, original.parameters())
    _measured(optimiser, original, sample)

    def update(batch: Batch) -> None:
        optimiser.set_rate(recipe.learning_rate)
        gradients(batch)
        optimiser.step()

    return update


def _by_autograd(recipe: Recipe, sample: torch.Tensor | None) -> Update:
    """The plain loop; SGD as torch makes it, without momentum."""
    network = _network(recipe)
    loss_of = loss_function(recipe.loss, recipe.j)
    if recipe.optimiser is Optimiser.SDLM:
        optimiser = make_optimiser(recipe, network.parameters())
        assert sample is not None
        _measured(optimiser, network, sample)
    else:
        optimiser = torch.optim.SGD(network.parameters(), recipe.learning_rate)

    def update(batch: Batch) -> None:
        network.zero_grad()
        loss_of(network(batch.inputs).output, batch.target).backward()
        optimiser.step()

    return update


def _measured(optimiser: Descent, network: OriginalLeNet5, sample: torch.Tensor) -> None:
    assert isinstance(optimiser, SDLM)
    optimiser.set_curvature(list(curvatures(network, sample).values()))


def _taking_turns(ways: list[T], rounds: int) -> Iterator[list[T]]:
    """The ways in each round, another one first each time."""
    for number in range(rounds):
        first = number % len(ways)
        yield ways[first:] + ways[:first]


def _updates_a_second(
    update: Update, turn: Iterator[Batch], seconds: float = 0, count: int = 0
) -> float:
    done = 0
    began = time.perf_counter()
    while done < count or time.perf_counter() - began < seconds:
        update(next(turn))
        done += 1
    return done / (time.perf_counter() - began)


def _curvature_seconds(recipe: Recipe, sample: torch.Tensor) -> float:
    network = _network(recipe)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        curvatures(network, sample)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _figures(rounds: list[dict[str, float]], curvature_s: float) -> dict[str, object]:
    def ratio(of: str) -> dict[str, float]:
        found = [one[of] / one["sgd_autograd"] for one in rounds]
        middle = statistics.median(found)
        return {"median": middle, "smallest": min(found), "largest": max(found)}

    return {
        "updates_a_second": {
            name: round(statistics.median(one[name] for one in rounds), 1) for name in rounds[0]
        },
        "sdlm_to_sgd_autograd": {k: round(v, 3) for k, v in ratio("sdlm").items()},
        "sdlm_autograd_to_sgd_autograd": {
            k: round(v, 3) for k, v in ratio("sdlm_autograd").items()
        },
        "curvature_seconds": round(curvature_s, 3),
        "rounds": len(rounds),
        "threads": torch.get_num_threads(),
        "torch": torch.__version__,
    }


if __name__ == "__main__":
    sys.exit(main())
