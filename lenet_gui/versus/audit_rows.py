"""The audit of parameters and connections as rows of text. Neither torch nor numpy."""

from typing import Final

from lenet_gui.net.audit import Audit, LayerFacts

HEADINGS: Final = (
    "layer",
    "what it does",
    "maps @ size",
    "field",
    "parameters",
    "connections",
    "README",
)
TEXT_COLUMNS: Final = 3
"""These columns start at the left, the others, which are figures, end at the right."""


def audit_rows(audit: Audit) -> list[tuple[str, ...]]:
    """A row for each layer and one for the total, under `HEADINGS`.

    The last column has the README's connections where they are not the right ones.
    """
    figures = (f"{audit.parameters:,}", f"{audit.connections:,}", _readme(audit.seed_connections))
    return [*(_row(layer) for layer in audit.layers), ("total", "", "", "", *figures)]


def audit_notes(audit: Audit) -> list[str]:
    """Remarks on single layers, and what the columns mean."""
    notes = [f"{layer.name}: {layer.remark}" for layer in audit.layers if layer.remark]
    notes.append("Field: the side of the square of input pixels that one unit sees.")
    if any("README" in note for note in notes):
        notes.append("The README: the PyTorch LeNet-5 README that the Modern follows.")
    return notes


def _row(layer: LayerFacts) -> tuple[str, ...]:
    size = f" @ {layer.height}x{layer.width}" if layer.maps > 1 and layer.name[0] in "CS" else ""
    return (
        layer.name,
        layer.role,
        f"{layer.maps}{size}",
        str(layer.receptive_field),
        f"{layer.parameters:,}",
        f"{layer.connections:,}",
        _readme(layer.seed_connections),
    )


def _readme(connections: int | None) -> str:
    return "" if connections is None else f"{connections:,}"
