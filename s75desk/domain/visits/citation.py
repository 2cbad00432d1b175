"""Where a question or a rule comes from, and whether anyone has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A law, a guideline or a published practice that a question or a rule leans on.

    Attributes:
        key: Short name by which the question set refers to it: "reg-12".
        text: What it is: "Regulation 12, safe care and treatment".
        seen: Where it was read; "" if it was not.
        confirmed: Whether it was found in a published source, rather than known in general.
    """

    key: str
    text: str
    seen: str = ""
    confirmed: bool = False

    @property
    def words(self) -> str:
        """The citation, saying so when nobody has confirmed it."""
        return self.text if self.confirmed else f"{self.text} (general knowledge, not confirmed)"
