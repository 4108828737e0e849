"""`--seeds`: which ones are meant, and what the files of each are called."""

import argparse
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lenet_gui.errors import UserError
from lenet_gui.printable import shortened

SEED: Final = "{seed}"
"""Stands for the number of each seed in the name of a file."""

MOST_SEEDS: Final = 64
"""Of one command."""

_RANGE: Final = re.compile(r"\s*([0-9]{1,12})\s*(?:\.\.\s*([0-9]{1,12})\s*)?")


def seeds_of(text: str) -> tuple[int, ...]:
    """The seeds that a text names, in its order: "0..7", "0,3,5", "0..3,8".

    Raises:
        UserError: it is no such list; a seed is too large or comes twice, or there are too many.
    """
    from lenet_gui.training.recipe import FIELDS

    told = f"--seeds {shortened(text)}"
    seeds: dict[int, None] = {}
    for part in text.split(","):
        match = _RANGE.fullmatch(part)
        if match is None:
            raise UserError(
                f"{told} is not a list of seeds: write numbers and ranges, such as 0..7,9."
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise UserError(f"{told} has a descending range: write {last}..{first}.")
        if not FIELDS["seed"].kind.accepts(last):
            raise UserError(f"{told}: each must be {FIELDS['seed'].kind.wanted}, not {last}.")
        if last - first >= MOST_SEEDS:
            raise _too_many(told)
        for seed in range(first, last + 1):
            if seed in seeds:
                raise UserError(f"{told} lists the seed {seed} twice: list it once.")
            seeds[seed] = None
        if len(seeds) > MOST_SEEDS:
            raise _too_many(told)
    return tuple(seeds)


def each_seed(args: argparse.Namespace) -> list[argparse.Namespace]:
    """The arguments of `lenet-gui train` as for each seed of its `--seeds` alone.

    Where they are taken up and some have no checkpoint, these begin anew.

    Raises:
        UserError: see `seeds_of`; or there is a `--seed` as well, or several would have one file.
    """
    from lenet_gui.files import is_there

    seeds = seeds_of(args.seeds)
    if args.seed is not None:
        raise UserError(
            "--seed is for one training run and --seeds for several: give only one of them."
        )
    named = {name: getattr(args, name) for name in ("out", "log", "result", "resume")}
    files = {name: file for name, file in named.items() if file is not None}
    for name, file in files.items():
        if len(seeds) > 1 and SEED not in str(file):
            root, suffix = os.path.splitext(file)  # noqa: PTH122 - also of what is no name
            raise UserError(
                f"--{name} {file} is one file, but there are {len(seeds)} seeds: write {SEED} "
                f"where the seed belongs, as in {root}-{SEED}{suffix}."
            )
    alone = [_with_seed(args, files, seed) for seed in seeds]
    if args.resume is not None and any(is_there(own.resume) for own in alone):
        for own in alone:
            own.resume = own.resume if is_there(own.resume) else None
    return alone


def _with_seed(
    args: argparse.Namespace, files: Mapping[str, Path], seed: int
) -> argparse.Namespace:
    named = {name: Path(str(file).replace(SEED, str(seed))) for name, file in files.items()}
    return argparse.Namespace(**(vars(args) | named | {"seed": seed}))


def _too_many(told: str) -> UserError:
    return UserError(f"{told} are more than {MOST_SEEDS} seeds: train them with several commands.")
