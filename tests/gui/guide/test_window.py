"""The guide's window: contents, links, pictures, back and forward, finding, searching, its size."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication, QTextCursor, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import from_qimage
from lenet_gui.gui.guide.document import blocks, fragments
from lenet_gui.gui.guide.window import GuideWindow
from lenet_gui.guide.pages import Page, guide
from lenet_gui.guide.places import Place

PAGES = tuple(guide().pages.values())


def click_link(reader: GuideWindow, href: str) -> None:
    """Clicks the first link of the page that leads there."""
    page = reader.page
    for block in blocks(page.document()):
        for part in fragments(block):
            if part.charFormat().anchorHref() == href:
                cursor = QTextCursor(page.document())
                cursor.setPosition(part.position() + 1)
                page.setTextCursor(cursor)
                page.ensureCursorVisible()
                place = page.cursorRect(cursor).center() - QPoint(4, 0)  # on it, not behind it
                QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
                return
    raise AssertionError(href)


def heading_at(reader: GuideWindow) -> str:
    """The heading at the top of what is seen."""
    for block in blocks(reader.page.document()):
        top = reader.page.cursorRect(QTextCursor(block)).top()
        if block.blockFormat().headingLevel() and 0 <= top < 24:
            return block.text()
    return ""


def missing_lines(reader: GuideWindow) -> list[str]:
    """Paragraphs in view of which nothing is painted."""
    page = reader.page
    area = page.viewport().rect()
    pixels = from_qimage(page.viewport().grab().toImage()).reshape(area.height(), area.width(), -1)
    missing = []
    for block in blocks(page.document()):
        first = page.cursorRect(QTextCursor(block))
        if block.text().strip() and area.contains(first):
            line = pixels[first.top() : first.bottom()]
            if np.ptp(line.astype(int), axis=(0, 1)).max() < 60:
                missing.append(block.text())
    return missing


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_all_text_of_a_page_is_painted(page_reader: GuideWindow, page: Page, qtbot: QtBot) -> None:
    page_reader.show_place(Place(page.name))
    bar = page_reader.page.verticalScrollBar()
    missing = set(missing_lines(page_reader))
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + page_reader.page.viewport().height() - 40)
        missing |= set(missing_lines(page_reader))
    assert missing == set()
    last = QTextCursor(page_reader.page.document().lastBlock())

    def ends_with_last() -> bool:
        bar.setValue(bar.maximum())  # a long page is laid out while it is read
        return page_reader.page.viewport().rect().intersects(page_reader.page.cursorRect(last))

    qtbot.waitUntil(ends_with_last)
    assert missing_lines(page_reader) == []


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_page_is_shown_whole(page_reader: GuideWindow, page: Page, qtbot: QtBot) -> None:
    page_reader.show_place(Place(page.name))
    document = page_reader.page.document()
    shown = [b.text() for b in blocks(document) if b.blockFormat().headingLevel()]
    assert [each.title for each in page.headings] == shown
    pictures = {
        part.charFormat().toImageFormat().name()
        for block in blocks(document)
        for part in fragments(block)
        if part.charFormat().isImageFormat()
    }
    assert pictures == set(page.pictures)
    for name in pictures:
        picture = document.resource(2, QUrl(name))
        assert 0 < picture.deviceIndependentSize().width() <= page_reader.page.viewport().width()
    assert "](" not in document.toPlainText()
    # A long page is laid out part by part.
    qtbot.waitUntil(lambda: page_reader.page.horizontalScrollBar().maximum() == 0)


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_heading_can_be_gone_to(page_reader: GuideWindow, page: Page) -> None:
    bar = page_reader.page.verticalScrollBar()
    for heading in page.headings[1:]:
        page_reader.show_place(Place(page.name, heading.anchor))
        assert heading_at(page_reader) == heading.title or bar.value() == bar.maximum()


def test_a_click_in_the_contents_opens_the_page(reader: GuideWindow) -> None:
    (item,) = reader.contents.findItems(
        "Weights", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    )
    reader.contents.scrollToItem(item)
    place = reader.contents.visualItemRect(item).center()
    QTest.mouseClick(reader.contents.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert reader.place == Place("weights")
    assert reader.contents.current == Place("weights")


def test_the_contents_are_walked_through_with_the_keys(reader: GuideWindow) -> None:
    reader.contents.setFocus()
    for _ in range(40):
        QTest.keyClick(reader.contents, Qt.Key.Key_Down)
        if reader.contents.current == Place("unit"):
            break
    QTest.keyClick(reader.contents, Qt.Key.Key_Return)
    assert reader.place == Place("unit")
    QTest.keyClick(reader.contents, Qt.Key.Key_Down)
    QTest.keyClick(reader.contents, Qt.Key.Key_Return)
    assert reader.place == Place("unit", guide().pages["unit"].headings[1].anchor)


def test_links_lead_from_page_to_page_and_back(reader: GuideWindow) -> None:
    assert not reader.back.isEnabled()
    click_link(reader, "basics.md")
    assert reader.place == Place("basics")
    reader.page.verticalScrollBar().setValue(300)
    click_link(reader, "answer.md")
    assert reader.place == Place("answer")
    left = reader.page.scrolled
    QTest.keyClick(reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert reader.place == Place("basics")
    assert reader.page.scrolled > 0
    QTest.mouseClick(reader.back, Qt.MouseButton.LeftButton)
    assert reader.place == Place("index")
    assert not reader.back.isEnabled()
    QTest.mouseClick(reader.forward, Qt.MouseButton.LeftButton)
    QTest.keyClick(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (reader.place, reader.page.scrolled) == (Place("answer"), left)
    assert not reader.forward.isEnabled()


def test_a_link_is_followed_with_the_keys(reader: GuideWindow) -> None:
    reader.page.setFocus()
    QTest.keyClick(reader.page, Qt.Key.Key_Tab)
    QTest.keyClick(reader.page, Qt.Key.Key_Return)
    assert reader.place == Place("basics")


def test_a_picture_is_seen_in_full_size(reader: GuideWindow) -> None:
    reader.show_place(Place("causes"))
    (name,) = guide().pages["causes"].pictures
    click_link(reader, f"picture:{name}")
    assert reader.picture.isVisible()
    assert reader.picture.shown == QSize(1200, 800)
    assert reader.picture.windowTitle().startswith("What activates a map of C3 most")
    room = reader.screen().availableSize()
    assert reader.picture.size().boundedTo(room) == reader.picture.size()
    QTest.keyClick(reader.picture, Qt.Key.Key_Escape)
    assert not reader.picture.isVisible()
    assert reader.place == Place("causes")


def test_a_picture_is_reached_with_the_keys(reader: GuideWindow) -> None:
    reader.show_place(Place("weights"))
    reader.page.setFocus()
    QTest.keyClick(reader.page, Qt.Key.Key_Tab)
    QTest.keyClick(reader.page, Qt.Key.Key_Return)
    assert reader.picture.isVisible()


def test_a_link_out_of_the_program_opens_in_the_browser(
    reader: GuideWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    reader.page.anchorClicked.emit(QUrl("https://doi.org/10.1109/5.726791"))
    reader.page.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == ["https://doi.org/10.1109/5.726791"]
    assert reader.place == Place("index")


def test_words_are_found_on_the_page(reader: GuideWindow) -> None:
    reader.show_place(Place("basics"))
    QTest.keyClick(reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert reader.find_bar.isVisible()
    QTest.keyClicks(reader.find_bar.words, "kernel")
    many = reader.page.toPlainText().lower().count("kernel")
    assert reader.find_bar.count == f"1 of {many}"
    assert len(reader.page.extraSelections()) == many
    QTest.keyClick(reader.find_bar.words, Qt.Key.Key_Return)
    assert reader.find_bar.count == f"2 of {many}"
    assert reader.page.textCursor().selectedText().lower() == "kernel"
    for _ in range(2):
        shift = Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(reader.find_bar.words, Qt.Key.Key_Return, shift)
    assert reader.find_bar.count == f"{many} of {many}"  # round the end
    reader.find_bar.words.setText("hippopotamus")
    assert reader.find_bar.count == "not on this page"
    QTest.keyClick(reader.find_bar.words, Qt.Key.Key_Escape)
    assert not reader.find_bar.isVisible()
    assert reader.isVisible()
    assert reader.page.extraSelections() == []


def test_all_pages_are_searched(reader: GuideWindow) -> None:
    QTest.keyClick(reader, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "receptive field")
    assert reader.results.isVisible()
    titles = [found.title for found in reader.results.found]
    assert titles[0] == "Receptive field"
    QTest.keyClick(reader.search, Qt.Key.Key_Return)
    assert reader.place == Place("basics", "receptive-field")
    assert reader.page.extraSelections()
    QTest.keyClicks(reader.search, " hippopotamus")
    assert reader.results.found == ()
    assert reader.results.item(0).text() == "No page contains these words."
    reader.search.clear()
    assert reader.contents.isVisible()
    assert reader.page.extraSelections() == []


def test_no_result_covers_the_next_and_its_words_are_marked_as_they_are_written(
    reader: GuideWindow,
) -> None:
    for words in ("resumed", "map"):  # few, and so many that a scroll bar takes its room
        reader.search.setText(words)
        QApplication.processEvents()
        places = [
            reader.results.visualItemRect(reader.results.item(row))
            for row in range(reader.results.count())
        ]
        assert all(one.bottom() < other.top() for one, other in pairwise(places))
    reader.search.setText("resumed")
    QTest.keyClick(reader.search, Qt.Key.Key_Return)
    assert reader.page.extraSelections()


def test_a_result_is_chosen_by_a_click(reader: GuideWindow) -> None:
    QTest.keyClicks(reader.search, "momentum")
    wanted = reader.results.found[1].place
    place = reader.results.visualItemRect(reader.results.item(1)).center()
    QTest.mouseClick(reader.results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert reader.place == wanted


def test_words_can_be_selected_and_copied(reader: GuideWindow) -> None:
    reader.page.setFocus()
    QTest.keyClick(reader.page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(reader.page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Draw a digit on the left" in QGuiApplication.clipboard().text()


def test_escape_closes_the_guide(reader: GuideWindow) -> None:
    sizes: list[QSize] = []
    reader.left.connect(sizes.append)
    QTest.keyClick(reader.page, Qt.Key.Key_Escape)
    assert not reader.isVisible()
    assert sizes == [QSize(900, 640)]


def test_the_page_follows_the_windows_type(
    reader: GuideWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    def height() -> float:
        return reader.page.document().size().height()

    before, usual = height(), QFont(qapp.font())
    larger = QFont(usual)
    larger.setPointSizeF(usual.pointSizeF() * 2)
    try:
        qapp.setFont(larger)
        qtbot.waitUntil(lambda: height() > 1.5 * before)
    finally:
        qapp.setFont(usual)
    qtbot.waitUntil(lambda: height() < 1.2 * before)


def test_pictures_are_those_of_the_theme(reader: GuideWindow, qtbot: QtBot) -> None:
    def lightness() -> float:
        picture = reader.page.document().resource(2, QUrl("../../assets/how-codes.png"))
        return float(np.mean([picture.pixelColor(4, y).lightness() for y in range(20)]))

    try:
        theme.choose_theme("light")
        reader.show_place(Place("basics"))
        qtbot.waitUntil(lambda: lightness() > 200)
        theme.choose_theme("dark")
        qtbot.waitUntil(lambda: lightness() < 60)
        assert reader.page.palette().base().color().lightness() < 128
    finally:
        theme.choose_theme("system")


def test_what_is_read_stays_in_place_when_the_window_grows(reader: GuideWindow) -> None:
    reader.show_place(Place("basics", "squashing"))
    reader.resize(720, 600)
    assert heading_at(reader) == "Squashing"
    reader.resize(1200, 700)
    assert heading_at(reader) == "Squashing"


def test_tables_fit_a_narrow_window(reader: GuideWindow) -> None:
    reader.resize(560, 500)
    reader.show_place(Place("networks"))
    assert any(
        isinstance(frame, QTextTable) for frame in reader.page.document().rootFrame().childFrames()
    )
    assert reader.page.horizontalScrollBar().maximum() == 0
