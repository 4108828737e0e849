"""The kinds of pictures that can be read, by Pillow's names, and the ends of their files' names."""

from collections.abc import Mapping
from typing import Final

SUFFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg"),
    "GIF": (".gif",),
    "BMP": (".bmp",),
    "DIB": (".dib",),
    "TIFF": (".tif", ".tiff"),
    "WEBP": (".webp",),
    "PPM": (".ppm", ".pgm", ".pbm", ".pnm"),
    "ICO": (".ico",),
}
"""What is read, whatever the file is called; the suffixes are what a dialog offers."""
