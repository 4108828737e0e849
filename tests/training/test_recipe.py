"""Recipes: JSON and back, presets, and a sentence for each field that is wrong."""

import dataclasses
import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.distortion import Distortion
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import (
    LOSSES,
    RUBBISH_LOSSES,
    Architecture,
    InitialWeights,
    Loss,
    Variant,
)
from lenet_gui.training.described import Described, Vocabulary
from lenet_gui.training.presets import PRESETS, preset
from lenet_gui.training.problems import RecipeError
from lenet_gui.training.recipe import (
    FIELDS,
    Device,
    Optimiser,
    Order,
    Recipe,
    Schedule,
    Transpose,
)

distortions = st.none() | st.builds(
    Distortion,
    translation=st.floats(0, 14),
    scale=st.floats(0, 1),
    squeeze=st.floats(0, 1),
    shear=st.floats(0, 1),
    rotation=st.floats(0, 180),
)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    variant = draw(st.sampled_from(Variant))
    modern = variant is Variant.MODERN
    architecture = draw(st.sampled_from(Architecture)) if modern else Architecture.LENET5
    epochs = draw(st.integers(1, 10_000))
    loss = draw(st.sampled_from(LOSSES[variant]))
    optimisers = [o for o in Optimiser if variant is Variant.ORIGINAL or o is not Optimiser.SDLM]
    optimiser = draw(st.sampled_from(optimisers))
    printable = st.characters(exclude_categories=("C", "Z"))
    return Recipe(
        name=draw(st.text(printable, min_size=1, max_size=60)),
        variant=variant,
        architecture=architecture,
        data=draw(st.sampled_from(["mnist", "builtin", "/some/folder", "a folder/ä"])),
        transpose=draw(st.sampled_from(Transpose)),
        training_digits=draw(st.none() | st.integers(1, 10_000_000)),
        added_digits=draw(st.integers(0, 1_000_000)),
        rubbish=draw(st.integers(0, 1_000_000)) if loss in RUBBISH_LOSSES else 0,
        teachers_share=(
            draw(st.floats(0, 1))
            if loss in RUBBISH_LOSSES and optimiser is not Optimiser.SDLM
            else 0
        ),
        teachers=draw(st.sampled_from(["committee", "/some/folder", "a folder/ä"])),
        validation_share=draw(st.floats(0, 0.5)),
        epochs=epochs,
        batch_size=draw(st.integers(1, 65_536)),
        optimiser=optimiser,
        learning_rate=draw(st.floats(0, 100, exclude_min=True)),
        schedule=draw(st.sampled_from(Schedule)),
        warm_up=draw(st.floats(0, epochs)),
        momentum=draw(st.floats(0, 0.9999)),
        mu=draw(st.floats(0, 100, exclude_min=True)),
        curvature_digits=draw(st.integers(1, 1_000_000)),
        first_epoch_measures=draw(st.integers(1, 1000)),
        weight_decay=draw(st.floats(0, 1)) if optimiser is not Optimiser.SDLM else 0,
        averaging=draw(st.floats(0, 0.99999)),
        loss=loss,
        j=draw(st.floats(0, 100)),
        temperature=(
            draw(st.floats(0, 100, exclude_min=True))
            if loss is Loss.MAP and optimiser is not Optimiser.SDLM
            else 1
        ),
        initial_weights=draw(st.sampled_from(InitialWeights)),
        order=draw(st.sampled_from(Order)),
        distortions=draw(distortions),
        distorted_share=draw(st.floats(0, 1)),
        seed=draw(st.integers(0, 2**31 - 1)),
        device=draw(st.sampled_from(Device)),
    )


@given(recipes())
def test_json_and_back_gives_the_same_recipe(recipe: Recipe) -> None:
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert Recipe.from_json(recipe.to_json().encode()).to_json() == recipe.to_json()


def test_every_field_is_drawn_in_the_property_above() -> None:
    usual = Recipe()
    drawn: set[str] = set()

    @given(recipes())
    def draws(recipe: Recipe) -> None:
        drawn.update(name for name in FIELDS if getattr(recipe, name) != getattr(usual, name))

    draws()
    assert drawn == set(FIELDS)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_named_recipes(name: str) -> None:
    recipe = preset(name)
    assert recipe.name == name
    assert Recipe.from_json(recipe.to_json()) == recipe
    strong = recipe.architecture is Architecture.STRONG_TEACHER
    assert name.startswith("strong-" if strong else (str(recipe.variant), "paper-1998"))


