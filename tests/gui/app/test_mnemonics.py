"""Alt and a letter choose one thing: no menu has two entries, no bar two menus, with the same."""

import re
from collections import Counter

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from lenet_gui.gui.app.window import MainWindow


def letters(actions: list[QAction]) -> Counter[str]:
    """How often each letter is one that chooses an entry."""
    found = (re.search(r"&([^&])", action.text().replace("&&", "")) for action in actions)
    return Counter(match[1].lower() for match in found if match)


def twice(actions: list[QAction]) -> list[str]:
    """The letters that choose more than one entry."""
    return [letter for letter, count in letters(actions).items() if count > 1]


def test_no_menu_has_two_entries_with_the_same_letter(window: MainWindow) -> None:
    bar = window.menuBar()
    assert twice(bar.actions()) == []
    menus = window.findChildren(QMenu)
    assert len(menus) > len(bar.actions())  # submenus too
    window.actions_["runs"].trigger()
    window.actions_["projector"].trigger()
    projector = window.projector.window
    assert projector is not None
    place = QPoint(5, 5)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(
        projector, QContextMenuEvent(reason, place, projector.mapToGlobal(place))
    )
    menus += [menu for top in QApplication.topLevelWidgets() for menu in top.findChildren(QMenu)]
    same = {menu.title() or menu.objectName(): twice(menu.actions()) for menu in menus}
    assert not {name: found for name, found in same.items() if found}
    for name in ("larger-text", "theme-light"):
        assert "&" in window.actions_[name].text()  # both are reached by a letter
