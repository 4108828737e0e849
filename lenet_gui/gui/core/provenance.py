"""What the figures of a widget come from, for copied tables and exported files: network, drawing.

As with the places of the guide, the nearest widget that knows it tells it for all within it.
"""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from lenet_gui.pictures.exported import Facts


@runtime_checkable
class HasProvenance(Protocol):
    """A widget that knows what its figures come from."""

    @property
    def provenance(self) -> Facts:
        """What they come from, as it is now."""


def provenance_of(widget: QWidget | None) -> Facts:
    """What the figures of a widget come from; empty where nobody knows."""
    while widget is not None:
        if isinstance(widget, HasProvenance):
            return widget.provenance
        widget = widget.parentWidget()
    return {}
