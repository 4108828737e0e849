"""As what the weights of another program are read: four choices, each with how well it reads."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.explore.form_finding.finding import FormFinding, share
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import explain
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.networks import Networks
from lenet_gui.guide.places import OTHER_PROGRAMS
from lenet_gui.net.modern_form import InputScale, ModernForm
from lenet_gui.printable import shortened
from lenet_gui.text.networks import BORDER_NAMES, INPUT_NAMES, POOLING_NAMES, SQUASHING_NAMES

_CHOICES: tuple[tuple[str, str, Mapping[Any, str]], ...] = (
    ("squashing", "&Squashing", SQUASHING_NAMES),
    ("pooling", "&Pooling", POOLING_NAMES),
    ("inputs", "&Inputs", INPUT_NAMES),
    ("border", "&Border", BORDER_NAMES),
)
"""Of each choice the field, its label, and the words for each value."""


class FormDialog(QDialog):
    """Changes the form of the network in use, at once; open only for one that has a choice."""

    def __init__(self, networks: Networks, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Read as")
        explain(self, OTHER_PROGRAMS)
        self._networks = networks
        self._boxes: dict[str, QComboBox] = {}
        self._told = plain_label("")
        self._told.setWordWrap(True)
        form = QFormLayout()
        for name, label, words in _CHOICES:
            box = QComboBox()
            box.setObjectName(f"form-{name}")
            box.setAccessibleName(label.replace("&", ""))
            box.addItems(list(words.values()))
            box.activated.connect(self._choose)
            self._boxes[name] = box
            form.addRow(label, box)
        self._best = QPushButton("As &measured")
        self._best.setObjectName("form-best")
        set_tip(self._best, "Use what reads most of the test digits")
        self._best.clicked.connect(self._choose_best)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._best, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.UNIT)
        column.addWidget(self._told)
        column.addLayout(form)
        column.addWidget(buttons)
        networks.changed.connect(self._network_changed)
        self._network_changed(networks.current)

    @property
    def told(self) -> str:
        """What it says about the form in use."""
        return self._told.text()

    @Slot(object)
    def _network_changed(self, network: NetworkInUse | None) -> None:
        if network is None or network.imported is None:
            self.reject()
            return
        finding = network.imported.finding
        self._told.setText(f"{shortened(network.imported.path.name)} is {finding.sentence}.")
        self._best.setEnabled(finding.chosen is not None)
        for name, _, words in _CHOICES:
            self._fill(name, words, finding)

    def _fill(self, name: str, words: Mapping[Any, str], finding: FormFinding) -> None:
        """Beside each word how well the network reads with it, the other choices as they are."""
        box, form = self._boxes[name], finding.form
        for place, one in enumerate(words):
            measured = finding.of(replace(form, **{name: one}))
            told = words[one] if measured is None else f"{words[one]}: {share(measured)}"
            box.setItemText(place, told)
        box.setCurrentIndex(list(words).index(getattr(form, name)))
        said = getattr(finding.said, name)
        without_effect = name == "border" and form.inputs is InputScale.UNIT
        box.setEnabled(said is None and not without_effect)
        set_tip(box, _why_fixed(said, without_effect))

    @Slot()
    def _choose(self) -> None:
        chosen = {
            name: list(words)[self._boxes[name].currentIndex()] for name, _, words in _CHOICES
        }
        self._networks.read_as(ModernForm(**chosen))

    @Slot()
    def _choose_best(self) -> None:
        self._networks.read_as(None)


def _why_fixed(said: StrEnum | None, without_effect: bool) -> str:
    if said is not None:
        return "The file says this"
    return "With inputs 0..1, paper is zero" if without_effect else ""
