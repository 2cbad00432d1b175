"""Whatever is added whose own day lies after a day leaves every paper as at that day the same to the byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from s75desk.domain.field_text import value_to_text
from s75desk.domain.fields import FieldType
from s75desk.domain.printed import PlanBy
from s75desk.domain.records import (
    KINDS,
    Agreement,
    DatedValue,
    Kpi,
    Link,
    Organisation,
    Provider,
    Record,
    Service,
    Succession,
    Variation,
)
from s75desk.services.briefings import Wish
from s75desk.services.office import Office
from s75desk.services.paper_wishes import KpiWish, PlanWish, ProviderWish
from s75desk.services.papers import PaperService
from s75desk.services.writer import Change
from tests.unit.record_help import value_of

DAYS = (date(2016, 12, 1), date(2024, 3, 7), date(2025, 6, 1), date(2026, 2, 2))
LATER = date(2035, 6, 1)
"""A day after all that the sample knows of."""

SEALED = ("tag", "tagged", "visit_version", "visit_signature", "question_set", "standard", "briefing")


def whole_of(office: Office, on: date) -> list[Any]:
    """Everything papers are made from, as at a day."""
    at = Office(office.place.at(on))
    found: list[Any] = [*office.agreements.dossiers(on), *at.providers.rows(), *at.kpis.rows()]
    # What lies ahead is for the lists of the window alone; no paper is made from it.
    found += [replace(at.providers.page(row.uid), ahead=()) for row in at.providers.rows()]
    found.append(PaperService(at.place).plan(PlanWish(PlanBy.OWNER, on)))
    return found


def later_records(change: Change, on: date, places: dict[str, str]) -> Iterator[Record]:
    """A record of every kind that has a day of its own, which lies after ``on``."""
    after = iter(on + timedelta(days=1 + 17 * n) for n in range(1000))
    for kind, cls in KINDS.items():
        if kind in SEALED or cls in (DatedValue, Variation, Succession):
            continue
        values = {name: value_of(cls, field, 0, places) for name, field in cls.fields().items()}
        own = (*cls.HAPPENS, *(cls.KNOWN_WITH if cls.PLANNED else ()))
        own = tuple(name for name in own if name not in cls.PLANNED and type(values[name]) is date)
        for name in ("known", *own):
            planned = dict.fromkeys(other for other in cls.PLANNED if name != "known")
            for other in values:
                if cls.fields()[other].unique:
                    planned[other] = None
            yield cls(**{**values, **planned, "known": None, name: next(after)})


def later_values(change: Change, on: date) -> Iterator[Record]:
    """A value of every dated field of every kind, that holds or is known from a day after ``on``; deeds; bodies."""
    for cls in KINDS.values():
        found = change.records.all(cls)
        for name, field in cls.fields().items():
            for place, record in enumerate(found[:2] if field.dated else ()):
                days = {"since": on + timedelta(days=1)} if place else {"since": on, "known": on + timedelta(days=1)}
                if field.type is not FieldType.REFERENCE:
                    value = value_to_text(field, value_of(cls, field, 1, {}))
                    yield DatedValue(kind=cls.KIND, record=record.uid, field=name, value=value, **days)
    bodies = change.records.all(Organisation)
    for agreement in change.records.all(Agreement):
        deed = {name: value_of(Variation, field, 0, {}) for name, field in Variation.fields().items()}
        deed |= {"agreement": agreement.uid, "made": on + timedelta(days=1), "since": on + timedelta(days=2)}
        yield Variation(**deed)
        yield Variation(**(deed | {"made": on + timedelta(days=1), "since": on - timedelta(days=400)}))
    for body in bodies:
        yield Succession(organisation=body.uid, successor=bodies[0].uid, since=on + timedelta(days=1))


def add_what_is_later(office: Office, on: date) -> int:
    agreement = office.agreements.dossiers()[0].agreement.uid
    with office.place.change("Later") as change:
        places = {"agreement": agreement}
        for cls in (Kpi, Provider, Service, Organisation):
            places[cls.KIND] = change.records.all(cls)[0].uid
        for cls in (KINDS["visit"], KINDS["breakdown"], KINDS["action"], KINDS["forum"], KINDS["lot"]):
            places[cls.KIND] = change.records.all(cls)[0].uid
        found = [record for record in later_records(change, on, places) if not isinstance(record, Link)]
        made = change.create_many([*found, *later_values(change, on)])
    return len(made)


def give_notes(office: Office) -> None:
    """Write a note into whatever can have one and has none, and have it printed."""
    with office.place.change("Notes") as change:
        for cls in KINDS.values():
            if "note" not in cls.fields() or cls.KIND in SEALED:
                continue
            for record in change.records.all(cls):
                public = {"note_private": False} if "note_private" in cls.fields() else {}
                change.revise(replace(record, note=record.note or "As it was agreed.", **public))  # type: ignore[attr-defined]


def add_days_that_came(office: Office, on: date, words: str | None) -> int:
    """Say of what was planned that it has happened, on a day after ``on``; with other words in its note, if any."""
    done = 0
    with office.place.change("Came") as change:
        for cls in KINDS.values():
            if not cls.KNOWN_WITH or cls.KIND in (*SEALED, "visit"):
                continue
            for record in change.records.all(cls):
                day, then = next(iter(cls.KNOWN_WITH.items()))
                whole = cls.fields()[day].type is FieldType.DATE
                if not whole or getattr(record, day) is not None or cls.fields()[day].hidden:
                    continue
                with_it = {
                    name: value_of(cls, cls.fields()[name], 1, {})
                    for name, before in then.items()
                    if before is None and cls.fields()[name].type is not FieldType.REFERENCE
                }
                known = any(
                    getattr(record, name) != before for name, before in then.items() if not isinstance(before, Mapping)
                )
                planned = not cls.PLANNED or any(getattr(record, name) is not None for name in cls.PLANNED)
                if known or not planned:
                    continue  # It was known before, of no day: to give it one is to correct it.
                note = {"note": words} if words and "note" in cls.fields() else {}
                change.revise(replace(record, **{day: LATER, **with_it, **note}))
                done += 1
    return done


@pytest.mark.parametrize("words", [None, "It was decided, and on other terms."], ids=["same note", "another note"])
@pytest.mark.parametrize("on", DAYS, ids=str)
def test_what_happens_later_leaves_earlier_papers_and_their_notes_as_they_were(
    sample: Office, on: date, words: str | None
) -> None:
    give_notes(sample)
    before = whole_of(sample, on)
    assert add_days_that_came(sample, on, words) > 20
    after = whole_of(sample, on)
    for was, now in zip(before, after, strict=True):
        assert now == was
    if words:
        assert words in str(whole_of(sample, LATER)), "from its day on it is there"


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_nothing_later_is_in_what_papers_are_made_from(sample: Office, on: date) -> None:
    before, afterwards = whole_of(sample, on), whole_of(sample, date(2040, 1, 1))
    assert add_what_is_later(sample, on) > 200
    after = whole_of(sample, on)
    assert len(after) == len(before)
    for was, now in zip(before, after, strict=True):
        assert now == was
    assert whole_of(sample, date(2040, 1, 1)) != afterwards, "what was added counts from its day"


def test_papers_are_the_same_to_the_byte(sample: Office) -> None:
    on = date(2025, 6, 1)
    r1 = sample.agreements.by_reference("S75-2024-OT")
    assert r1 is not None
    wishes = (
        Wish(r1.uid, on),
        ProviderWish(sample.providers.rows()[0].uid, on),
        KpiWish(sample.kpis.rows()[0].uid, on),
        PlanWish(PlanBy.OWNER, on),
    )
    before = [sample.briefings.make(wish).sha256 for wish in wishes]
    add_what_is_later(sample, on)
    assert [sample.briefings.make(wish).sha256 for wish in wishes] == before


def test_as_at_today_is_no_as_at_at_all(sample: Office) -> None:
    today = sample.place.today()
    plain = whole_of(sample, today)
    overview = sample.overview.read()
    sample.place.looks_at(today)
    assert whole_of(sample, today) == plain
    assert sample.overview.read() == overview


def test_a_past_paper_cites_nothing_that_was_published_since(sample: Office) -> None:
    """R0's own paper is of April 2017: as at December 2016 nobody could cite it."""
    r0 = sample.agreements.by_reference("S75-2012-COT")
    assert r0 is not None
    for on, cites in ((date(2016, 12, 1), False), (date(2017, 4, 10), True), (sample.place.today(), True)):
        dossier = sample.agreements.dossier(r0.uid, on)
        assert ("10 April 2017" in str(dossier)) is cites, on


PAST = {
    ("S75-2012-COT", date(2016, 12, 1)): ("147 in March", "Designate the CCG", "June 2017", "Report cleared"),
    ("S75-2024-OT", date(2024, 3, 7)): ("2025", "2026", "Example"),
}


@pytest.mark.parametrize(("reference", "on"), PAST, ids=lambda value: str(value))
def test_a_paper_of_a_past_day_knows_nothing_of_what_came_after(sample: Office, reference: str, on: date) -> None:
    agreement = sample.agreements.by_reference(reference)
    assert agreement is not None
    dossier = sample.agreements.dossier(agreement.uid, on)
    for record in (*dossier.actions, *dossier.milestones, *dossier.decisions, *dossier.parties, *dossier.meetings):
        for name, field in record.fields().items():
            happened = name in (*record.happens(), *record.KNOWN_WITH) and field.type is FieldType.DATE
            assert not happened or (getattr(record, name) or on) <= on or name == "since", (record.heading, name)
    assert dossier.parties
    told = str([dossier.decisions, dossier.recommendations, dossier.actions, dossier.meetings, dossier.milestones])
    assert [words for words in PAST[reference, on] if words in told and not words.startswith("20")] == []
