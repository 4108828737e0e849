"""Searching the guide finds the sections that have all the words, the likeliest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.guide.glossary import PAGE, Term, terms
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
        ("parameters", "weights"),
        ("neuron", "unit"),
        ("filters", "basics#convolution"),
        ("kernel", "basics#convolution"),
        ("channels", "basics#feature-maps"),
        ("activation", "basics#squashing"),
        ("activation function", "basics#squashing"),
        ("pooling", "basics#subsampling"),
        ("accuracy", "digits"),
        ("loss", "recipe#loss"),
        ("epoch", "recipe#epochs"),
        ("softmax", "answer"),
        ("optimizer", "recipe#optimiser"),
        ("data augmentation", "recipe#distortions"),
        ("rms", "run"),
        ("floor of Eq. 9", "recipe#loss"),
        ("Errors over the passes", "shipped-weights#versus-1998"),
        ("squashing sum", "unit"),
    ],
)
def test_what_is_looked_for_comes_first(words: str, first: str) -> None:
    assert find(guide(), words)[0].place.link == first


@pytest.mark.parametrize("term", terms(guide()), ids=lambda term: term.names[0])
def test_a_term_is_found_by_each_of_its_names_also_those_from_elsewhere(term: Term) -> None:
    for name in term.all_names:
        alike = [each for each in terms(guide()) if name in each.all_names]
        found = find(guide(), name)[: len(alike)]
        assert term.place in {each.place for each in found}, name


def test_every_row_of_the_list_of_words_is_a_term_in_order() -> None:
    rows = [line for line in guide().pages[PAGE].text.split("\n") if line.startswith("| [")]
    assert len(terms(guide())) == len(rows)
    names = [row[3:].split("]")[0].lower() for row in rows]
    assert names == sorted(names)


def test_a_word_is_found_at_the_beginning_of_another_not_within() -> None:
    assert "rms" in "terms"
    for found in find(guide(), "conv"):
        text = f"{found.title} {found.excerpt}".lower()
        assert "conv" in text
    assert all("terms" not in each.excerpt.lower() for each in find(guide(), "rms"))


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
