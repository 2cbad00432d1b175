"""The dates of a desk for the calendar of another program: what has to be decided, made, met or handed in by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from s75desk.domain.calendar_dates import CalendarDate
from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.records import (
    Action,
    Agreement,
    Decision,
    Extension,
    KpiReturn,
    Meeting,
    Milestone,
    Record,
    Service,
    Visit,
)
from s75desk.domain.statuses.actions import is_open
from s75desk.domain.statuses.agreement_parts import is_undecided, milestone_status
from s75desk.domain.statuses.visits import TO_COME, is_to_come
from s75desk.domain.wording import plural
from s75desk.models import history
from s75desk.models.repository import Repository
from s75desk.services.agreements import AgreementService, LiveTerm
from s75desk.services.exporting import write_whole
from s75desk.services.headings import Names
from s75desk.services.workplace import Workplace

BACK_DAYS = 366
"""Days back from today of which meetings and ends are still given; what is still to be done is given however late."""

_LONGEST_VISIT = 60
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Found:
    """A date, and every record that it comes from: the first is the one that it is a date of."""

    records: tuple[Record, ...]
    what: str
    kind: str
    title: str
    first: date | None
    days: int = 1


class CalendarService:
    """Collects dates and writes them as a file.

    Args:
        place: The open desk.
    """

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self._agreements = AgreementService(place)

    def dates(self) -> tuple[CalendarDate, ...]:
        """Every date of the desk that is still to be kept, and what was in the last year."""
        terms = self._agreements.terms()
        since = self.place.day() - timedelta(days=BACK_DAYS)
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            found = [each for each in self._all(repository, terms, since) if each.first is not None]
            changes = history.last_of(connection, {record.uid for each in found for record in each.records})
        return tuple(_dated(each, changes) for each in found)

    def save(self, file: Path) -> Changes:
        """Write the dates to a file.

        Raises:
            DeskError: If it does not end in .ics, or cannot be written.
        """
        from s75desk.reporting.calendar_file import calendar_file

        if file.suffix.lower() != ".ics":
            raise DeskError(f"Not saved: {file.name} does not end in .ics.", "Give it that ending.")
        dates = self.dates()
        write_whole(file, calendar_file(dates, "Dates of a s75desk"), "saved")
        return Changes(
            f"Saved: {plural(len(dates), 'date')} in {file.name}. Imported again, they move and do not double."
        )

    def _all(self, repository: Repository, terms: Iterable[LiveTerm], since: date) -> Iterator[_Found]:
        live = {each.agreement.uid: each.agreement for each in terms}
        for each in terms:
            yield from _of_term(each, repository, since)
        today = self.place.day()
        for decision in repository.all(Decision):
            if is_undecided(decision, today):
                title = f"Decision needed: {decision.title}"
                yield _Found(_with(decision, live), "decide", "Decision", title, decision.due)
        for step in repository.all(Milestone):
            if not milestone_status(step, today).finished:
                yield _Found(_with(step, live), "due", "Milestone", f"Milestone: {step.title}", step.due)
        for meeting in repository.all(Meeting):
            if meeting.held and meeting.held >= since:
                title = f"{meeting.title}, {meeting.at}" if meeting.at else meeting.title
                yield _Found(_with(meeting, live), "held", "Meeting", title, meeting.held)
        for expected in repository.all(KpiReturn, received=None):
            yield _Found((expected,), "due", "Return due", f"Return due: {expected.title}", expected.due)
        visits = [visit for visit in repository.all(Visit, stage=TO_COME) if is_to_come(visit, today)]
        services = repository.by_uid(Service, [visit.service for visit in visits])
        for visit in visits:
            service = services.get(visit.service)
            named = (visit, service) if service else (visit,)
            title = f"Quality visit: {service.name if service else 'service not known'}"
            days = min(max(visit.days or 1, 1), _LONGEST_VISIT)
            yield _Found(named, "visit", "Visit", title, visit.planned, days)
        actions = [action for action in repository.all(Action, done=None) if is_open(action, today)]
        names = Names(repository)
        names.read(actions)
        for action in actions:
            about = names.about(action)
            title = f"Action due: {action.title}" + (f" ({about})" if about else "")
            yield _Found((action,), "due", "Action due", title, action.due)


def _of_term(live: LiveTerm, repository: Repository, since: date) -> Iterator[_Found]:
    """The last day for notice, what else has to be decided next, and the end, each moving with the agreement."""
    agreement, term = live.agreement, live.term
    behind = (agreement, *repository.all(Extension, agreement=agreement.uid, archived=True))
    notice, ends = term.notice_by, term.ends
    if notice is not None and notice >= since:
        yield _Found(behind, "notice", "Notice", f"Last day to give notice: {agreement.title}", notice)
    if term.next_date is not None and term.next_date != notice:
        yield _Found(behind, "decide", "Decision", f"{term.next_what}: {agreement.title}", term.next_date)
    if ends is not None and ends >= since:
        yield _Found(behind, "ends", "End", f"Ends: {agreement.title}", ends)


def _with(record: Decision | Milestone | Meeting, live: dict[str, Agreement]) -> tuple[Record, ...]:
    above = live.get(record.agreement or "")
    return (record, above) if above else (record,)


def _dated(found: _Found, changes: dict[str, tuple[int, datetime]]) -> CalendarDate:
    assert found.first is not None
    sequence, changed = max((changes.get(record.uid, (0, _NEVER)) for record in found.records), default=(0, _NEVER))
    above = next((each.title for each in found.records[1:] if isinstance(each, Agreement)), "")
    title = f"{found.title} ({above})" if above and not isinstance(found.records[0], Agreement) else found.title
    last = found.first + timedelta(days=found.days - 1)
    return CalendarDate(found.records[0].uid, found.what, found.kind, title, found.first, last, sequence, changed)
