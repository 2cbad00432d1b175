"""All services of one open desk, put together once by the composition root and handed to the window.

Each service is imported when it is first asked for: what a page does not need is not paid for at the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from s75desk.services.workplace import Workplace

if TYPE_CHECKING:
    from s75desk.domain.working_days import HolidayCalendar
    from s75desk.services.actions import ActionService
    from s75desk.services.agreements import AgreementService
    from s75desk.services.archive import ArchiveService
    from s75desk.services.bodies import BodyService
    from s75desk.services.briefings import BriefingService
    from s75desk.services.calendars import CalendarService
    from s75desk.services.checking import CheckService
    from s75desk.services.deciding import DecidingService
    from s75desk.services.documents import DocumentService
    from s75desk.services.doubts import DoubtService
    from s75desk.services.duplicating import DuplicateService
    from s75desk.services.exporting import ExportService
    from s75desk.services.finder import FinderService
    from s75desk.services.kpis import KpiService
    from s75desk.services.notes import NoteService
    from s75desk.services.organisations import OrganisationService
    from s75desk.services.overview import OverviewService
    from s75desk.services.providers import ProviderService
    from s75desk.services.question_sets import QuestionSetService
    from s75desk.services.recent_records import RecentRecords
    from s75desk.services.records import RecordService
    from s75desk.services.since import SinceService
    from s75desk.services.tags import TagService
    from s75desk.services.visiting import VisitingService
    from s75desk.services.visits import VisitService


@dataclass(frozen=True)
class Office:
    """The services of one desk.

    Attributes:
        place: The open desk, whose hand it is, and which day it is.
    """

    place: Workplace

    @cached_property
    def calendar(self) -> HolidayCalendar:
        """England's bank holidays, from the editable file in the resources."""
        from s75desk.services.bank_holidays import bank_holidays

        return bank_holidays()

    @cached_property
    def records(self) -> RecordService:
        """What can be done to any record."""
        from s75desk.services.records import RecordService

        return RecordService(self.place)

    @cached_property
    def agreements(self) -> AgreementService:
        """Agreements and all under them."""
        from s75desk.services.agreements import AgreementService

        return AgreementService(self.place)

    @cached_property
    def deciding(self) -> DecidingService:
        """Decisions taken where the alert stands."""
        from s75desk.services.deciding import DecidingService

        return DecidingService(self.place)

    @cached_property
    def doubts(self) -> DoubtService:
        """Answers to figures in doubt."""
        from s75desk.services.doubts import DoubtService

        return DoubtService(self.place)

    @cached_property
    def providers(self) -> ProviderService:
        """Providers and services."""
        from s75desk.services.providers import ProviderService

        return ProviderService(self.place)

    @cached_property
    def visits(self) -> VisitService:
        """Quality visits and question sets."""
        from s75desk.services.visits import VisitService

        return VisitService(self.place)

    @cached_property
    def visiting(self) -> VisitingService:
        """One visit while it is made: what visit mode reads and writes."""
        from s75desk.services.visiting import VisitingService

        return VisitingService(self.place)

    @cached_property
    def question_sets(self) -> QuestionSetService:
        """Question sets and their versions."""
        from s75desk.services.question_sets import QuestionSetService

        return QuestionSetService(self.place)

    @cached_property
    def organisations(self) -> OrganisationService:
        """Councils, NHS bodies and companies."""
        from s75desk.services.organisations import OrganisationService

        return OrganisationService(self.place)

    @cached_property
    def bodies(self) -> BodyService:
        """Bodies that are merged, split or replaced."""
        from s75desk.services.bodies import BodyService

        return BodyService(self.place)

    @cached_property
    def archive(self) -> ArchiveService:
        """What has been archived."""
        from s75desk.services.archive import ArchiveService

        return ArchiveService(self.place)

    @cached_property
    def kpis(self) -> KpiService:
        """KPIs, figures and returns."""
        from s75desk.services.kpis import KpiService

        return KpiService(self.place)

    @cached_property
    def actions(self) -> ActionService:
        """Actions and chasers."""
        from s75desk.services.actions import ActionService

        return ActionService(self.place)

    @cached_property
    def briefings(self) -> BriefingService:
        """Briefings, made and filed."""
        from s75desk.services.briefings import BriefingService

        return BriefingService(self.place)

    @cached_property
    def documents(self) -> DocumentService:
        """Papers kept in the desk."""
        from s75desk.services.documents import DocumentService

        return DocumentService(self.place)

    @cached_property
    def duplicates(self) -> DuplicateService:
        """Records made again as the beginning of new ones."""
        from s75desk.services.duplicating import DuplicateService

        return DuplicateService(self.place)

    @cached_property
    def overview(self) -> OverviewService:
        """What needs attention."""
        from s75desk.services.overview import OverviewService

        return OverviewService(self.place, self.calendar, self.since)

    @cached_property
    def since(self) -> SinceService:
        """What is new since the officer was last here."""
        from s75desk.services.since import SinceService

        return SinceService(self.place, self.finder)

    @cached_property
    def notes(self) -> NoteService:
        """Notes of an older desk that nobody has decided on."""
        from s75desk.services.notes import NoteService

        return NoteService(self.place)

    @cached_property
    def finder(self) -> FinderService:
        """Ctrl+K."""
        from s75desk.services.finder import FinderService

        return FinderService(self.place)

    @cached_property
    def recent(self) -> RecentRecords:
        """What was looked at last."""
        from s75desk.services.recent_records import RecentRecords

        return RecentRecords(self.place, self.finder)

    @cached_property
    def exports(self) -> ExportService:
        """Tables as files."""
        from s75desk.services.exporting import ExportService

        return ExportService(self.place)

    @cached_property
    def calendars(self) -> CalendarService:
        """Dates for a calendar of another program."""
        from s75desk.services.calendars import CalendarService

        return CalendarService(self.place)

    @cached_property
    def tags(self) -> TagService:
        """Tags of records."""
        from s75desk.services.tags import TagService

        return TagService(self.place)

    @cached_property
    def checks(self) -> CheckService:
        """Integrity, history and arithmetic."""
        from s75desk.services.checking import CheckService

        return CheckService(self.place)
