"""What is said about units, against the figures themselves."""

import re
from dataclasses import astuple

import pytest

from lenet_gui.gui.views.maps.text import layer_texts, tied_maps, totals, unit_text
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import LAYERS, OUTPUT, Unit
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind


def test_a_units_words_carry_its_value(read):
    reading = read(Variant.ORIGINAL)
    words = unit_text(reading, ORIGINAL, Unit("C3", 12, 3, 7), 1.7)
    value = f"{float(reading.activations['C3'][12, 3, 7]):+.4f}".replace("-", "−")
    assert words.line == (
        f"C3 map 12, row 3, column 7, {value}, fed by S2 maps 0, 1, 3, 4 (Table I)"
    )


def test_c5_and_f6_count_their_units(read):
    reading = read(Variant.MODERN)
    assert unit_text(reading, NetworkKind(Variant.MODERN), Unit("C5", 67), 1).where == "C5 unit 67"
    f6 = unit_text(reading, NetworkKind(Variant.MODERN), Unit("F6", 83), 1)
    assert f6.where == "F6 unit 83, row 11, column 6"
    value = f"{float(reading.activations['F6'][83]):+.4f}".replace("-", "−")
    assert f6.value == value


@pytest.mark.parametrize(
    ("variant", "kind"), [(Variant.ORIGINAL, "distance to the code of 4"), ("modern", "logit of 4")]
)
def test_the_output_is_named_for_what_it_is(read, variant, kind):
    reading = read(Variant(variant))
    words = unit_text(reading, NetworkKind(Variant(variant)), Unit(OUTPUT, 4), 1)
    assert words.where == kind
    assert words.value == f"{float(reading.output[4]):.2f}".replace("-", "−")


def test_nothing_drawn_has_no_value():
    words = unit_text(None, ORIGINAL, Unit("C1", 2), 0.0)
    assert words.line == "C1 map 2, row 0, column 0"


def test_s2_maps_know_what_they_feed_as_c3_maps_know_what_feeds_them():
    for fed in range(16):
        layer, feeders = tied_maps(Variant.ORIGINAL, "C3", fed)
        assert layer == "S2"
        for feeder in range(6):
            assert (fed in tied_maps(Variant.ORIGINAL, "S2", feeder)[1]) == (feeder in feeders)
    assert tied_maps(Variant.MODERN, "C3", 0) == ("", ())


@pytest.mark.parametrize(
    ("variant", "c3", "whole"),
    [
        (Variant.ORIGINAL, "1,516 parameters", "60,000 parameters, 340,908 connections"),
        (Variant.MODERN, "2,416 parameters", "61,706 parameters, 429,342 connections"),
    ],
)
def test_titles_carry_the_figures_of_the_variant(variant, c3, whole):
    words = layer_texts(NetworkKind(variant))
    assert tuple(words) == LAYERS
    assert words["C1"].size == "6 @ 28×28"
    assert words["C3"].parameters == c3
    assert totals(variant) == whole
    assert "A unit sees 16×16 pixels of the input." in words["S4"].tooltip


def test_the_full_colour_of_distances_has_no_negative_end(read):
    for variant, full in ((Variant.ORIGINAL, "167"), (Variant.MODERN, "±167")):
        words = unit_text(read(variant), NetworkKind(variant), Unit(OUTPUT, 4), 167.2)
        assert words.remark == f"full colour at {full}"


def test_sizes_have_one_sign_everywhere_on_the_screen():
    for variant in Variant:
        for words in layer_texts(NetworkKind(variant)).values():
            assert not re.search(r"\dx\d", " ".join(map(str, astuple(words))))
    assert "5×5" in layer_texts(ORIGINAL)["C1"].tooltip
