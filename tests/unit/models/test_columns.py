"""How values lie in the file and in history: exact, sortable as text, and refused where they could not be kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select
from sqlalchemy.exc import StatementError

from s75desk.domain.field_text import moment_text, text_to_value, value_to_text
from s75desk.domain.fields import Field, FieldType
from s75desk.domain.records import KINDS
from s75desk.domain.records.agreement import AgreementKind
from s75desk.models.columns import column_type
from s75desk.models.desk_file import DeskFile
from s75desk.models.tables import METADATA, TABLES
from tests.unit.record_help import any_value

SUMMER = timezone(timedelta(hours=1))
MOMENT = datetime(2026, 4, 1, 9, 0, 0, 5, tzinfo=UTC)


def field(kind: FieldType, **more: Any) -> Field:
    return Field("name", "Label", kind, **more)


KEPT = [
    (field(FieldType.TEXT), "Café", "Café", "Café"),
    (field(FieldType.TEXT), "", "", ""),
    (field(FieldType.LONG_TEXT), "one\r\ntwo", "one\r\ntwo", "one\r\ntwo"),
    (field(FieldType.DATE), date(2026, 3, 31), "2026-03-31", "2026-03-31"),
    (field(FieldType.MOMENT), MOMENT, "2026-04-01T09:00:00.000005+00:00", "2026-04-01T09:00:00.000005+00:00"),
    (field(FieldType.MONEY), Decimal("10193315.07"), 1019331507, "10193315.07"),
    (field(FieldType.MONEY), Decimal("-0.01"), -1, "-0.01"),
    (field(FieldType.NUMBER), Decimal("51.06"), "51.06", "51.06"),
    (field(FieldType.NUMBER), Decimal("1E+3"), "1000", "1000"),
    (field(FieldType.WHOLE), 36, 36, "36"),
    (field(FieldType.YEAR), 2016, 2016, "2016"),
    (field(FieldType.YES_NO), True, 1, "yes"),
    (field(FieldType.YES_NO), False, 0, "no"),
    (field(FieldType.CHOICE, choices=AgreementKind), AgreementKind.GRANT, "grant", "grant"),
    (field(FieldType.REFERENCE, refers_to="agreement"), "8c5e", "8c5e", "8c5e"),
]


@pytest.mark.parametrize(("described", "value", "stored", "told"), KEPT)
def test_each_type_in_the_file_and_in_history(
    described: Field, value: object, stored: object, told: str, tmp_path: Any
) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk, desk.reading() as connection:
        dialect = connection.dialect
        kind = column_type(described)
        bind, result = kind.bind_processor(dialect), kind.result_processor(dialect, None)
        assert (bind(value) if bind else value) == stored
        assert (result(stored) if result else stored) == value
        assert (bind(None) if bind else None) is None
    assert value_to_text(described, value) == told
    assert text_to_value(described, told) == value
    assert value_to_text(described, None) is None
    assert text_to_value(described, None) is None


def test_a_fraction_of_a_penny_is_refused_not_rounded(tmp_path: Any) -> None:
    money = column_type(field(FieldType.MONEY))
    with DeskFile.create(tmp_path / "a.s75desk") as desk, desk.reading() as connection:
        for pounds in ("0.005", "372000.001"):
            with pytest.raises(StatementError, match="kept to the penny"):
                connection.execute(select(literal(Decimal(pounds), money)))
        assert connection.execute(select(literal(Decimal("0.50000"), money))).scalar_one() == Decimal("0.5")


def test_a_moment_is_written_in_utc_and_sorts_as_text() -> None:
    assert moment_text(MOMENT.astimezone(SUMMER)) == moment_text(MOMENT)
    moments = [MOMENT + timedelta(seconds=step / 7) for step in range(-30, 30)]
    texts = [moment_text(moment) for moment in moments]
    assert texts == sorted(texts)
    assert len({len(text) for text in texts}) == 1


@given(st.sampled_from(list(FieldType)).flatmap(lambda kind: st.tuples(st.just(kind), any_value(_any(kind), {}))))
def test_history_text_is_the_inverse_of_itself(pair: tuple[FieldType, Any]) -> None:
    kind, value = pair
    assert text_to_value(_any(kind), value_to_text(_any(kind), value)) == value


def _any(kind: FieldType) -> Field:
    return field(kind, choices=AgreementKind if kind is FieldType.CHOICE else None)


def test_every_field_has_its_column_and_every_reference_its_key() -> None:
    for kind, cls in KINDS.items():
        table = TABLES[kind]
        assert set(table.columns.keys()) == {"uid", "archived_at", *cls.fields()}
        keys = {key.parent.name: key.column.table.name for key in table.foreign_keys}
        assert keys == {name: one.refers_to for name, one in cls.fields().items() if one.refers_to}
        indexed = {column.name for index in table.indexes for column in list(index.columns)[:1]}
        assert set(keys) <= indexed
    assert set(METADATA.tables) - set(TABLES) == {"history", "blob", "draft", "setting", "search_row"}
