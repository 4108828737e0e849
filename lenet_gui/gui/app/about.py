"""About the program, and the paper that it is about."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

import lenet_gui

_TEXT = f"""
<h3>LeNet Laboratory {lenet_gui.__version__}</h3>
<p>Draw a digit and watch every layer of LeNet-5 respond; train the 1998 network and its
modern form.</p>
<p>Y. LeCun, L. Bottou, Y. Bengio, P. Haffner:
&ldquo;Gradient-Based Learning Applied to Document Recognition&rdquo;,
Proceedings of the IEEE 86(11), 2278&ndash;2324, November 1998.<br>
<a href="https://doi.org/10.1109/5.726791">doi.org/10.1109/5.726791</a></p>
<p>Free software under the MIT licence. Made with Qt for Python (LGPL), PyTorch, NumPy,
pyqtgraph, Pillow, safetensors, platformdirs and tqdm.</p>
"""


def about_box(parent: QWidget) -> QMessageBox:
    """The dialog, not yet shown."""
    box = QMessageBox(parent)
    box.setWindowTitle("About LeNet Laboratory")
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(_TEXT)
    icon = parent.windowIcon()
    if not icon.isNull():
        box.setIconPixmap(icon.pixmap(64, 64))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
