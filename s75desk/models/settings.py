"""Facts about a desk that its officer can change, such as whose hand history shows."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from s75desk.models.tables import SETTING

KEEPER = "keeper"
"""Key of the name or role that history shows."""

_WRITTEN = insert(SETTING)
_PUT = _WRITTEN.on_conflict_do_update(index_elements=["key"], set_={"value": _WRITTEN.excluded.value})


def get(connection: Connection, key: str, default: str = "") -> str:
    """A setting, or the default."""
    found = connection.execute(select(SETTING.c.value).where(SETTING.c.key == key)).scalar_one_or_none()
    return default if found is None else str(found)


def put(connection: Connection, key: str, value: str) -> None:
    """Write a setting over the one before."""
    connection.execute(_PUT, {"key": key, "value": value})
