"""What a query takes for open and overdue is what the rule takes for it, in every combination."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from s75desk.domain.as_at import as_known
from s75desk.domain.records import Action, Agreement
from s75desk.domain.statuses.actions import is_open
from s75desk.domain.statuses.counts import overdue_count
from s75desk.models.desk_file import DeskFile
from s75desk.models.queries.actions import open_actions, overdue_actions
from s75desk.models.repository import Repository
from tests.unit.domain.statuses.every_record import DAYS, every


@pytest.mark.parametrize("today", [day for day in DAYS if day is not None], ids=str)
def test_the_queries_and_the_rule_agree_on_every_combination(tmp_path: Path, today: date) -> None:
    actions = list(every(Action))
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        with desk.writing() as connection:
            Repository(connection).insert([Agreement(uid="a", title="One"), *actions])
        with desk.reading() as connection:
            found, overdue = open_actions(connection, today), overdue_actions(connection, today)
    there = [action for action in actions if as_known(action, today)]
    assert len(there) > len(actions) // 2
    assert set(found) == {action.uid for action in there if is_open(action, today)}
    assert overdue == overdue_count(there, today)
