"""How long it takes from nothing to 98.82 % of the test digits, beside a script as one finds it.

    python tests/benchmarks/time_to_accuracy.py [--data DIR] [--threads N] [--seed 0]

`original-quick` and `modern-quick` by the command line in a process of its own, from its start to
the epoch that reached it, imports and loading included. Beside them loop (b) of `plain_loops`: the
Modern, Adam at a constant rate of 0.001, 64 digits per update, evaluated after every epoch until it
gets there (20 are not always enough), 60 epochs at most. Prints one JSON object, in seconds.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time

WANTED = 0.9882
MOST_EPOCHS = 60


def main() -> int:
    """Measures and prints."""
    options = _options()
    told: dict[str, object] = {"wanted_accuracy": WANTED}
    for name in ("original-quick", "modern-quick"):
        told[name] = _quick(name, options)
    told["by_digit"] = plain = _plain(options)
    for name in ("original-quick", "modern-quick"):
        ours = told[name]["seconds"]
        told[f"by_digit_to_{name}"] = round(plain["seconds"] / ours, 1) if ours else None
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _quick(name: str, options: argparse.Namespace) -> dict[str, object]:
    """By the lines that the command prints at the end of each epoch."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-u", "-m", "lenet_gui", "train", "--recipe", name]
        command += ["--seed", str(options.seed), "--threads", str(options.threads)]
        command += ["--out", f"{folder}/weights.safetensors"]
        command += ["--data", options.data] if options.data else []
        accuracy, epochs, seconds = 0.0, 0, None
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as training:
            for line in training.stdout or ():
                told = re.search(r"^epoch (\d+) .* test [\d.]+ ([\d.]+) %", line)
                if told and seconds is None:
                    epochs, accuracy = int(told[1]), float(told[2]) / 100
                    if accuracy >= WANTED:
                        seconds = round(time.perf_counter() - began, 1)
        if training.returncode:
            sys.exit(f"{name} ended with status {training.returncode}")
    return {"seconds": seconds, "epochs": epochs, "accuracy": accuracy}


def _plain(options: argparse.Namespace) -> dict[str, object]:
    """As a script does it: everything in one process, timed from before the imports."""
    began = time.perf_counter()
    import torch
    from plain_loops import OneByOne, PlainModern, by_digit
    from torch.utils.data import DataLoader

    from lenet_gui.data.source import load_digits
    from lenet_gui.training.recipe import Recipe

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    sets = load_digits(options.data)
    recipe = Recipe(variant="modern", loss="cross-entropy", schedule="constant")
    network = PlainModern()
    steps = by_digit(recipe, sets.training, network)
    loader = DataLoader(OneByOne(recipe, sets.test), batch_size=1000)
    accuracy, epochs = 0.0, 0
    while accuracy < WANTED and epochs < MOST_EPOCHS:
        for _ in range(-(-len(sets.training) // recipe.batch_size)):
            next(steps)
        with torch.no_grad():
            right = sum(int((network(x).argmax(1) == y).sum()) for x, y in loader)
        accuracy = right / len(sets.test)
        epochs += 1
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "epochs": epochs,
        "accuracy": accuracy,
        "reached": accuracy >= WANTED,
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=None)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
