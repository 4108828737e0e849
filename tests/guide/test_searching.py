"""Searching the guide finds the sections that have all the words, the likeliest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.guide.pages import guide
from lenet_gui.guide.searching import find


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("convolution", "basics#convolution"),
        ("Batch SIZE", "recipe#batch-size"),
        ("momentum", "recipe#momentum"),
        ("c3", "layers#c3"),
        ("distances codes", "basics#codes-and-distances"),
        ("compare", "compare"),
        ("saturated", "basics#squashing"),
    ],
)
def test_what_is_looked_for_comes_first(words: str, first: str) -> None:
    assert find(guide(), words)[0].place.link == first


def test_words_that_no_page_has_find_nothing() -> None:
    assert find(guide(), "convolution hippopotamus") == ()
    assert find(guide(), "   ") == ()


@given(
    st.lists(
        st.sampled_from(["a", "map", "the", "unit", "kernel", "5x5", "?", ".", "(", "#"]),
        max_size=3,
    )
)
def test_whatever_is_found_has_all_the_words_and_leads_somewhere(words: list[str]) -> None:
    for found in find(guide(), " ".join(words)):
        assert guide().has(found.place)
        assert len(found.excerpt) < 160
