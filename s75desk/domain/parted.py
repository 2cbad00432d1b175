"""A published total with its parts, as read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from s75desk.domain.records import Breakdown, Part


@dataclass(frozen=True, slots=True)
class PartedTotal:
    """A breakdown with its parts in order."""

    breakdown: Breakdown
    parts: tuple[Part, ...]
