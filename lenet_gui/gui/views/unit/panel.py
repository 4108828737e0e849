"""Everything shown of one unit: its terms, its formula in figures, its squashing."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.explanation import Explanation
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import Font, wear
from lenet_gui.gui.views.unit.curve import SquashingCurve
from lenet_gui.gui.views.unit.term_layout import Limits
from lenet_gui.gui.views.unit.terms import Terms
from lenet_gui.gui.views.unit.text import formula, name_of, seen
from lenet_gui.gui.widgets.beside import Beside
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.labels import LabelRoom, set_text
from lenet_gui.text.figures import upper_first

_WIDE = 760
"""Usual pixels: room for the terms beside the words."""

_HINT = "Point at a term for its figures."


class UnitPanel(QWidget):
    """Shows an Explanation; the user can select and copy the formula."""

    def __init__(
        self,
        commands: CellCommands,
        name: str,
        parent: QWidget | None = None,
        *,
        is_operated: bool = True,
    ) -> None:
        """Args: is_operated: whether mouse and keys reach it, so that a term can be pointed at."""
        super().__init__(parent)
        self._hint = _HINT if is_operated else ""
        self.setObjectName(name)
        self._title = _wrapped(_label(theme.title_font))
        self._title.setObjectName("unit_title")
        self._seen = _wrapped(_label(theme.small_font))
        self.terms = Terms(commands)
        self._term = _label(theme.small_font)
        self._term.setObjectName("unit_term")
        self.terms.term_pointed.connect(self._tell_term)
        self._formula = plain_label()
        self._formula.setObjectName("unit_formula")
        self._formula.setAccessibleName("Formula")
        wear(self._formula, theme.text_font)
        self._formula.setWordWrap(True)
        self._formula.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._formula.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.curve = SquashingCurve()
        self._has_curve = True
        said = QVBoxLayout()
        said.setSpacing(theme.UNIT // 4)
        self._rooms = tuple(LabelRoom(each) for each in (self._title, self._seen, self._formula))
        for room in self._rooms:
            said.addWidget(room)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(theme.UNIT)
        self._head.addLayout(said, 1)
        self._head.addWidget(self.curve, 0, Qt.AlignmentFlag.AlignTop)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(self._head)
        column.addWidget(self._term)
        column.addStretch(1)
        self._parts = Beside(_WIDE, (words, 2, 0), (self.terms, 3, 1))
        self._parts.turned.connect(self._turn)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._parts)
        self._tell_term("")

    @property
    def title(self) -> str:
        """The name of the unit shown."""
        return self._title.text()

    @property
    def has_curve(self) -> bool:
        """Whether the unit's place on the squashing function is beside its formula."""
        return self._has_curve

    @property
    def remark(self) -> str:
        """What is said below the name: the pixels that the unit sees, or its values on A and B."""
        return self._seen.text()

    @property
    def formula(self) -> str:
        """The computation in figures, line by line."""
        return self._formula.text()

    def show_unit(
        self,
        found: Explanation,
        limits: Limits,
        before: str = "",
        kept: Explanation | None = None,
        *,
        remark: str = "",
        with_curve: bool = True,
    ) -> None:
        """Shows another unit, or the same with other figures.

        Args:
            found: the unit.
            limits: the full colours of the rows of its terms.
            before: what stands before the unit's name.
            kept: the same unit on B, whose place on the squashing function is shown beside A's.
            remark: what is said below its name, instead of which pixels it sees.
            with_curve: whether its place on the squashing function is shown.
        """
        told = (
            before + name_of(found) if before else upper_first(name_of(found)),
            remark or seen(found),
            "\n".join(formula(found)),
        )
        for room, words in zip(self._rooms, told, strict=True):
            room.set_text(words)
        self.terms.show_terms(found, limits)
        self._has_curve = with_curve and found.squashed
        self.curve.show_unit(found, kept, wanted=with_curve)

    @Slot(bool)
    def _turn(self, beside: bool) -> None:
        """Where the terms are beside the words, the curve is below them."""
        directions = QBoxLayout.Direction
        self._head.setDirection(directions.TopToBottom if beside else directions.LeftToRight)

    @Slot(str)
    def _tell_term(self, told: str) -> None:
        set_text(self._term, told or self._hint)


def _label(font: Font) -> QLabel:
    label = plain_label()
    wear(label, font)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
