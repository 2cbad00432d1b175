"""What we inferred names its fields by their labels, says why, and marks the values it is about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.findings import Weight
from s75desk.domain.inferred import inferences, marked, trouble_with, why_inferred
from s75desk.domain.records import KINDS, Agreement, Measurement
from s75desk.domain.surroundings import Surroundings
from s75desk.domain.validation import findings_for

_AROUND = Surroundings(date(2026, 2, 2))


def _figure(inferred: str | None, **values: object) -> Measurement:
    return Measurement(ends=date(2016, 6, 30), value=Decimal(599), inferred=inferred, **values)  # type: ignore[arg-type]


def test_a_line_names_a_field_by_its_label_and_says_why() -> None:
    figure = _figure("period TO: the paper gives no date\nValue: read off a chart")
    assert inferences(figure) == {"ends": "the paper gives no date", "value": "read off a chart"}
    assert marked("30 Jun 2016", figure, "ends") == "30 Jun 2016, inferred"
    assert marked("599", figure, "n") == "599"
    assert why_inferred(figure, "ends", "value") == "the paper gives no date; read off a chart"


def test_one_line_may_name_several_fields_and_a_label_may_hold_a_comma() -> None:
    figure = _figure("Period from, Period to: the year of the paper is used", starts=date(2016, 4, 1))
    assert set(inferences(figure)) == {"starts", "ends"}
    agreement = Agreement(
        title="OT", stated_end=date(2027, 3, 31), inferred="End, if stated: three years from the start"
    )
    assert inferences(agreement) == {"stated_end": "three years from the start"}


def test_a_value_that_is_not_known_is_not_inferred() -> None:
    assert inferences(_figure("n: counted by hand")) == {}
    assert why_inferred(None, "ends") == ""


@pytest.mark.parametrize("text", ["the end of June", "Pariod to: no date", "Period to:", "Source: a guess"])
def test_what_names_no_value_or_no_reason_is_doubted_with_what_is_wrong(text: str) -> None:
    assert trouble_with(_figure(None), text)
    found = findings_for(_figure(text, kpi="1"), _AROUND)
    assert [finding.field for finding in found if finding.weight is Weight.DOUBT] == ["inferred"]


def test_every_label_of_every_kind_that_is_offered_can_be_named() -> None:
    for cls in KINDS.values():
        record = cls()
        for field in record.fields().values():
            if hasattr(record, "inferred") and not field.parent and not field.hidden:
                text = f"{field.label}: because"
                beside = field.name in {"source", "paragraph", "known", "note", "private", "inferred", "sample"}
                assert (trouble_with(record, text) == "") is not beside, (cls.KIND, field.name)
