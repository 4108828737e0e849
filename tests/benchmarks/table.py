"""The figures of `make bench` as the page beside this shows them.

    python tests/benchmarks/table.py [FILE.json] [--write]

Prints them as Markdown, or writes them into README.md between the two comments there.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from quiet import remark

from lenet_gui.files import write_atomically
from lenet_gui.gui.core.view_table import MAPS, VIEWS

FIGURES = Path(__file__).with_name("figures.json")
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def main() -> int:
    """Prints the tables, or writes them into the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=FIGURES, help="of `make bench`")
    parser.add_argument("--write", action="store_true", help="write them into README.md")
    options = parser.parse_args()
    figures = json.loads(options.file.read_text(encoding="utf-8"))
    if options.write:
        page = with_figures(PAGE.read_text(encoding="utf-8"), figures)
        write_atomically(PAGE, page.encode())
    else:
        print(as_markdown(figures), end="")
    return 0


def with_figures(page: str, figures: dict[str, Any]) -> str:
    """The page with these figures between its two comments.

    Raises:
        ValueError: the page has not both comments.
    """
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{as_markdown(figures)}{END}{after}"


def as_markdown(figures: dict[str, Any]) -> str:
    """Where and when, then a table for the pen, one for training, one for start and memory."""
    machine = figures["machine"]
    lines = [
        (
            f"Measured on {machine['date']} on {machine['cores']} cores of a machine that calls "
            f"itself {machine['processor']!r}, Python {machine['python']}, "
            f"torch {machine['torch']}, "
            f"{figures['data']}."
        ),
        *filter(None, [remark(machine.get("taken_by_others", 0.0))]),
        "",
        *_pen(figures),
        "",
        *_points(figures),
        *_training(figures),
        "",
        *_start(figures),
        "",
        *_growth(figures),
    ]
    return "\n".join(lines) + "\n"


def _pen(figures: dict[str, Any]) -> list[str]:
    rows = [
        (
            "| from a move of the mouse to the painted maps, ms | median | 99 % | longest gap "
            "of the event loop | bare forward pass |"
        ),
        "|---|---:|---:|---:|---:|",
    ]
    measured = {
        name: told
        for variant in ("original", "modern")
        for name, told in (
            (f"pen_{variant}", variant.capitalize()),
            (f"pen_while_{variant}_trains", f"{variant.capitalize()}, while it trains"),
        )
    }
    for entry in VIEWS:
        if entry.name != MAPS:
            title = entry.title.replace("&", "")
            measured[f"pen_view_{entry.name}"] = f"Original, {title} in place of the maps"
    for name, told in measured.items():
        seen = figures[name]
        rows.append(
            f"| {told} | {seen['latency']['median']:.1f} | {seen['latency']['p99']:.1f} | "
            f"{seen['longest_gap_of_the_event_loop']:.0f} | {seen['bare_forward']:.2f} |"
        )
    parts = figures["pen_original"]["where_the_time_goes"]
    told = ", ".join(f"{name} {value:.2f}" for name, value in parts.items())
    return [*rows, "", f"Where it goes (Original, medians, ms): {told}."]


def _points(figures: dict[str, Any]) -> list[str]:
    """What was measured on a real X server: moves that reach the canvas, and closing."""
    points, closing = figures.get("pen_points", {}), figures.get("closing", {})
    least = [f"{one['least']} ({state})" for state, one in points.items() if isinstance(one, dict)]
    gone = [one["gone"] for one in closing.values() if isinstance(one, dict)]
    told = []
    if least:
        told.append(
            f"Moves of a real mouse that reach the canvas, of {points['moves']} in 1.1 seconds, "
            f"at least: {', '.join(least)}."
        )
    if gone:
        told.append(f"Closed while it loads, the window is gone within {max(gone):.2f} s.")
    return [" ".join(told), ""] if told else []


