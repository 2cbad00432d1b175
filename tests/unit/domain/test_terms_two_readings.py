"""Terms that facts of two kinds speak of: notice in a fixed term, ranges, deeds that move an end, and what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.dated import differences
from s75desk.domain.lengths import Length
from s75desk.domain.notice import end_by_notice, expiry_days
from s75desk.domain.records import Agreement, BreakClause, Extension
from s75desk.domain.records.agreement import BreakState, ExtensionState, Stage
from s75desk.domain.records.dated import DatedValue
from s75desk.domain.term import Ask, term_of
from s75desk.domain.term_history import Notice, TermHistory, last_notice_for, term_history
from s75desk.domain.term_status import By

TODAY = date(2026, 11, 30)
FIXED = Agreement(uid="a", title="A", starts=date(2024, 4, 1), first_term=Length(years=5), notice=Length(months=3))
THREE = replace(FIXED, first_term=Length(years=3))


# --- notice given within a fixed term -------------------------------------------------------------------------------


def test_notice_within_a_fixed_term_is_asked_about_and_neither_end_is_chosen() -> None:
    term = term_of(replace(FIXED, notice_given=date(2026, 11, 1)), (), TODAY)
    assert (term.ends, term.earliest, term.latest) == (None, date(2027, 2, 1), date(2029, 3, 31))
    assert (term.status.word, term.ended_by) == ("Notice given", By.NOTICE)
    (doubt,) = term.findings
    assert doubt.field == "notice_ends"
    assert [fix.text for fix in doubt.fixes] == ["1 February 2027", "31 March 2029"]


def test_the_day_that_notice_was_given_for_is_the_end_from_the_day_it_was_given() -> None:
    given = replace(FIXED, notice_given=date(2026, 11, 1), notice_ends=date(2027, 2, 1))
    term = term_of(given, (Extension(number=1, length=Length(years=1)),), TODAY)
    assert (term.ends, term.ended_by, term.ask, term.findings) == (date(2027, 2, 1), By.NOTICE, Ask.NOTHING, ())
    assert "by notice given on 1 November 2026" in term.status.sentence
    assert term_of(given, (), date(2026, 10, 31)).ends == date(2029, 3, 31)
    assert term_of(given, (), date(2027, 2, 2)).over


@pytest.mark.parametrize(
    ("ends", "said"),
    [(date(2027, 1, 15), "runs out on 1 February 2027"), (date(2030, 1, 1), "after its term ends on 31 March 2029")],
)
def test_a_day_that_notice_cannot_have_been_given_for_is_a_doubt(ends: date, said: str) -> None:
    term = term_of(replace(FIXED, notice_given=date(2026, 11, 1), notice_ends=ends), (), TODAY)
    assert [said in each.text for each in term.findings] == [True]


@pytest.mark.parametrize(
    "agreement",
    [
        replace(THREE, notice=Length(months=6), notice_given=date(2026, 10, 15)),
        replace(THREE, notice=None, notice_given=date(2026, 10, 15)),
        replace(THREE, rolling=True, first_term=None, notice=None, notice_given=date(2026, 10, 15)),
    ],
)
def test_notice_that_gives_no_end_is_never_silent(agreement: Agreement) -> None:
    assert [each.field for each in term_of(agreement, (), TODAY).findings] == ["notice_ends"]


def test_notice_that_runs_out_at_the_end_of_the_term_settles_it() -> None:
    term = term_of(replace(THREE, notice_given=date(2026, 12, 31)), (), date(2027, 1, 5))
    assert (term.ends, term.ended_by, term.ask) == (date(2027, 3, 31), By.NOTICE, Ask.NOTHING)


# --- a notice period that changes -----------------------------------------------------------------------------------


def test_the_last_day_is_by_the_notice_that_holds_on_that_day() -> None:
    shorter = [Notice(Length(months=9), None, date(2027, 3, 31)), Notice(Length(months=6), date(2027, 4, 1))]
    assert last_notice_for(date(2028, 3, 31), shorter) == date(2027, 9, 30)
    assert last_notice_for(date(2027, 3, 31), shorter) == date(2026, 6, 30)
    longer = [Notice(Length(months=6), None, date(2026, 3, 31)), Notice(Length(months=12), date(2026, 4, 1))]
    assert last_notice_for(date(2027, 3, 31), longer) == date(2026, 3, 31)


def test_every_span_has_the_notice_of_its_own_day() -> None:
    held = [DatedValue(record="a", field="notice", value="6 months", since=date(2027, 4, 1), known=TODAY)]
    stored = replace(THREE, notice=Length(months=9))
    history = term_history(stored, held, TODAY)
    term = term_of(stored, (Extension(number=1, length=Length(years=1)),), TODAY, history=history)
    assert [span.notice_by for span in term.spans] == [date(2026, 6, 30), date(2027, 9, 30)]
    later = term_of(replace(stored, notice=Length(months=6)), (), date(2027, 5, 1), history=history)
    assert later.notice_by == date(2026, 6, 30)


# --- an end or a length that a deed gives ---------------------------------------------------------------------------


def test_a_day_to_come_says_from_when_its_value_holds_and_what_brings_it() -> None:
    coming = DatedValue(
        record="a", field="notice", value="6 months", since=date(2027, 4, 1), known=TODAY, reason="Deed 2"
    )
    (found,) = differences(FIXED, date(2027, 5, 1), TODAY, [coming])
    assert (found.then, found.now, found.since, found.by) == (
        Length(months=6), Length(months=3), date(2027, 4, 1), "Deed 2",
    )  # fmt: skip


def deed(field: str, value: str, since: date) -> DatedValue:
    return DatedValue(record="a", field=field, value=value, since=since, known=since)


def test_an_end_given_later_counts_and_not_the_length_before_it() -> None:
    history = term_history(THREE, [deed("stated_end", "2026-12-31", date(2026, 4, 1))], TODAY)
    held = replace(THREE, stated_end=date(2026, 12, 31))
    term = term_of(held, (), TODAY, history=history)
    assert (term.ends, term.length, term.findings) == (date(2026, 12, 31), None, ())


def test_a_length_given_later_counts_and_not_the_end_before_it() -> None:
    first = replace(THREE, stated_end=date(2027, 3, 31))
    history = term_history(first, [deed("first_term", "4 years", date(2026, 4, 1))], TODAY)
    term = term_of(replace(first, first_term=Length(years=4)), (), TODAY, history=history)
    assert (term.ends, term.findings) == (date(2028, 3, 31), ())
    assert term_history(first, [], TODAY) == TermHistory()


# --- ranges ---------------------------------------------------------------------------------------------------------

UP_TO_TWO = Extension(uid="e", number=1, length=Length(most=Length(years=2)))


def test_an_option_of_up_to_two_years_runs_from_the_day_after_to_its_last_day() -> None:
    (_, option) = term_of(THREE, (UP_TO_TWO,), TODAY).spans
    assert (option.starts, option.last, option.until) == (
        date(2027, 4, 1), date(2029, 3, 31), "31 March 2029 at the latest",
    )  # fmt: skip
    taken = replace(UP_TO_TWO, state=ExtensionState.EXERCISED, decided=date(2026, 9, 1))
    term = term_of(THREE, (taken,), TODAY)
    assert (term.ends, term.earliest, term.latest) == (None, None, date(2029, 3, 31))
    assert term.ends_figure.text == "By 31 Mar 2029"
    assert ["for how long is not recorded" in each.text for each in term.findings] == [True]


def test_a_first_term_of_up_to_five_years_has_its_latest_end() -> None:
    term = term_of(replace(THREE, first_term=Length(most=Length(years=5))), (), TODAY)
    assert (term.ends, term.latest, term.last_end) == (None, date(2029, 3, 31), date(2029, 3, 31))
    assert term_of(replace(THREE, first_term=Length(most=Length(years=1))), (), TODAY).over


def test_an_extension_that_was_exercised_on_no_day_is_a_doubt() -> None:
    taken = Extension(number=1, length=Length(years=1), state=ExtensionState.EXERCISED)
    assert ["not recorded" in each.text for each in term_of(THREE, (taken,), TODAY).findings] == [True]


# --- what is over ---------------------------------------------------------------------------------------------------


def test_ended_early_never_ends_on_the_day_of_its_full_term() -> None:
    early = replace(THREE, stage=Stage.ENDED_EARLY)
    term = term_of(early, (), TODAY)
    assert (term.ends, term.would_end, term.over) == (None, date(2027, 3, 31), True)
    assert [each.field for each in term.findings] == ["ended_on"]
    assert "ends on" not in term.ending
    for known in (replace(early, ended_on=date(2025, 9, 30)), replace(early, stated_end=date(2025, 9, 30))):
        term = term_of(known, (), TODAY)
        assert (term.ends, term.findings, term.over) == (date(2025, 9, 30), (), True)
        assert term.status.sentence.startswith("Ended on 30 September 2025")


def test_ended_whose_term_runs_on_says_so_and_has_no_day_to_come() -> None:
    term = term_of(replace(THREE, stage=Stage.ENDED), (), TODAY)
    assert (term.ends, term.over, [each.field for each in term.findings]) == (None, True, ["ended_on"])
    after = term_of(replace(THREE, stage=Stage.ENDED), (), date(2027, 4, 1))
    assert (after.ends, after.findings) == (date(2027, 3, 31), ())


def test_a_day_on_which_it_ended_ends_it_whatever_its_stage() -> None:
    term = term_of(replace(THREE, ended_on=date(2025, 9, 30)), (), TODAY)
    assert (term.status.word, term.over, term.ask) == ("Ended early", True, Ask.NOTHING)


# --- breaks, notice that does not fit, days that cannot be read ------------------------------------------------------


def test_a_break_that_can_no_longer_be_used_or_never_could_is_a_doubt() -> None:
    ten = replace(FIXED, first_term=Length(years=10), notice=Length(months=6))
    gone = term_of(ten, (), TODAY, breaks=(BreakClause(on=date(2027, 3, 31)),))
    assert ["notice was due by 30 September 2026" in each.text for each in gone.findings] == [True]
    assert not term_of(ten, (), date(2026, 9, 30), breaks=(BreakClause(on=date(2027, 3, 31)),)).findings
    passed = BreakClause(on=date(2027, 3, 31), state=BreakState.NOT_USED)
    assert not term_of(ten, (), TODAY, breaks=(passed,)).findings
    beyond = term_of(THREE, (), TODAY, breaks=(BreakClause(after=Length(years=5)),))
    assert ["lies after the last day of the term" in each.text for each in beyond.findings] == [True]


def test_notice_longer_than_the_term_and_an_end_of_a_rolling_one_are_doubts() -> None:
    short = replace(FIXED, starts=date(2026, 10, 1), first_term=Length(months=6), notice=Length(months=12))
    assert [each.field for each in term_of(short, (), TODAY).findings] == ["notice"]
    rolling = replace(FIXED, rolling=True, first_term=None, stated_end=date(2027, 3, 31))
    assert [each.field for each in term_of(rolling, (), TODAY).findings] == ["stated_end"]


def test_quarter_days_are_read_and_what_cannot_be_read_gives_no_end() -> None:
    assert expiry_days("a quarter day") == expiry_days("25 March, 24 June, 29 September or 25 December")
    rolling = replace(FIXED, rolling=True, first_term=None, notice_expires="when convenient")
    assert end_by_notice(rolling, TODAY) is None


def test_a_last_notice_day_presses_within_the_days_of_the_overview() -> None:
    option = Extension(number=2, length=Length(years=1))
    year = replace(FIXED, first_term=Length(years=4), notice=Length(months=12))
    far, near = (term_of(year, (option,), on) for on in (TODAY, date(2027, 1, 1)))
    assert (far.presses, far.status.word) == (False, "Live")
    assert (near.presses, near.status.word) == (True, "Notice by 31 March 2027")
