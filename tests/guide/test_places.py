"""Everything that the guide is to explain has its place there, and every link in it is alive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.gui.core.commands import MENUS
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.guide import places
from lenet_gui.guide.pages import Page, guide, picture_file
from lenet_gui.guide.places import Place, anchor_of
from lenet_gui.net.layers import LAYERS
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import FIELDS

PAGES = tuple(guide().pages.values())
every_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


def named_places() -> dict[str, Place]:
    """The places that have names of their own."""
    return {name: value for name, value in vars(places).items() if isinstance(value, Place)}


@pytest.mark.parametrize(
    "place",
    [
        *named_places().values(),
        *(places.view_place(entry.name) for entry in VIEWS),
        *map(places.layer_place, LAYERS),
        *map(places.field_place, FIELDS),
        *map(places.preset_place, PRESETS),
        *(places.menu_place(title) for title, _ in MENUS),
    ],
    ids=lambda place: place.link,
)
def test_every_view_layer_field_preset_and_menu_has_its_place(place: Place) -> None:
    assert guide().has(place)


def test_no_two_fields_layers_or_presets_share_a_place() -> None:
    for what in (
        [places.field_place(name) for name in FIELDS] + [places.preset_place(n) for n in PRESETS],
        [places.layer_place(layer) for layer in LAYERS],
    ):
        assert len(set(what)) == len(what)


@every_page
def test_every_link_of_a_page_leads_to_a_place_or_out_of_the_program(page: Page) -> None:
    for link in page.links:
        if not link.startswith("https://"):
            place = guide().place_of(page, link)
            assert place is not None, link
            assert guide().has(place), link


@every_page
def test_every_picture_of_a_page_is_there_for_both_themes(page: Page) -> None:
    for picture in page.pictures:
        file = picture_file(page, picture)
        assert file.stat().st_size > 0
        if file.stem.startswith("how-"):
            assert file.with_stem(f"{file.stem}-dark").exists()


def test_the_contents_have_every_page_once() -> None:
    listed = [page.name for chapter in guide().chapters for page in chapter.pages]
    assert sorted(listed) == sorted(guide().pages)


@pytest.mark.parametrize("entry", VIEWS, ids=[entry.name for entry in VIEWS])
def test_every_view_has_three_experiments(entry: object) -> None:
    text = guide().pages[entry.name].text  # type: ignore[attr-defined]
    _, found, rest = text.partition("\n## Try this\n")
    assert found
    experiments = rest.split("\n## ")[0]
    assert [f"\n{number}. " in experiments for number in (1, 2, 3, 4)] == [True] * 3 + [False]


def test_alike_headings_have_different_anchors_as_on_github() -> None:
    page = Page("a", "a.md", "# A\n\n## Keys\n\n```\n# no heading\n```\n\n## `Keys`\n")
    assert [each.anchor for each in page.headings] == ["a", "keys", "keys-1"]


@given(st.text("Aa1 -_#()[]`*.?é×−", max_size=60))
def test_an_anchor_can_stand_in_a_link(heading: str) -> None:
    anchor = anchor_of(heading)
    assert not set(anchor) & set(" #()[]`*.?")
    assert Place.of(Place("page", anchor).link) == Place("page", anchor)
