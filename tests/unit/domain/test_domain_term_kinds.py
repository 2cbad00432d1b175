"""Terms that do not simply end: rolling, with breaks, by waiver, agreed late, lapsed, or begun without being agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.lengths import Length
from s75desk.domain.notice import end_by_notice, expiry_days
from s75desk.domain.records import Agreement, BreakClause, Extension
from s75desk.domain.records.agreement import BreakState, ExtensionState, Stage
from s75desk.domain.status import Shape
from s75desk.domain.term import Ask, term_of
from s75desk.domain.working import Known
from s75desk.domain.working_days import HolidayCalendar

TODAY = date(2026, 2, 2)
ROLLING = Agreement(title="Advice", starts=date(2020, 4, 1), rolling=True, notice=Length(months=3))
FIXED = Agreement(title="OT", starts=date(2024, 4, 1), first_term=Length(years=3), notice=Length(months=12))
CALENDAR = HolidayCalendar(
    {date(2027, 3, 26): "Good Friday", date(2027, 3, 29): "Easter Monday"}, frozenset(), 2020, 2035, 2035, "test"
)


# --- rolling ------------------------------------------------------------------------------------------------------


def test_a_rolling_agreement_has_no_end_and_that_is_no_gap() -> None:
    term = term_of(ROLLING, (), TODAY)
    assert (term.ends, term.last_end, term.next_date, term.ask) == (None, None, None, Ask.NOTHING)
    assert (term.ends_figure.known, term.ends_figure.text) == (
        Known.NOT_APPLICABLE,
        "No end: runs on until ended",
    )
    assert (term.status.shape, term.status.word, term.year_now) == (Shape.GOOD, "Live", 6)
    assert "2 May 2026" in term.status.sentence
    assert term.rolling


def test_notice_given_ends_a_rolling_agreement_and_not_before_it_was_given() -> None:
    given_in_january = replace(ROLLING, notice_given=date(2026, 1, 15))
    term = term_of(given_in_january, (), TODAY)
    assert (term.ends, term.status.shape, term.rolling) == (date(2026, 4, 15), Shape.GOOD, False)
    assert term_of(given_in_january, (), date(2026, 1, 14)).ends is None
    assert term_of(given_in_january, (), date(2026, 4, 16)).status.word == "Ended"


@pytest.mark.parametrize(
    ("expires", "given", "ends"),
    [
        ("31 March", date(2026, 2, 2), date(2027, 3, 31)),
        ("31 March", date(2025, 12, 31), date(2026, 3, 31)),
        ("31 March", date(2026, 1, 1), date(2027, 3, 31)),
        ("30 June or 31 December", date(2026, 2, 2), date(2026, 6, 30)),
        ("the last day of a month", date(2026, 2, 2), date(2026, 5, 31)),
        (None, date(2026, 2, 2), date(2026, 5, 2)),
    ],
)
def test_notice_may_expire_only_on_a_day(expires: str | None, given: date, ends: date) -> None:
    assert end_by_notice(replace(ROLLING, notice_expires=expires), given) == ends


def test_a_first_term_is_not_cut_short_by_notice() -> None:
    young = replace(ROLLING, starts=date(2026, 1, 1), first_term=Length(years=1))
    assert end_by_notice(young, TODAY) == date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["31 March", "31st March", "March 31", "on the 31st of March", "31 mar"])
def test_a_day_of_the_year_as_people_write_it(typed: str) -> None:
    assert expiry_days(typed) == ((3, 31),)


@pytest.mark.parametrize("typed", ["31 June", "sometime", "3", "31 ma", "0 March"])
def test_a_day_that_cannot_be_read_is_doubted_and_forbids_nothing(typed: str) -> None:
    assert expiry_days(typed) is None
    term = term_of(replace(FIXED, notice_expires=typed), (), TODAY)
    assert [finding.field for finding in term.findings] == ["notice_expires"]
    assert term.ends == date(2027, 3, 31)


def test_a_fixed_end_on_which_notice_cannot_expire_is_a_doubt() -> None:
    assert [each.field for each in term_of(replace(FIXED, notice_expires="30 June"), (), TODAY).findings] == [
        "notice_expires"
    ]
    assert not term_of(replace(FIXED, notice_expires="31 March"), (), TODAY).findings


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400), st.sampled_from([None, "31 March", "29 Feb"]))
def test_the_earliest_end_is_the_first_day_that_a_slow_search_finds(
    given_on: date, days: int, only: str | None
) -> None:
    agreement = replace(ROLLING, notice=Length(days=days), notice_expires=only)
    day = given_on + timedelta(days=days)
    allowed = {"31 March": {(3, 31)}, "29 Feb": {(2, 28), (2, 29)}}
    while only and (
        (day.month, day.day) not in allowed[only] or (only == "29 Feb" and (day + timedelta(days=1)).day != 1)
    ):
        day += timedelta(days=1)
    assert end_by_notice(agreement, given_on) == day


# --- breaks -------------------------------------------------------------------------------------------------------

BREAK = BreakClause(agreement="a", after=Length(years=5), notice=Length(months=6))
LONG = replace(FIXED, starts=date(2022, 4, 1), first_term=Length(years=7))


def test_a_break_has_its_day_its_notice_and_is_asked_before_it_passes() -> None:
    term = term_of(LONG, (), TODAY, breaks=(BREAK,))
    assert [(each.ends, each.notice_by, each.state) for each in term.breaks] == [
        (date(2027, 3, 31), date(2026, 9, 30), BreakState.OPEN)
    ]
    assert (term.ends, term.next_date, term.ask) == (date(2029, 3, 31), date(2026, 9, 30), Ask.BREAK)
    assert term_of(LONG, (), date(2026, 6, 1), breaks=(BREAK,)).status.shape is Shape.WATCH
    assert term_of(LONG, (), date(2026, 10, 1), breaks=(BREAK,)).ask is not Ask.BREAK


def test_a_break_that_is_used_moves_the_end_from_the_day_of_the_decision() -> None:
    used = replace(BREAK, state=BreakState.USED, decided=date(2026, 6, 1))
    assert term_of(LONG, (), date(2026, 6, 1), breaks=(used,)).ends == date(2027, 3, 31)
    assert term_of(LONG, (), date(2026, 5, 31), breaks=(used,)).ends == date(2029, 3, 31)
    left = replace(used, state=BreakState.NOT_USED)
    assert term_of(LONG, (), date(2026, 6, 1), breaks=(left,)).next_date == date(2028, 3, 31)


# --- ranges, working days, waivers --------------------------------------------------------------------------------


def test_a_range_has_a_first_and_a_last_end_and_no_one_end() -> None:
    term = term_of(replace(FIXED, first_term=Length(years=3, most=Length(years=5))), (), TODAY)
    assert (term.ends, term.last_end, term.latest) == (None, date(2029, 3, 31), date(2029, 3, 31))
    assert (term.ends_figure.known, term.ends_figure.value) == (Known.NOT_KNOWN, None)
    assert term.status.shape is Shape.UNKNOWN
    over = term_of(replace(FIXED, first_term=Length(years=3, most=Length(years=5))), (), date(2029, 4, 1))
    assert over.status.word == "Ended"


def test_a_last_notice_day_that_is_no_working_day_gives_the_working_day_before() -> None:
    easter = replace(FIXED, stated_end=date(2027, 4, 29), first_term=None, notice=Length(months=1))
    term = term_of(easter, (), date(2027, 3, 1), calendar=CALENDAR)
    assert (term.notice_by, term.notice_working) == (date(2027, 3, 29), date(2027, 3, 25))
    assert "Thursday 25 March 2027" in term.status.sentence
    assert term_of(FIXED, (), TODAY, calendar=CALENDAR).notice_working == date(2026, 3, 31)


def test_an_extension_by_waiver_runs_past_the_cap_and_is_doubted() -> None:
    capped = replace(FIXED, ends_at_latest=date(2027, 12, 31))
    more = Extension(number=1, length=Length(years=1), state=ExtensionState.EXERCISED, decided=date(2026, 1, 5))
    assert term_of(capped, (more,), TODAY).ends == date(2027, 12, 31)
    waived = term_of(capped, (replace(more, waiver=True),), TODAY)
    assert (waived.ends, [each.field for each in waived.findings]) == (date(2028, 3, 31), ["ends_at_latest"])
    assert waived.spans[-1].certain


# --- agreed late, lapsed, begun without being agreed ---------------------------------------------------------------


def test_agreed_after_it_began_is_a_doubt_from_that_day() -> None:
    late = replace(FIXED, agreed_on=date(2024, 5, 5))
    assert [each.field for each in term_of(late, (), TODAY).findings] == ["agreed_on"]
    assert not term_of(late, (), date(2024, 5, 4)).findings
    assert not term_of(replace(late, agreed_on=date(2024, 4, 1)), (), TODAY).findings


def test_ended_while_money_or_figures_go_on_needs_attention_until_someone_says_so() -> None:
    after = date(2027, 6, 1)
    assert term_of(FIXED, (), after).status.shape is Shape.DONE
    lapsed = term_of(FIXED, (), after, active=date(2027, 5, 31))
    assert (lapsed.status.shape, lapsed.ask) == (Shape.WATCH, Ask.LAPSED)
    assert term_of(replace(FIXED, stage=Stage.ENDED), (), after, active=after).ask is Ask.NOTHING
    assert term_of(FIXED, (), date(2027, 3, 31), active=date(2027, 3, 31)).ask is not Ask.LAPSED


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PROPOSED])
def test_begun_without_being_agreed_needs_attention_from_its_first_day(stage: Stage) -> None:
    proposed = replace(FIXED, stage=stage)
    term = term_of(proposed, (), date(2024, 4, 1))
    assert (term.status.shape, term.ask) == (Shape.WATCH, Ask.NOT_AGREED)
    before = term_of(proposed, (), date(2024, 3, 31))
    assert (before.status.shape, before.ask) == (Shape.PLAN, Ask.NOTHING)
    assert term_of(replace(proposed, stage=Stage.NOT_MADE), (), TODAY).ask is Ask.NOTHING


def test_what_is_let_end_is_not_asked_again() -> None:
    term = term_of(replace(FIXED, let_end=date(2027, 3, 31)), (), date(2027, 3, 1))
    assert (term.status.shape, term.ask) == (Shape.GOOD, Ask.NOTHING)
    assert term_of(replace(FIXED, let_end=date(2026, 3, 31)), (), date(2027, 3, 1)).ask is Ask.ENDING
