"""Notes print unless they are private, in every section; what was inferred says so beside its value, and why."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records import Measurement, Sourced
from s75desk.reporting.agreement.notes import _RECORDS
from s75desk.reporting.agreement_briefing import SECTION_TITLES, BriefingOptions, agreement_briefing
from s75desk.reporting.layout import render
from tests.unit.reporting.dossiers import r0, r1
from tests.unit.reporting.pdf_reading import spoken

MARK = "Marked so that it is found"
EVERYTHING = BriefingOptions(sections=tuple(SECTION_TITLES), show_workings=True)


def _noted(value: Any, private: bool | None) -> Any:
    """Any part of a dossier, with a note of its own on every record in it."""
    if isinstance(value, Sourced):
        return dataclasses.replace(value, note=f"{MARK} {value.uid}", private=private)
    if isinstance(value, dict):
        return {key: _noted(each, private) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_noted(each, private) for each in value)
    if type(value).__name__ in ("KpiSheet", "PartedTotal"):
        names = [field.name for field in dataclasses.fields(value)]
        parts = {name: getattr(value, name) for name in names}
        return dataclasses.replace(
            value,
            **{name: _noted(part, private) for name, part in parts.items() if isinstance(part, (tuple, Sourced))},
        )
    return value


def noted(dossier: AgreementDossier, private: bool | None) -> AgreementDossier:
    parts = {field.name: getattr(dossier, field.name) for field in dataclasses.fields(dossier)}
    changed = {
        name: _noted(part, private)
        for name, part in parts.items()
        if isinstance(part, (tuple, dict, Sourced)) and name not in ("funds", "plan", "questions")
    }
    return dataclasses.replace(dossier, **changed)


def _paper(dossier: AgreementDossier) -> str:
    return spoken(render(agreement_briefing(dossier, EVERYTHING), as_at=dossier.as_at).data)


@pytest.mark.parametrize("made", [r0, r1])
def test_every_note_of_every_record_of_a_section_prints(made: Any) -> None:
    dossier = noted(made(), private=False)
    paper = _paper(dossier)
    for key, records in _RECORDS.items():
        for record in records(dossier):
            known = not isinstance(record, Measurement) or record.ends is None or record.ends <= dossier.as_at
            assert (f"{MARK} {record.uid}" in paper) is known, (key, record.KIND)


@pytest.mark.parametrize("private", [True, None])
def test_no_private_note_prints_anywhere(private: bool | None) -> None:
    for made in (r0, r1):
        assert MARK not in _paper(noted(made(), private))


def test_a_comment_on_a_figure_prints_with_it() -> None:
    """What the paper says of a figure stands in the paper that shows it, or it reads as if nothing had been said."""
    paper = _paper(r1())
    assert "Dated by the paper. Para 2.5 says 7 weeks." in paper


def test_an_inferred_date_says_so_where_it_is_shown_and_why() -> None:
    paper = _paper(r0(date(2017, 4, 10)))
    assert "30 June 2016, inferred" in paper
    assert "June 2016 is used, so that the series runs in order" in paper
    waits = _paper(r1())
    assert "22 March 2020, inferred" in waits
    assert "Done 28 Feb 2023, inferred" in waits
