"""Every combination of status fields and dates of every kind of record that has a status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from s75desk.domain.fields import FieldType
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Decision,
    Document,
    Extension,
    KpiReturn,
    Meeting,
    Membership,
    Milestone,
    Option,
    QuestionSet,
    Rating,
    Recommendation,
    Record,
    Risk,
    Service,
    Visit,
)
from s75desk.domain.statuses import STATUSES

TODAY = date(2026, 2, 2)
DAYS = (None, TODAY - timedelta(days=30), TODAY, TODAY + timedelta(days=30))
"""Not known, past, today, to come."""

DECIDING: dict[type[Record], tuple[str, ...]] = {
    Action: ("state", "due", "done", "verified"),
    Decision: ("outcome", "due", "taken"),
    Document: ("sha256",),
    Extension: ("state", "decided"),
    KpiReturn: ("due", "received"),
    Meeting: ("held", "outcome"),
    Membership: ("admitted", "left"),
    Milestone: ("progress", "due", "done"),
    Option: ("chosen",),
    QuestionSet: ("state", "since"),
    Rating: ("scheme", "value", "inherited"),
    Recommendation: ("progress", "due"),
    Risk: ("state", "likelihood", "impact"),
    Service: ("manager", "manager_since"),
    Visit: ("stage", "planned", "made"),
}
"""Per kind, the fields that decide where it stands."""

REST: dict[type[Record], dict[str, Any]] = {
    Action: {"title": "Act", "agreement": "a"},
    Decision: {"title": "Decide", "agreement": "a"},
    Document: {"title": "Paper", "agreement": "a"},
    Extension: {"agreement": "a", "number": 1, "length": Length(years=1)},
    KpiReturn: {"title": "Quarter 3", "agreement": "a"},
    Meeting: {"title": "Board", "agreement": "a"},
    Membership: {"provider": "p", "agreement": "a"},
    Milestone: {"title": "Step", "agreement": "a"},
    Option: {"title": "One", "agreement": "a"},
    QuestionSet: {"title": "Set", "version": "1"},
    Rating: {"service": "s", "published": TODAY},
    Recommendation: {"title": "Do it", "agreement": "a"},
    Risk: {"title": "Risk", "agreement": "a"},
    Service: {"provider": "p", "name": "Elm House"},
    Visit: {"service": "s"},
}


def _values(cls: type[Record], name: str) -> tuple[Any, ...]:
    field = cls.fields()[name]
    match field.type:
        case FieldType.DATE:
            return DAYS
        case FieldType.CHOICE:
            assert field.choices is not None
            return (None, *field.choices)
        case FieldType.YES_NO:
            return (None, True, False)
        case _:
            return (None, "something")


def every(cls: type[Record]) -> Iterator[Record]:
    """Every combination of a kind, each with a uid of its own."""
    names = DECIDING[cls]
    for number, values in enumerate(product(*(_values(cls, name) for name in names))):
        yield cls(uid=f"{cls.KIND}-{number}", **REST[cls], **dict(zip(names, values, strict=True)))


assert set(DECIDING) == set(STATUSES), "a kind with a status has to be tried in every combination"
