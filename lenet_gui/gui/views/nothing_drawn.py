"""What a view of the drawing shows where nothing is drawn: one widget for all of them."""

from PySide6.QtWidgets import QWidget

from lenet_gui.gui.views.view import LiveState, ViewContext
from lenet_gui.gui.widgets.empty_state import SAMPLE, SAMPLE_TIP, EmptyState
from lenet_gui.text.answers import no_single_digit, single_digit_advice

LOADING = "The network is being loaded; then it reads what you have drawn."


class NothingDrawn(EmptyState):
    """Covers parts of a view while there is no reading; its link lays a sample on the canvas.

    Args:
        context: the view's.
        sentence: what the parts will show, and that a digit is to be drawn.
        grounds: the parts; see `EmptyState`.
        keys: see there, too.
    """

    def __init__(
        self,
        context: ViewContext,
        sentence: str,
        *grounds: QWidget,
        keys: QWidget | None = None,
    ) -> None:
        super().__init__(*grounds, link=SAMPLE, tip=SAMPLE_TIP, keys=keys)
        self._sentence = sentence
        self.followed.connect(context.digits.ask_for_random_digit)

    def show_live(self, live_state: LiveState) -> None:
        """Says what is missing now, if anything is."""
        if live_state.reading is not None:
            self.say("")
        elif live_state.drawing.digits != 1:
            digits = live_state.drawing.digits
            self.say(f"{no_single_digit(digits)}. {single_digit_advice(digits)}", offers=False)
        elif live_state.steps is None:
            self.say(self._sentence)
        else:
            self.say(LOADING, offers=False)
