"""Source Sans 3 on paper: registering it, and finding the characters it does not have."""

from __future__ import annotations

import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from s75desk import paths
from s75desk.reporting.tagged.missing import EMOJI, missing, scripts_of

REGULAR = "SourceSans3"
BOLD = "SourceSans3-Bold"

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
    """Makes any text printable and remembers what had to be replaced by words.

    Args to be called with are texts as they stand in records: any Unicode, any line breaks.
    """

    def __init__(self) -> None:
        self._replaced: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        """``text`` composed, without control and steering characters; what the font lacks is said in words."""
        if text.isascii() and text.isprintable():
            return text
        known = _known()
        out: list[str] = []
        lacking = ""
        for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
            shown = _shown(character, known)
            if shown is None or (shown == " " and lacking):
                lacking += character if shown is None else " "
                continue
            if shown:
                out += [*self._said(lacking), shown]
                lacking = ""
        return "".join((*out, *self._said(lacking)))

    def _said(self, lacking: str) -> list[str]:
        if not lacking:
            return []
        for script in scripts_of(lacking):
            self._replaced[script] = self._replaced.get(script, 0) + 1
        gap = " " if lacking.endswith(" ") else ""
        return [f"{missing(lacking)}{gap}"]

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence for each script of which something was replaced, in alphabetical order."""
        return tuple(_warning(script, places) for script, places in sorted(self._replaced.items()))


def _shown(character: str, known: frozenset[int]) -> str | None:
    """What is printed for a character; "" for one that leaves no trace, None for one that the font does not have."""
    if ord(character) in known or character == "\n":
        return character
    category = unicodedata.category(character)
    if character == "\t" or category in ("Zs", "Zl", "Zp"):
        return " "
    return "" if character in _STEERING or category in ("Cc", "Cf") else None


def _warning(script: str, places: int) -> str:
    what = "Emoji and signs" if script == EMOJI else f"Text in {script}"
    where = "one place" if places == 1 else f"{places} places"
    return f"{what} cannot be printed: in {where} the page says in words what is missing."


@cache
def _known() -> frozenset[int]:
    regular = pdfmetrics.getFont(REGULAR).face.charToGlyph
    bold = pdfmetrics.getFont(BOLD).face.charToGlyph
    return frozenset(code for code in regular if code >= 0x20 and code in bold) - {ord(c) for c in _STEERING}
