"""What can be done with an imported picture: say where the digit is. Hidden where there is none."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.data.drawing import Drawing
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.draw.tool_button import ToolButton
from lenet_gui.gui.widgets.labels import set_text
from lenet_gui.text.answers import no_single_digit, single_digit_advice


class PictureBox(QWidget):
    """What is wrong with the picture, if anything is, and the tool that helps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture-box")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.tool = ToolButton("mark-digit")
        self.tool.setText(self.tool.accessibleName())
        self.tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.tool.setCheckable(True)
        self.tool.setMinimumWidth(1)  # where it is narrower than its words, they are cut
        self._told = plain_label()
        self._told.setObjectName("picture-told")
        self._told.setWordWrap(True)
        wear(self._told, theme.text_font)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 4)
        column.addWidget(self._told)
        column.addWidget(self.tool, 0, Qt.AlignmentFlag.AlignLeft)
        self._drawing = Drawing()
        self._is_bare = False
        self.hide()

    @property
    def told(self) -> str:
        """What is said above the tool: why there is no answer, and what to do."""
        return "" if self._told.isHidden() else self._told.text()

    @Slot(object)
    def show_drawing(self, drawing: Drawing) -> None:
        """Shows what is said of another drawing."""
        self._drawing = drawing
        self._show_wanted()
        self._tell()

    def set_bare(self, *, bare: bool) -> None:
        """Hides it whatever the drawing is, or no longer."""
        self._is_bare = bare
        self._show_wanted()

    def _show_wanted(self) -> None:
        self.setVisible(self._drawing.picture_steps is not None and not self._is_bare)

    @Slot(bool)
    def show_picking(self, picking: bool) -> None:
        """The rectangle can be drawn now, or no longer."""
        self.tool.setChecked(picking)
        self._tell()

    def _tell(self) -> None:
        digits = self._drawing.digits
        words = [f"{no_single_digit(digits)}."] if digits != 1 else []
        if self.tool.isChecked():
            words.append(single_digit_advice(digits))
        set_text(self._told, " ".join(words))
        self._told.setVisible(bool(words))
