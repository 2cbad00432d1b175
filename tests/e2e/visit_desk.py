"""A small desk with one visit planned for today, for tests that work a visit in the window."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from s75desk.domain.records import Action, Provider, Service, Visit
from s75desk.domain.records.provider import ServiceType
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.workplace import Workplace

TODAY = date(2026, 2, 2)
WHO = "quality officer"


def office_of(desk: DeskFile) -> Office:
    """The services of an open desk, as at ``TODAY``."""
    return Office(Workplace(desk, WHO, lambda: TODAY, lambda: datetime.now(UTC)))


def make_visit_desk(path: Path, prior: int = 3) -> str:
    """Make the desk; returns the visit's uid.

    Args:
        path: The file.
        prior: How many open actions the service has from before.
    """
    with DeskFile.create(path) as desk:
        office = office_of(desk)
        office.question_sets.house()
        questions = office.question_sets.rows()[0].uid
        provider = office.records.create(Provider(name="Lindle Homecare")).uid
        service = office.records.create(Service(provider=provider, name="Lindle House", type=ServiceType.CARE_HOME)).uid
        for number in range(prior):
            office.records.create(Action(title=f"Action {number} from before", service=service, due=TODAY))
        return office.records.create(Visit(service=service, planned=TODAY, question_set=questions)).uid
