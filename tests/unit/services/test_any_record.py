"""Any record at all, whatever its fields hold, comes back equal: from the file, from history and by undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from s75desk.domain.errors import Rejected
from s75desk.domain.field_text import text_to_value, value_to_text
from s75desk.domain.records import KINDS, Sourced, Visit
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from tests.unit.record_help import any_record, fill_estate, office_of
from tests.unit.services.desk_contents import Estate, chain_holds


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """One desk for many examples, each of which adds to it."""
    with DeskFile.create(tmp_path_factory.mktemp("lasting") / "a.s75desk") as desk:
        office = office_of(desk)
        yield office, fill_estate(office)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12)
@given(data=st.data())
def test_any_record_comes_back_equal_from_file_and_from_history(
    lasting: Estate, kind: str, data: st.DataObject
) -> None:
    office, places = lasting
    cls = KINDS[kind]
    record = data.draw(any_record(cls, places))
    for name, field in cls.fields().items():
        value = getattr(record, name)
        assert text_to_value(field, value_to_text(field, value)) == value
    with rolled_back(office) as repository:
        uid = data.draw(st.uuids()).hex
        repository.insert([replace(record, uid=uid)])
        assert repository.get(cls, uid) == replace(record, uid=uid)
        other = data.draw(any_record(cls, places))
        values = {name: getattr(other, name) for name in cls.fields()}
        if cls.SEALED:
            with pytest.raises(IntegrityError, match="never changed"):
                repository.update(kind, uid, values)
            return
        repository.update(kind, uid, values)
        assert repository.get(cls, uid) == replace(other, uid=uid)


class _RolledBack(Exception):
    pass


@contextmanager
def rolled_back(office: Office) -> Iterator[Repository]:
    try:
        with office.place.desk.writing() as connection:
            yield Repository(connection)
            raise _RolledBack
    except _RolledBack:
        pass


@settings(max_examples=30)
@given(data=st.data())
def test_whatever_was_revised_undo_brings_back(lasting: Estate, data: st.DataObject) -> None:
    """Through checks, history and search as an officer does it; of the same kind again and again."""
    office, places = lasting
    kind = data.draw(st.sampled_from(["milestone", "contribution", "measurement", "visit", "action", "decision"]))
    cls = KINDS[kind]
    before = office.records.get(cls, places[kind])
    after = replace(data.draw(any_record(cls, places)), uid=before.uid)
    if isinstance(after, Visit):
        assert isinstance(before, Visit)
        after = replace(after, amends=before.amends)  # else all of it would be refused
    if isinstance(after, Sourced) and after.private is None:
        after = replace(after, private=False)  # Undecided is only what an older desk brought along.
    try:
        made = office.records.revise(after)
    except Rejected:
        assert office.records.get(cls, before.uid) == before
        return
    assert office.records.get(cls, before.uid) == after
    if not made.change_id:
        assert after == before
        return
    undone = office.records.undo(made.change_id)
    assert office.records.get(cls, before.uid) == before
    office.records.undo(undone.change_id)
    assert office.records.get(cls, before.uid) == after
    assert chain_holds(office)
