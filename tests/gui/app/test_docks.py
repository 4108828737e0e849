"""The window and its docks come back to where they were, and any layout leaves them usable."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow

from lenet_gui.gui.app.docks import layout_of, restore_layout
from lenet_gui.gui.core.settings import Area, DockPlace, Layout

NAMES = ("dock-draw", "dock-answer", "dock-train")


@pytest.fixture(scope="module")
def made(qapp: QApplication) -> Callable[[], QMainWindow]:
    """`made()`: a window of 800x600 with three docks, shown."""

    def make() -> QMainWindow:
        window = QMainWindow()
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.setCentralWidget(QLabel("maps"))
        for name, area in zip(NAMES, ("Left", "Right", "Bottom"), strict=True):
            dock = QDockWidget(name, window)
            dock.setObjectName(name)
            dock.setWidget(QLabel(name))
            window.addDockWidget(getattr(Qt.DockWidgetArea, f"{area}DockWidgetArea"), dock)
        window.resize(800, 600)
        window.show()
        QTest.qWaitForWindowExposed(window)
        return window

    return make


@pytest.fixture(autouse=True)
def _no_window_left(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.closeAllWindows()


def dock(window: QMainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, name)
    assert found is not None
    return found


def as_before(window: QMainWindow) -> None:
    """Every dock on its side, at a width of its own."""
    window.resizeDocks([dock(window, NAMES[0])], [211], Qt.Orientation.Horizontal)
    window.resizeDocks([dock(window, NAMES[2])], [133], Qt.Orientation.Vertical)


def one_below_the_other(window: QMainWindow) -> None:
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock(window, NAMES[0]))


def in_tabs(window: QMainWindow) -> None:
    window.tabifyDockWidget(dock(window, NAMES[1]), dock(window, NAMES[0]))


def hidden_and_floating(window: QMainWindow) -> None:
    dock(window, NAMES[1]).hide()
    floating = dock(window, NAMES[2])
    floating.setFloating(True)
    floating.setGeometry(40, 60, 300, 200)


@pytest.mark.parametrize("change", [as_before, one_below_the_other, in_tabs, hidden_and_floating])
def test_docks_come_back(
    made: Callable[[], QMainWindow], change: Callable[[QMainWindow], None]
) -> None:
    first = made()
    change(first)
    QApplication.processEvents()
    kept = layout_of(first)
    second = made()
    restore_layout(kept, second)
    QApplication.processEvents()
    found = layout_of(second)
    assert [place.name for place in found.docks] == [place.name for place in kept.docks]
    for before, after in zip(kept.docks, found.docks, strict=True):
        assert (after.area, after.is_floating, after.tab_of, after.is_in_front) == (
            before.area,
            before.is_floating,
            before.tab_of,
            before.is_in_front,
        )
        assert after.is_visible == before.is_visible
        if before.is_visible:
            assert after.rectangle == pytest.approx(before.rectangle, abs=2)
    assert found.rectangle[2:] == kept.rectangle[2:]


def test_a_window_on_a_screen_that_is_gone_comes_into_sight(
    made: Callable[[], QMainWindow],
) -> None:
    window = made()
    restore_layout(Layout((50_000, -50_000, 700, 90_000)), window)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(QRect(window.pos(), window.size()))


sides = st.integers(-100_000, 100_000)
lengths = st.integers(1, 100_000)
rectangles = st.tuples(sides, sides, lengths, lengths)
places = st.builds(
    DockPlace,
    st.sampled_from((*NAMES, "dock-of-tomorrow")),
    st.sampled_from(Area),
    rectangles,
    st.booleans(),
    st.booleans(),
    st.sampled_from(("", *NAMES, "dock-of-tomorrow")),
    st.booleans(),
)
layouts = st.builds(Layout, rectangles, st.booleans(), st.lists(places, max_size=5).map(tuple))


@settings(max_examples=25)
@given(layouts)
def test_any_layout_leaves_a_window_whose_docks_can_be_shown(
    made: Callable[[], QMainWindow], layout: Layout
) -> None:
    window = made()
    restore_layout(layout, window)
    QApplication.processEvents()
    for name in NAMES:
        dock(window, name).show()
        assert dock(window, name).isVisible()
    assert layout_of(window).docks
    window.close()
