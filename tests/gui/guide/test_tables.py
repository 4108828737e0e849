"""The guide's keys and fields are those of the program's tables; every view has its page."""

import pytest

from lenet_gui.gui.core.view_table import VIEWS, Entry
from lenet_gui.gui.guide.tables import (
    RECIPE,
    SHORTCUTS,
    field_facts,
    shortcuts_page,
    with_fields,
    with_keys,
)
from lenet_gui.guide.pages import guide_folder
from lenet_gui.training.recipe import FIELDS


def page(name: str) -> str:
    return (guide_folder() / f"{name}.md").read_text(encoding="utf-8")


def test_the_page_of_shortcuts_is_that_of_the_program() -> None:
    assert page(SHORTCUTS) == shortcuts_page(), "write it anew with `make guide`"


@pytest.mark.parametrize("entry", VIEWS, ids=[entry.name for entry in VIEWS])
def test_a_views_page_has_its_name_and_its_keys(entry: Entry) -> None:
    assert page(entry.name).startswith(f"# {entry.title.replace('&', '')}\n")
    assert page(entry.name) == with_keys(page(entry.name), entry), "write it anew with `make guide`"


def test_the_contents_list_every_view_and_every_page() -> None:
    contents = page("index")
    for entry in VIEWS:
        title = entry.title.replace("&", "")
        assert f"| [{title}]({entry.name}.md) | `{entry.keys}` |" in contents
    for file in guide_folder().glob("*.md"):
        assert f"({file.name})" in contents or file.name == "index.md"


def test_the_page_of_recipes_has_every_field_as_it_is() -> None:
    assert page(RECIPE) == with_fields(page(RECIPE)), "write it anew with `make guide`"
    for field in FIELDS.values():
        _, found, rest = page(RECIPE).partition(field_facts(field))
        assert found, field.name
        assert rest.startswith("\n"), field.name
        assert not rest.lstrip().startswith("#"), field.name  # something is said of it
