"""Text of any kind becomes text that can be printed, and nothing goes missing silently."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from s75desk.reporting.tagged import fonts


def test_plain_and_welsh_text_pass_unchanged() -> None:
    printable = fonts.Printable()
    for text in ("Plain & <simple>", "Ŵyth tŷ, ŵyn a gŵyl", "≠ ≥ − × ÷ £ € “quoted” …", "naïve café"):
        assert printable(text) == text
    assert printable.warnings == ()


def test_what_the_font_lacks_is_replaced_and_named_once() -> None:
    printable = fonts.Printable()
    assert printable("Good 😀 and 好 and 😀") == "Good □ and □ and □"
    assert printable.warnings == (
        "The character 好 (U+597D, cjk unified ideograph-597d) is not in Source Sans 3. It is printed as □.",
        "The character 😀 (U+1F600, grinning face) is not in Source Sans 3. It is printed as □.",
    )


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
    assert (fonts.REPLACEMENT in out) == (fonts.REPLACEMENT in text or bool(printable.warnings))
