"""Sheets as SVG: text stays text, every map is a picture of sharp squares."""

import base64
import io
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from lenet_gui.pictures.png import DEFAULT_SCALE, patch_pixels
from lenet_gui.pictures.sheet import Area, Item, Line, Patch, Rectangle, Sheet, Text

FONTS = "Aileron, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"


def svg_bytes(sheet: Sheet) -> bytes:
    """The sheet as an SVG 1.1 file in UTF-8, the same bytes every time.

    Maps are embedded as PNG, enlarged beforehand: a viewer that smooths pictures then blurs only
    the edges of the squares by a fraction of their size.
    """
    size = f'width="{sheet.width}" height="{sheet.height}"'
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    view = f'viewBox="0 0 {sheet.width} {sheet.height}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg {namespaces} version="1.1" {size} {view} role="img">',
        f"<title>{_clean(sheet.title)}</title>",
        f'<rect {size} fill="{sheet.page}"/>',
        f'<g font-family={quoteattr(FONTS)} font-variant-numeric="tabular-nums">',
        *(_element(item) for item in sheet.items),
        "</g>",
        "</svg>",
        "",
    ]
    return "\n".join(lines).encode()


def _element(item: Item) -> str:
    if isinstance(item, Text):
        anchor = "" if item.anchor == "start" else f' text-anchor="{item.anchor}"'
        return (
            f'<text x="{item.x}" y="{item.y}" font-size="{item.size}" fill="{item.colour}"{anchor}>'
            f"{_clean(item.text)}</text>"
        )
    if isinstance(item, Line):
        dashes = f' stroke-dasharray="{item.dash:g}"' if item.dash else ""
        return (
            f'<polyline points="{_points(item)}" fill="none" stroke="{item.colour}" '
            f'stroke-width="{item.width:g}" stroke-linejoin="round"{dashes}/>'
        )
    if isinstance(item, Area):
        return f'<polygon points="{_points(item)}" fill="{item.colour}"/>'
    box = f'x="{item.x}" y="{item.y}" width="{item.width}" height="{item.height}"'
    if isinstance(item, Rectangle):
        return f'<rect {box} fill="{item.colour}"/>'
    label = f"<title>{_clean(item.label)}</title>" if item.label else ""
    return (
        f'<image {box} preserveAspectRatio="none" style="image-rendering:pixelated" '
        f'xlink:href="data:image/png;base64,{_png(item)}">{label}</image>'
    )


def _points(item: Line | Area) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in item.points)


def _png(patch: Patch) -> str:
    file = io.BytesIO()
    # The highest level, 9, takes twice as long and saves a fifth.
    Image.fromarray(patch_pixels(patch, DEFAULT_SCALE)).save(file, format="PNG", compress_level=6)
    return base64.b64encode(file.getvalue()).decode("ascii")


def _clean(text: str) -> str:
    """Text for XML, without the control characters that XML does not allow."""
    return escape("".join(c if c.isprintable() else "?" for c in text))
