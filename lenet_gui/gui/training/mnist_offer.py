"""MNIST is missing: download it, choose a folder, or train on built-in digits."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from lenet_gui.data.download import DownloadProgress
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.widgets.tinted_row import TintedRow

_FULL = 1000


class MnistOffer(TintedRow):
    """The offer, and the progress of a download with its cancel."""

    download_wanted = Signal()
    cancel_wanted = Signal()
    folder_wanted = Signal()
    builtin_wanted = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("MNIST offer")
        self.bar = QProgressBar()
        self.bar.setObjectName("download progress")
        self.bar.setAccessibleName("Progress of the download")
        self.bar.setRange(0, _FULL)
        self.add(self.bar, stretch=1)
        self.download = self.button(
            "Download MNIST", "download MNIST", "11 MB, from its public mirrors"
        )
        self.folder = self.button("Choose a folder…", "choose folder", "It holds the four files")
        self.builtin = self.button(
            "Use built-in digits", "use built-in digits", "Digits written by this program itself"
        )
        self.not_now = self.button("Not now", "no digits", "Do not train now")
        self.cancel = self.button("Cancel", "cancel download", "Complete files are kept")
        self._offers = (self.download, self.folder, self.builtin, self.not_now)
        self.download.clicked.connect(self.download_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.builtin.clicked.connect(self.builtin_wanted)
        self.not_now.clicked.connect(self.refused)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.hide()

    def offer(self, sentence: str) -> None:
        """Shows what is missing, and what can be done."""
        self.words.setText("MNIST was not found on this machine.")
        set_tip(self.words, sentence)
        self._show(downloading=False)

    def show_download(self) -> None:
        """A download begins."""
        self.words.setText("Downloading MNIST")
        self.bar.setValue(0)
        self.bar.setFormat("connecting")
        self.cancel.setEnabled(True)
        self._show(downloading=True)

    def show_progress(self, progress: DownloadProgress) -> None:
        """A piece has arrived."""
        self.bar.setValue(round(_FULL * progress.share))
        place = f"file {progress.file_index + 1} of {progress.files}"
        self.bar.setFormat(f"{place}, {progress.received / 1e6:.1f} MB")

    @Slot()
    def show_cancelling(self) -> None:
        """The download ends soon."""
        self.cancel.setEnabled(False)
        self.bar.setFormat("cancelling")

    def _show(self, *, downloading: bool) -> None:
        for button in self._offers:
            button.setVisible(not downloading)
        self.bar.setVisible(downloading)
        self.cancel.setVisible(downloading)
        self.show()
