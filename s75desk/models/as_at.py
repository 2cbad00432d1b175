"""Records as at a day, said to the database: each kind's table under its own name, with what was known by then alone.

``domain/as_at.py`` has the rule; this is the same rule in SQL, made from the same descriptions, so that a list of any
length is read as at a day in one query, and what a query asks for (open, not received) is asked of that day. A query
that begins with these definitions reads them in place of the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CTE, Connection, Integer, bindparam, column, select, text, union

from s75desk.domain.as_at import follows_days
from s75desk.domain.fields import Choice, Field, FieldType
from s75desk.domain.records import KINDS, DatedValue, Record, Variation
from s75desk.domain.records.dated import TERMS
from s75desk.models.tables import TABLES

DAY = "as_at_day"
"""The parameter that every definition takes: the day as ISO text, as ``values_for`` gives it."""

_CHANGED = union(
    select(TABLES[DatedValue.KIND].c.kind, TABLES[DatedValue.KIND].c.field).where(
        TABLES[DatedValue.KIND].c.archived_at.is_(None)
    ),
    *(
        select(text("'agreement'"), text(f"'{term}'")).where(
            TABLES[Variation.KIND].c[term].is_not(None), TABLES[Variation.KIND].c.archived_at.is_(None)
        )
        for term in TERMS
    ),
)

Changed = frozenset[tuple[str, str]]


def changed_fields(connection: Connection) -> Changed:
    """Kind and name of every field of which the desk holds a value from a day: few, whatever it holds else."""
    return frozenset((kind, field) for kind, field in connection.execute(_CHANGED))


def values_for(on: date) -> dict[str, str]:
    """The parameter for a query that begins with ``definitions``."""
    return {DAY: on.isoformat()}


def definitions(kinds: Iterable[str], changed: Changed) -> str:
    """Definitions of several kinds for the beginning of a query written by hand: ``WITH <these>, more AS (...)``."""
    found = []
    for kind in kinds:
        own = _of_kind(kind, changed)
        # Once where values have to be put together; else in place, so that indexes find what is asked for.
        found.append(f'"{kind}" AS {"MATERIALIZED" if own else "NOT MATERIALIZED"} ({_seen(kind, own)})')
    return ", ".join(found)


def seen_table(kind: str, on: date, changed: Changed) -> CTE | None:
    """The definition of one kind, for a query of SQLAlchemy's; None if nothing of the kind depends on a day."""
    of_kind = _of_kind(kind, changed)
    cls = KINDS[kind]
    if not (of_kind or cls.happens() or cls.KNOWN_WITH):
        return None
    query = text(_seen(kind, of_kind)).bindparams(bindparam(DAY, on.isoformat()))
    return query.columns(column("rowid", Integer), *(column(c.name, c.type) for c in TABLES[kind].columns)).cte(kind)


def _of_kind(kind: str, changed: Changed) -> frozenset[str]:
    return frozenset(field for of, field in changed if of == kind)


@cache
def _seen(kind: str, changed: frozenset[str]) -> str:
    """The statement that reads a kind as at a day."""
    cls = KINDS[kind]
    held = {c.name: f't."{c.name}"' for c in TABLES[kind].columns}
    for name, field in cls.fields().items():
        if follows_days(cls, field) and name in changed:
            held[name] = _held(kind, field, held[name])
    if changed:
        # The few records that have such values are put together apart and laid over the others, which are read, and
        # found by an index, as they are.
        laid = ", ".join(f'{held[name]} AS "{name}"' for name in sorted(changed))
        columns = ", ".join(
            f'CAST(CASE WHEN h.uid IS NULL THEN t."{name}" ELSE h."{name}" END AS {_kept(cls, name)}) AS "{name}"'
            if name in changed
            else f't."{name}" AS "{name}"'
            for name in held
        )  # fmt: skip
        source = (
            f'(SELECT t.rowid AS rowid, {columns} FROM main."{kind}" AS t LEFT JOIN '  # noqa: S608 - our own names.
            f'(SELECT t.uid AS uid, {laid} FROM main."{kind}" AS t WHERE t.uid IN ({_with_values(kind)})) AS h '
            "ON h.uid = t.uid)"
        )
    else:
        source = f'main."{kind}"'
    known = {name: f't."{name}"' for name in held}
    if "note" in known and cls.KNOWN_WITH:
        any_later = " OR ".join(f"{_day(cls.fields()[day])} > :{DAY}" for day in cls.KNOWN_WITH)
        known["note"] = f"CASE WHEN NOT COALESCE({any_later}, 0) THEN {known['note']} END"
    for day, then in cls.KNOWN_WITH.items():
        later = f"{_day(cls.fields()[day])} > :{DAY}"
        for other, before in then.items():
            known[other] = f"CASE WHEN {later} THEN {_before(known[other], before)} ELSE {known[other]} END"
        known[day] = f"CASE WHEN NOT {later} THEN {known[day]} END"
    columns = ", ".join(f'{sql} AS "{name}"' for name, sql in known.items())
    where = " AND ".join(_there(kind)) or "1"
    return f"SELECT t.rowid AS rowid, {columns} FROM {source} AS t WHERE {where}"  # noqa: S608 - our own names.


_PERIOD_END = (
    "CASE t.quarter WHEN 1 THEN t.year || '-06-30' WHEN 2 THEN t.year || '-09-30' WHEN 3 THEN t.year || '-12-31' "
    "ELSE (t.year + 1) || '-03-31' END"
)


