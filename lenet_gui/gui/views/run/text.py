"""What the view of a run says."""

from lenet_gui.explore.reading import Reading
from lenet_gui.explore.run_history import KeptEpoch, RunHistory
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.views.facts import drawing_facts
from lenet_gui.gui.views.view import LiveState
from lenet_gui.pictures.exported import Facts
from lenet_gui.printable import printable
from lenet_gui.text.answers import read_as
from lenet_gui.text.figures import percent

NO_RUN = (
    "Train a network, or open the folder of a run, to see what each epoch changed in the network."
)
_EMPTY = "draw a digit to see its answer"


def answer_text(history: RunHistory, epoch: KeptEpoch, reading: Reading | None) -> str:
    """The epoch and what it answers, in a line."""
    which = when(epoch)
    error = history.test_errors.get(epoch.number)
    if error is not None:
        which += f" (test error {percent(error)})"
    if reading is None:
        return f"{which}: {_EMPTY}"
    verdict = verdict_of(reading)
    told = read_as(verdict) if verdict.abstains else f"the answer is {reading.answer_name}"
    return f"{which}: {told}"


def when(epoch: KeptEpoch) -> str:
    """Such as "After epoch 3"."""
    return "Before training" if epoch.number == 0 else f"After epoch {epoch.number}"


def run_facts(
    history: RunHistory | None,
    epoch: KeptEpoch | None,
    live_state: LiveState | None,
    reading: Reading | None,
) -> Facts:
    """Which run, epoch and drawing figures come from; `reading`: by the epoch's network."""
    if history is None or epoch is None:
        return {}
    told = {"run": printable(history.folder.name), "epoch": str(epoch.number)}
    told["network"] = f"{history.variant.capitalize()}, {when(epoch).lower()}"
    if live_state is None:
        return told
    return {**told, **drawing_facts(live_state.drawing, live_state.steps, reading)}
