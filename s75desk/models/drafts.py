"""Drafts: what was typed into a form and not yet saved, kept in the desk so that a kill loses nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from s75desk.models.tables import DRAFT

_DROP = delete(DRAFT).where(DRAFT.c.key == bindparam("gone"))


@dataclass(frozen=True, slots=True)
class Draft:
    """Raw texts of a form by field, with when they were kept (UTC)."""

    kind: str
    uid: str
    typed: Mapping[str, str]
    kept_at: datetime


def key_of(kind: str, uid: str, owner: str) -> str:
    """What a draft is filed under: the record, or for a new one the record that will own it."""
    return f"{kind}:{uid or 'new'}:{'' if uid else owner}"


def keep(connection: Connection, key: str, draft: Draft) -> None:
    """Write a draft over the one before."""
    values = {
        "key": key,
        "kind": draft.kind,
        "uid": draft.uid,
        "typed": json.dumps(dict(draft.typed), ensure_ascii=False),
        "kept_at": draft.kept_at,
    }
    connection.execute(insert(DRAFT).values(values).on_conflict_do_update(index_elements=["key"], set_=values))


def read(connection: Connection, key: str) -> Draft | None:
    """The draft, or None."""
    row = connection.execute(select(DRAFT).where(DRAFT.c.key == key)).one_or_none()
    return None if row is None else Draft(row.kind, row.uid, json.loads(row.typed), row.kept_at)


def below(connection: Connection, prefix: str) -> list[Draft]:
    """Every draft whose key begins so, in the order of their keys."""
    rows = connection.execute(
        select(DRAFT).where(DRAFT.c.key.startswith(prefix, autoescape=True)).order_by(DRAFT.c.key)
    )
    return [Draft(row.kind, row.uid, json.loads(row.typed), row.kept_at) for row in rows]


def kept(connection: Connection) -> list[tuple[str, Draft]]:
    """Every draft of a form with its key, the newest first."""
    rows = connection.execute(select(DRAFT).order_by(DRAFT.c.kept_at.desc()))
    return [(row.key, Draft(row.kind, row.uid, json.loads(row.typed), row.kept_at)) for row in rows]


def drop(connection: Connection, key: str) -> None:
    """Forget a draft."""
    connection.execute(_DROP, {"gone": key})
