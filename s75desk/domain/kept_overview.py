"""The Overview as it was last worked out, small enough to be shown while the desk is still being opened."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from s75desk.domain.status import Shape

MOST_ROWS = 30
"""More rows than the tallest screen shows."""


@dataclass(frozen=True, slots=True)
class KeptCount:
    """A count as it stood: its number and name in words, the base it was made on, its status shape."""

    number: str
    name: str
    why: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A line of what needed attention, in words, with its status shape."""

    title: str
    text: str
    when: str
    day: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class KeptOverview:
    """What the Overview said, and when.

    Attributes:
        at: The moment it was worked out, with its zone.
        heading: "Fourteen things need you".
        lead: The sentence under it.
        counts: The tiles in their order.
        rows: What needed attention, the first ``MOST_ROWS`` in order.
    """

    at: datetime
    heading: str
    lead: str
    counts: tuple[KeptCount, ...] = ()
    rows: tuple[KeptRow, ...] = ()

    def to_text(self) -> str:
        """As JSON, for the desk's settings."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> KeptOverview | None:
    """Read what ``KeptOverview.to_text`` wrote; None for anything else, as from a newer version or a damaged desk."""
    try:
        found = json.loads(text)
        return KeptOverview(
            datetime.fromisoformat(found["at"]),
            str(found["heading"]),
            str(found["lead"]),
            tuple(KeptCount(**_words(one)) for one in found["counts"]),
            tuple(KeptRow(**_words(one)) for one in found["rows"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _plain(value: object) -> str:
    return value.name if isinstance(value, Shape) else str(value)


def _words(found: dict[str, str]) -> dict[str, Any]:
    return {name: Shape[value] if name == "shape" else str(value) for name, value in found.items()}
