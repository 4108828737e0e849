"""How fast a CUDA card trains, and from how many digits per update it is the faster one.

    python tests/benchmarks/gpu_training.py [--data DIR|builtin] [--device cuda]
        [--only updates epoch whole seeds taught] [--recipes original-best modern-best] [--epochs N]

- updates: milliseconds an update, by optimiser and digits per update, on the card and on one core:
  where the card becomes the faster one is what `auto` goes by (`training/device_choice.py`).
- epoch: seconds of an epoch of each recipe: the batches alone with their distortions, the same with
  what the teachers say, and with the updates.
- whole: each recipe by the command line, in a process of its own, with all that comes before and
  after: seconds, test error, and the most of the card's memory. Wanted of an H100: at most 90 s for
  original-best, 120 s for modern-best.
- seeds: each recipe with eight seeds, which the card trains at once, in the same way.
- taught: three strong teachers, what they miss as a committee (wanted of MNIST: 0.24 %), and each
  recipe with five seeds that learns from them (wanted: a mean of at most 0.50 %).

Without a CUDA card it says so. Prints one JSON object. `--device cpu --epochs 1` tries it out, but
for what is taught, which takes a processor hours.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import torch

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import Digits
from lenet_gui.data.source import load_digits
from lenet_gui.net.curvature import curvatures
from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.net.losses import eleven_exponents
from lenet_gui.net.weights_file import load_any_weights
from lenet_gui.training.batches import Batch, Batches
from lenet_gui.training.device import torch_device
from lenet_gui.training.device_choice import DeviceChoice
from lenet_gui.training.fresh_network import fresh_network
from lenet_gui.training.gradients import gradients_of
from lenet_gui.training.metrics import outputs_of
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import Device, Optimiser, Recipe
from lenet_gui.training.result import read_result
from lenet_gui.training.sdlm import SDLM
from lenet_gui.training.teachers import teachers_of
from lenet_gui.training.update import Update, update_of

TRAINED = """
import sys, torch
from lenet_gui.cli import main
status = main(sys.argv[1:])
print(torch.cuda.max_memory_allocated() if torch.cuda.is_available() else 0)
sys.exit(status)
"""
SIZES = (1, 2, 4, 8, 16, 32, 64, 256)
SEEDS = range(8)
TEACHERS, STUDENTS = range(3), range(5)
MEASURED_S = 1.0


def main() -> int:
    """Measures and prints."""
    options = _options()
    device = torch_device(DeviceChoice(Device(options.device)))
    told: dict[str, Any] = {"torch": torch.__version__}
    if device.type == "cuda" and not torch.cuda.is_available():
        told["not_measured"] = "torch finds no CUDA card"
        options.only = []
    elif device.type == "cuda":
        told["card"] = torch.cuda.get_device_name()
    if "updates" in options.only:
        told["updates_ms"] = _updates(device)
    recipes = {name: preset(name) for name in options.recipes}
    if "epoch" in options.only:
        digits = load_digits(options.data).training
        told["epoch_s"] = {name: _epoch(one, digits, device) for name, one in recipes.items()}
    if "whole" in options.only:
        told["whole"] = {name: _whole(name, options) for name in recipes}
    if "seeds" in options.only:
        told["seeds"] = {name: _whole(name, options, SEEDS) for name in recipes}
    if "taught" in options.only:
        told["taught"] = _taught(options)
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _updates(device: torch.device) -> dict[str, dict[str, dict[str, float]]]:
    torch.set_num_threads(1)
    digits = builtin_digits(max(SIZES) * 4, seed=0)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for optimiser in Optimiser:
        of_sizes = found[str(optimiser)] = {}
        for size in SIZES:
            recipe = Recipe(optimiser=optimiser, batch_size=size, learning_rate=0.0002)
            of_sizes[str(size)] = {
                where.type: round(1000 * _seconds_an_update(recipe, digits, where), 3)
                for where in {device, torch.device("cpu")}
            }
    return found


def _seconds_an_update(recipe: Recipe, digits: Digits, device: torch.device) -> float:
    batches = Batches(digits, recipe, device)
    whole = [one for one in batches.epoch(1) if len(one.target) == recipe.batch_size]
    update = _update(recipe, batches, device)
    turns = cycle(whole)
    for _ in range(20):
        update(next(turns))
    made, began = 0, _now(device)
    while (spent := time.perf_counter() - began) < MEASURED_S:
        for _ in range(20):
            update(next(turns))
        made += 20
        spent = _now(device) - began
    return spent / made


def _update(recipe: Recipe, batches: Batches, device: torch.device) -> Update:
    """What the trainer makes of a batch, with the weights of the beginning."""
    network = fresh_network(recipe).to(device)
    optimiser = make_optimiser(recipe, network.parameters())
    if isinstance(optimiser, SDLM):
        assert isinstance(network, OriginalLeNet5)
        found = curvatures(network, batches.sample(1, recipe.curvature_digits))
        optimiser.set_curvature(list(found.values()))
    made = update_of(gradients_of(network, recipe), optimiser, recipe, device)

    def update(batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        optimiser.set_rate(recipe.learning_rate)
        return made(batch)

    return update


def _epoch(recipe: Recipe, digits: Digits, device: torch.device) -> dict[str, float]:
    batches = Batches(digits, recipe, device)
    teachers = teachers_of(recipe, device)
    update = _update(recipe, batches, device)

    def heard(epoch: int) -> Iterator[Batch]:
        plain = batches.epoch(epoch)
        yield from teachers.heard(plain, epoch) if teachers else plain

    def updated(epoch: int) -> Iterator[object]:
        return map(update, heard(epoch))

    ways: dict[str, Callable[[int], Iterable[object]]] = {
        "batches": batches.epoch,
        "with_teachers": heard,
        "with_updates": updated,
    }
    found: dict[str, float] = {"updates": len(batches)}
    for name, way in ways.items():
        for epoch in (1, 2):  # the first to warm up
            began = _now(device)
            for _ in way(epoch):
                pass
            found[name] = round(_now(device) - began, 3)
    return found


def _whole(name: str, options: argparse.Namespace, seeds: range = range(1)) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        return _trained(name, options, seeds, Path(folder))


def _taught(options: argparse.Namespace) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        teachers = Path(folder, "teachers")
        found: dict[str, object] = {
            "strong-teacher": _trained("strong-teacher", options, TEACHERS, teachers)
        }
        found["committee_error_percent"] = _committee_error(teachers, options)
        for name in options.recipes:
            by_them = ["--teachers", str(teachers)]
            found[name] = _trained(name, options, STUDENTS, Path(folder, name), by_them)
        return found


def _committee_error(folder: Path, options: argparse.Namespace) -> float:
    """The share of the test digits that the mean of the posteriors misses, in percent."""
    test = load_digits(options.data).test
    posteriors = []
    for file in sorted(folder.glob("*.safetensors")):
        member = load_any_weights(file)
        output = outputs_of(member.network.to(options.device), test.images)
        posteriors.append(eleven_exponents(output, member.loss, member.j).softmax(1).cpu())
    answers = torch.stack(posteriors).mean(0)[:, :-1].argmax(1).numpy()
    return round(100 * float((answers != test.labels).mean()), 2)


def _trained(
    name: str,
    options: argparse.Namespace,
    seeds: range,
    folder: Path,
    more: Sequence[str] = (),
) -> dict[str, object]:
    """A recipe by the command line, its weights and results in the folder."""
    arguments = ["train", "--recipe", name, "--device", options.device, *more]
    arguments += ["--out", f"{folder}/{{seed}}.safetensors"]
    arguments += ["--result", f"{folder}/{{seed}}.json"]
    arguments += ["--seeds", f"{seeds[0]}..{seeds[-1]}"]
    arguments += ["--data", options.data] if options.data else []
    arguments += ["--epochs", str(options.epochs)] if options.epochs else []
    began = time.perf_counter()
    command = [sys.executable, "-c", TRAINED, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds = time.perf_counter() - began
    trained = [read_result(folder / f"{seed}.json") for seed in seeds]
    return {
        "seconds": round(seconds, 1),
        "epochs": trained[0].epochs[-1].epoch,
        "test_error_percent": [round(100 * one.test_error, 2) for one in trained],
        "card_mb": round(int(done.stdout.splitlines()[-1]) / 2**20),
    }


def _now(device: torch.device) -> float:
    """The time, when the device has done all that it was asked for."""
    if device.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=None, help="the folder of MNIST, or builtin")
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--recipes", nargs="+", default=["original-best", "modern-best"])
    parser.add_argument("--epochs", type=int, help="of each whole recipe, in place of its own")
    parts = ["updates", "epoch", "whole", "seeds", "taught"]
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
