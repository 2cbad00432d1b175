"""The design tokens as frozen values: colours of the light and the dark theme, sizes, icons. No Qt here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from s75desk.paths import resource

Mode = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one theme; everything but ``mode``, ``colour`` and ``contrast`` is common to both.

    Attributes:
        mode: Which theme the colours are of.
        colour: Colour by token name as "#RRGGBB".
        contrast: Every pair the window may use: foreground, background, ratio as designed, ratio required.
        family: The one type family, on screen and on paper.
        scale: Text sizes as multiples of the base size b; those of visit mode begin with "visit_".
        base_minimum: The least b in logical pixels.
        system_factor: What the system's interface font height is multiplied by to give b.
        size: Sizes of parts as multiples of b.
        radius: Corner radii in logical pixels at b = 14.
        line: Line widths in logical pixels.
        motion: Times in milliseconds, or seconds where the name says so.
        icons: SVG inner markup on a 20-unit grid by icon name.
        icon_stroke: Line width of icons in grid units.
        measure: The most characters a line of running text may have.
    """

    mode: Mode
    colour: Mapping[str, str]
    contrast: tuple[tuple[str, str, float, float], ...]
    family: str
    scale: Mapping[str, float]
    base_minimum: float
    system_factor: float
    size: Mapping[str, float]
    radius: Mapping[str, float]
    line: Mapping[str, float]
    motion: Mapping[str, float]
    icons: Mapping[str, str]
    icon_stroke: float
    measure: int


@cache
def load(mode: Mode) -> Tokens:
    """The tokens of one theme, read once from ``resources/look/tokens.json``."""
    told = _read()
    kind = told["type"]
    visit = {f"visit_{name}": value for name, value in kind["visit"].items()}
    motion = {name: value for name, value in told["motion"].items() if isinstance(value, int | float)}
    return Tokens(
        mode=mode,
        colour=MappingProxyType(told["colour"][mode]),
        contrast=tuple((fore, back, ratio, least) for fore, back, ratio, least in told["contrast"][mode]),
        family=kind["family"],
        scale=MappingProxyType(kind["scale"] | visit),
        base_minimum=kind["base_minimum"],
        system_factor=kind["system_factor"],
        size=MappingProxyType(told["size_in_b"]),
        radius=MappingProxyType(told["radius"]),
        line=MappingProxyType(told["line"]),
        motion=MappingProxyType(motion),
        icons=MappingProxyType(told["icons"]["paths"]),
        icon_stroke=told["icons"]["stroke"],
        measure=kind["measure_max_characters"],
    )


@cache
def _read() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(resource("look", "tokens.json").read_text(encoding="utf-8"))
    return told
