"""Reads of what changed from a day: spans of a field, differences between two days, days on which something changed."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from s75desk.domain.dated import Difference, Held, Later, days_of_change, differences, spans
from s75desk.domain.errors import NotFound
from s75desk.domain.records import Record
from s75desk.models.repository import Repository
from s75desk.services.dated import dated_of, later
from s75desk.services.workplace import Workplace

R = TypeVar("R", bound=Record)


class DatedReads:
    """A part of ``RecordService``."""

    place: Workplace

    def stored(self, cls: type[R], uid: str) -> R:
        """One record with the values it had from the start; raises as ``get`` does."""
        with self.place.desk.reading() as connection:
            found = Repository(connection).get(cls, uid)
        if found is None:
            raise NotFound(f"That {cls.NOUN} is not in this desk.", "It may have been taken out of another desk.")
        return found

    def spans(self, cls: type[Record], uid: str, field: str) -> tuple[Held, ...]:
        """Every value that a dated field of a record had or will have, the newest first; raises as ``get`` does."""
        found = self.stored(cls, uid)
        with self.place.desk.reading() as connection:
            return spans(found, field, dated_of(Repository(connection), found))

    def past(self, cls: type[Record], uid: str) -> dict[str, tuple[Held, ...]]:
        """The values of each field of a record that ever changed from a day, the newest first; raises like ``get``."""
        found = self.stored(cls, uid)
        with self.place.desk.reading() as connection:
            dated = dated_of(Repository(connection), found)
        changed = {value.field for value in dated if value.record == uid and value.field in found.fields()}
        return {name: spans(found, name, dated) for name in changed if name}

    def differences(self, cls: type[Record], uid: str) -> tuple[Difference, ...]:
        """What is another today than on the as-at day; raises as ``get`` does."""
        found = self.stored(cls, uid)
        with self.place.desk.reading() as connection:
            dated = dated_of(Repository(connection), found)
        return differences(found, self.place.day(), self.place.today(), dated)

    def later(self, cls: type[Record], uid: str) -> Later:
        """What came after the as-at day: what is another today, and what under it was not there yet."""
        found = self.differences(cls, uid)
        with self.place.desk.reading() as connection:
            return later(found, cls, uid, Repository(connection), self.place.records(connection))

    def days_of_change(self, cls: type[Record], uid: str) -> tuple[date, ...]:
        """Days on which something of a record, or of what it owns, changed, happened or became known."""
        found = self.stored(cls, uid)
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            family = [found, *repository.children(cls.KIND, uid)]
            return days_of_change(family, dated_of(repository, *family))
