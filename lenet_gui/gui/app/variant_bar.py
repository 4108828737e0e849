"""Original or Modern, and which weights are used: the line above the feature maps."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.net.architecture import Variant
from lenet_gui.net.audit import audit
from lenet_gui.text.networks import form_remark

_TIPS = {
    Variant.ORIGINAL: "LeNet-5 as in the 1998 paper: Table I, RBF output (Ctrl+1)",
    Variant.MODERN: "LeNet-5 as it is usually built today: average pooling, softmax (Ctrl+2)",
}


class VariantBar(QWidget):
    """Two exclusive buttons, and a line about the network in use."""

    variant_chosen = Signal(object)  # Variant
    form_asked = Signal()  # of weights of another program

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Variant, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, variant in enumerate(Variant):
            button = QToolButton()
            button.setObjectName(f"variant-{variant}")
            button.setText(variant.capitalize())
            button.setCheckable(True)
            set_tip(button, _TIPS[variant])
            button.setAccessibleName(f"{variant.capitalize()} network")
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, place)
            button.toggled.connect(self._colour)
            self._buttons[variant] = button
            row.addWidget(button)
        self._about = ElidedLabel(lines=2)
        self._about.setObjectName("network-in-use")
        wear(self._about, theme.small_font)
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addSpacing(theme.UNIT)
        row.addWidget(self._about, 1)
        self._form = QToolButton()
        self._form.setObjectName("read-as")
        self._form.setText("Read as…")
        set_tip(self._form, "As what the weights of another program are read, and how well")
        self._form.clicked.connect(self.form_asked)
        self._form.hide()
        row.addWidget(self._form)
        self._group.idClicked.connect(self._clicked)
        self._colour()

    def show_network(self, network: KnownNetwork) -> None:
        """Marks the variant and shows where its weights come from."""
        self._buttons[network.variant].setChecked(True)
        told = network.origin, form_remark(network.form), network.test_error
        parts = [part for part in told if part]
        self._about.setText(", ".join(parts))
        self._form.setHidden(network.imported is None)
        parameters = f"{audit(network.variant).parameters:,} parameters"
        set_tip(self._about, ", ".join([*parts, parameters]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _clicked(self, place: int) -> None:
        self.variant_chosen.emit(tuple(Variant)[place])

    @Slot()
    def _colour(self) -> None:
        for button in self._buttons.values():
            theme.mark_checked(button)
        palette = self._about.palette()
        palette.setColor(self._about.foregroundRole(), theme.faint(self))
        self._about.setPalette(palette)
