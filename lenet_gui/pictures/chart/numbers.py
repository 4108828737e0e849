"""The numbers of a chart: as rows of a table, and as arrays."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lenet_gui.pictures.chart.model import Bar, Chart, Curve, Histogram, Ribbon

Row = tuple[str | float | int, ...]


def chart_rows(chart: Chart) -> Iterator[Row]:
    """Every point that is drawn, with a header line: panel, series, x, to, y.

    A panel is called by its left axis, or by its number from 1. `to` is the upper edge of a bin,
    whose lower one is `x`; else it is empty. A ribbon is two series, its low and its high end. A
    bar to the right has its length as `x`.
    """
    yield "panel", "series", "x", "to", "y"
    for number, panel in enumerate(chart.panels, 1):
        name = panel.y.title or str(number)
        for series in panel.series:
            if isinstance(series, Curve):
                for x, y in zip(series.x.tolist(), series.y.tolist(), strict=True):
                    yield name, series.name, x, "", y
            elif isinstance(series, Ribbon):
                for end, values in (("low", series.low), ("high", series.high)):
                    for x, y in zip(series.x.tolist(), values.tolist(), strict=True):
                        yield name, f"{series.name}, {end}", x, "", y
            elif isinstance(series, Histogram):
                edges = series.edges.tolist()
                for low, high, count in zip(edges, edges[1:], series.counts, strict=False):
                    yield name, series.name, low, high, count
            else:
                yield name, series.name, series.length, "", series.at


def chart_arrays(chart: Chart) -> dict[str, NDArray[np.float64]]:
    """Every series as arrays, called by the series: "NAME x" and "NAME y".

    A ribbon has "NAME x", "NAME low" and "NAME high", a histogram "NAME edges" and "NAME counts", a
    bar "NAME", one value. If two series have one name, the name of the later ends in its number:
    "NAME 2".
    """
    arrays: dict[str, NDArray[np.float64]] = {}
    seen: dict[str, int] = {}
    for series in (each for panel in chart.panels for each in panel.series):
        seen[series.name] = seen.get(series.name, 0) + 1
        count = seen[series.name]
        name = series.name if count == 1 else f"{series.name} {count}"
        if isinstance(series, Curve):
            arrays[f"{name} x"], arrays[f"{name} y"] = series.x, series.y
        elif isinstance(series, Ribbon):
            arrays[f"{name} x"] = series.x
            arrays[f"{name} low"], arrays[f"{name} high"] = series.low, series.high
        elif isinstance(series, Histogram):
            arrays[f"{name} edges"] = series.edges
            arrays[f"{name} counts"] = np.array(series.counts, np.float64)
        elif isinstance(series, Bar):
            arrays[name] = np.array([series.length])
    return arrays
