"""Writes s75desk/reporting/advances.py from the fonts; run it after a change of fonts.

python -m tests.unit.reporting.make_advances
"""

from __future__ import annotations

from pathlib import Path

from s75desk import paths

# Latin with everything English and Welsh use, punctuation, arrows, mathematics and the shapes we write.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1E80, 0x1E85),
    (0x1EF2, 0x1EF3),
    (0x2010, 0x2026),
    (0x20AC, 0x20AC),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2260, 0x2265),
    (0x25A1, 0x25A1),
)
TARGET = Path(__file__).parents[3] / "s75desk" / "reporting" / "advances.py"

HEAD = '''"""Advance widths of Source Sans 3 in thousandths of the type size: charts are laid out without fonts.

Written by ``tests/unit/reporting/make_advances.py``; do not edit. Each run of widths starts at the character code
that is its key.
"""

from __future__ import annotations

'''


def widths_of(file: str) -> dict[int, list[int]]:
    """The widths of the characters in RANGES, in runs without gaps."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    face = TTFontFile(str(paths.resource("fonts", file)))
    runs: dict[int, list[int]] = {}
    start = 0
    for first, last in RANGES:
        start = 0
        for code in range(first, last + 1):
            if code not in face.charToGlyph:
                start = 0
                continue
            start = start or code
            runs.setdefault(start, []).append(round(face.charWidths[code]))
    return runs


def source() -> str:
    """The module as text."""
    parts = [HEAD]
    for name, file in (("REGULAR", "SourceSans3_400Regular.ttf"), ("BOLD", "SourceSans3_700Bold.ttf")):
        parts.append(f"{name}: dict[int, str] = {{\n")
        for start, widths in widths_of(file).items():
            lines = [" ".join(map(str, widths[place : place + 24])) for place in range(0, len(widths), 24)]
            if len(lines) == 1:
                parts.append(f'    0x{start:04X}: "{lines[0]}",\n')
                continue
            written = ' "\n        "'.join(lines)
            parts.append(f'    0x{start:04X}: (\n        "{written}"\n    ),\n')
        parts.append("}\n")
    return "".join(parts)


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
