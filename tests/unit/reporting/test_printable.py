"""Text of any kind becomes text that can be printed, and nothing goes missing silently."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from s75desk.reporting.tagged import fonts


def test_plain_and_welsh_text_pass_unchanged() -> None:
    printable = fonts.Printable()
    for text in ("Plain & <simple>", "Ŵyth tŷ, ŵyn a gŵyl", "≠ ≥ − × ÷ £ € “quoted” …", "naïve café"):
        assert printable(text) == text
    assert printable.warnings == ()


def test_what_the_font_lacks_is_said_in_words_and_named_before_print() -> None:
    printable = fonts.Printable()
    assert printable("Good 😀 and 好的 and 😀") == (
        "Good [grinning face] and [2 letters in Chinese or Japanese] and [grinning face]"
    )
    assert printable.warnings == (
        "Text in Chinese or Japanese cannot be printed: in one place the page says in words what is missing.",
        "Emoji and signs cannot be printed: in 2 places the page says in words what is missing.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Said: مرحبا بالعالم.", "Said: [12 letters in Arabic]."),
        ("שָׁלוֹם", "[4 letters in Hebrew]"),
        ("안녕 hello", "[2 letters in Korean] hello"),
        ("👨‍👩‍👧 came", "[man, woman, girl] came"),
        ("👍🏽", "[thumbs up sign]"),
        ("Café Ελλάδα Москва", "Café Ελλάδα Москва"),
    ],
)
def test_scripts_and_emoji_are_called_what_people_call_them(text: str, said: str) -> None:
    printable = fonts.Printable()
    assert printable(text) == said
    assert bool(printable.warnings) == ("[" in said)


def test_letters_and_their_accents_are_put_together() -> None:
    assert fonts.Printable()("w\u0302y") == "ŵy"


def test_control_and_steering_characters_go_without_a_trace() -> None:
    printable = fonts.Printable()
    assert printable("a\x00b\u200bc\u200dd\ufeffe\u202ef\tg\r\nh") == "abcdef g\nh"
    assert printable.warnings == ()


def test_odd_spaces_become_spaces() -> None:
    assert fonts.Printable()("a\u2003b\u3000c") in ("a\u2003b c", "a b c")


@given(st.text())
def test_whatever_comes_in_only_what_the_fonts_have_comes_out(text: str) -> None:
    printable = fonts.Printable()
    out = printable(text)
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (fonts.REGULAR, fonts.BOLD)]
    for character in out:
        assert character == "\n" or all(ord(character) in face for face in faces)
        assert character == "\n" or unicodedata.category(character) != "Cc"
    assert printable(out) == out
    assert printable.warnings or len(out) <= len(unicodedata.normalize("NFC", text))
