"""Since you were last here: what time has brought and what was changed meanwhile; never on the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from s75desk.domain.attention import HORIZON, Group, Item
from s75desk.domain.records import Action, Provider, Rating, Service
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.since import became_so
from s75desk.domain.status import Shape
from s75desk.models import settings
from s75desk.services.office import Office
from s75desk.services.since import SETTING
from s75desk.services.workplace import Workplace
from tests.unit.record_help import TODAY

FRIDAY = datetime(2026, 1, 30, 17, 12, tzinfo=UTC)
MONDAY = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


def at(office: Office, moment: datetime, who: str = "colleague", day: date = TODAY) -> Office:
    """The same desk in another hand, at a moment."""
    return Office(Workplace(office.place.desk, who, lambda: day, lambda: moment))


def left(office: Office, moment: datetime = FRIDAY) -> None:
    at(office, moment).since.leave()


def test_not_on_the_first_day(office: Office) -> None:
    office.records.create(Action(title="Late", due=date(2026, 1, 1)))
    overview = office.overview.read()
    assert overview.since is None
    assert "new" not in overview.heading


@pytest.mark.parametrize("damage", ["", "soon", "2026-01-30T17:12:00", "9999"])
def test_a_damaged_moment_is_a_first_day(office: Office, damage: str) -> None:
    with office.place.desk.writing() as connection:
        settings.put(connection, SETTING, damage)
    assert office.overview.read().since is None


def test_what_time_has_brought(office: Office) -> None:
    for title, due in (("old", 29), ("new", 30), ("newer", 31)):
        office.records.create(Action(title=title, due=date(2026, 1, due)))
    office.records.create(Action(title="to come", due=date(2026, 2, 3)))
    left(office)
    overview = at(office, MONDAY).overview.read()
    assert [news.title for news in overview.since.brought] == ["Overdue: new", "Overdue: newer"]
    assert all(news.item in overview.items for news in overview.since.brought)
    assert overview.heading == "Four things need you, two of them new"


def test_what_was_changed_meanwhile_by_another_hand(office: Office) -> None:
    before = at(office, FRIDAY - timedelta(hours=1))
    provider = before.records.create(Provider(name="Oak")).uid
    service = before.records.create(Service(provider=provider, name="Oak Lodge")).uid
    left(office)
    between = at(office, FRIDAY + timedelta(days=1))
    between.records.create(Provider(name="Elm"))
    between.records.create(Rating(service=service, scheme=RatingScheme.CQC_OVERALL, value=RatingValue.INADEQUATE,
                                  published=date(2026, 1, 31)))  # fmt: skip
    now = at(office, MONDAY, "officer")
    since = now.since.read()
    first, second = since.news
    assert (first.shape, first.kind, first.uid) == (Shape.ALERT, "provider", provider)
    assert (second.title, second.shape) == ("Added: Elm", Shape.INFO)
    assert second.text.startswith("colleague, 31 Jan 2026")
    later = at(office, MONDAY + timedelta(hours=1), "officer")
    now.records.create(Provider(name="Ash"))
    assert now.since.read().news == since.news, "what is done from now on is no news"
    assert "Added: Ash" in [news.title for news in later.since.read().news]


def test_seen_folds_and_a_later_opening_begins_from_there(office: Office) -> None:
    left(office)
    at(office, FRIDAY + timedelta(days=1)).records.create(Provider(name="Elm"))
    now = at(office, MONDAY)
    assert len(now.since.read().news) == 1
    now.since.seen()
    assert now.since.read().seen
    assert at(office, MONDAY + timedelta(minutes=5)).since.read().news == ()


def test_one_change_of_many_records_is_one_line(sample: Office) -> None:
    left(sample, datetime(2026, 1, 1, tzinfo=UTC))
    since = at(sample, MONDAY + timedelta(days=1)).since.read()
    titles = [news.title for news in since.changed]
    assert titles.count("Sample desk filled from five published reports") == 1


def test_while_another_day_is_looked_at_nothing_is_new(office: Office) -> None:
    left(office)
    office.place.looks_at(date(2025, 6, 1))
    assert office.since.read() is None


def item(group: Group, day: date | None) -> Item:
    return Item(group, Shape.ALERT, "", "", "", "", day, "", "action", "")


@pytest.mark.parametrize(
    ("group", "day", "began"),
    [
        (Group.ACTIONS, TODAY - timedelta(days=1), TODAY),
        (Group.RETURNS, date(2026, 1, 1), date(2026, 1, 2)),
        (Group.DATES, TODAY + timedelta(days=HORIZON), TODAY),
        (Group.DATES, TODAY - timedelta(days=3), TODAY - timedelta(days=2)),
        (Group.VISITS, TODAY, None),
        (Group.DOUBTS, None, None),
        (Group.KPIS, None, None),
    ],
)
def test_when_an_item_began_to_need_the_officer(group: Group, day: date | None, began: date | None) -> None:
    assert became_so(item(group, day), TODAY) == began


def test_the_first_step_is_the_first_rows_or_that_of_a_visit_today(sample: Office) -> None:
    overview = sample.overview.read()
    visit = next(each for each in overview.items if each.group is Group.VISITS and each.date == TODAY)
    assert overview.first_step == visit
    others = tuple(each for each in overview.items if each.group is not Group.VISITS)
    assert replace(overview, items=others).first_step == others[0]
    assert replace(overview, items=()).first_step is None
