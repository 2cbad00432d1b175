"""Draws the photos of the sample desk: plain drawings, of nobody and of no place, taken in as any photo is.

    python -m docs.make_sample_photos

It writes the photos and their small pictures into ``resources/sample/made``. The size of a photo stands in the file of
its visit too.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from s75desk.importers.photo import read_photo
from s75desk.paths import resource

SIZE = (1200, 900)
INK, PAPER, LINE, WALL, SHADE = "#2d3540", "#fbfaf6", "#b9bec6", "#d9dde3", "#8d949e"
BLUE, RED, WOOD, DARK = "#2b4a8b", "#a8322a", "#a98a66", "#434a54"

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw as Pen


def chart(pen: Pen) -> None:
    """A medicines chart with three empty boxes in a row of marks."""
    pen.rectangle((0, 0, *SIZE), fill="#c4b8a6")
    pen.polygon([(118, 66), (1096, 90), (1078, 836), (100, 812)], fill="#a3967f")
    pen.polygon([(106, 54), (1084, 78), (1066, 824), (88, 800)], fill=PAPER)
    pen.rectangle((150, 108, 420, 124), fill=INK)
    pen.rectangle((150, 142, 330, 152), fill=SHADE)
    pen.rectangle((760, 112, 1010, 122), fill=SHADE)
    left, top, wide, high = 330, 220, 49, 74
    for row in range(7):
        y = top + row * high
        pen.rectangle((150, y + 22, 150 + 96 + 17 * (row % 4), y + 34), fill=INK)
        pen.rectangle((150, y + 46, 150 + 60, y + 54), fill=SHADE)
        for day in range(14):
            x = left + day * wide
            pen.rectangle((x, y, x + wide, y + high), outline=LINE, width=2)
            if row == 4 and day in (5, 6, 9):
                continue
            if row == 6 and day % 3:
                continue
            lean = (day * 7 + row * 3) % 9
            pen.line([(x + 12, y + 48 - lean), (x + 21, y + 24), (x + 29, y + 50), (x + 38, y + 22 + lean)], BLUE, 4)
    for day in (5, 6, 9):
        x, y = left + day * wide, top + 4 * high
        pen.ellipse((x - 4, y - 2, x + wide + 4, y + high + 2), outline=RED, width=5)


def sluice(pen: Pen) -> None:
    """A door that stands open, with a lock that hangs out of it."""
    pen.rectangle((0, 0, *SIZE), fill=WALL)
    pen.rectangle((0, 720, 1200, 900), fill="#9aa3ad")
    pen.line([(0, 720), (1200, 720)], fill=SHADE, width=6)
    pen.rectangle((330, 110, 760, 760), fill="#5c646f")
    pen.rectangle((350, 130, 740, 760), fill=DARK)
    pen.rectangle((400, 420, 690, 700), fill="#b9c0c8")
    pen.ellipse((430, 400, 660, 470), fill="#e6e9ed", outline=SHADE, width=5)
    pen.rectangle((520, 250, 560, 400), fill="#b9c0c8")
    pen.rectangle((470, 240, 560, 262), fill="#b9c0c8")
    pen.polygon([(760, 110), (1020, 60), (1020, 850), (760, 760)], fill=WOOD, outline=INK, width=5)
    pen.polygon([(800, 180), (980, 148), (980, 410), (800, 420)], outline="#8b6f4e", width=6)
    pen.polygon([(800, 470), (980, 466), (980, 760), (800, 704)], outline="#8b6f4e", width=6)
    pen.rectangle((786, 430, 818, 520), fill="#cfd4da", outline=INK, width=4)
    pen.line([(802, 508), (784, 566)], fill=INK, width=7)
    pen.ellipse((762, 560, 800, 598), outline=INK, width=7)
    pen.rounded_rectangle((110, 240, 270, 350), 12, fill=PAPER, outline=INK, width=4)
    pen.rectangle((136, 272, 244, 286), fill=RED)
    pen.rectangle((136, 304, 214, 316), fill=INK)


def rota(pen: Pen) -> None:
    """A board of rounds by weekday; the last column has marks that stand late."""
    pen.rectangle((0, 0, *SIZE), fill="#cfd3c8")
    pen.rectangle((90, 80, 1110, 820), fill="#7c7468")
    pen.rectangle((110, 100, 1090, 800), fill="#f4f5f2")
    for day in range(8):
        pen.line([(110 + 122 * day + 4, 100), (110 + 122 * day + 4, 800)], fill=LINE, width=3)
        if day:
            pen.rectangle((136 + 122 * day, 130, 186 + 122 * day, 144), fill=INK)
    for row in range(1, 7):
        y = 100 + 100 * row
        pen.line([(110, y), (1090, y)], fill=LINE, width=3)
        pen.rectangle((132, y + 44, 200, y + 58), fill=INK)
        for day in range(1, 8):
            late = day == 7 and row in (2, 3, 5)
            x = 132 + 122 * day + (34 if late else 0)
            colour = RED if late else ("#4d7f6d", "#5a79a5", "#8a6f9b")[(row + day) % 3]
            pen.rounded_rectangle((x, y + 32, x + 64, y + 72), 8, fill=colour)


DRAWN: dict[str, Callable[[Pen], None]] = {"pellgate-chart": chart, "pellgate-sluice": sluice, "thornmere-rota": rota}


def drawn(name: str) -> tuple[bytes, bytes]:
    """A photo and its small picture, as the program keeps them."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, PAPER)
    DRAWN[name](ImageDraw.Draw(image))
    data = io.BytesIO()
    image.save(data, "PNG")
    found = read_photo(data.getvalue())
    return found.picture, found.thumbnail


def main(folder: Path) -> None:
    """Write every photo into a folder."""
    for name in DRAWN:
        picture, small = drawn(name)
        (folder / f"{name}.jpg").write_bytes(picture)
        (folder / f"{name}-small.jpg").write_bytes(small)


if __name__ == "__main__":
    main(resource("sample", "made"))
