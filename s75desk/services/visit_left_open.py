"""Which visit filled the window when the program ended: asked at every start, so it loads nothing of visit mode."""

from __future__ import annotations

from s75desk.domain.records import Visit
from s75desk.models import settings
from s75desk.models.repository import Repository
from s75desk.services.workplace import Workplace

OPEN = "visit_open"
"""Key of the setting that says which visit fills the window; a kill leaves it, leaving the visit clears it."""


def left_open(place: Workplace) -> str:
    """Uid of the visit that filled the window when the program ended without leaving it; "" for none."""
    with place.desk.reading() as connection:
        uid = settings.get(connection, OPEN)
        found = Repository(connection).get(Visit, uid) if uid else None
    return uid if found is not None and found.archived_at is None else ""
