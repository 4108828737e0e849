"""What the guide lists is what the program has."""

import re
from dataclasses import fields

import pytest
import torch

from lenet_gui.data.distortion import Distortion
from lenet_gui.data.pictures.formats import SUFFIXES
from lenet_gui.gui.core.commands import MENUS, Command
from lenet_gui.guide.glossary import terms
from lenet_gui.guide.pages import guide
from lenet_gui.net.layers import FEATURE_LAYERS
from lenet_gui.net.lenet5 import ModernLeNet5, OriginalLeNet5
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.training.recipe import FIELDS, Recipe


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
    (title,) = [each.within for _, menu in MENUS for each in menu if each.name == "data-folder"]
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


@pytest.mark.parametrize("name", ["networks", "shipped-weights"])
def test_the_layers_that_are_squashed_are_those_that_the_networks_squash(name: str) -> None:
    (row,) = re.findall(r"^\| squashing \|(.*)\|(.*)\|$", guide().pages[name].text, re.MULTILINE)
    sums = torch.tensor([3.0])
    for cell, network in zip(row, (OriginalLeNet5(), ModernLeNet5()), strict=True):
        squashed = [each for each in FEATURE_LAYERS if network.squashed(each, sums) is not sums]
        assert re.findall(r"\b[CSF]\d\b", cell) == squashed


def test_what_the_distortions_are_in_a_file_and_on_the_command_line() -> None:
    _, _, told = guide().pages["recipe"].text.partition("### Distortions\n\n")
    in_file, on_command = told.split("\n")[0].split(". ")
    named = re.findall(r"`(\w+)`", in_file)
    assert named == ["distortions", *(one.name for one in fields(Distortion)), "null"]
    assert re.findall(r"`([\w-]+)`", on_command) == ["--distortions", "none", "affine"]
    for word in ("none", "affine"):
        assert FIELDS["distortions"].kind.accepts(FIELDS["distortions"].kind.named(word))
    for content in (dict.fromkeys(named[1:-1], 0), {}, None):
        Recipe.from_json({"distortions": content})


def test_the_temperatures_that_the_guide_names_are_those_of_the_shipped_weights() -> None:
    _, _, told = guide().pages["answer"].text.partition("## Probability")
    named = re.search(
        r"(\d+) for the shipped Original; (\d+), as in\s+the paper, for `paper-1998`", told
    )
    assert named is not None
    for temperature, name in zip(named.groups(), ("original", "paper-1998"), strict=True):
        assert float(temperature) == load_weights(shipped_weights(name)).temperature
    assert "e^(−y/T)" in told
    (term,) = (each for each in terms(guide()) if "temperature" in each.names)
    assert "e^(−y/T)" in term.meaning
    (lowest,) = (each for each in terms(guide()) if "lowest possible loss" in each.names)
    assert "log(1 + e^(−j/T))" in lowest.meaning


def test_a_page_says_of_which_paper_its_numbered_places_are() -> None:
    for page in guide().pages.values():
        is_made = page.name in ("shortcuts", "README")  # of the menus; of the weights, which tells
        if not is_made and re.search(r"\bEq\. \d|\bTable I\b|\bIII-E\b", page.text):
            assert re.search(r"1998\s+paper|paper\s+of\s+1998", page.text), page.name
