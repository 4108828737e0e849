"""Walks through the epochs: a slider, and play at a rate of one's choice."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSlider, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import hold_words, wear
from lenet_gui.gui.views.run.state import RATES, USUAL_RATE


class Transport(QWidget):
    """Places 0..n - 1, one for each epoch that is kept; `moved(int)` reports another place."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: tuple[int, ...] = ()
        self._last = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self.play = QPushButton()
        self.play.setObjectName("run_play")
        self.play.setCheckable(True)
        set_tip(self.play, "Play the run from here, or from the beginning when at its end (Space)")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("run_slider")
        self.slider.setAccessibleName("Epoch")
        set_tip(self.slider, "The epoch: arrow keys, Home and End")
        self.slider.setPageStep(5)
        self.epoch = plain_label()
        self.epoch.setObjectName("run_epoch")
        wear(self.epoch, theme.text_font)
        self.rate = QComboBox()
        self.rate.setObjectName("run_rate")
        self.rate.setAccessibleName("Epochs per second")
        set_tip(self.rate, "Epochs per second, in playback and in an exported animation")
        for rate in RATES:
            self.rate.addItem(f"{rate} per second", rate)
        self.rate.setCurrentIndex(RATES.index(USUAL_RATE))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self.play)
        row.addWidget(self.slider, 1)
        row.addWidget(self.epoch)
        row.addWidget(self.rate)
        self._name_play(False)
        hold_words(self.play, "Pause", beside=4 * theme.UNIT)
        self.play.toggled.connect(self._play)
        self.rate.currentIndexChanged.connect(self._throughput)
        self.slider.valueChanged.connect(self._tell)
        self.slider.valueChanged.connect(self.moved)
        self.slider.sliderPressed.connect(self.stop)

    @property
    def is_playing(self) -> bool:
        """Whether the run goes by itself."""
        return self._timer.isActive()

    def set_rate(self, rate: int) -> None:
        """Sets the epochs a second, one of `RATES`."""
        self.rate.setCurrentIndex(RATES.index(rate))

    @property
    def frame_ms(self) -> int:
        """How long an epoch is shown."""
        return round(1000 / self.rate.currentData())

    def set_places(self, numbers: Sequence[int], last: int, place: int) -> None:
        """Sets the numbers of other epochs, of a run of `last`, and the place; emits nothing."""
        count = len(numbers)
        self._numbers, self._last = tuple(numbers), last
        hold_words(self.epoch, f"epoch {last} of {last}")
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(count - 1, 0))
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self._tell()
        self.play.setEnabled(count > 1)
        self.slider.setEnabled(count > 1)
        if count < 2:
            self.stop()

    def toggle(self) -> None:
        """Plays, or pauses."""
        if self.play.isEnabled():
            self.play.toggle()

    def take_key(self, event: QKeyEvent) -> bool:
        """Does what a key means here, whoever has the focus; False where it means nothing."""
        place = _PLACES.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.toggle()
        elif place is not None and self.slider.isEnabled():
            self.stop()
            self.slider.setValue(place(self.slider))
        else:
            return False
        return True

    @Slot()
    def stop(self) -> None:
        """Pauses where it is."""
        self.play.setChecked(False)

    @Slot()
    def _tell(self) -> None:
        if self._numbers:
            told = f"epoch {self._numbers[self.slider.value()]} of {self._last}"
            self.epoch.setText(told)
            self.slider.setAccessibleDescription(told)

    def _name_play(self, playing: bool) -> None:
        self.play.setText("Pause" if playing else "Play")
        theme.mark_checked(self.play)

    @Slot(bool)
    def _play(self, playing: bool) -> None:
        self._name_play(playing)
        if not playing:
            self._timer.stop()
            return
        if self.slider.value() == self.slider.maximum():
            self.slider.setValue(0)
        self._timer.start(self.frame_ms)

    @Slot()
    def _throughput(self) -> None:
        if self.is_playing:
            self._timer.start(self.frame_ms)

    @Slot()
    def _step(self) -> None:
        self.slider.setValue(self.slider.value() + 1)
        if self.slider.value() == self.slider.maximum():
            self.stop()


_PLACES: dict[Qt.Key, Callable[[QSlider], int]] = {
    Qt.Key.Key_Home: lambda slider: slider.minimum(),
    Qt.Key.Key_End: lambda slider: slider.maximum(),
    Qt.Key.Key_Left: lambda slider: slider.value() - 1,
    Qt.Key.Key_Right: lambda slider: slider.value() + 1,
}
