"""The order of what needs the officer, and the days ahead."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.attention import PLACE, WEEK, WHY, Appointment, Group, Item, agenda, in_order
from s75desk.domain.status import Shape

TODAY = date(2026, 2, 2)
DAYS = st.none() | st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=90))


def item(
    group: Group, title: str = "Title", day: date | None = None, *, pressing: bool = True, over: bool = False
) -> Item:
    return Item(
        group, Shape.WATCH, title, "text", "when", "", day, "Open", "agreement", "uid", pressing=pressing, over=over
    )


ITEMS = st.builds(item, st.sampled_from(Group), st.text(max_size=5), DAYS, pressing=st.booleans(), over=st.booleans())


@given(st.lists(ITEMS, max_size=25))
def test_the_order_of_attention(items: list[Item]) -> None:
    """Pressing before the rest, then by kind in the order that the window states, then by date, then by title."""
    ordered = in_order(items)
    assert sorted(map(repr, ordered)) == sorted(map(repr, items))
    for before, after in pairwise(ordered):
        assert before.pressing or not after.pressing
        if before.pressing is not after.pressing:
            continue
        assert PLACE[before.group] <= PLACE[after.group]
        assert before.group is not after.group or before.over <= after.over
        if before.group is after.group and before.over is after.over:
            assert (before.date or date.max) <= (after.date or date.max)
            if before.date == after.date:
                assert before.title.casefold() <= after.title.casefold()
    assert in_order(reversed(ordered)) == ordered or len(
        {(i.pressing, i.group, i.over, i.date, i.title) for i in items}
    ) < len(items)


def test_the_order_is_the_one_that_the_window_states() -> None:
    """Each kind of thing is named in the sentence "Why this order?" in its place."""
    assert set(PLACE) == set(Group)
    assert len(set(PLACE.values())) == len(Group)
    named = {
        Group.DATES: "Dates that cannot move",
        Group.VISITS: "visits booked within two working days",
        Group.ACTIONS: "actions overdue",
        Group.LATE_VISITS: "visits overdue by",
        Group.RETURNS: "returns that have not come",
        Group.DUE: "what falls due soon",
        Group.KPIS: "KPIs off target",
        Group.DOUBTS: "figures that contradict",
    }
    places = [WHY.index(named[group]) for group in sorted(PLACE, key=PLACE.__getitem__)]
    assert places == sorted(places)


def test_a_day_in_the_officers_life() -> None:
    items = [
        item(Group.DUE, "Due tomorrow", TODAY + timedelta(days=1)),
        item(Group.DUE, "Without a date", pressing=False),
        item(Group.VISITS, "Visit next week", TODAY + timedelta(days=9), pressing=False),
        item(Group.DOUBTS, "Of an agreement that ended", pressing=False, over=True),
        item(Group.DOUBTS, "Two clocks", pressing=False),
        item(Group.KPIS, "Activity"),
        item(Group.RETURNS, "Quarter 3", TODAY - timedelta(days=6)),
        item(Group.LATE_VISITS, "Never visited"),
        item(Group.LATE_VISITS, "Visit missed", TODAY - timedelta(days=9)),
        item(Group.ACTIONS, "A week late", TODAY - timedelta(days=7)),
        item(Group.ACTIONS, "A month late", TODAY - timedelta(days=30)),
        item(Group.VISITS, "Visit today", TODAY),
        item(Group.DATES, "Notice in March", TODAY + timedelta(days=57)),
        item(Group.DATES, "Decision in February", TODAY + timedelta(days=8)),
        item(Group.DATES, "Notice in a year", TODAY + timedelta(days=365), pressing=False),
    ]
    assert [each.title for each in in_order(items)] == [
        "Decision in February",
        "Notice in March",
        "Visit today",
        "A month late",
        "A week late",
        "Visit missed",
        "Never visited",
        "Quarter 3",
        "Due tomorrow",
        "Activity",
        "Notice in a year",
        "Visit next week",
        "Without a date",
        "Two clocks",
        "Of an agreement that ended",
    ]


APPOINTMENTS = st.builds(
    Appointment,
    st.dates(TODAY - timedelta(days=5), TODAY + timedelta(days=25)),
    st.sampled_from(["visit", "action"]),
    st.text(max_size=4),
    st.sampled_from(["", "09:30", "14:00", "due"]),
    st.just("visit"),
    st.just("uid"),
)


@given(st.lists(APPOINTMENTS, max_size=20), st.dates(TODAY, TODAY + timedelta(days=8)), st.integers(0, 20))
def test_the_agenda_holds_every_entry_of_its_days_once(entries: list[Appointment], first: date, count: int) -> None:
    days = agenda(entries, first, count)
    last, left = first, count
    while left:
        left -= last.weekday() < 5
        last += timedelta(days=1)
    assert [day.day for day in days] == sorted({day.day for day in days})
    assert all(first <= day.day < last for day in days)
    inside = [entry for entry in entries if first <= entry.day < last]
    assert sorted(map(repr, inside)) == sorted(repr(entry) for day in days for entry in day.entries)
    for day in days:
        assert day.entries or day.day.weekday() < 5, "a weekend day is there only for what falls on it"
        assert {entry.day for entry in day.entries} <= {day.day}
        remarks = [entry.remark or "~" for entry in day.entries]
        assert remarks == sorted(remarks), "by time, what has none last"
    assert sum(day.day.weekday() < 5 for day in days) == count


@pytest.mark.parametrize("first", [TODAY + timedelta(days=step) for step in range(7)])
def test_the_week_is_five_working_days_whatever_day_it_is(first: date) -> None:
    assert len(agenda([], first)) == WEEK == 5
