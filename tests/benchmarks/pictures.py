"""How pictures that people bring are read: real pen digits under many conditions.

    python tests/benchmarks/pictures.py STROKES.jsonl.gz [--each N] [--only CONDITION ...]
        [--seed S] [--keep FOLDER] [--processes N]

Renders pen-written digits (see drawn_digits.py) as picture files under every condition of
picture_conditions.py, the same digits in each, and pictures of several digits and of none, and
reads each as `predict` does, with both shipped networks. Prints a JSON object: of every condition
the shares that were read right, read wrongly, wrongly with a probability of 95 % or more shown, and
not answered (refused, "not a digit", undecided). With --keep, the pictures that were not read right
are written to a folder.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from pen_digits import read_digits
from picture_conditions import CONDITIONS, Digit, none, picture, several
from tqdm import tqdm

from lenet_gui.cli.picture_reading import ChosenNetwork
from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.data.pictures.ink import ink_of_picture
from lenet_gui.errors import UserError
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import weights_file

SURE: Final = 0.95


def main() -> int:
    """Measures and prints."""
    options = _options()
    conditions = options.only or [*CONDITIONS, "several digits", "no digit"]
    reader = _Reader(options)
    numbers = range(len(reader.chosen))
    pictures = [(name, number) for number in numbers for name in conditions]
    table = {name: {str(variant): Counter[str]() for variant in Variant} for name in conditions}
    with Pool(options.processes, _begin, (options,)) as pool:
        told = pool.imap(_outcomes_of, pictures, chunksize=4)
        for (name, _), outcomes in zip(pictures, tqdm(told, total=len(pictures)), strict=True):
            for variant, outcome in outcomes.items():
                table[name][variant][outcome] += 1
    json.dump({"each": len(numbers), "seed": options.seed, **_shares(table)}, sys.stdout, indent=1)
    print()
    return 0


class _Reader:
    """Makes the pictures and reads them, in one process."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._digits = [Digit(d["label"], d["strokes"]) for d in read_digits(options.strokes)]
        mixed = np.random.default_rng(options.seed).permutation(len(self._digits))
        self.chosen = mixed[: options.each]
        self._networks = [_shipped(variant) for variant in Variant]

    def outcomes(self, name: str, number: int) -> dict[str, str]:
        """What each network makes of one picture; the same in every process."""
        place = PLACES[name]
        rng = np.random.default_rng((self._options.seed, place, number))
        label, content = _made(name, self._digits[self.chosen[number]], self._digits, rng)
        outcomes = _outcomes(content, label, self._networks)
        if self._options.keep and set(outcomes.values()) != {"right"}:
            _keep(self._options.keep, name, number, label, content, outcomes)
        return outcomes


PLACES: Final = {name: n for n, name in enumerate((*CONDITIONS, "several digits", "no digit"))}

_reader: _Reader | None = None
"""Of a process that reads."""


def _begin(options: argparse.Namespace) -> None:
    global _reader
    torch.set_num_threads(1)
    _reader = _Reader(options)


def _outcomes_of(picture: tuple[str, int]) -> dict[str, str]:
    assert _reader is not None
    return _reader.outcomes(*picture)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("strokes", type=Path)
    parser.add_argument("--each", type=int, default=300)
    parser.add_argument("--only", nargs="+", choices=PLACES, metavar="CONDITION")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    return parser.parse_args()


def _shipped(variant: Variant) -> ChosenNetwork:
    file = weights_file(Path(variant))
    loaded = load_weights(file, variant)
    return ChosenNetwork(loaded.network, file, loaded.facts, loaded.calibration)


def _made(
    name: str, digit: Digit, digits: list[Digit], rng: np.random.Generator
) -> tuple[int | None, bytes]:
    """A picture, and the digit on it; None where it shows several or none."""

    def others() -> Digit:
        return digits[int(rng.integers(len(digits)))]

    makers: dict[str, Any] = {"several digits": several, "no digit": none}
    if name in makers:
        return None, makers[name](rng, others)
    return digit.label, picture(CONDITIONS[name], digit, rng, others)


def _outcomes(content: bytes, label: int | None, networks: list[ChosenNetwork]) -> dict[str, str]:
    """What each network made of a picture."""
    try:
        steps = trace_ink(paint(Drawing(backdrop=Backdrop(ink_of_picture(content).ink))))
    except UserError:
        steps = None
    if steps is None:
        return {str(n.network.variant): "refused" for n in networks}
    outcomes = {}
    for chosen in networks:
        reading = read_digit(chosen.network, steps.centred, chosen.calibration)
        verdict = verdict_of(reading)
        if verdict.abstains:
            outcome = str(verdict.outcome)
        elif reading.answer == label:
            outcome = "right"
        else:
            sure = float(reading.probabilities[reading.answer]) >= SURE
            outcome = "wrong and sure" if sure else "wrong"
        outcomes[str(chosen.network.variant)] = outcome
    return outcomes


def _keep(
    folder: Path, name: str, number: int, label: int | None, content: bytes, outcomes: Any
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    said = "_".join(outcomes.values())
    kind = "png" if content.startswith(b"\x89PNG") else "jpg"
    plain = re.sub(r"\W+", "_", f"{name}_{number}_{label}_{said}")
    (folder / f"{plain}.{kind}").write_bytes(content)


def _shares(table: dict[str, dict[str, Counter[str]]]) -> dict[str, Any]:
    """Shares of every condition, and over all conditions of one digit."""
    conditions = {
        name: {variant: _share(counts) for variant, counts in row.items()}
        for name, row in table.items()
    }
    over_all: dict[str, Counter[str]] = {}
    for name, row in table.items():
        for variant, counts in row.items() if name in CONDITIONS else ():
            over_all.setdefault(variant, Counter()).update(counts)
    return {
        "over all conditions of one digit": {v: _share(c) for v, c in over_all.items()},
        "conditions": conditions,
    }


def _share(counts: Counter[str]) -> dict[str, float]:
    total = counts.total()
    return {outcome: round(count / total, 4) for outcome, count in sorted(counts.items())}


if __name__ == "__main__":
    sys.exit(main())
