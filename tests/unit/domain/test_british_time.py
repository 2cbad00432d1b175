"""British time without the machine's zone: the last Sundays of March and October, at one in the morning Greenwich."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from s75desk.domain.british_time import british, signed_words


@pytest.mark.parametrize(
    ("moment", "wall"),
    [
        (datetime(2026, 2, 3, 10, 42, tzinfo=UTC), "2026-02-03T10:42:00+00:00"),
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), "2026-03-29T00:59:59+00:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "2026-03-29T02:00:00+01:00"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2026-07-02T00:30:00+01:00"),
        (datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), "2026-10-25T01:59:59+01:00"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "2026-10-25T01:00:00+00:00"),
        (datetime(2024, 3, 31, 1, 0, tzinfo=UTC), "2024-03-31T02:00:00+01:00"),  # the month's last day is a Sunday
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2027-10-31T01:30:00+01:00"),
    ],
)
def test_a_moment_is_told_as_it_stood_on_the_wall(moment: datetime, wall: str) -> None:
    assert british(moment).isoformat() == wall


def test_any_zone_and_none_come_to_the_same() -> None:
    there = datetime(2026, 7, 1, 18, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert british(there).isoformat() == "2026-07-01T13:30:00+01:00"
    assert british(datetime(2026, 7, 1, 12, 30)).isoformat() == "2026-07-01T13:30:00+01:00"  # noqa: DTZ001 - as UTC


def test_when_something_was_signed_in_words() -> None:
    assert signed_words(datetime(2026, 6, 3, 9, 5, tzinfo=UTC)) == "3 June 2026, 10:05"
