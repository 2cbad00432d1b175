"""Since when the officer was away, kept in the desk's settings, and what the history says of the time between."""

from __future__ import annotations

from datetime import datetime

from s75desk.domain.records import KINDS, Rating
from s75desk.domain.since import News, Since
from s75desk.domain.status import Shape
from s75desk.domain.statuses.providers import published_rating
from s75desk.domain.wording import moment_text
from s75desk.models import history, settings
from s75desk.models.connection import Connection
from s75desk.services.finder import FinderService
from s75desk.services.workplace import Workplace

SETTING = "last_here"
"""Key of the setting: the moment at which the desk was last left or its news was seen, UTC."""

MOST_ROWS = 500
"""So many of the newest rows of history are looked at: what came before that is old news."""


class SinceService:
    """Knows since when. The time between ends when this is made: what is done from then on is no news.

    Args:
        place: The open desk.
        finder: Says where a record is shown.
    """

    def __init__(self, place: Workplace, finder: FinderService) -> None:
        self.place = place
        self._finder = finder
        self._until = place.now()
        self._seen = False
        self._asked = False
        self._last: datetime | None = None

    def read(self) -> Since | None:
        """What was changed since; None on the first day, and while another day is looked at."""
        if self.place.another_day is not None:
            return None
        with self.place.desk.reading() as connection:
            if not self._asked:
                self._asked, self._last = True, _moment(settings.get(connection, SETTING))
            if self._last is None:
                return None
            return Since(self._last, changed=tuple(self._changed(connection, self._last)), seen=self._seen)

    def seen(self) -> None:
        """The officer has seen what is new: a kill does not bring it back.

        Raises:
            DeskError: If the desk cannot be written; it is folded all the same.
        """
        self._seen = True
        self._keep(self._until)

    def leave(self) -> None:
        """The desk is about to be closed: what comes after now is news next time.

        Raises:
            DeskError: If the desk cannot be written.
        """
        self._keep(self.place.now())

    def _keep(self, at: datetime) -> None:
        with self.place.desk.writing() as connection:
            settings.put(connection, SETTING, at.isoformat())

    def _changed(self, connection: Connection, last: datetime) -> list[News]:
        found: dict[str, News] = {}
        repository = self.place.records(connection)
        for row in history.newest(connection, MOST_ROWS):
            if row.at >= self._until:
                continue
            if row.at <= last:
                break
            record = repository.get(KINDS[row.kind], row.uid)
            where = self._finder.described(record, repository) if record is not None else None
            rating = (
                published_rating(record, self.place.day()) if isinstance(record, Rating) and not row.field else None
            )
            shape = rating.shape if rating is not None and rating.shape.loud else Shape.INFO
            # A change is told by its first record, which it is named after: the rows come newest first.
            found[row.change_id] = News(
                min((shape, found[row.change_id].shape), key=lambda each: each.urgency)
                if row.change_id in found
                else shape,
                row.label,
                f"{row.who}, {moment_text(row.at, self._until.astimezone().tzinfo)}",
                "See" if where is not None and where.page_uid else "",
                kind=where.page_kind if where is not None else "",
                uid=where.page_uid if where is not None else "",
                at=row.at,
            )
        return list(found.values())


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
