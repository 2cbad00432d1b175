"""Quality visits as records: the list, one visit with what was found at it, and what planning the next starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from s75desk.domain.errors import DeskError
from s75desk.domain.records import Action, Document, Provider, QuestionSet, Service, Standard, Visit
from s75desk.domain.records.visit import SetState
from s75desk.domain.status import Status
from s75desk.domain.statuses.visits import (
    AHEAD,
    VisitProgress,
    outcome_of_visit,
    visit_status,
)
from s75desk.domain.visits.due import NextVisit, next_visit
from s75desk.domain.visits.prior import TO_GRADE, to_grade
from s75desk.models.connection import Connection
from s75desk.models.queries.visits import progress_of_visits, visit_needs
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService
from s75desk.services.visit_rows import VisitRow, row_of
from s75desk.services.visit_rules import visit_rules
from s75desk.services.workplace import Workplace

if TYPE_CHECKING:
    # Question by question only where a visit is looked at: the list and the Overview do without.
    from s75desk.domain.visits.book import VisitBook
    from s75desk.domain.visits.difference_words import Told
    from s75desk.domain.visits.levels import VisitRating
    from s75desk.domain.visits.question_set import QuestionSetBody
    from s75desk.domain.visits.rating import Rater
    from s75desk.services.visit_reader import VisitReader


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What a signed version says differently from the one before: its number, why it was amended, and line by line."""

    number: int
    because: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class VisitPage:
    """One visit with what it needs and what was found at it.

    Attributes:
        prior_actions: Actions from before that it has to grade, or has graded.
        raised: Actions raised at it.
        earlier: Visits to the service made before it, newest first.
        earlier_progress: How far those have come.
        with_questions: Whether its question set has questions, so that it can be made in visit mode.
        book: What was recorded at it; None for a visit whose question set has no questions.
        rating: Its rating as it stands; None without a book.
        next: When the service is to be visited next, by which rule.
        changes: What each signed version after the first says differently, the newest first.
    """

    visit: Visit
    status: Status
    outcome: Status
    service: Service | None
    provider: Provider | None
    question_set: QuestionSet | None
    standards: tuple[Standard, ...]
    prior_actions: tuple[Action, ...]
    raised: tuple[Action, ...]
    earlier: tuple[Visit, ...]
    earlier_progress: Mapping[str, VisitProgress]
    documents: tuple[Document, ...]
    with_questions: bool = False
    book: VisitBook | None = None
    rating: VisitRating | None = None
    next: NextVisit | None = None
    changes: tuple[VersionChange, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether anything was recorded at it, question by question."""
        book = self.book
        return book is not None and bool(book.answers or book.gradings or book.people or book.photos)

    @property
    def signed(self) -> int:
        """Number of its newest signed version, 0 if there is none."""
        return (self.book.versions[-1].number or 0) if self.book and self.book.versions else 0


@dataclass(frozen=True, slots=True)
class OverdueVisit:
    """A service that is, or was, to be visited by ``due`` and has no visit booked.

    Attributes:
        service: Its uid.
        name: Its name.
        provider: Name of its provider.
        last: When it was last visited.
        due: By when; None for one that should have been visited and never was.
        because: By which rule, as the end of a sentence: "rated Requires improvement on 3 November 2025".
    """

    service: str
    name: str
    provider: str
    last: date | None
    due: date | None
    because: str


@dataclass(frozen=True, slots=True)
class Planning:
    """What planning a visit starts from.

    Attributes:
        overdue: Services past their date with no visit booked.
        due: Services whose date is still to come, with no visit booked, the soonest first.
        question_set: Uid of the question set that a new visit is made with, "" if that has to be chosen.
        services: How many services there are to visit.
        with_questions: Whether a question set with questions is in use.
    """

    overdue: tuple[OverdueVisit, ...]
    question_set: str
    services: int
    due: tuple[OverdueVisit, ...] = ()
    with_questions: bool = False


class VisitService(RecordService):
    """Reads visits."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._bodies: dict[str, QuestionSetBody] = {}
        self._raters: dict[str, Rater] = {}

    def rows(self, *, archived: bool = False, coming: bool = False) -> tuple[VisitRow, ...]:
        """Live visits: planned by date, then past ones newest first.

        Args:
            archived: Archived ones too.
            coming: Only those that are planned or under way.
        """
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            some: dict[str, Any] = {"stage": AHEAD} if coming else {}
            visits = repository.all(Visit, archived=archived, **some)
            services = repository.by_uid(Service, [visit.service for visit in visits])
            providers = repository.by_uid(Provider, [service.provider for service in services.values()])
            sets = repository.by_uid(QuestionSet, [visit.question_set for visit in visits])
            actions = _actions_to_grade(repository, visits, services)
            progress = self.progress(connection, visits, sets)
        rows = []
        for visit in visits:
            service = services.get(visit.service)
            found = sets.get(visit.question_set or "")
            rows.append(
                row_of(
                    visit,
                    service,
                    providers.get(service.provider) if service else None,
                    sum(1 for action in actions.get(visit.service, ()) if to_grade(action, visit)),
                    self.place.day(),
                    progress.get(visit.uid),
                    with_questions=bool(found and found.content),
                )
            )
        far = date.max.toordinal()
        return tuple(
            sorted(
                rows,
                key=lambda r: (r.past, (r.day.toordinal() if r.day else far) * (-1 if r.past else 1), r.service),
            )
        )

    def page(self, uid: str) -> VisitPage:
        """One visit.

        Raises:
            NotFound: If it is not in this desk.
        """
        visit = self.seen(Visit, uid)
        today = self.place.day()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            reader = self._reader(connection)
            service = repository.by_uid(Service, [visit.service]).get(visit.service)
            provider = repository.by_uid(Provider, [service.provider]).get(service.provider) if service else None
            question_set = repository.by_uid(QuestionSet, [visit.question_set]).get(visit.question_set or "")
            standards = repository.all(Standard, question_set=visit.question_set, order=("number",))
            with_questions = bool(question_set and question_set.content)
            book = _book(reader, uid) if with_questions else None
            earlier = [v for v in repository.all(Visit, service=visit.service, order=("planned",)) if v.uid != uid]
            sets = repository.by_uid(QuestionSet, [v.question_set for v in earlier])
            come = self.progress(connection, earlier, sets)
            own_progress = self.progress(connection, [visit], {question_set.uid: question_set} if question_set else {})
            needs = visit_needs(connection, today, provider.uid) if provider else []
            raised = tuple(repository.all(Action, visit=uid, order=("due",)))
            prior = book.prior if book else reader.prior(visit, provider)
            documents = tuple(repository.all(Document, visit=uid, order=("dated",)))
        progress = progress_of(book) or own_progress.get(uid)
        own = next((one.needs for one in needs if one.service == visit.service), None)
        return VisitPage(
            visit=visit,
            status=visit_status(visit, today, progress),
            outcome=outcome_of_visit(visit, progress),
            service=service,
            provider=provider,
            question_set=question_set,
            standards=tuple(standards) if visit.question_set else (),
            prior_actions=prior,
            raised=raised,
            earlier=tuple(reversed([v for v in earlier if v.made])),
            earlier_progress=come,
            documents=documents,
            with_questions=with_questions,
            book=book,
            rating=book.rate(self._rater(book)) if book else None,
            next=next_visit(own, visit_rules()) if own else None,
            changes=self._changes(book) if book else (),
        )

    def overdue(self) -> tuple[OverdueVisit, ...]:
        """Services past the date that a rule gives, with no visit booked; one asked for and never visited first."""
        return self._not_booked()[0]

    def _not_booked(self) -> tuple[tuple[OverdueVisit, ...], tuple[OverdueVisit, ...]]:
        """Services with no visit booked: those past their date, and those whose date is still to come."""
        today, rules = self.place.day(), visit_rules()
        with self.place.desk.reading() as connection:
            services = visit_needs(connection, today)
        past, ahead = [], []
        for one in services:
            if one.next is not None:
                continue
            due = next_visit(one.needs, rules)
            found = OverdueVisit(one.service, one.name, one.provider, one.needs.last, due.by, due.because)
            if due.overdue(today):
                past.append(found)
            elif due.by is not None:
                ahead.append(found)
        past.sort(key=lambda one: one.due or date.min)
        ahead.sort(key=lambda one: one.due or date.max)
        return tuple(past), tuple(ahead)

    def planning(self) -> Planning:
        """What planning a visit starts from."""
        overdue, due = self._not_booked()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            sets = repository.all(QuestionSet, state=SetState.IN_USE)
            services = repository.count(Service)
        return Planning(overdue, chosen_set(sets), services, due, any(found.content for found in sets))

    def plan(self, service: str, planned: date | None = None) -> Visit:
        """A new visit to a service to start from: team and length of the last, the question set in use now.

        Args:
            service: Its uid, "" while that is not chosen.
            planned: The day, if that is chosen already.
        """
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            sets = repository.all(QuestionSet, state=SetState.IN_USE)
            visits = repository.all(Visit, service=service, order=("made",)) if service else []
        made = [visit for visit in visits if visit.made]
        last = made[-1] if made else None
        return Visit(
            service=service,
            planned=planned,
            question_set=chosen_set(sets) or None,
            team=last.team if last else None,
            days=last.days if last else None,
        )

    def question_sets(self, *, archived: bool = False) -> tuple[tuple[QuestionSet, tuple[Standard, ...]], ...]:
        """Every question set with its standards, by title and version."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            sets = repository.all(QuestionSet, archived=archived, order=("title", "version"))
            return tuple(
                (found, tuple(repository.all(Standard, question_set=found.uid, order=("number",)))) for found in sets
            )

    def _changes(self, book: VisitBook) -> tuple[VersionChange, ...]:
        if len(book.versions) < 2:
            return ()
        from s75desk.services.visit_dossiers import VisitDossiers

        dossiers, found = VisitDossiers(self.place), []
        for earlier, later in pairwise(book.versions):
            try:
                told = dossiers.differences(book.visit.uid, earlier.number or 0, later.number or 0)
            except DeskError:
                continue  # What was signed is damaged: the check of the desk says so, and the rest is still shown.
            found.append(VersionChange(later.number or 0, later.because or "", told))
        return tuple(reversed(found))

    def _rater(self, book: VisitBook) -> Rater:
        from s75desk.domain.visits.rating import Rater

        found = self._raters.get(book.set_content)
        if found is None or found.body is not book.body:
            found = self._raters[book.set_content] = Rater(book.body)
        return found

    def progress(
        self, connection: Connection, visits: Sequence[Visit], sets: Mapping[str, QuestionSet]
    ) -> dict[str, VisitProgress]:
        """How far visits have come, by uid, with how many questions each has; their sets are read once."""
        counted = progress_of_visits(connection, self.place.day(), visits[0].uid if len(visits) == 1 else "")
        found = {}
        for visit in visits:
            if visit.uid not in counted:
                continue
            found[visit.uid] = counted[visit.uid]
            asks = sets.get(visit.question_set or "")
            if asks is not None and asks.content:
                try:
                    asked = len(self._reader(connection).body(asks.content).questions)
                except DeskError:
                    continue  # The list still stands; the visit's own page says what is wrong.
                found[visit.uid] = replace(counted[visit.uid], questions=asked)
        return found

    def _reader(self, connection: Connection) -> VisitReader:
        from s75desk.services.visit_reader import VisitReader

        return VisitReader(self.place.records(connection), self._bodies)


def chosen_set(sets: Sequence[QuestionSet]) -> str:
    """Uid of the set that a new visit is made with: the newest with questions, else the only one; "" for none."""
    asking = [found for found in sets if found.content]
    if asking:
        return max(asking, key=lambda found: (found.since or date.min, found.version or "", found.uid)).uid
    return sets[0].uid if len(sets) == 1 else ""


def _book(reader: VisitReader, uid: str) -> VisitBook | None:
    try:
        return reader.book(uid)
    except DeskError:
        return None  # Its questions are not in this desk; the rest of its page is still worth seeing.


def progress_of(book: VisitBook | None) -> VisitProgress | None:
    """How far a visit has come, from its book."""
    if book is None:
        return None
    answered, not_meant = book.progress
    signed = (book.versions[-1].number or 0) if book.versions else 0
    return VisitProgress(signed, answered, len(book.body.questions), not_meant)


def _actions_to_grade(
    repository: Repository, visits: Sequence[Visit], services: Mapping[str, Service]
) -> dict[str, list[Action]]:
    """Actions that planned visits have to grade, by service: those of the service and of its provider as a whole."""
    ahead = {visit.service for visit in visits if visit.stage in AHEAD}
    found: dict[str, list[Action]] = {service: [] for service in ahead}
    for action in repository.all(Action, state=TO_GRADE, service=sorted(ahead)):
        found[str(action.service)].append(action)
    providers = {services[service].provider for service in ahead if service in services}
    of_providers: dict[str, list[Action]] = {}
    for action in repository.all(Action, state=TO_GRADE, service=None, provider=sorted(providers)):
        of_providers.setdefault(str(action.provider), []).append(action)
    for service in ahead:
        if service in services:
            found[service] += of_providers.get(services[service].provider, [])
    return found
