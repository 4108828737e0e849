"""What the table says of a run, and what it is sorted by. No Qt."""

import math

from lenet_gui.foreign import shortened
from lenet_gui.text.figures import lower_first, percent
from lenet_gui.training.run_folders import RunFolder, RunState

HEADINGS = ("Run", "Recipe", "State", "Last trained", "Epochs", "Test error")
TEXT_COLUMNS = 3
"""The first ones are words, the others figures."""

LAST_TRAINED = HEADINGS.index("Last trained")

NO_RUNS = "Train a network: every run is kept here, to be replayed, continued and compared."
NOT_KNOWN = "–"


def row_of(run: RunFolder) -> tuple[str, ...]:
    """A run under the headings."""
    recipe = run.recipe
    return (
        run.name,
        NOT_KNOWN if recipe is None else shortened(recipe.name) or NOT_KNOWN,
        run.state,
        f"{run.written:%Y-%m-%d %H:%M}",
        str(run.epochs) if run.all_epochs is None else f"{run.epochs} of {run.all_epochs}",
        NOT_KNOWN if run.test_error is None else percent(run.test_error),
    )


def sort_keys(run: RunFolder) -> tuple[str | float, ...]:
    """What the run comes before or after others by, under each heading."""
    name, recipe, state, *_ = row_of(run)
    error = math.inf if run.test_error is None else run.test_error
    return name.casefold(), recipe.casefold(), state, run.stamp.newest, run.epochs, error


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


def delete_question(name: str) -> str:
    """Before a run that the trash does not take is removed."""
    return (
        f'The run "{name}" cannot be moved to the trash here. Delete it permanently, with its '
        "weights and plots? This cannot be undone."
    )
