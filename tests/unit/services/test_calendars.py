"""Dates for another program's calendar: every kind, stable identities, a sequence that grows, words made harmless."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import icalendar
import pytest

from s75desk.domain.calendar_dates import CalendarDate
from s75desk.domain.errors import DeskError
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Agreement,
    Decision,
    Extension,
    KpiReturn,
    Meeting,
    Milestone,
    Provider,
    Service,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.agreement import ExtensionState, Progress
from s75desk.reporting.calendar_file import calendar_file
from s75desk.services.office import Office


def by_key(office: Office) -> dict[str, CalendarDate]:
    found = office.calendars.dates()
    assert len({each.key for each in found}) == len(found), "no two dates are known by the same key"
    return {each.key: each for each in found}


def agreement(office: Office) -> str:
    return office.records.create(
        Agreement(title="Equipment", starts=date(2024, 4, 1), first_term=Length(years=3), notice=Length(months=12))
    ).uid


def test_every_kind_of_date_is_there(office: Office) -> None:
    of = agreement(office)
    provider = office.records.create(Provider(name="Oak")).uid
    service = office.records.create(Service(provider=provider, name="Oak Lodge")).uid
    create = office.records.create
    create(Decision(agreement=of, title="Extend", due=date(2026, 3, 1)))
    create(Milestone(agreement=of, title="Sign", due=date(2026, 3, 2)))
    create(Meeting(agreement=of, title="Board", held=date(2026, 3, 3), at="10:00"))
    create(KpiReturn(agreement=of, title="Quarter 3", due=date(2026, 3, 4)))
    create(Visit(service=service, planned=date(2026, 3, 5), days=2))
    create(Action(title="Mend", provider=provider, due=date(2026, 3, 6)))
    found = {each.kind: each for each in office.calendars.dates()}
    assert set(found) == {"Notice", "End", "Decision", "Milestone", "Meeting", "Return due", "Visit", "Action due"}
    assert found["Notice"].first == date(2026, 3, 31)
    assert found["End"].first == date(2027, 3, 31)
    assert (found["Visit"].first, found["Visit"].last) == (date(2026, 3, 5), date(2026, 3, 6))
    assert found["Meeting"].title == "Board, 10:00 (Equipment)"
    assert found["Action due"].title == "Action due: Mend (Oak)"


def test_what_is_done_received_or_made_is_left_out(office: Office) -> None:
    of = agreement(office)
    create = office.records.create
    create(Action(title="Done", due=date(2026, 3, 6), state=ActionState.DONE))
    create(Milestone(agreement=of, title="Signed", due=date(2026, 3, 2), progress=Progress.DONE))
    create(KpiReturn(agreement=of, title="Came", due=date(2026, 1, 15), received=date(2026, 1, 10)))
    create(Action(title="No day"))
    assert {each.kind for each in office.calendars.dates()} == {"Notice", "End"}


def test_a_date_that_moves_keeps_its_key_and_its_sequence_grows(office: Office) -> None:
    made = office.records.create(Action(title="Mend", due=date(2026, 3, 6)))
    (before,) = by_key(office).values()
    action = office.records.get(Action, made.uid)
    office.records.revise(replace(action, due=date(2026, 4, 6)))
    (after,) = by_key(office).values()
    assert (after.key, after.first) == (before.key, date(2026, 4, 6))
    assert after.sequence > before.sequence
    assert after.changed > before.changed
    (again,) = by_key(office).values()
    assert again == after, "without a change it stays as it is"


def test_an_extension_moves_the_end_and_the_notice(office: Office) -> None:
    of = agreement(office)
    extension = office.records.create(Extension(agreement=of, number=1, length=Length(years=1))).uid
    before = by_key(office)
    record = office.records.get(Extension, extension)
    office.records.revise(replace(record, state=ExtensionState.EXERCISED, decided=date(2026, 1, 20)))
    after = by_key(office)
    for what, day in (("ends", date(2028, 3, 31)), ("notice", date(2027, 3, 31))):
        key = f"{of}-{what}@s75desk"
        assert after[key].first == day
        assert after[key].sequence > before[key].sequence
    archived = office.records.archive("extension", extension)
    assert by_key(office)[f"{of}-ends@s75desk"].first == date(2027, 3, 31)
    assert by_key(office)[f"{of}-ends@s75desk"].sequence > after[f"{of}-ends@s75desk"].sequence
    office.records.undo(archived.change_id)


def test_the_file_is_read_back_with_hostile_words_and_whole_days(office: Office, tmp_path: Path) -> None:
    title = "Mend, now; “é” \\n BEGIN:VEVENT\r\nUID:evil\n\x00\x07\u2028" + "long " * 40
    made = office.records.create(Action(title=title, owner="Jo Bloggs", due=date(2026, 12, 31)))
    file = tmp_path / "dates.ics"
    said = office.calendars.save(file).label
    assert said.startswith("Saved: 1 date in dates.ics.")
    data = file.read_bytes()
    assert b"Bloggs" not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(data).events
    assert event["UID"] == f"{made.uid}-due@s75desk"
    assert event["DTSTART"].dt == date(2026, 12, 31)
    assert event["DTEND"].dt == date(2027, 1, 1)
    assert event["SUMMARY"] == "Action due: " + " ".join(title.replace("\x00", " ").replace("\x07", " ").split())
    assert int(event["SEQUENCE"]) > 0
    office.calendars.save(file)
    assert file.read_bytes() == data, "the same dates, the same bytes"


def test_an_empty_desk_and_another_ending(office: Office, tmp_path: Path) -> None:
    office.calendars.save(tmp_path / "none.ics")
    assert icalendar.Calendar.from_ical((tmp_path / "none.ics").read_bytes()).events == []
    with pytest.raises(DeskError, match=r"does not end in \.ics"):
        office.calendars.save(tmp_path / "dates.s75desk")


def test_the_sample_desk_has_no_two_of_a_key(sample: Office) -> None:
    found = by_key(sample)
    assert len(found) > 30
    calendar_file(found.values(), "all")
