"""What every test of the window has: a font to measure with, and no thread left behind."""

import traceback
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread, QThreadPool
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session", autouse=True)
def _font_is_there(qapp: QApplication) -> None:
    """Sizes of text are wrong without a font, so tests that measure would tell nothing."""
    if not QFontDatabase.families() or QFontMetrics(qapp.font()).horizontalAdvance("0") == 0:
        pytest.exit("The tests of the window need a font: install fonts-dejavu-core.", 2)


@pytest.fixture(autouse=True)
def _no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that leaves a QThread running, and says where that thread was started."""
    started: list[tuple[QThread, str]] = []
    real_start = QThread.start

    def start(thread: QThread, *arguments: QThread.Priority) -> None:
        started.append((thread, "".join(traceback.format_stack(limit=8)[:-1])))
        real_start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", start)
    yield
    left = [where for thread, where in started if _runs(thread)]
    pooled = not QThreadPool.globalInstance().waitForDone(2000)
    for thread, _ in started:
        if _runs(thread):  # so that the next tests, and the end of the interpreter, stay unharmed
            thread.quit()
            thread.wait(5000)
    assert not left, f"a thread is still running; it was started here:\n{left[0]}"
    assert not pooled, "a job in the thread pool is still running"


def _runs(thread: QThread) -> bool:
    try:
        return thread.isRunning()
    except RuntimeError:  # Qt's side of it is gone already
        return False
