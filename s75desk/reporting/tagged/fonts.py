"""Source Sans 3 on paper: registering it, and finding the characters it does not have."""

from __future__ import annotations

import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from s75desk import paths

REGULAR = "SourceSans3"
BOLD = "SourceSans3-Bold"

REPLACEMENT = "\N{WHITE SQUARE}"
"""Printed in place of a character the font does not have; never a silent gap."""

# Invisible characters that only steer how others are joined or shown; leaving them out loses nothing on paper.
_STEERING = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad") | {chr(code) for code in range(0xFE00, 0xFE10)}


def register() -> None:
    """Register the fonts, and make them what canvases start with: Helvetica must never get into a file.

    There is no italic: the house uses it only for titles of publications, of which briefings print none, and two
    faces load in half the time of four.
    """
    if REGULAR in pdfmetrics.getRegisteredFontNames():
        return
    folder = paths.resource("fonts")
    pdfmetrics.registerFont(TTFont(REGULAR, str(folder / "SourceSans3_400Regular.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(folder / "SourceSans3_700Bold.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, REGULAR, BOLD, baseFontFor="canvas graphics")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of ``text`` in points."""
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


def ascent(size: float) -> float:
    """How far the first baseline of a paragraph lies below its top, in points."""
    return float(pdfmetrics.getAscentDescent(REGULAR, size)[0])


class Printable:
    """Makes any text printable and remembers what had to be replaced.

    Args to be called with are texts as they stand in records: any Unicode, any line breaks.
    """

    def __init__(self) -> None:
        self._replaced: set[str] = set()

    def __call__(self, text: str) -> str:
        """``text`` composed, without control and steering characters, what the font lacks as ``REPLACEMENT``."""
        if text.isascii() and text.isprintable():
            return text
        known = _known()
        out = []
        for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
            if ord(character) in known or character == "\n":
                out.append(character)
            elif character in _STEERING:
                continue
            elif character == "\t" or unicodedata.category(character) in ("Zs", "Zl", "Zp"):
                out.append(" ")
            elif unicodedata.category(character) in ("Cc", "Cf"):
                continue
            else:
                self._replaced.add(character)
                out.append(REPLACEMENT)
        return "".join(out)

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence for each character that was replaced, in order of code."""
        return tuple(_warning(character) for character in sorted(self._replaced))


def _warning(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    described = f"{character} (U+{ord(character):04X}{', ' + name if name else ''})"
    return f"The character {described} is not in Source Sans 3. It is printed as {REPLACEMENT}."


@cache
def _known() -> frozenset[int]:
    regular = pdfmetrics.getFont(REGULAR).face.charToGlyph
    bold = pdfmetrics.getFont(BOLD).face.charToGlyph
    return frozenset(code for code in regular if code >= 0x20 and code in bold) - {ord(c) for c in _STEERING}
