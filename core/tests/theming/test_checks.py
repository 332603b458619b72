"""What may not be saved: values that are none, and colours that cannot be told apart."""

import pytest

from questline_core.theming.contrast import contrast, poor_contrast
from questline_core.theming.overrides import colors, editable, merged, problems, walk
from questline_core.ui.themes import installed_themes

AURORA = installed_themes().find("aurora").tokens


async def test_poor_contrast_is_refused_with_the_pairs_by_name(as_user, save, anonymous) -> None:
    admin = await as_user("admin")
    before = (await anonymous.get("/api/v1/ui/theme.css")).text
    answer = await save(admin, {"light.color.muted": "#9a93a8", "dark.color.on-primary": "#ffffff"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "poor_contrast")
    said = [f"{each['field']}: {each['message']}" for each in problem["errors"]]
    assert "light.color.muted: muted on background has a contrast of 2.78:1 and needs 4.5:1" in said
    assert any(each.startswith("dark.color.on-primary: on-primary on primary has a contrast of ") for each in said)
    assert (await anonymous.get("/api/v1/ui/theme.css")).text == before


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("light.color.nothing", "#ffffff", "no such token"),
        ("light.color.ink", "red;} body{display:none", "is not a color"),
        ("light.color.ink", "#11111100", "#rrggbb"),
        ("light.color.ink", None, "is not a color"),
        ("light.color.overlay", "#111111", "#rrggbbaa"),
        ("radius.card", "65px", "from 0px to 64px"),
        ("radius.card", "4em", "from 0px to 64px"),
        ("radius.card", 4, "is not a dimension"),
        ("font.weight.display", 1000, "from 100 to 900"),
        ("font.weight.display", "nan", "is not a fontWeight"),
        ("font.family.body", "Arial", "is not a fontFamily"),
        ("font.family.body", [], "one to eight names"),
        ("font.family.body", ['Bad"; }'], "is not a fontFamily"),
        ("motion.easing.standard", [0, 0, 10**400, 1], "is not a cubicBezier"),
        ("font.reading.size", "80px", "from 15px to 28px"),
    ],
)
async def test_a_value_that_is_none_is_named(path, value, message) -> None:
    (problem,) = problems(AURORA, {path: value})
    assert problem.field == path
    assert message in problem.message


async def test_wrong_values_are_refused_under_their_path(as_user, save) -> None:
    answer = await save(await as_user("admin"), {"radius.card": "-1px", "light.color.ink": "blue"})
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["errors"]} == {"radius.card", "light.color.ink"}


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") < 4.5


def test_only_pairs_with_a_changed_colour_are_judged() -> None:
    palette = colors(AURORA, "light") | {"muted": "#ffffff"}
    assert poor_contrast("light", palette, changed=frozenset({"info"})) == []
    assert {each.pair.color for each in poor_contrast("light", palette, changed=frozenset({"surface"}))} == {"muted"}


def test_every_token_may_be_changed_to_what_it_is() -> None:
    values = {token.path: token.value for token in editable(AURORA)}
    assert len(values) > 170
    assert problems(AURORA, values) == []
    assert merged(AURORA, values) == AURORA


def test_what_no_longer_fits_a_theme_is_left_out() -> None:
    result = dict(walk(merged(AURORA, {"gone.token": "#fff", "radius.card": "wide", "radius.small": "1px"})))
    assert "gone.token" not in result
    assert result["radius.card"]["$value"] == "22px"
    assert result["radius.small"]["$value"] == "1px"
    assert dict(walk(AURORA))["radius.small"]["$value"] == "8px", "the theme itself stays as it is"
