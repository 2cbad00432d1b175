"""The colours of paper: the light tokens of the house, by name, as "#rrggbb"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from s75desk import paths


@cache
def light() -> Mapping[str, str]:
    """Every light colour of ``resources/look/tokens.json``."""
    tokens = json.loads(paths.resource("look", "tokens.json").read_text(encoding="utf-8"))
    return MappingProxyType(tokens["colour"]["light"])


def blend(over: str, under: str, share: float) -> str:
    """The colour that ``share`` (0 to 1) of token ``over`` makes on token ``under``.

    Paper gets it as a solid colour: nothing in our PDFs is transparent.
    """
    colours = light()
    mixed = (
        round(share * upper + (1 - share) * lower)
        for upper, lower in zip(_channels(colours[over]), _channels(colours[under]), strict=True)
    )
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours "#rrggbb" as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
