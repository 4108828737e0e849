"""The one place that imports pyqtgraph: after PySide6, so that it uses that binding."""

import PySide6.QtWidgets  # noqa: F401

# isort: split
import pyqtgraph
import pyqtgraph.exporters

__all__ = ["pyqtgraph"]
