"""The name that is offered for the file of a paper."""

from __future__ import annotations

from datetime import date

from s75desk.ui.widgets.file_dialogs import paper_name


def test_papers_of_two_kinds_or_days_do_not_write_over_each_other() -> None:
    title, day = "Occupational therapy, Section 75", date(2024, 3, 7)
    names = {
        paper_name(title, kind, on) for kind in ("agreement briefing", "action plan") for on in (day, date(2026, 2, 2))
    }
    assert len(names) == 4
    assert paper_name(title, "agreement briefing", day) == f"{title} agreement briefing 2024-03-07.pdf"


def test_what_no_name_may_hold_is_left_out() -> None:
    assert paper_name('A/B: "C"?', "list") == "A-B- -C-- list.pdf"
    assert paper_name("Action plan of the council", "action plan") == "Action plan of the council.pdf"
