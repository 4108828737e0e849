"""The errors of networks under each corruption, as a table: text, CSV, JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lenet_gui.data.corruptions.table import CORRUPTIONS
from lenet_gui.explore.robustness import Robustness
from lenet_gui.net.architecture import facts_of_network
from lenet_gui.net.network import Network
from lenet_gui.pictures.exported import Table
from lenet_gui.printable import printable, shortened
from lenet_gui.text.figures import in_percent, percent

_LONGEST_NAME = 24
_NARROWEST = 9
_CLEAN = "clean"
_MEAN = "mean of the corruptions"


@dataclass(frozen=True)
class RobustnessTable:
    """What was found for weights files, as they were named, on a set of digits with a seed."""

    weights: tuple[str, ...]
    found: tuple[Robustness, ...]
    data: str
    seed: int

    def as_lines(self) -> list[str]:
        """For people; errors in percent."""
        names = short_names(self.weights)
        widths = [max(len(name), _NARROWEST) + 3 for name in names]

        def line(first: str, cells: Iterable[str]) -> str:
            each = zip(cells, widths, strict=True)
            return first.ljust(len(_MEAN)) + "".join(cell.rjust(width) for cell, width in each)

        rows = [line(name, map(percent, errors)) for name, errors in self._rows()]
        about = f"{self.data}: {self.found[0].digits:,} digits, corrupted with seed {self.seed}"
        return [about, "", line("error", names), *rows[:-1], "", rows[-1]]

    def as_csv(self) -> str:
        """A column for each network, errors in percent; what they hold for in further columns."""
        headings = (f"{printable(name)} (error in %)" for name in self.weights)
        return (
            Table(
                ("corruption", *headings),
                tuple((name, *map(in_percent, errors)) for name, errors in self._rows()),
                {"data": self.data, "digits": str(self.found[0].digits), "seed": str(self.seed)},
            )
            .as_csv()
            .decode()
        )

    def as_json(self, networks: Sequence[Network]) -> dict[str, Any]:
        """An object for programs; errors are shares, 0..1."""
        return {
            "data": self.data,
            "digits": self.found[0].digits,
            "seed": self.seed,
            "networks": [
                {
                    "weights": name,
                    **facts_of_network(network.architecture, network.variant),
                    **network.form.facts(),
                    "clean_error": one.clean_error,
                    "corrupted_error": {each: one.error(each) for each in one.corrupted},
                    "mean_corrupted_error": one.mean_error,
                }
                for name, network, one in zip(self.weights, networks, self.found, strict=True)
            ],
        }

    def _rows(self) -> Iterator[tuple[str, list[float]]]:
        yield _CLEAN, [one.clean_error for one in self.found]
        for corruption in CORRUPTIONS:
            yield corruption.title, [one.error(corruption.name) for one in self.found]
        yield _MEAN, [one.mean_error for one in self.found]


def short_names(weights: Sequence[str]) -> list[str]:
    """Headings of columns: the names of files, or their paths where two have one name."""
    names = [Path(file).name or file for file in weights]
    if len(set(names)) < len(set(weights)):
        names = list(weights)
    return [shortened(name, _LONGEST_NAME) for name in names]
