"""Which backups stay: the rule's promises, for any times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from s75desk.models.rotation import DAYS, MONTHS, RECENT, WEEKS, to_keep

# Hypothesis wants its bounds without a zone.
MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
MANY = st.lists(MOMENTS, max_size=80)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_three_years_of_backups_twice_a_day() -> None:
    now = day("2026-03-31 17:00")  # A Tuesday.
    times = [now - timedelta(hours=12 * step) for step in range(3 * 730)]
    kept = sorted(to_keep(times, now), reverse=True)
    assert kept[0] == now
    days = [time.date().isoformat() for time in kept]
    assert days[:15] == [f"2026-03-{number}" for number in (31, 31, *range(30, 17, -1))]
    # Sundays stand for their weeks, last days for their months.
    assert days[15:22] == [
        "2026-03-15",
        "2026-03-08",
        "2026-03-01",
        "2026-02-28",
        "2026-02-22",
        "2026-02-15",
        "2026-01-31",
    ]
    assert days[-1] == "2024-04-30"
    assert len(kept) == 15 + 7 + 21


def test_nothing_is_kept_of_nothing() -> None:
    assert to_keep([], day("2026-03-31")) == set()


def test_neither_an_absence_nor_a_clock_years_ahead_costs_the_backups_of_before() -> None:
    times = [day("2026-03-31 17:00") - timedelta(days=step) for step in range(14)]
    before = to_keep(times, times[0])
    assert before == set(times)
    for wrong in (day("2026-12-01 09:00"), day("2036-03-31 17:00")):
        after = to_keep([*times, wrong], wrong)
        assert after == before - {times[-1]} | {wrong}, "a day more, and the oldest day goes"
        assert to_keep(after, day("2026-04-01")) == after, "and nothing when the clock is right again"


@given(MANY, MOMENTS)
def test_thinning_twice_leaves_the_same_as_thinning_once(times: list[datetime], now: datetime) -> None:
    kept = to_keep(times, now)
    assert to_keep(kept, now) == kept


def test_the_day_turns_at_midnight_utc_whatever_the_offset() -> None:
    summer = timezone(timedelta(hours=1))
    late = datetime(2026, 6, 2, 0, 30, tzinfo=summer)  # Still 1 June in UTC.
    early = day("2026-06-01 09:00")
    assert to_keep([early, late], day("2026-06-05")) == {late}


@given(MANY, MOMENTS)
def test_it_keeps_a_part_and_always_the_newest(times: list[datetime], now: datetime) -> None:
    kept = to_keep(times, now)
    assert kept <= set(times)
    if times:
        assert max(times) in kept


@given(MANY, MOMENTS)
def test_nothing_of_the_last_day_or_of_the_future_goes(times: list[datetime], now: datetime) -> None:
    assert {time for time in times if time > now - RECENT} <= to_keep(times, now)


@given(MANY, MOMENTS)
def test_it_keeps_no_more_than_its_periods(times: list[datetime], now: datetime) -> None:
    old = [time for time in to_keep(times, now) if time <= now - RECENT]
    assert len(old) <= DAYS + WEEKS + MONTHS + 1


@given(MANY, MOMENTS)
def test_every_recent_period_that_had_a_backup_keeps_one(times: list[datetime], now: datetime) -> None:
    kept = to_keep(times, now)
    for time in times:
        age = (now.date() - time.date()).days
        if 0 <= age < DAYS:
            assert any(other.date() == time.date() for other in kept)
        if 0 <= age < 7 * (WEEKS - 1):
            assert any(other.isocalendar()[:2] == time.isocalendar()[:2] for other in kept)
        if 0 <= age < 30 * (MONTHS - 1):
            assert any((other.year, other.month) == (time.year, time.month) for other in kept)


@given(MANY, st.lists(MOMENTS, min_size=2, max_size=6))
def test_thinning_often_leaves_the_same_as_thinning_once(times: list[datetime], moments: list[datetime]) -> None:
    *between, last = sorted(moments)
    left: set[datetime] = set()
    for now in between:
        left = to_keep(left | {time for time in times if time <= now}, now)
    done = max(between)
    often = to_keep(left | {time for time in times if done < time <= last}, last)
    assert often == to_keep([time for time in times if time <= last], last)
