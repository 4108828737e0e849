"""What the guide lists is what the program has."""

import re

from lenet_gui.data.picture_formats import SUFFIXES
from lenet_gui.gui.core.commands import MENUS, Command
from lenet_gui.guide.pages import guide


def test_the_page_of_drawing_names_every_kind_of_picture() -> None:
    (sentence,) = re.findall(r"The picture is (.*?)\.", guide().pages["drawing"].text, re.DOTALL)
    named = {word.upper() for word in re.findall(r"\b[A-Z]\w+", sentence)}
    there = {suffix[1:].upper() for suffixes in SUFFIXES.values() for suffix in suffixes}
    assert named == (there | set(SUFFIXES)) - {"JPG", "TIF"}


def test_where_a_command_has_several_keys_the_guide_teaches_the_one_that_the_menu_shows() -> None:
    commands = [each for _, menu in MENUS for each in menu if isinstance(each, Command)]
    others = {key for command in commands for key in command.keys[1:]}
    assert others
    for page in guide().pages.values():
        if page.name != "shortcuts":
            assert not others & set(re.findall(r"`([^`]+)`", page.text)), page.name


def test_where_mnist_is_needed_the_guide_says_so_and_how_to_get_it() -> None:
    (title,) = [each.text for _, menu in MENUS for each in menu if each.name == "mnist-folder"]
    way = f"File, {title.replace('&', '')}"
    _, _, experiments = guide().pages["digits"].text.partition("## Try this")
    assert way in experiments
    assert "training panel (`F8`)" in experiments
    _, _, versus = guide().pages["shipped-weights"].text.partition("## Versus 1998")
    assert way in versus.partition("|")[0]


def test_sizes_are_written_with_one_sign() -> None:
    """But for the table of the card, which is that of `lenet-gui summary`."""
    for page in guide().pages.values():
        text = re.sub(r"^\| \w+ \| \d+ @ .*$", "", page.text, flags=re.MULTILINE)
        assert not re.findall(r"\b\d+x\d+\b", text), page.name
