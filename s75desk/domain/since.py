"""What is new since the officer was last here: what time has brought, and what was changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from s75desk.domain.attention import HORIZON, Group, Item
from s75desk.domain.status import Shape


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new, with the one step it asks for.

    Attributes:
        shape: Status shape before it.
        title: What came or changed.
        text: More of it, in a phrase.
        step: A verb: "Chase", "See".
        item: What the step opens, where it is an item of the Overview.
        kind: Kind of the record that the step opens else.
        uid: That record; "" if it has no page.
        at: When it came; None where a day brought it.
    """

    shape: Shape
    title: str
    text: str
    step: str
    item: Item | None = None
    kind: str = ""
    uid: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """What is new, worst first.

    Attributes:
        at: When the officer was last here, UTC.
        brought: What time has brought: what now needs the officer and did not then.
        changed: What was written meanwhile by another hand or another way, the newest first.
        seen: Whether the officer has said that this was seen.
    """

    at: datetime
    brought: tuple[News, ...] = ()
    changed: tuple[News, ...] = ()
    seen: bool = False

    @property
    def news(self) -> tuple[News, ...]:
        """Everything, worst first."""
        return tuple(sorted((*self.brought, *self.changed), key=lambda each: each.shape.urgency))


def became_so(item: Item, today: date) -> date | None:
    """The day on which an item began to need the officer, as far as its date tells; None where it does not."""
    if item.date is None or item.group not in (Group.DATES, Group.ACTIONS, Group.LATE_VISITS, Group.RETURNS):
        return None
    if item.group is Group.DATES and item.date >= today:
        return item.date - timedelta(days=HORIZON)
    return item.date + timedelta(days=1)


def brought_by_time(items: Iterable[Item], last: date, today: date) -> tuple[News, ...]:
    """The items that have come to need the officer after the day they were last here, in the order of the items."""
    return tuple(
        News(item.shape, item.title, item.text, item.step, item)
        for item in items
        if (began := became_so(item, today)) is not None and last < began <= today
    )
