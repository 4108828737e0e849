"""Trains again and again in one window and tells its memory after each: see `memory.py`."""

import json
import sys
from pathlib import Path

from canvas_replay import watched_recipe, window_with
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

PAGE_MB = 4096 / 2**20


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_MB


def main() -> int:
    trainings, data = int(sys.argv[1]), sys.argv[2]
    after = []
    with window_with("modern", None) as window:
        panel = window.training
        panel.set_folded(folded=False)
        for number in range(trainings):
            variant = ("original", "modern")[number % 2]
            recipe = watched_recipe(variant, data, epochs=1, training_digits=6000)
            panel.draft.set_recipe(recipe)
            panel.start()
            while panel.controller.phase != "idle":
                wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
                QApplication.processEvents(wait, 50)
            after.append(round(resident(), 1))
    print(json.dumps(after))
    return 0


if __name__ == "__main__":
    sys.exit(main())