def _training(figures: dict[str, Any]) -> list[str]:
    rows = [
        (
            "| digits per second, training | threads | ours | to (a), in memory | to (b), "
            "digit by digit | with all distortions |"
        ),
        "|---|---:|---:|---:|---:|---:|",
    ]
    for part in ("training_one_thread", "training_all_threads"):
        for name, row in figures[part]["digits_per_second"].items():
            rows.append(
                f"| {name.capitalize()} | {figures[part]['threads']} | {row['ours']:,.0f} | "
                f"{row['to_in_memory']['median']:.2f} × | {row['to_by_digit']['median']:.2f} × | "
                f"{row['distorted_to_ours']['median']:.2f} × |"
            )
    window, reached = figures["training_in_the_window"], figures["time_to_98.82"]
    shares = {v: window[v]["window_to_command_line"]["median"] for v in ("original", "modern")}
    quick = ", ".join(
        f"`{name}` {_seconds(reached[name]['seconds'])}"
        for name in ("original-quick", "modern-quick")
    )
    plain = reached["by_digit"]
    which = "reached" if plain["reached"] else "not reached"
    updates = figures["updates"]["sdlm_to_sgd_autograd"]["median"]
    profiles = "; ".join(
        f"{variant.capitalize()} "
        + ", ".join(f"{part} {share:.0f} %" for part, share in profile["percent"].items())
        for variant, profile in figures["training_profile"].items()
    )
    return [
        *rows,
        "",
        (
            f'In the window, with live plots and "follow training", {shares["original"]:.2f} '
            f"(Original) and {shares['modern']:.2f} (Modern) of the command line's digits per "
            f"second. To {100 * reached['wanted_accuracy']:.2f} % of the test digits, start and "
            f"loading included: {quick}; loop (b) at a rate of 0.001 {plain['seconds']:.0f} s "
            f"({plain['epochs']} epochs, {which}). Single patterns with the paper's optimiser: "
            f"{updates:.1f} times the updates per second of plain SGD by autograd."
        ),
        "",
        f"Where an update's time goes (64 a batch, one thread): {profiles}.",
    ]


def _seconds(value: float | None) -> str:
    return "missed it" if value is None else f"{value:.0f} s"


def _start(figures: dict[str, Any]) -> list[str]:
    start, memory = figures["start"], figures["memory"]
    ratios = {name: row["median"] for name, row in start["to_import_torch"].items()}
    plots = figures["long_history"]["redraw_ms"]
    window = memory["one_window"]
    return [
        "| start and memory | |",
        "|---|---:|",
        f"| a bare `import torch` | {start['seconds']['import torch']:.2f} s |",
        f"| first painted window | {ratios['window']:.2f} × |",
        f"| maps of what was drawn at once | {ratios['maps']:.2f} × |",
        f"| `lenet-gui --help`, `summary` | {ratios['help']:.2f} ×, {ratios['summary']:.2f} × |",
        f"| bare imports of torch, PySide6 and pyqtgraph | {memory['bare_imports']:.0f} MB |",
        (
            "| training, above that at its peak | "
            f"{memory['training_original']['above_bare']:.0f} MB, "
            f"{memory['training_modern']['above_bare']:.0f} MB |"
        ),
        (
            f"| {len(window['after_each_training'])} training runs in one window: growth | "
            f"{window['growth_percent']:.1f} % |"
        ),
        (
            f"| a plot redrawn after {figures['long_history']['steps_drawn']:,} steps, median, "
            f"99 % | {plots['median']:.1f} ms, {plots['p99']:.1f} ms |"
        ),
    ]


def _growth(figures: dict[str, Any]) -> list[str]:
    rows = [
        "| an epoch, distorted | digits | a batch | threads | seconds | digits per second | MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for variant in ("original", "modern"):
        found = figures["growth"][variant]
        rows += [
            f"| {variant.capitalize()} | {row['digits']:,} | {row['batch']} | {row['threads']} | "
            f"{row['seconds']:.2f} | {row['digits_per_second']:,} | {row['peak_mb']:.0f} |"
            for row in (*found["by_digits"], *found["by_batch"])
        ]
    exponents = "; ".join(
        f"{variant.capitalize()}: time ~ digits^"
        f"{figures['growth'][variant]['exponent_of_time_by_digits']:.2f}, memory ~ digits^"
        f"{figures['growth'][variant]['exponent_of_memory_by_digits']:.2f}"
        for variant in ("original", "modern")
    )
    return [*rows, "", f"{exponents} (evaluation included)."]


if __name__ == "__main__":
    sys.exit(main())
