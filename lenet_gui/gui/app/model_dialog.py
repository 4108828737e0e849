"""In which format a network is exported: what each is, and what reads it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QWidget

from lenet_gui.errors import UserError
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import offer_guide
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.guide.places import EXPORTED_MODELS
from lenet_gui.model_files.described import input_text
from lenet_gui.model_files.formats import FORMATS, ModelFormat
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.text.figures import true_minus

_WIDTH = 64
"""Of the explanations, in letters."""

_LINES = 2
"""Of the longest explanation: the dialog keeps its size whichever is chosen."""


_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ModelDialog(QDialog):
    """The choice of a format; one that cannot be written here says why."""

    def __init__(
        self, network: str, kind: NetworkKind, chosen: ModelFormat, parent: QWidget
    ) -> None:
        """Args: network: in a line; kind: of it; chosen: the format at first."""
        super().__init__(parent)
        self.setWindowTitle("Export model")
        offer_guide(self, EXPORTED_MODELS)
        self.formats = QComboBox()
        for form in FORMATS:
            self.formats.addItem(form.title, form)
        self.formats.setCurrentIndex(FORMATS.index(chosen))
        self.explanation = self._label()
        self.explanation.setAlignment(_TOP)
        self.explanation.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        self._lay_out(network, true_minus(input_text(kind)).replace("28x28", "28×28"))
        self.formats.currentIndexChanged.connect(self._explain)
        self._explain()

    @property
    def format(self) -> ModelFormat:
        """What is chosen."""
        return FORMATS[self.formats.currentIndex()]

    def _lay_out(self, network: str, inputs: str) -> None:
        rows = QFormLayout(self)
        rows.setContentsMargins(*[2 * theme.UNIT] * 4)
        rows.setSpacing(theme.UNIT)
        rows.addRow("Network", self._label(network))
        rows.addRow(_at_top("Input"), self._label(inputs))
        rows.addRow("&Format", self.formats)
        rows.addRow(_at_top("Read by"), self.explanation)
        buttons = QDialogButtonBox()
        self._save = buttons.addButton("Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        rows.addRow(buttons)

    def _label(self, text: str = "") -> QLabel:
        label = plain_label(text)
        label.setWordWrap(True)
        label.setMinimumWidth(_WIDTH * label.fontMetrics().averageCharWidth())
        return label

    @Slot()
    def _explain(self) -> None:
        try:
            self.format.check()
        except UserError as error:
            self.explanation.setText(error.on_screen)
            self._save.setEnabled(False)
        else:
            self.explanation.setText(self.format.read_by)
            self._save.setEnabled(True)


def _at_top(text: str) -> QLabel:
    """A label beside several lines."""
    label = plain_label(text)
    label.setAlignment(_TOP)
    return label
