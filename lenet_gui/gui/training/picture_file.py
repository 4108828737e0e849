"""What is painted, as the bytes of a PNG or SVG file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from lenet_gui.errors import UserError

PNG_SCALE = 2
ENDINGS = (".png", ".svg", ".csv")

Paint = Callable[[QPainter], None]


def ending_of(target: Path) -> str:
    """Which of `ENDINGS` a file's name has.

    Raises:
        UserError: none of them.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(f"{target.name} must end in {', '.join(ENDINGS)}: choose one of them.")
    return ending


def png_of(size: QSize, paint: Paint) -> bytes:
    """A picture on white of `size`, at `PNG_SCALE` pixels a pixel."""
    image = QImage(size * PNG_SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(PNG_SCALE, PNG_SCALE)
    paint(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(content.data())


def svg_of(size: QSize, title: str, description: str, paint: Paint) -> bytes:
    """The same in vectors; text stays text."""
    content = QByteArray()
    buffer = QBuffer(content)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    generator.setDescription(description)
    painter = QPainter(generator)
    paint(painter)
    painter.end()
    return bytes(content.data())