def _kept(cls: type[Record], name: str) -> str:
    """What the column keeps, said again: SQLite joins by an index only what is kept alike."""
    whole = (FieldType.MONEY, FieldType.WHOLE, FieldType.YEAR, FieldType.YES_NO)
    return "INTEGER" if cls.fields()[name].type in whole else "TEXT"


def _with_values(kind: str) -> str:
    found = f"SELECT record FROM main.dated_value WHERE kind = '{kind}' AND archived_at IS NULL"  # noqa: S608
    if kind == "agreement":
        found += " UNION SELECT agreement FROM main.variation WHERE archived_at IS NULL"
    return found


def _there(kind: str) -> list[str]:
    cls = KINDS[kind]
    found = []
    for day, signs in cls.happens().items():
        planned = "".join(f" AND {_not_so(cls.fields()[sign])}" for sign in signs)
        found.append(f"(({_by(cls.fields()[day])}){f' OR (1{planned})' if signs else ''})")
    if cls.OUTTURN:
        found.append(f"NOT COALESCE(({_is_outturn(cls)}) AND {_PERIOD_END} > :{DAY}, 0)")
    if cls.PLANNED:
        planned = " OR ".join(f't."{name}" IS NOT NULL' for name in cls.PLANNED)
        happened = " AND ".join(f"({_by(cls.fields()[name])})" for name in cls.KNOWN_WITH)
        found.append(f"({planned} OR ({happened}))")
    for field in cls.fields().values():
        if field.parent and field.refers_to in _OWNERS:
            # A list that is worked out once, and not asked of every row.
            found.append(f'COALESCE(t."{field.name}" NOT IN ({_absent(field.refers_to)}), 1)')
    return found


_OWNERS = ("agreement", "kpi", "breakdown", "lot")
"""Kinds without which what they own is not there either."""


def _absent(kind: str) -> str:
    """The records of a kind that were not there on the day."""
    return f'SELECT t.uid FROM main."{kind}" AS t WHERE NOT ({" AND ".join(_there(kind)) or "1"})'  # noqa: S608


def _is_outturn(cls: type[Record]) -> str:
    """Whether it tells what came of a period, and does not say on which day that became known."""
    field, words = cls.FORETOLD
    foretold = " OR ".join(f"lower(COALESCE(t.\"{field}\", '')) LIKE '%{word}%'" for word in words) or "0"
    each = []
    for values in cls.OUTTURN:
        chosen = [_among(name, found) for name, found in values.items()]
        each.append(" AND ".join(chosen) + (f" AND NOT ({foretold})" if None in values.get("state", ()) else ""))
    no_day = " AND ".join(f't."{name}" IS NULL' for name in cls.happens())
    return f"({' OR '.join(f'({one})' for one in each)}) AND {no_day}"


def _among(name: str, values: tuple[Choice | None, ...]) -> str:
    """Whether a column has one of these values, None among them."""
    found = [f't."{name}" IN ({", ".join(_word(value) for value in values if value is not None)})']
    if None in values:
        found.append(f't."{name}" IS NULL')
    return f"({' OR '.join(found)})"


def _not_so(sign: Field) -> str:
    return f'COALESCE(t."{sign.name}", 0) = 0' if sign.type is FieldType.YES_NO else f't."{sign.name}" IS NULL'


def _by(day: Field) -> str:
    return f'{_day(day)} <= :{DAY} OR t."{day.name}" IS NULL'


def _day(field: Field) -> str:
    return f'substr(t."{field.name}", 1, 10)' if field.type is FieldType.MOMENT else f't."{field.name}"'


def _before(now: str, before: Choice | Mapping[Any, Any] | None) -> str:
    if isinstance(before, Mapping):
        pairs = " ".join(f"WHEN {_word(value)} THEN {_word(then)}" for value, then in before.items())
        return f"CASE {now} {pairs} ELSE {now} END"
    return _word(before)


def _word(value: Choice | None) -> str:
    return "NULL" if value is None else "'" + value.value.replace("'", "''").replace(":", "\\:") + "'"


def _held(kind: str, field: Field, base: str) -> str:
    """The value that held: the one from the latest day that was reached and known, else the one from the start."""
    found = (
        f"SELECT {_stored(field)} AS value, d.since AS since, MAX(d.since, COALESCE(d.known, d.since)) AS known, "  # noqa: S608
        f"0 AS deed, d.rowid AS place FROM main.dated_value AS d "
        f"WHERE d.record = t.uid AND d.field = '{field.name}' AND d.archived_at IS NULL"
    )
    if kind == "agreement" and field.name in TERMS:
        found += (
            f' UNION ALL SELECT v."{field.name}", v.since, MAX(v.since, COALESCE(v.made, v.since)), 1, v.rowid '  # noqa: S608
            f'FROM main.variation AS v WHERE v.agreement = t.uid AND v."{field.name}" IS NOT NULL '
            "AND v.archived_at IS NULL"
        )
    # Several at once, so that a value that is not known from a day on is told from none at all.
    best = f"FROM ({found}) WHERE known <= :{DAY} ORDER BY since DESC, known DESC, deed DESC, place DESC"
    return f"CASE WHEN EXISTS (SELECT 1 {best}) THEN (SELECT value {best} LIMIT 1) ELSE {base} END"


def _stored(field: Field) -> str:
    """A value as ``domain/field_text.py`` writes it, made into what the column keeps."""
    match field.type:
        case FieldType.MONEY:
            return "CAST(ROUND(d.value * 100) AS INTEGER)"
        case FieldType.WHOLE | FieldType.YEAR:
            return "CAST(d.value AS INTEGER)"
        case FieldType.YES_NO:
            return "CASE d.value WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END"
        case _:
            return "d.value"
