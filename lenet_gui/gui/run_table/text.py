"""What the table says of a run, and what it is sorted by. No Qt."""

import math
from pathlib import Path

from lenet_gui.printable import printable
from lenet_gui.text.figures import lower_first, percent
from lenet_gui.training.recipe import BUILTIN, MNIST
from lenet_gui.training.recipe_text import brief_recipe_text, recipe_text
from lenet_gui.training.run_folders import RunFolder, RunState

HEADINGS = ("Run", "Recipe", "State", "Last trained", "Epochs", "Test error", "Tested on")
TEXT_COLUMNS = 3
"""The first ones are words, the others figures."""

LAST_TRAINED = HEADINGS.index("Last trained")

NO_RUNS = "Train a network: every run is kept here, to be replayed, continued and compared."
NOT_KNOWN = "–"

_OF_DIGITS = ("MNIST", "built-in")
"""What sets are called whose pictures are known to be digits."""


def row_of(run: RunFolder) -> tuple[str, ...]:
    """A run under the headings, briefly."""
    recipe = run.recipe
    return (
        run.name,
        NOT_KNOWN if recipe is None else brief_recipe_text(recipe, run.adjustments) or NOT_KNOWN,
        run.state,
        f"{run.written:%Y-%m-%d %H:%M}",
        str(run.epochs) if run.all_epochs is None else f"{run.epochs} of {run.all_epochs}",
        NOT_KNOWN if run.test_error is None else percent(run.test_error),
        _tested_on(run),
    )


def whole_row_of(run: RunFolder) -> tuple[str, ...]:
    """The same in full: the recipe with all that was changed, and how many digits were tested."""
    row = list(row_of(run))
    if run.recipe is not None:
        row[HEADINGS.index("Recipe")] = recipe_text(run.recipe, run.adjustments) or NOT_KNOWN
    if run.test is not None:
        tested = _tested_on(run)
        noun = "digits" if tested.startswith(_OF_DIGITS) else "pictures"
        digits = f"{run.test.digits:,} {tested} test {noun}"
        row[HEADINGS.index("Tested on")] = f"{digits}{_folder_of_digits(run)}"
    return tuple(row)


def _tested_on(run: RunFolder) -> str:
    """Which set the test digits are of: "MNIST", "built-in", or the name of a set of one's own."""
    if run.test is None or run.recipe is None:
        return NOT_KNOWN
    if run.recipe.data not in (BUILTIN, MNIST):
        return run.data_set or Path(run.recipe.data).stem
    return "built-in" if run.recipe.data == BUILTIN else "MNIST"


def _folder_of_digits(run: RunFolder) -> str:
    if run.recipe is None or run.recipe.data in (BUILTIN, MNIST):
        return ""
    return f" in {printable(run.recipe.data)}"


def sort_keys(run: RunFolder) -> tuple[str | float, ...]:
    """What the run comes before or after others by, under each heading."""
    name, recipe, state, *_, tested_on = row_of(run)
    error = math.inf if run.test_error is None else run.test_error
    return name.casefold(), recipe.casefold(), state, run.stamp.newest, run.epochs, error, tested_on


def about(run: RunFolder) -> str:
    """A sentence on what is wrong with a run; empty where nothing is."""
    match run.state:
        case RunState.DAMAGED:
            return f'"{run.name}" is damaged: {lower_first(run.trouble)}'
        case RunState.INTERRUPTED | RunState.STOPPED | RunState.FAILED if run.resumable:
            whose = f" Its network is that of epoch {run.epochs}." if run.weights else ""
            return f'"{run.name}" is incomplete: it can be resumed.{whose}'
        case RunState.INTERRUPTED | RunState.STOPPED | RunState.FAILED:
            untested = "; its network was not tested" if run.weights else ""
            return f'"{run.name}" ended during its first epoch: it cannot be resumed{untested}.'
    return ""


def in_use_text(name: str) -> str:
    """The network of a run has been put to use."""
    return f'The network of "{name}" is in use.'


def renamed_text(before: str, now: str) -> str:
    """A run has got another name."""
    return f'"{before}" is now called "{now}".'


def trash_question(name: str) -> str:
    """Before a run is moved to the trash."""
    return f'Move the run "{name}" to the trash, with its weights and plots?'


def trashed_text(name: str) -> str:
    """A run has been moved to the trash."""
    return f'"{name}" is in the trash now.'


def deleted_text(name: str) -> str:
    """A run has been removed for good."""
    return f'"{name}" is deleted.'


def delete_question(name: str) -> str:
    """Before a run that the trash does not take is removed."""
    return (
        f'The run "{name}" cannot be moved to the trash here. Delete it permanently, with its '
        "weights and plots? This cannot be undone."
    )