def test_the_seeds_recipe_is_as_the_seed_trained() -> None:
    seed = preset("modern-seed")
    assert (seed.variant, seed.optimiser, seed.schedule) == ("modern", "adam", "constant")
    assert (seed.epochs, seed.distortions, seed.warm_up) == (20, None, 0)


def test_an_unknown_preset_lists_the_known_ones() -> None:
    with pytest.raises(UserError, match=r"no recipe 'best'; the known ones are original-quick, m"):
        preset("best")


WRONG = [
    ("name", "", "name must be printable text of 1 to 60 characters, not ''"),
    ("name", "two\nlines", "name must be printable text"),
    ("name", "x" * 61, "name must be printable text"),
    ("variant", "lenet-4", "variant must be original or modern, not 'lenet-4'"),
    ("variant", 3, "variant must be original or modern, not 3"),
    ("architecture", "resnet", "architecture must be lenet-5 or strong-teacher, not 'resnet'"),
    ("architecture", "strong-teacher", "architecture cannot be strong-teacher with variant origi"),
    ("data", None, "data must be printable text"),
    ("transpose", "perhaps", "transpose must be auto or yes or no, not 'perhaps'"),
    ("training_digits", 0, "training_digits must be a whole number from 1 to 10000000, or all,"),
    ("training_digits", "some", "training_digits must be a whole number"),
    ("validation_share", -0.1, "validation_share must be a number from 0 to 0.5, not -0.1"),
    ("validation_share", 0.6, "validation_share must be a number from 0 to 0.5, not 0.6"),
    ("epochs", 0, "epochs must be a whole number from 1 to 10000, not 0"),
    ("epochs", -3, "epochs must be a whole number from 1 to 10000, not -3"),
    ("epochs", 2.5, "epochs must be a whole number from 1 to 10000, not 2.5"),
    ("epochs", True, "epochs must be a whole number from 1 to 10000, not True"),
    ("batch_size", 0, "batch_size must be a whole number from 1 to 65536, not 0"),
    ("batch_size", 10**9, "batch_size must be a whole number from 1 to 65536, not 1000000000"),
    ("optimiser", "magic", "optimiser must be adam or sgd or sdlm, not 'magic'"),
    ("learning_rate", 0, "learning_rate must be a number above 0 and at most 100, not 0"),
    ("learning_rate", -0.001, "learning_rate must be a number above 0 and at most 100, not -0.00"),
    ("learning_rate", math.nan, "learning_rate must be a number above 0 and at most 100, not nan"),
    ("learning_rate", 10**400, "learning_rate must be a number above 0 and at most 100, not 1000"),
    ("learning_rate", "fast", "learning_rate must be a number above 0"),
    ("schedule", "zigzag", "schedule must be constant or cosine or paper, not 'zigzag'"),
    ("warm_up", -1, "warm_up must be a number from 0 to 10000, not -1"),
    ("warm_up", 21, "warm_up (21) is longer than epochs (20)"),
    ("momentum", 1, "momentum must be a number from 0 to 0.9999, not 1"),
    ("averaging", 1, "averaging must be a number from 0 to 0.99999"),
    ("weight_decay", math.inf, "weight_decay must be a number from 0 to 1, not inf"),
    ("loss", "hinge", "loss must be map or distance or cross-entropy or cross-entropy-rubbish, n"),
    ("added_digits", -1, "added_digits must be a whole number from 0 to 1000000, not -1"),
    ("teachers_share", 1.5, "teachers_share must be a number from 0 to 1, not 1.5"),
    ("teachers", "", "teachers must be printable text of 1 to 4096 characters, not ''"),
    ("rubbish", 0.5, "rubbish must be a whole number from 0 to 1000000, not 0.5"),
    ("mu", 0, "mu must be a number above 0 and at most 100, not 0"),
    ("curvature_digits", 0, "curvature_digits must be a whole number from 1 to 1000000, not 0"),
    ("first_epoch_measures", 0, "first_epoch_measures must be a whole number from 1 to 1000, n"),
    ("order", "sorted", "order must be fresh or constant, not 'sorted'"),
    ("distorted_share", 1.5, "distorted_share must be a number from 0 to 1, not 1.5"),
    ("distortions", {"elastic": -0.5}, "distortion's elastic must lie between 0 and 4, not -0.5"),
    ("loss", "cross-entropy", "loss cannot be cross-entropy with variant original"),
    ("j", -1, "j must be a number from 0 to 100, not -1"),
    ("temperature", 0, "temperature must be a number above 0 and at most 100, not 0"),
    ("temperature", 101, "temperature must be a number above 0 and at most 100, not 101"),
    ("initial_weights", "zero", "initial_weights must be paper or inverse-sqrt, not 'zero'"),
    ("distortions", {"shear": -1}, "distortion's shear must lie between 0 and 1, not -1"),
    ("distortions", {"shear": "a lot"}, "distortion's shear must be a number from 0 to 1"),
    ("distortions", {"twist": 1}, "distortions has no field twist"),
    ("distortions", 3, "distortions must be an object with translation, scale, squeeze, shear"),
    ("seed", -1, "seed must be a whole number from 0 to 2147483647, not -1"),
    ("device", "tpu", "device must be auto or cpu or cuda or mps, not 'tpu'"),
    ("momentun", 0.9, "momentun is not a field of a recipe"),
]


