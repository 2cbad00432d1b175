"""Whose hand history shows in a desk."""

from __future__ import annotations

from s75desk.models import settings
from s75desk.models.desk_file import DeskFile

WHO = "contract compliance officer"
"""Shown until the officer says otherwise: a role, as everywhere in samples."""


def keeper_of(desk: DeskFile) -> str:
    """The name or role that history shows."""
    with desk.reading() as connection:
        return settings.get(connection, settings.KEEPER, WHO)


def set_keeper(desk: DeskFile, who: str) -> None:
    """Show another name or role from now on; what history already shows stays."""
    with desk.writing() as connection:
        settings.put(connection, settings.KEEPER, who.strip() or WHO)
