"""The records that were looked at last, kept in the desk's settings: where the finder begins before a word is typed."""

from __future__ import annotations

import json

from s75desk.domain.records import KINDS, Record
from s75desk.models import settings
from s75desk.services.finder import PAGES, FinderService, Found
from s75desk.services.workplace import Workplace

SETTING = "recent_records"
"""Key of the setting: kinds and uids, the newest first. No words of a record lie in it."""

MOST = 20


class RecentRecords:
    """Notes which records were looked at, and finds them again.

    Args:
        place: The open desk.
        finder: Says what a record is, as it does for one that was searched for.
    """

    def __init__(self, place: Workplace, finder: FinderService) -> None:
        self.place = place
        self._finder = finder

    def note(self, kind: str, uid: str) -> None:
        """Put a record at the top; one of a kind without a page is left out.

        Raises:
            DeskError: If the desk cannot be written.
        """
        if kind not in PAGES or self.place.desk.read_only:
            return
        with self.place.desk.reading() as connection:
            kept = _read(settings.get(connection, SETTING))
        if kept[:1] == [(kind, uid)]:
            return
        with self.place.desk.writing() as connection:
            kept = [pair for pair in _read(settings.get(connection, SETTING)) if pair != (kind, uid)]
            settings.put(connection, SETTING, json.dumps([(kind, uid), *kept][:MOST]))

    def records(self, limit: int = 8) -> tuple[Found, ...]:
        """The records looked at last, the newest first; those archived since are left out."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            live: list[Record] = []
            for kind, uid in _read(settings.get(connection, SETTING)):
                record = repository.get(KINDS[kind], uid)
                if record is not None and record.archived_at is None:
                    live.append(record)
            return tuple(self._finder.described(record, repository) for record in live[:limit])


def _read(text: str) -> list[tuple[str, str]]:
    """What a setting holds; nothing if it is damaged."""
    try:
        pairs = json.loads(text or "[]")
        return [(kind, uid) for kind, uid in pairs if kind in PAGES and isinstance(uid, str)]
    except (ValueError, TypeError, RecursionError):
        return []