@pytest.mark.parametrize(("field", "value", "sentence"), WRONG)
def test_each_wrong_field_is_named(field: str, value: object, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        Recipe.from_json({field: value}, where="The recipe mine.json")
    told = str(caught.value)
    assert sentence in told
    assert told.startswith("The recipe mine.json cannot be used: ")
    assert told.endswith(".")
    assert "\n" not in told


def test_every_field_has_a_wrong_value_above() -> None:
    assert {field.name for field in dataclasses.fields(Recipe)} <= {name for name, _, _ in WRONG}


def test_all_wrong_fields_are_named_at_once() -> None:
    with pytest.raises(UserError, match=r"colour is not a field.*epochs must be.*seed must be"):
        Recipe.from_json({"epochs": -1, "seed": "x", "colour": "red"})


def test_wrong_distortions_and_fields_that_do_not_go_together_are_all_named_too() -> None:
    with pytest.raises(UserError) as caught:
        Recipe.from_json(
            {
                "variant": "modern",
                "loss": "map",
                "seed": -1,
                "warm_up": 30,
                "new\nline": 1,
                "distortions": {"shear": -1, "scale": "x" * 100, "twist": 2},
            }
        )
    told = str(caught.value)
    for part in (
        "loss cannot be map with variant modern",
        "seed must be",
        "warm_up (30) is longer than epochs (20)",
        "new\\nline is not a field",
        "distortion's shear must lie between 0 and 1, not -1",
        "distortion's scale must be a number from 0 to 1, not 'xxx",
        "distortions has no field twist",
    ):
        assert part in told
    assert "\n" not in told
    assert len(told) < 600


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "is not valid JSON (wrong at line 1, column 2): correct it"),
        ('{"epochs": 1,\n  name: 3}', "is not valid JSON (wrong at line 2, column 3): correct it"),
        ("", "is not valid JSON (it is empty): correct it"),
        (b" \n", "is not valid JSON (it is empty): correct it"),
        (b"\xff\xfe\xfa", "is not valid JSON (it is not text): correct it"),
        ('{"epochs": ' + "9" * 5000 + "}", "is not valid JSON (a number is too long): correct it"),
        ("[1, 2]", "must be a JSON object"),
        ("[" * 100_000, "is not valid JSON (nested too deeply): correct it"),
    ],
)
def test_what_is_not_a_recipe_at_all(text: str | bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=re.escape(f"The recipe file {sentence}")):
        Recipe.from_json(text, where="The recipe file")


def test_missing_fields_take_defaults_and_the_loss_follows_the_variant() -> None:
    assert Recipe.from_json("{}") == Recipe()
    assert Recipe.from_json({"variant": "modern"}).loss is Loss.CROSS_ENTROPY


def test_a_field_that_may_be_left_open_takes_its_word_as_the_window_has_it() -> None:
    limited = Recipe(training_digits=1000)
    assert limited.with_changes(training_digits="all").training_digits is None
    for word in ("all", None):
        assert Recipe.from_json({"training_digits": word}).as_dict()["training_digits"] is None


def test_strings_and_whole_numbers_become_their_fields_kinds() -> None:
    recipe = Recipe(variant="modern", loss="cross-entropy", optimiser="sgd", learning_rate=1)  # type: ignore[arg-type]
    assert recipe.variant is Variant.MODERN
    assert recipe.optimiser is Optimiser.SGD
    assert isinstance(recipe.learning_rate, float)


def test_changes_are_checked_and_change_the_loss_with_the_variant() -> None:
    recipe = Recipe(loss=Loss.DISTANCE)
    assert recipe.with_changes(variant="modern").loss is Loss.CROSS_ENTROPY
    assert recipe.with_changes(variant="original", epochs=3).loss is Loss.DISTANCE
    with pytest.raises(UserError, match="epochs must be a whole number"):
        recipe.with_changes(epochs=0)
    with pytest.raises(UserError, match="speed: a recipe has no such field"):
        recipe.with_changes(speed=3)


