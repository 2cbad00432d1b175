"""The term engine against the check figures of R1 and R0, and against its own rule on any dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.attention import HORIZON
from s75desk.domain.lengths import Length
from s75desk.domain.months import add_months, is_month_end, last_notice_day, term_end, whole_months
from s75desk.domain.records import Agreement, Extension
from s75desk.domain.records.agreement import ExtensionState, Stage
from s75desk.domain.status import Shape
from s75desk.domain.term import DECIDE_WITHIN_DAYS, term_of

TODAY = date(2026, 2, 2)
R1 = Agreement(
    uid="r1",
    title="Occupational therapy, Section 75",
    starts=date(2024, 4, 1),
    first_term=Length(years=3),
    notice=Length(months=12),
    source="Report of 7 Mar 2024",
    paragraph="rec. b",
)
ONE = Extension(uid="e1", agreement="r1", number=1, length=Length(years=1))
TWO = Extension(uid="e2", agreement="r1", number=2, length=Length(years=1))
EXERCISED = ExtensionState.EXERCISED
R0 = Agreement(uid="r0", title="Community OT, pooled fund", stated_end=date(2017, 3, 31), notice=Length(months=6))
R0_EXTENSION = Extension(
    uid="x", agreement="r0", number=1, length=Length(years=1), state=EXERCISED, decided=date(2017, 4, 10)
)

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
lengths = st.integers(min_value=1, max_value=240)


def test_r1_ends_and_last_notice_days():
    term = term_of(R1, (TWO, ONE), TODAY)
    assert [span.ends for span in term.spans] == [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]
    assert [span.notice_by for span in term.spans] == [date(2026, 3, 31), date(2027, 3, 31), date(2028, 3, 31)]
    assert [span.label for span in term.spans] == [
        "First term, 3 years",
        "Extension 1: undecided",
        "Extension 2: undecided",
    ]
    assert (term.ends, term.last_end, term.notice_by) == (date(2027, 3, 31), date(2029, 3, 31), date(2026, 3, 31))
    assert term.summary == "3 + 1 + 1 years, 12 months’ notice"
    assert (term.year_now, term.years) == (2, 5)
    assert (term.ends_figure.text, term.notice_figure.text) == ("31 Mar 2027", "31 Mar 2026")
    assert term.findings == ()


def test_r1_status_on_the_day_of_the_pictures():
    term = term_of(R1, (ONE, TWO), TODAY)
    assert (term.status.shape, term.status.word) == (Shape.WATCH, "Notice by 31 March 2026")
    expected = "Live, year 2 of 5. To end it on 31 March 2027, give notice in the next 57 days."
    assert term.status.sentence == expected
    assert (term.next_date, term.next_what) == (date(2026, 3, 31), "Notice by 31 March 2026")


def test_exercising_the_first_extension_moves_the_notice_day():
    term = term_of(R1, (replace(ONE, state=EXERCISED, decided=date(2026, 1, 15)), TWO), TODAY)
    assert (term.ends, term.notice_by) == (date(2028, 3, 31), date(2027, 3, 31))
    assert [span.certain for span in term.spans] == [True, True, False]
    assert term.status.shape is Shape.GOOD
    assert term.status.sentence == (
        "Live, year 2 of 5. Ends on 31 March 2028; last day to give notice for that end: 31 March 2027."
    )


def test_an_extension_decided_later_was_still_undecided_before():
    decided = replace(ONE, state=EXERCISED, decided=date(2026, 3, 1))
    assert term_of(R1, (decided, TWO), TODAY).ends == date(2027, 3, 31)
    assert term_of(R1, (decided, TWO), date(2026, 3, 1)).ends == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("today", "word", "sentence"),
    [
        (date(2026, 3, 30), "Notice by 31 March 2026", "give notice by tomorrow."),
        (date(2026, 3, 31), "Notice by 31 March 2026", "give notice today."),
        (date(2026, 4, 1), "Live", "Ends on 31 March 2027 unless extension 1 is decided by then."),
        (
            date(2027, 2, 2),
            "Decide extension 1 by 31 March 2027",
            "It ends on 31 March 2027 unless extension 1 is decided in the next 57 days.",
        ),
        (date(2027, 3, 31), "Decide extension 1 by 31 March 2027", "unless extension 1 is decided today."),
        (date(2027, 4, 1), "Ended, undecided", "The term ended on 31 March 2027 with extension 1 undecided."),
        (date(2024, 3, 31), "Planned", "Starts on 1 April 2024; ends on 31 March 2027."),
    ],
)
def test_r1_status_through_its_life(today, word, sentence):
    status = term_of(R1, (ONE, TWO), today).status
    assert status.word == word
    assert status.sentence.endswith(sentence)


@pytest.mark.parametrize(
    ("day", "within"), [(date(2026, 3, 31), HORIZON), (date(2027, 3, 31), DECIDE_WITHIN_DAYS)], ids=["notice", "end"]
)
def test_pressing_begins_exactly_at_the_house_limit(day, within):
    assert term_of(R1, (ONE,), day - timedelta(days=within)).status.shape is Shape.WATCH
    assert term_of(R1, (ONE,), day - timedelta(days=within + 1)).status.shape is Shape.GOOD


def test_without_an_open_extension_notice_is_not_called_a_decision():
    term = term_of(R1, (), TODAY)
    assert term.status.word == "Notice by 31 March 2026"
    assert term.status.sentence == (
        "Live, year 2 of 3. It ends on 31 March 2027; 12 months’ notice for that day can be given in the next 57 days."
    )
    last_months = term_of(R1, (), date(2027, 3, 1))
    assert (last_months.status.shape, last_months.status.word) == (Shape.WATCH, "Ends 31 March 2027")


def test_r0_extension_decided_after_expiry():
    term = term_of(R0, (R0_EXTENSION,), TODAY)
    assert [finding.text for finding in term.findings] == [
        "Extension 1 was decided on 10 April 2017, after the term it extends had ended on 31 March 2017."
    ]
    assert (term.ends, term.status.shape, term.status.word) == (date(2018, 3, 31), Shape.DONE, "Ended")
    assert term.spans == ()


def test_r0_between_expiry_and_decision():
    before = term_of(R0, (R0_EXTENSION,), date(2017, 2, 1))
    assert (before.ends, before.notice_by) == (date(2017, 3, 31), date(2016, 9, 30))
    assert before.status.word == "Decide extension 1 by 31 March 2017"
    lapsed = term_of(R0, (R0_EXTENSION,), date(2017, 4, 5))
    assert (lapsed.status.word, lapsed.status.shape) == ("Ended, undecided", Shape.WATCH)
    assert "with extension 1 undecided" in lapsed.status.sentence


def test_declined_extension_moves_nothing():
    term = term_of(R1, (replace(ONE, state=ExtensionState.DECLINED, decided=date(2026, 1, 5)),), TODAY)
    assert (term.ends, term.last_end) == (date(2027, 3, 31), date(2027, 3, 31))
    assert term.spans[1].declined


def test_exercised_after_one_left_undecided_ends_on_one_of_two_days_and_is_a_doubt():
    term = term_of(R1, (ONE, replace(TWO, state=EXERCISED, decided=date(2026, 1, 5))), TODAY)
    assert (term.ends, term.earliest, term.latest) == (None, date(2028, 3, 31), date(2029, 3, 31))
    (doubt,) = term.findings
    assert "Extension 2 is exercised although extension 1, before it, is undecided" in doubt.text


def test_exercised_after_a_declined_one_moves_the_end():
    declined = replace(ONE, state=ExtensionState.DECLINED, decided=date(2026, 1, 5))
    term = term_of(R1, (declined, replace(TWO, state=EXERCISED, decided=date(2026, 1, 5))), TODAY)
    assert (term.ends, term.findings) == (date(2028, 3, 31), ())
    assert "extension" not in term.status.sentence


def test_a_date_in_law_caps_every_extension():
    capped = replace(R1, starts=date(2025, 4, 1), ends_at_latest=date(2029, 2, 23))
    term = term_of(capped, (ONE, TWO), TODAY)
    assert term.last_end == date(2029, 2, 23)
    texts = [finding.text for finding in term.findings]
    assert texts == [
        "Extension 1 would end on 31 March 2029, after the last day allowed, 23 February 2029.",
        "Extension 2 would start after the last day allowed, 23 February 2029.",
    ]
    assert all(span.ends <= date(2029, 2, 23) for span in term.spans)


def test_only_a_latest_day_known():
    dps = Agreement(title="Home care, dynamic purchasing", starts=date(2020, 4, 1), ends_at_latest=date(2029, 2, 23))
    term = term_of(dps, (), TODAY)
    assert (term.ends, term.last_end, term.ends_figure.text) == (None, date(2029, 2, 23), "By 23 Feb 2029")
    assert (term.status.shape, term.status.word) == (Shape.UNKNOWN, "End not known")
    assert term.status.sentence == (
        "Running since 1 April 2020; its end is not recorded; it cannot run past 23 February 2029."
    )
    assert term_of(dps, (), date(2029, 2, 24)).status.word == "Ended"


def test_nothing_known_is_not_good():
    term = term_of(Agreement(title="Grant"), (), TODAY)
    assert (term.status.shape, term.status.word) == (Shape.UNKNOWN, "End not known")
    assert (term.spans, term.ends_figure.text, term.notice_figure.text) == ((), "Not known", "Not known")
    assert term.summary == "Length not known, notice not known"


def test_stages_decided_by_people():
    before = date(2024, 3, 31)
    assert term_of(replace(R1, stage=Stage.DRAFT), (), before).status.word == "Draft"
    assert term_of(replace(R1, stage=Stage.PROPOSED), (), before).status.shape is Shape.PLAN
    ended = term_of(replace(R1, stage=Stage.ENDED_EARLY), (ONE,), TODAY)
    assert (ended.status.shape, ended.status.word, ended.next_date) == (Shape.DONE, "Ended early", None)
    assert term_of(replace(R1, stage=None), (), TODAY).status.shape is Shape.UNKNOWN


def test_stated_end_that_does_not_follow_is_a_doubt():
    wrong = term_of(replace(R1, stated_end=date(2027, 3, 30)), (ONE,), TODAY)
    assert [finding.field for finding in wrong.findings] == ["stated_end"]
    assert term_of(replace(R1, stated_end=date(2028, 3, 31)), (ONE,), TODAY).findings == ()


def test_slips_of_the_keyboard_do_not_run_off_the_calendar():
    huge = replace(ONE, length=Length(months=10**7))
    term = term_of(R1, (huge,), TODAY)
    assert term.last_end == date(2027, 3, 31)
    assert term.findings[0].text == "Extension 1 is too long to be worked out."
    assert term_of(replace(R1, first_term=Length(months=10**7)), (), TODAY).ends is None
    assert term_of(replace(R1, notice=Length(months=10**7)), (), TODAY).notice_by is None


def test_working_can_be_redone_by_hand():
    text = term_of(R1, (ONE, TWO), TODAY).working.as_text()
    for part in ("1 Apr 2024", "3 years", "12 months", "31 Mar 2029", "Last notice day for 31 Mar 2027\t31 Mar 2026"):
        assert part in text
    assert "Source: Report of 7 Mar 2024, rec. b" in text


@pytest.mark.parametrize(
    ("ends", "months", "expected"),
    [
        (date(2027, 3, 31), 12, date(2026, 3, 31)),
        (date(2017, 3, 31), 6, date(2016, 9, 30)),
        (date(2026, 9, 30), 1, date(2026, 8, 31)),
        (date(2027, 2, 28), 6, date(2026, 8, 31)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2029, 2, 28), 12, date(2028, 2, 29)),
        (date(2028, 2, 28), 1, date(2028, 1, 28)),
        (date(2026, 3, 30), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_last_notice_day_at_month_ends(ends, months, expected):
    assert last_notice_day(ends, months) == expected


@pytest.mark.parametrize(
    ("starts", "months", "expected"),
    [
        (date(2024, 4, 1), 36, date(2027, 3, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 1, 15), 1, date(2026, 2, 14)),
    ],
)
def test_term_end(starts, months, expected):
    assert term_end(starts, months) == expected


@settings(max_examples=60, deadline=None)
@given(days, st.integers(min_value=0, max_value=120))
def test_notice_day_is_the_latest_that_runs_out_in_time(ends, months):
    notice = last_notice_day(ends, months)
    assert add_months(notice, months) <= ends
    assert add_months(notice + timedelta(days=1), months) > ends
    if is_month_end(ends):
        assert is_month_end(notice)


@settings(max_examples=60, deadline=None)
@given(days, lengths)
def test_years_and_months_are_counted_from_the_first_day(starts, months):
    end = term_end(starts, months)
    assert whole_months(starts, end) == months - 1
    assert whole_months(starts, end + timedelta(days=1)) == months


@settings(max_examples=60, deadline=None)
@given(
    days,
    lengths,
    st.lists(st.tuples(lengths, st.sampled_from(ExtensionState)), max_size=4),
    st.one_of(st.none(), st.integers(min_value=0, max_value=24)),
    days,
)
def test_any_term_holds_together(starts, months, options, notice, today):
    agreement = Agreement(
        title="Any",
        starts=starts,
        first_term=Length(months=months),
        notice=None if notice is None else Length(months=notice),
    )
    extensions = tuple(
        Extension(number=place, length=Length(months=length), state=state)
        for place, (length, state) in enumerate(options, 1)
    )
    term = term_of(agreement, extensions, today)
    ends, latest = term.ends or term.earliest, term.ends or term.latest
    assert ends is not None
    assert latest is not None
    assert term.last_end is not None
    assert starts <= ends <= latest <= term.last_end
    live = [span for span in term.spans if not span.declined]
    for before, after in pairwise(live):
        if before.latest is None and after.latest is None:
            assert after.starts == before.ends + timedelta(days=1)
        assert after.ends >= after.starts
        if notice is not None and before.latest is None and after.latest is None:
            assert before.notice_by is not None
            assert after.notice_by is not None
            assert before.notice_by <= after.notice_by
    total = months + sum(length for length, state in options if state is not ExtensionState.DECLINED)
    assert term.last_end == term_end(starts, total)
    assert term.years == -(-total // 12)
    assert term.next_date is None or term.next_date >= today
    if term.year_now is not None:
        assert term.years is not None
        assert 1 <= term.year_now <= term.years
