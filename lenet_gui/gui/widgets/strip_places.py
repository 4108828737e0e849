"""How the pictures of one layer fill a strip, and which unit lies where. No widgets."""

from dataclasses import dataclass

from lenet_gui.net.layers import GEOMETRY


@dataclass(frozen=True)
class StripLayout:
    """Pictures of `rows` x `columns` cells of `factor` pixels, `across` of them in a line."""

    pictures: int
    rows: int
    columns: int
    across: int
    factor: int
    gap: int
    left: int
    top: int

    def corner(self, picture: int) -> tuple[int, int]:
        """Left and top of a picture, in pixels."""
        line, place = divmod(picture, self.across)
        return (
            self.left + place * (self.columns * self.factor + self.gap),
            self.top + line * (self.rows * self.factor + self.gap),
        )

    @property
    def width(self) -> int:
        """Of all pictures together, in pixels."""
        return self.across * (self.columns * self.factor + self.gap) - self.gap

    @property
    def height(self) -> int:
        """Of all pictures together, in pixels."""
        lines = -(-self.pictures // self.across)
        return lines * (self.rows * self.factor + self.gap) - self.gap

    def at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """Picture, row and column under a point; None beside the pictures."""
        for picture in range(self.pictures):
            left, top = self.corner(picture)
            row, column = int((y - top) // self.factor), int((x - left) // self.factor)
            if 0 <= row < self.rows and 0 <= column < self.columns:
                return picture, row, column
        return None


def fit_strip(
    layer: str, width: int, height: int, *, gap: int, most: int, left: int = 0, top: int = 0
) -> StripLayout:
    """The pictures of a layer as large as they go into `width` x `height` pixels.

    Args:
        layer: one of those of the network view.
        width: room, in pixels.
        height: room, in pixels; when even cells of one pixel do not fit, it is overrun.
        gap: between pictures, in pixels.
        most: the largest cell, in pixels.
        left: where the room begins.
        top: where the room begins.
    """
    shape = GEOMETRY[layer]
    best = (0, 0, 1)
    for across in range(1, shape.pictures + 1):
        lines = -(-shape.pictures // across)
        factor = min(
            (width - (across - 1) * gap) // (across * shape.columns),
            (height - (lines - 1) * gap) // (lines * shape.rows),
            most,
        )
        if (factor, -lines) > best[:2] or best[0] == 0:
            best = max(factor, 0), -lines, across
    return StripLayout(
        shape.pictures, shape.rows, shape.columns, best[2], max(best[0], 1), gap, left, top
    )
