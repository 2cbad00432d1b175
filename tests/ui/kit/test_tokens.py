"""Every pair of colours that the window may use can be told apart."""

from __future__ import annotations

import pytest

from s75desk.domain.status import Shape
from s75desk.ui.theme.metrics import Metrics
from s75desk.ui.theme.shapes import text_colour
from s75desk.ui.theme.tokens import Mode, load

MODES: tuple[Mode, ...] = ("light", "dark")


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance of "#RRGGBB"."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_right_for_black_and_white() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_passes_and_is_as_designed(mode: Mode) -> None:
    tokens = load(mode)
    assert len(tokens.contrast) == 130
    for fore, back, designed, least in tokens.contrast:
        found = ratio(tokens.colour[fore], tokens.colour[back])
        assert found >= least, f"{fore} on {back}: {found:.2f}"
        assert found == pytest.approx(designed, abs=0.006), f"{fore} on {back}"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("shape", list(Shape))
def test_the_word_of_every_status_can_be_read_where_it_stands(mode: Mode, shape: Shape) -> None:
    colour = load(mode).colour
    grounds = ["surface", "canvas", "hover", "selected", "raised"]
    if shape.loud:
        grounds.append(f"{shape.family}_soft")
    for ground in grounds:
        assert ratio(colour[text_colour(shape)], colour[ground]) >= 4.5, ground


@pytest.mark.parametrize("mode", MODES)
def test_parts_that_the_pairs_leave_out_can_be_told_apart_too(mode: Mode) -> None:
    """The bar of a row without the keyboard, chosen tiles, days on blue, boxes that are ticked."""
    colour = load(mode).colour
    for fore, back, least in (
        ("line_strong", "selected", 2.6),
        ("text", "accent_soft", 4.5),
        ("muted", "accent_soft", 4.5),
        ("accent", "accent_soft", 4.5),
        ("on_accent", "accent", 4.5),
        ("alert_text", "alert_soft", 4.5),
    ):
        assert ratio(colour[fore], colour[back]) >= least, f"{fore} on {back}"


def test_both_themes_name_the_same_colours_and_share_the_rest() -> None:
    light, dark = load("light"), load("dark")
    assert set(light.colour) == set(dark.colour)
    assert light.size == dark.size
    assert light.icons == dark.icons
    assert load("light") is light


def test_sizes_follow_the_systems_font_but_never_shrink() -> None:
    tokens = load("light")
    small = Metrics.for_font_height(9, tokens)
    usual = Metrics.for_font_height(13, tokens)
    large = Metrics.for_font_height(20, tokens)
    assert small.b == 14
    assert usual.b == pytest.approx(14.3)
    assert large.b == 22
    assert [small.size("row"), small.size("row_two_lines"), small.size("control")] == [32, 48, 32]
    assert large.size("row") == 50
    assert [small.space(length) for length in (2, 8, 24)] == [2, 8, 24]
    assert large.space(8) == 13
    assert small.text("title") == 21
    assert small.text("visit_question") == 23
    assert Metrics.for_font_height(9, tokens, text_scale=2).b == 28
