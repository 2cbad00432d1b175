"""Attempts on a signed visit: something is tried, and it has to be refused or to do no harm.

A visit with a record of every kind is signed. Then everything is tried that writes, and after each attempt the signed
version, its content and the records it was made of are the same to the last byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.records import Action, Provider, Record, Service, Visit, VisitPhoto, VisitVersion
from s75desk.domain.visits.book import VisitBook
from s75desk.services.office import Office
from s75desk.services.signing_lock import LOCKED_WITH_VISIT
from tests.unit.record_help import value_of
from tests.unit.rich_visit import RichVisit
from tests.unit.services.visit_desks import Planned, desk_of, everything, locked_now, signed_content

REFUSED = (Rejected, DeskError)
Kept = tuple[list[tuple[Any, ...]], str]


def kept(office: Office, visit: str) -> Kept:
    """Everything that must stay: versions with their bytes, and the records they were made of."""
    return signed_content(office, visit), locked_now(office, visit)


class Attempts:
    """Tries things on a signed visit and looks each time whether it is still what was signed.

    Attributes:
        book: The visit as it was signed.
        other: Uid of another visit to the same service, which is not signed and has an answer and a photo of its own.
        places: Other records that a reference may name, by kind.
    """

    def __init__(self, office: Office, visit: RichVisit) -> None:
        self.office = office
        self.visit = visit.uid
        plan = office.records.get(Visit, visit.uid)
        self.other = office.records.create(
            Visit(service=plan.service, planned=date(2026, 5, 1), question_set=plan.question_set)
        ).uid
        theirs = office.visiting.book(self.other)
        photo = VisitPhoto(uid="photo-other", visit=self.other, question="8.3")
        office.visiting.keep(self.other, settled=[replace(theirs.answer("8.3"), rating=4)])
        office.visiting.attach(photo, b"picture", b"small")
        provider = office.records.create(Provider(name="Another company")).uid
        service = office.records.create(Service(provider=provider, name="Another house")).uid
        action = office.records.create(Action(title="Another action", service=service)).uid
        self.places = {"visit": self.other, "provider": provider, "service": service, "action": action}
        self.book: VisitBook = office.visiting.book(visit.uid)
        self.before = kept(office, visit.uid)

    def refused(self, do: Callable[[], object], what: str = "") -> None:
        """It has to be refused in words, and nothing at all is written."""
        rows = everything(desk_of(self.office))
        with pytest.raises(REFUSED):
            raise_or_return(do, what)
        assert everything(desk_of(self.office)) == rows, what

    def harmless(self, do: Callable[[], object], what: str = "") -> None:
        """Refused or not: what was signed is what it was."""
        with suppress(*REFUSED):
            do()
        self.check(what)

    def check(self, what: str = "") -> None:
        assert kept(self.office, self.visit) == self.before, f"what was signed has been changed: {what}"

    @property
    def locked(self) -> list[Record]:
        """One record of every kind that is locked with a visit."""
        found: dict[str, Record] = {}
        for record in self.book.records():
            if record.KIND in LOCKED_WITH_VISIT:
                found.setdefault(record.KIND, record)
        assert set(found) == LOCKED_WITH_VISIT, "the signed visit lacks a kind"
        return list(found.values())

    @property
    def version(self) -> VisitVersion:
        return self.book.versions[0]

    def changed(self, record: Record) -> Iterator[tuple[str, Record]]:
        """The record with one field changed, for each of its fields; by the name of the field."""
        for name, field in record.fields().items():
            for which in (0, 1):
                value = value_of(type(record), field, which, self.places)
                if value != getattr(record, name) and not (value is None and field.required):
                    yield name, replace(record, **{name: value})
            if not field.required and getattr(record, name) is not None:
                yield name, replace(record, **{name: None})


def raise_or_return(do: Callable[[], object], what: str) -> None:
    do()
    raise AssertionError(f"not refused: {what}")


@pytest.fixture
def tried(signed: Planned) -> Iterator[Attempts]:
    office, visit = signed
    attempts = Attempts(office, visit)
    yield attempts
    attempts.check("by now")
