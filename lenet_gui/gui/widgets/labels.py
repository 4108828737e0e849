"""Labels that are told anew many times a second."""

from PySide6.QtWidgets import QLabel


def set_text(label: QLabel, text: str) -> None:
    """Sets a label's text where it is another: else Qt would lay everything out anew."""
    if label.text() != text:
        label.setText(text)
