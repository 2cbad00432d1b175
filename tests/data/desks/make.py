"""Makes what the versions of the desk's tables are known by.

``python tests/data/desks/make.py step`` writes the newest migration step, from the tables of the version before it to
today's: run it after every change to a record until that version is released, and after every merge.
What has to be carried over by hand stands in ``carried_over_N.py`` beside it.
Only before version 2 was first released:
``python tests/data/desks/make.py steps`` writes the migration steps 1 and 2 from today's tables;
``python tests/data/desks/make.py desk`` writes the desk of version 1 that tests and the self-test upgrade.
After a release both are history: a change to the tables is then a new step and a new desk.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from s75desk.domain.records import Action, Agreement, Organisation, Party  # noqa: E402
from s75desk.models import blobs  # noqa: E402
from s75desk.models.cipher import APPLICATION_ID  # noqa: E402
from s75desk.models.engine import OUTSIDE, WRITING, make_engine  # noqa: E402
from s75desk.models.schema import DESK_ID, MADE_AT, REVISION  # noqa: E402
from s75desk.models.tables import EXTRAS, METADATA, SETTING  # noqa: E402
from s75desk.services.writer import Writer  # noqa: E402

DESK = Path(__file__).parent / "schema-0001.s75desk"
SHIPPED = ROOT / "resources" / "selftest" / DESK.name
MOMENT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

STEPS = ROOT / "s75desk" / "models" / "migrations"
LATER = ("chaser", "draft")
"""The tables that version 1 did not have."""

_SHAPES = "from s75desk.models.migrations.shapes import {names}"
_HEAD = '''"""{title}"""

from __future__ import annotations

from alembic.operations import Operations

{shapes}


def upgrade(op: Operations) -> None:
    """{does}"""
'''


def write_steps() -> None:
    tables = METADATA.sorted_tables
    _write(
        "v0001_first",
        "Version 1: every table but the chasers of an action and the drafts of forms.",
        "Make the tables in an empty file.",
        [table for table in tables if table.name not in LATER],
        EXTRAS,
    )
    _write(
        "v0002_chasers_and_drafts",
        "Version 2: times an action was chased, and what was typed into a form and not yet saved.",
        "Add both tables.",
        [table for table in tables if table.name in LATER],
        (),
    )


def _write(module: str, title: str, does: str, tables: Sequence[sa.Table], extras: Sequence[str]) -> None:
    used: set[str] = set()
    lines = [_table_code(table, used) for table in tables]
    lines += [_index_code(index, used) for table in tables for index in _by_name(table)]
    lines += [f"op.execute({_wrapped(statement)})" for statement in extras]
    head = _HEAD.format(title=title, does=does, shapes=_SHAPES.format(names=", ".join(sorted(used))))
    _tidy(STEPS / f"{module}.py", head, lines)


def _tidy(path: Path, head: str, lines: Sequence[str]) -> None:
    path.write_text(head + "\n".join(f"    {line}" for line in lines) + "\n")
    for command in (["check", "-q", "--select", "I,Q", "--fix"], ["format", "-q"]):
        subprocess.run([sys.executable, "-m", "ruff", *command, str(path)], check=True)


def _wrapped(statement: str) -> str:
    parts = textwrap.wrap(" ".join(statement.split()), 100, drop_whitespace=False)
    return " ".join(repr(part) for part in parts)


def _table_code(table: sa.Table, used: set[str]) -> str:
    parts = []
    for shape, group in itertools.groupby(table.columns, key=_shape):
        used.add(shape)
        parts.append(_columns_code(shape, list(group)))
    return f"op.create_table({table.name!r}, {', '.join(parts)})"


def _columns_code(shape: str, columns: Iterable[sa.Column[object]]) -> str:
    if shape == "refers":
        pairs = [f"{column.name}={next(iter(column.foreign_keys)).column.table.name!r}" for column in columns]
        return f"*refers({', '.join(pairs)})"
    names = ", ".join(repr(column.name) for column in columns)
    return f"{shape}({names})" if shape in ("key", "number_key") else f"*{shape}({names})"


def _shape(column: sa.Column[object]) -> str:
    plain = column.type.dialect_impl(sa.create_engine("sqlite://").dialect).compile()
    if column.primary_key:
        return {"VARCHAR": "key", "INTEGER": "number_key"}[plain]
    if column.foreign_keys:
        return "refers"
    if column.unique:
        return "text_once"
    return {"VARCHAR": "text", "INTEGER": "whole", "BLOB": "data"}[plain] + ("" if column.nullable else "_always")


NEWEST = "v0005_one_truth"
"""The step that is not released yet."""


def write_step() -> None:
    """Write the newest step: tables that are new, and those that have other columns now, rebuilt."""
    from s75desk.models.migrations import LATEST, runner

    used: set[str] = set()
    lines = [f"carried_over_{LATEST}.before(op)"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "before.s75desk"
        path.touch()
        engine = make_engine(path, lambda: None)
        runner.migrate(engine, 0, lambda _: None, to=LATEST - 1)
        before = sa.MetaData()
        with engine.connect() as connection:
            before.reflect(connection)
            triggers = {
                row.name: row.tbl_name
                for row in connection.exec_driver_sql("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger'")
            }
        engine.dispose()
    for table in METADATA.sorted_tables:
        old = before.tables.get(table.name)
        if old is not None and [_signature(c) for c in old.columns] == [_signature(c) for c in table.columns]:
            known = {index.name for index in old.indexes}
            lines += [_index_code(index, used) for index in _by_name(table) if index.name not in known]
            continue
        code = _table_code(table, used)
        if old is not None:
            used.add("rebuild")
            code = code.replace("op.create_table(", "rebuild(op, ", 1)
        lines.append(code)
        lines += [_index_code(index, used) for index in _by_name(table)]
        lines += [
            f"op.execute({_wrapped(statement)})"
            for statement in EXTRAS
            if triggers.get(statement.split()[2]) == table.name and "TRIGGER" in statement
        ]
    lines.append(f"carried_over_{LATEST}.after(op)")
    shapes = _SHAPES.format(names=", ".join(sorted(used))) if used else ""
    head = _HEAD.format(
        title=f"Version {LATEST}: written by tests/data/desks/make.py; what is carried over by hand stands beside it.",
        does="Make the new tables, and rebuild those that have other columns now.",
        shapes=f"from s75desk.models.migrations import carried_over_{LATEST}\n{shapes}",
    )
    _tidy(STEPS / f"{NEWEST}.py", head, lines)


def _signature(column: sa.Column[object]) -> tuple[object, ...]:
    kind = column.type.dialect_impl(sa.create_engine("sqlite://").dialect).compile()
    return column.name, kind, column.nullable, tuple(key.target_fullname for key in column.foreign_keys)


def _by_name(table: sa.Table) -> list[sa.Index]:
    return sorted(table.indexes, key=lambda index: str(index.name))


def _index_code(index: sa.Index, used: set[str]) -> str:
    columns = []
    for part in index.expressions:
        if isinstance(part, sa.Column):
            columns.append(repr(part.name))
        else:
            used.add("any_case")
            columns += [f"any_case({column.name!r})" for column in index.columns]
    unique = ", unique=True" if index.unique else ""
    return f"op.create_index({str(index.name)!r}, {index.table.name!r}, [{', '.join(columns)}]{unique})"


def write_desk() -> None:
    """A desk as version 1 left it, with a few records, their history, a blob and words to find."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / DESK.name
        made.touch()
        engine = make_engine(made, lambda: None)
        runner.migrate(engine, 0, lambda _: None, to=1)
        with engine.connect().execution_options(**WRITING) as connection, connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            values = {DESK_ID: "5a75de5c-0001-4000-8000-000000000001", MADE_AT: MOMENT.isoformat(), REVISION: "1"}
            connection.execute(sa.insert(SETTING), [{"key": key, "value": value} for key, value in values.items()])
        writer = Writer(lambda: _writing(engine), "Compliance officer", lambda: MOMENT)
        with writer.change("Entered: Occupational therapy") as change:
            council = change.create(Organisation(name="Example Council"))
            agreement = change.create(Agreement(title="Occupational therapy", starts=date(2024, 4, 1)))
            change.create(Party(agreement=agreement.uid, organisation=council.uid))
            change.create(Action(title="Send the quarterly report", due=date(2026, 7, 31)))
        with _writing(engine) as connection:
            blobs.put(connection, b"A paper kept in the desk.")
        with engine.connect().execution_options(**OUTSIDE) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            connection.exec_driver_sql("VACUUM")
        engine.dispose()
        for target in (DESK, SHIPPED):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, target)


@contextmanager
def _writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        yield connection


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["steps"]:
            write_steps()
        case ["step"]:
            write_step()
        case ["desk"]:
            from s75desk.models.migrations import runner  # Not before the steps are there.

            write_desk()
        case _:
            sys.exit(__doc__)
