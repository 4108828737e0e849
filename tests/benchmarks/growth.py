"""How time and memory of a training run grow with the digits, the batch and the threads.

    python tests/benchmarks/growth.py [--data DIR|builtin] [--most 600000]

Each row is a process of its own: one epoch of so many digits (MNIST's over and over where there are
more, distorted), or a fixed number of digits in batches of so many. Prints one JSON object: seconds
without loading and evaluation, MB at the peak, and the exponent k of time ~ digits^k, fitted.
"""

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

DIGITS = (1_000, 10_000, 60_000, 600_000)
BATCHES = (1, 4, 16, 64, 256, 1024)
IN_BATCHES = 10_000  # digits of a row of batches; a tenth with one pattern an update


def main() -> int:
    """Measures and prints."""
    options = _options()
    if options.row:
        print(json.dumps(_row(*options.row.split(","), options.data)))
        return 0
    cores = os.cpu_count() or 1
    threads = sorted({1, cores})
    told: dict[str, object] = {}
    for variant in ("original", "modern"):
        by_digits = [
            _measured(variant, n, 64, t, options)
            for n in DIGITS
            if n <= options.most
            for t in threads
        ]
        by_batch = [
            _measured(variant, IN_BATCHES if b > 1 else IN_BATCHES // 10, b, t, options)
            for b in BATCHES
            for t in threads
        ]
        alone = [row for row in by_digits if row["threads"] == 1]
        told[variant] = {
            "by_digits": by_digits,
            "by_batch": by_batch,
            "exponent_of_time_by_digits": _exponent(
                [row["digits"] for row in alone], [row["seconds"] for row in alone]
            ),
            "exponent_of_memory_by_digits": _exponent(
                [row["digits"] for row in alone], [row["peak_mb"] for row in alone]
            ),
        }
    json.dump(told, sys.stdout, indent=1)
    print()
    return 0


def _measured(
    variant: str, digits: int, batch: int, threads: int, options: argparse.Namespace
) -> dict[str, float]:
    row = f"{variant},{digits},{batch},{threads}"
    command = [sys.executable, __file__, "--row", row]
    command += ["--data", options.data] if options.data else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _row(variant: str, digits: str, batch: str, threads: str, data: str | None) -> dict[str, float]:
    import numpy as np
    import torch

    from lenet_gui.data.digits import Digits, DigitSets
    from lenet_gui.data.distortion import Distortion
    from lenet_gui.data.source import load_digits
    from lenet_gui.net.architecture import LOSSES, Variant
    from lenet_gui.training.control import Control
    from lenet_gui.training.events import EpochEnded, Started
    from lenet_gui.training.recipe import Recipe
    from lenet_gui.training.trainer import train

    torch.set_num_threads(int(threads))
    kept = load_digits(data)
    count = int(digits)
    places = np.arange(count) % len(kept.training)
    training = Digits(kept.training.images[places], kept.training.labels[places], "MNIST training")
    recipe = Recipe(
        variant=variant,
        loss=LOSSES[Variant(variant)][0],
        batch_size=int(batch),
        epochs=1,
        distortions=Distortion(),
        device="cpu",
    )
    began = ended = 0.0
    for event in train(recipe, DigitSets(training, kept.test.first(1)), None, Control()):
        if isinstance(event, Started):
            began = time.perf_counter()
        elif isinstance(event, EpochEnded):
            ended = event.seconds
    ended = ended or time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "digits": count,
        "batch": int(batch),
        "threads": int(threads),
        "seconds": round(ended, 3),
        "digits_per_second": round(count / ended),
        "peak_mb": round(peak, 1),
    }


def _exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of a straight line through the logarithms, by least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    over = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return round(over / sum((a - middle_x) ** 2 for a in x), 3)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=None)
    parser.add_argument("--most", type=int, default=DIGITS[-1])
    parser.add_argument("--row", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