def test_a_temperature_is_refused_where_it_means_nothing() -> None:
    assert Recipe(temperature=10).temperature == 10
    with pytest.raises(UserError, match=r"temperature must be 1 with loss distance.* not 10"):
        Recipe(loss="distance", temperature=10)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=r"temperature must be 1 with optimiser sdlm.* not 10"):
        Recipe(optimiser="sdlm", temperature=10)  # type: ignore[arg-type]


def test_teachers_need_a_loss_that_can_follow_them() -> None:
    assert Recipe(teachers_share=0.7).teachers == "committee"
    with pytest.raises(UserError, match=r"teachers_share must be 0 with loss distance"):
        Recipe(loss="distance", teachers_share=0.7)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=r"teachers_share must be 0 with optimiser sdlm"):
        Recipe(optimiser="sdlm", teachers_share=0.7)  # type: ignore[arg-type]


def test_sdlm_has_no_weight_decay() -> None:
    with pytest.raises(UserError, match=r"weight_decay must be 0 with optimiser sdlm.* not 0.5"):
        Recipe(optimiser="sdlm", weight_decay=0.5)  # type: ignore[arg-type]


def test_distortions_of_another_kind_are_refused() -> None:
    with pytest.raises(
        UserError, match=r"distortions must be an object with translation, .*, stroke, or null"
    ):
        Recipe(distortions={"shear": 1})  # type: ignore[arg-type]


def test_an_error_names_fields_in_the_words_of_whoever_reads_it() -> None:
    with pytest.raises(RecipeError) as caught:
        Recipe(batch_size=0, warm_up=30, loss=Loss.DISTANCE, rubbish=5)
    error = caught.value
    assert [problem.name for problem in error.problems] == ["batch_size", "rubbish", "warm_up"]
    assert str(error) == error.text(Vocabulary.FILE)
    assert str(error) == (
        "The recipe cannot be used: "
        "batch_size must be a whole number from 1 to 65536, not 0; "
        "rubbish must be 0 with loss distance, which has no rubbish class, not 5 "
        "(or choose map or cross-entropy-rubbish); "
        "warm_up (30) is longer than epochs (20)."
    )
    assert error.text(Vocabulary.COMMAND) == (
        "The recipe cannot be used: "
        "--batch-size must be a whole number from 1 to 65536, not 0; "
        "--rubbish must be 0 with --loss distance, which has no rubbish class, not 5 "
        "(or choose map or cross-entropy-rubbish); "
        "--warm-up (30) is longer than --epochs (20)."
    )
    assert error.by_field(Vocabulary.SCREEN) == {
        "batch_size": "must be a whole number from 1 to 65536, not 0",
        "rubbish": 'must be 0 with the loss "distance, Eq. 8", which has no rubbish class, not 5 '
        '(or choose "MAP, Eq. 9" or "cross-entropy, rubbish class")',
        "warm_up": "(30) is longer than Epochs (20)",
    }


@given(
    st.dictionaries(
        st.sampled_from(list(FIELDS)), st.none() | st.text() | st.floats() | st.integers()
    )
)
def test_a_recipe_is_right_or_each_wrong_value_is_said(values: dict[str, object]) -> None:
    wrong = {name for name, value in values.items() if not FIELDS[name].kind.accepts(value)}
    told: set[str] = set()
    try:
        Recipe(**values)  # type: ignore[arg-type]
    except RecipeError as error:
        told = set(error.by_field(Vocabulary.SCREEN))
    assert told >= wrong


@pytest.mark.parametrize("field", FIELDS.values(), ids=list(FIELDS))
def test_a_field_is_fully_described(field: Described) -> None:
    default = getattr(Recipe(), field.name)
    assert field.kind.accepts(default)
    assert field.label
    assert not field.explanation.endswith(".")
    assert field.tooltip.startswith(field.explanation)
    assert field.option.startswith("--")
    assert field.kind.from_json(json.loads(json.dumps(field.kind.as_json(default)))) == default
    assert list(field.steps) == sorted(field.steps)
    assert all(field.kind.accepts(step) for step in field.steps)
    for need in (*field.needs, *field.choice_needs.values()):
        assert all(FIELDS[need.field].kind.accepts(choice) for choice in need.choices)
    assert field.otherwise is None or field.kind.accepts(field.otherwise)
