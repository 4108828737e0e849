"""Searching the guide finds the sections that have all the words, the likeliest first."""

import re

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


@pytest.mark.parametrize("words", ["handout", "sheet", "print", "printing"])
def test_who_wants_paper_is_led_to_exports_and_to_how_a_handout_is_made(words: str) -> None:
    first = [found.place.link for found in find(guide(), words)[:3]]
    assert first[0] == "exports"
    assert "show#handouts-sheets-to-print" in first


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


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("resumed", "resume"),
        ("resuming", "resume"),
        ("stopping", "stop"),
        ("trained", "train"),
        ("exporting", "export"),
        ("used", "use"),
        ("copies", "copy"),
    ],
)
def test_the_forms_of_a_word_find_what_it_finds_and_say_how_it_is_written(
    asked: str, word: str
) -> None:
    found = find(guide(), asked)
    assert {each.place for each in find(guide(), word)} <= {each.place for each in found}
    for each in found:
        assert each.word.lower().startswith(word[:-1])


def test_no_excerpt_shows_the_marks_of_markdown_or_the_headings_of_tables() -> None:
    words = {word for page in guide().pages.values() for word in re.findall(r"\w{4,}", page.text)}
    for word in sorted(words)[::9]:
        for each in find(guide(), word):
            text = each.excerpt.replace("|A−B|", "")  # an absolute value
            assert not re.search(r"\]\(|[`|]|\*\*|keys what they do", text), each


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
