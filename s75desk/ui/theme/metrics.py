"""Sizes in logical pixels from the base size b, so that larger system text enlarges everything together."""

from __future__ import annotations

from dataclasses import dataclass

from s75desk.ui.theme.tokens import Tokens

_DESIGNED_AT = 14.0


@dataclass(frozen=True, slots=True)
class Metrics:
    """Every length the window uses. Lengths are whole logical pixels unless a method says otherwise.

    Attributes:
        b: The base text size in logical pixels.
        tokens: Where the multiples come from.
    """

    b: float
    tokens: Tokens

    @staticmethod
    def for_font_height(height: float, tokens: Tokens, *, text_scale: float = 1.0) -> Metrics:
        """Sizes for a system interface font ``height`` logical pixels high, times the officer's own ``text_scale``."""
        return Metrics(max(tokens.base_minimum, height * tokens.system_factor) * text_scale, tokens)

    def px(self, multiple: float) -> int:
        """``multiple`` times b."""
        return round(self.b * multiple)

    def space(self, at_14: float) -> int:
        """A space given in logical pixels at b = 14: 2, 4, 8, 12, 16, 24 or 32."""
        return round(at_14 * self.b / _DESIGNED_AT)

    def text(self, size: str) -> int:
        """Height of the font of a named text size: "caption", "body", "title", "visit_question"."""
        return max(1, self.px(self.tokens.scale[size]))

    def size(self, part: str) -> int:
        """A named size: "row", "control", "icon", "top_bar", "working_width"."""
        return self.px(self.tokens.size[part])

    def radius(self, part: str) -> float:
        """Corner radius of "chip", "control", "panel" or "floating"."""
        return self.tokens.radius[part] * self.b / _DESIGNED_AT

    @property
    def factor(self) -> float:
        """How much larger than designed at b = 14 everything is."""
        return self.b / _DESIGNED_AT
