"""Ctrl+K: any record of the desk by the beginning of any of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from s75desk.domain.fields import FieldType
from s75desk.domain.records import KINDS, Agreement, Kpi, Provider, QuestionSet, Record, Visit
from s75desk.domain.status import Status
from s75desk.domain.statuses import status_of
from s75desk.domain.statuses.agreements import agreement_status, in_few_words
from s75desk.domain.statuses.visits import visit_in_short
from s75desk.domain.wording import sentence_case
from s75desk.models import search
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.kpis import KpiService
from s75desk.services.providers import ProviderService
from s75desk.services.visits import VisitService
from s75desk.services.workplace import Workplace

PAGES = frozenset({"agreement", "provider", "kpi", "action", "visit", "briefing", "question_set", "organisation"})
"""Kinds that have a page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record found.

    Attributes:
        kind: Its kind.
        uid: Its uid.
        title: Its heading.
        detail: What it is, in a phrase: "Agreement", "Milestone of Community OT".
        status: Its status, where it has one of its own.
        page_kind: Kind of the record whose page shows it.
        page_uid: That record.
        in_text: Whether the words were found in its notes rather than its title.
    """

    kind: str
    uid: str
    title: str
    detail: str
    status: Status | None
    page_kind: str
    page_uid: str
    in_text: bool


class FinderService:
    """Searches the desk."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    def find(self, words: str, limit: int = 30) -> tuple[Found, ...]:
        """Records that hold every word, best first; () for no words."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            hits = search.find(connection, words, limit)
            seen = [(hit, self._record(hit, repository)) for hit in hits]
            found = [
                self._found(hit, record, repository, words)
                for hit, record in seen
                if record or not self.place.another_day
            ]
            statuses = self._statuses([record for _, record in seen if record], repository)
            return tuple(replace(each, status=statuses.get(each.uid)) for each in found)

    def described(self, record: Record, repository: Repository) -> Found:
        """A record as it is found by its title."""
        found = self._found(search.Hit(record.KIND, record.uid, heading_of(record, repository), ""), record, repository)
        return replace(found, status=self._statuses([record], repository).get(record.uid))

    def _record(self, hit: search.Hit, repository: Repository) -> Record | None:
        """The record as at the day; one that lies ahead of the clock's own day as it is recorded: it can be opened."""
        seen = repository.get(KINDS[hit.kind], hit.uid)
        if seen is None and self.place.another_day is None:
            seen = Repository(repository.connection).get(KINDS[hit.kind], hit.uid)
        return seen

    def _found(self, hit: search.Hit, record: Record | None, repository: Repository, words: str = "") -> Found:
        noun = sentence_case(KINDS[hit.kind].NOUN)
        found = Found(hit.kind, hit.uid, hit.title, noun, None, hit.kind, hit.uid, bool(hit.snippet))
        if record is None:
            return found
        found = replace(found, title=heading_of(record, repository))  # By the name it had on the day.
        page = _page_of(record, repository)
        if page is not None and page.uid != record.uid:
            found = replace(found, detail=f"{noun} · {page.heading}", page_kind=page.KIND, page_uid=page.uid)
        if hit.snippet:
            found = _where(found, hit.snippet, record, words)
        return found

    def _statuses(self, records: Sequence[Record], repository: Repository) -> dict[str, Status]:
        """The status of each of these by uid, where it has one: the same that its list and its own page show."""
        today = self.place.day()
        found = {record.uid: status for record in records if (status := status_of(record, today)) is not None}
        if visits := [record for record in records if isinstance(record, Visit)]:
            sets = repository.by_uid(QuestionSet, [visit.question_set for visit in visits])
            come = VisitService(self.place).progress(repository.connection, visits, sets)
            found |= {visit.uid: visit_in_short(visit, today, come.get(visit.uid)) for visit in visits}
        if agreements := [record for record in records if isinstance(record, Agreement)]:
            from s75desk.services.dossiers import dossiers_of

            for dossier in dossiers_of(repository, agreements, today):
                found[dossier.agreement.uid] = in_few_words(agreement_status(dossier))
        if providers := [record.uid for record in records if isinstance(record, Provider)]:
            found |= ProviderService(self.place).statuses(repository, providers)
        if kpis := [record for record in records if isinstance(record, Kpi)]:
            found |= {sheet.kpi.uid: sheet.state.status for sheet in KpiService(self.place).sheets(repository, kpis)}
        return found


def _where(found: Found, snippet: str, record: Record, words: str) -> Found:
    """A record that was found by another field than its title: which, and what it says there."""
    noun, said = sentence_case(record.NOUN), " ".join(snippet.split())
    for name in dict.fromkeys((*record.FIND, "note")):
        value, field = getattr(record, name, None), record.fields().get(name)
        if field is None or not value or not search.begins_in(words, str(value)):
            continue
        if field.type is FieldType.LONG_TEXT and name != "address":
            return replace(found, title=f"“{said}”", detail=f"{noun} · {found.title} · {field.label}")
        line = ", ".join(str(value).splitlines())
        return replace(found, detail=f"{noun} · {field.label}: {line}", in_text=False)
    return replace(found, title=f"“{said}”", detail=f"{noun} · {found.title}")


def _page_of(record: Record, repository: Repository) -> Record | None:
    """The record on whose page this one is shown; itself if it has a page; None if it has none at all."""
    seen = 0
    current: Record | None = record
    while current is not None and current.KIND not in PAGES and seen < 4:
        above = next(
            (
                (field.refers_to, value)
                for field in current.fields().values()
                if field.parent and (value := getattr(current, field.name))
            ),
            None,
        )
        current = repository.get(KINDS[above[0]], above[1]) if above else None
        seen += 1
    return current
