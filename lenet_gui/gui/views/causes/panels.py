"""The two halves of the view of causes: the nine digits, and the gradient."""

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.input_gradient import InputGradient
from lenet_gui.explore.reading import Floats
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import hold_lines, wear
from lenet_gui.gui.views.causes.gradient import GradientPicture
from lenet_gui.gui.views.causes.text import (
    HINT_EMPTY,
    LOADING_NETWORK,
    LONGEST_NOTE,
)
from lenet_gui.gui.views.causes.top_digits import TopDigits
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.empty_state import SAMPLE, SAMPLE_TIP, EmptyState
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.labels import SteadyLabel, set_text
from lenet_gui.gui.widgets.link_button import LinkButton


class TopDigitsPanel(QWidget):
    """The digits with a heading over them and a line of words under them."""

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.rule = _heading(), _note("nine_rule")
        self.heading.setObjectName("nine_heading")
        self.digits, self.details = TopDigits(commands), small("top_digits_details", lines=2)
        column = _column(self)
        column.addWidget(self.heading)
        column.addWidget(self.rule)
        column.addWidget(self.digits, 1)
        column.addWidget(self.details)
        self.empty = EmptyState(self.heading, self.rule, self.digits, self.details)


class GradientPanel(QWidget):
    """The gradient of one unit for the present drawing.

    `sample_wanted()`: the link that stands there without a drawing was clicked.
    """

    sample_wanted = Signal()

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gradient: InputGradient | None = None
        self.heading, self.note = _heading(), _note("gradient_note")
        self.picture, self.details = GradientPicture(commands), small("gradient_details")
        self.picture.pointed.connect(self._tell)
        self._legend = ScaleLegend()
        column = _column(self)
        self.follow = LinkButton("Show in Unit")
        self.follow.setObjectName("causes_follow")
        set_tip(self.follow, "Follow the chosen unit down to its inputs, in the view Unit")
        line = QHBoxLayout()
        line.addWidget(self.heading, 1)
        line.addWidget(self.follow)
        column.addLayout(line)
        column.addWidget(self.note)
        column.addWidget(self.picture, 1)
        column.addWidget(self._legend)
        column.addWidget(self.details)
        self.empty = EmptyState(
            self.note,
            self.picture,
            self._legend,
            self.details,
            self.follow,
            link=SAMPLE,
            tip=SAMPLE_TIP,
        )
        self.empty.followed.connect(self.sample_wanted)

    @property
    def gradient(self) -> InputGradient | None:
        """What is shown."""
        return self._gradient

    def show_gradient(
        self, gradient: InputGradient | None, ink: Floats | None, heading: str = "", note: str = ""
    ) -> None:
        """Shows a gradient over the edge of the ink; without one it says what to do.

        Args:
            gradient: None where there is none yet.
            ink: [32, 32], 0..1; None where nothing is drawn.
            heading: what the gradient is of, where that is no unit.
            note: how to read it.
        """
        self.heading.setText(heading or "Input gradient")
        if gradient is not None:
            self.empty.say("")
        else:
            self.empty.say(HINT_EMPTY if ink is None else LOADING_NETWORK, offers=ink is None)
        self._gradient = gradient
        limit = None if gradient is None or not gradient.largest else gradient.largest
        self.note.setText(note)
        paper = np.zeros((32, 32), np.float32)
        slopes = None if gradient is None else gradient.slopes
        self.picture.show_gradient(slopes, paper if ink is None else ink, limit or 0.0)
        self._legend.show_limit(limit)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        spoken, is_there = self.picture.spoken, self._gradient is not None
        set_text(self.details, self.picture.text_of(spoken) if spoken and is_there else "")


def small(name: str, lines: int = 1) -> QLabel:
    """A label in small letters, `lines` high whatever it says, that asks for no width."""
    label = plain_label()
    label.setObjectName(name)
    wear(label, theme.small_font)
    label.setWordWrap(lines > 1)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    hold_lines(label, lines, beside=2)
    return label


def _note(name: str) -> SteadyLabel:
    """How to read what is below it; equally high in both halves, whatever it says."""
    label = SteadyLabel(theme.small_font, longest=LONGEST_NOTE)
    label.setObjectName(name)
    return label


def _heading() -> ElidedLabel:
    """Equally high in both halves, also with a link beside it."""
    heading = ElidedLabel()
    wear(heading, theme.title_font)
    hold_lines(heading, 1, beside=theme.UNIT)
    return heading


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.UNIT // 2)
    return column
