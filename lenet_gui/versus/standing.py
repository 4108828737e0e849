"""The results of a recipe over its seeds, beside the published figure."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.paths import bundled_folder
from lenet_gui.text.figures import PERCENT_DECIMALS, in_percent
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.result import Result, read_result
from lenet_gui.versus.published import SOURCES, TEST_DIGITS, Source

_OWN_TO_A_RUN = {"seed", "device"}
"""Fields in which the runs of one recipe may differ."""


@dataclass(frozen=True)
class Standing:
    """The runs of one recipe on the same training digits, by seed; errors are in percent."""

    results: tuple[Result, ...]

    @property
    def recipe(self) -> Recipe:
        """That of the first seed."""
        return self.results[0].recipe

    @property
    def name(self) -> str:
        """The recipe's name."""
        return self.recipe.name

    @property
    def seeds(self) -> tuple[int, ...]:
        """Each once, rising."""
        return tuple(result.recipe.seed for result in self.results)

    @cached_property
    def errors(self) -> tuple[float, ...]:
        """Each seed's test error after its last pass."""
        return tuple(in_percent(result.test_error) for result in self.results)

    @property
    def mean(self) -> float:
        """Of the test errors."""
        return round(statistics.fmean(self.errors), PERCENT_DECIMALS)

    @property
    def deviation(self) -> float | None:
        """Their standard deviation (n-1); None with one seed alone."""
        if len(self.errors) == 1:
            return None
        return round(statistics.stdev(self.errors), PERCENT_DECIMALS)

    @property
    def best(self) -> float:
        """The lowest test error of a seed."""
        return min(self.errors)

    @property
    def worst(self) -> float:
        """The highest test error of a seed."""
        return max(self.errors)

    @property
    def unlearned(self) -> tuple[int, ...]:
        """The seeds with which it learned nothing."""
        return tuple(result.recipe.seed for result in self.results if not result.learned)

    @property
    def passes(self) -> tuple[int, int]:
        """The fewest and the most passes of a seed."""
        last = [result.epochs[-1].epoch for result in self.results]
        return min(last), max(last)

    @property
    def is_comparable(self) -> bool:
        """Whether every run learned from all of MNIST's training digits and was tested on all.

        None may have been continued with another recipe.
        """
        return all(
            result.data.startswith("MNIST")
            and result.recipe.training_digits is None
            and not result.recipe.validation_share
            and not result.changes
            and result.epochs[-1].test.digits == TEST_DIGITS
            for result in self.results
        )

    @property
    def source(self) -> Source | None:
        """What it is compared with, if the runs are comparable and a figure was published."""
        return SOURCES.get(self.name) if self.is_comparable else None

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields of the recipe, beside the seed, that are not the same in all runs."""
        names = [field.name for field in fields(Recipe) if field.name not in _OWN_TO_A_RUN]
        recipes = [result.recipe for result in self.results]
        return tuple(
            name
            for name in names
            if any(getattr(one, name) != getattr(recipes[0], name) for one in recipes)
        )


@dataclass(frozen=True)
class Kept:
    """What a folder holds: standings in the order of `SOURCES`, then by name.

    `left_out` has a sentence for each file that is not counted.
    """

    standings: tuple[Standing, ...]
    left_out: tuple[str, ...] = ()

    def of(self, name: str) -> Standing | None:
        """The standing of a recipe on MNIST; None where there is none."""
        found = [one for one in self.standings if one.name == name and one.is_comparable]
        return found[0] if found else None


def read_standings(folder: Path) -> Kept:
    """Reads every *.json in `folder`.

    A broken file, and a second run of the same recipe, digits and seed, is left out and reported.

    Raises:
        UserError: the folder is missing, not a folder, or cannot be opened.
    """
    try:
        if not folder.is_dir():
            what = "is not a folder" if folder.exists() else "does not exist"
            raise UserError(f"{folder} {what}: name a folder with the results of training runs.")
        files = sorted(folder.glob("*.json"))
    except OSError as error:
        raise UserError(
            f"{folder} cannot be opened ({error.strerror or error}): choose another folder."
        ) from error
    runs: dict[tuple[str, str, int, int], tuple[Path, Result]] = {}
    left_out = []
    for file in files:
        try:
            result = read_result(file)
        except UserError as error:
            left_out.append(str(error))
            continue
        run = (*_digits(result), result.recipe.seed)
        if run in runs:
            left_out.append(
                f"{file} is left out: {runs[run][0].name} is a run of {result.recipe.name} with "
                f"the same seed {result.recipe.seed}; remove one of them."
            )
        else:
            runs[run] = file, result
    return Kept(_standings([result for _, result in runs.values()]), tuple(left_out))


def shipped_standings() -> Kept:
    """The standings of the results that come with the program; none where there are none yet."""
    try:
        folder = bundled_folder("weights", "results")
    except UserError:
        return Kept(())
    return read_standings(folder)


def _standings(results: Iterable[Result]) -> tuple[Standing, ...]:
    groups: dict[tuple[str, str, int], list[Result]] = {}
    for result in results:
        groups.setdefault(_digits(result), []).append(result)
    order = list(SOURCES)

    def place(standing: Standing) -> tuple[int, str, str]:
        known = order.index(standing.name) if standing.name in order else len(order)
        return known, standing.name, standing.results[0].data

    return tuple(sorted((Standing(_by_seed(some)) for some in groups.values()), key=place))


def _digits(result: Result) -> tuple[str, str, int]:
    """What the runs of one standing have in common."""
    return result.recipe.name, result.data, result.training_digits


def _by_seed(results: Sequence[Result]) -> tuple[Result, ...]:
    return tuple(sorted(results, key=lambda result: result.recipe.seed))
