"""How wide a line of words is in Source Sans 3, for laying out charts where no font is at hand."""

from __future__ import annotations

from functools import cache

from s75desk.reporting import advances

_UNKNOWN = 600  # about as wide as a capital


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of ``text`` at ``size``, in the unit of ``size``. Kerning is left out, so it is a little too wide."""
    table = _widths(bold)
    return sum(table.get(ord(character), _UNKNOWN) for character in text) * size / 1000


@cache
def _widths(bold: bool) -> dict[int, int]:
    runs = advances.BOLD if bold else advances.REGULAR
    return {start + place: int(width) for start, widths in runs.items() for place, width in enumerate(widths.split())}
