"""Beside a record stands its note, whether it prints, and what of the record was inferred."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from s75desk.domain.records import Measurement, Milestone
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.field_sheet import noted

MILESTONE = Milestone(title="Review", due=date(2023, 2, 28), note="Month only.", inferred="By: the month is given")


def test_a_note_says_whether_it_prints() -> None:
    assert noted(MILESTONE) == [("Note", "Month only."), ("Inferred", "By: the month is given")]
    assert noted(replace(MILESTONE, private=True))[0][0] == "Note, private"
    assert noted(replace(MILESTONE, private=None))[0][0] == "Note, private until decided"
    assert noted(Milestone(title="Review")) == []


def test_an_inferred_value_says_so_in_a_list_with_why_in_its_tip() -> None:
    columns = {column.key: column for column in columns_of(Milestone, Names({}, date(2026, 2, 2)))}
    due = columns["due"].value(MILESTONE)
    assert (due.text, due.tip, due.sort) == ("28 Feb 2023, inferred", "Inferred: the month is given", MILESTONE.due)
    assert columns["due"].value(replace(MILESTONE, inferred=None)).text == "28 Feb 2023"
    figure = Measurement(ends=date(2016, 6, 30), inferred="Period to: no date is given")
    period = columns_of(Measurement, Names({}, date(2026, 2, 2)))[0].value(figure)
    assert period.text == "30 June 2016, inferred"
