"""What is asked of deeds of variation and of bodies that go, while they are typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.findings import Weight
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Record, Succession, Variation
from s75desk.domain.surroundings import Surroundings
from s75desk.domain.validation import findings_for

TODAY = date(2026, 11, 30)
DAY = date(2028, 4, 1)
AGREEMENT = Agreement(uid="a", title="OT", starts=date(2026, 4, 1))


def asked(record: Record, *siblings: Record, owner: Record | None = None) -> list[tuple[str, Weight]]:
    around = Surroundings(TODAY, siblings={record.KIND: siblings}, owner=owner)
    found = [finding for finding in findings_for(record, around) if finding.weight is not Weight.NOTE]
    return [(finding.field, finding.weight) for finding in found]


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        (Variation(agreement="a", title="D", since=DAY, notice=Length(months=12)), []),
        (Variation(agreement="a", title="D", since=DAY), ["why"]),
        (Variation(agreement="a", title="D", since=DAY, why="Adds equipment."), []),
        (Variation(agreement="a", title="D", since=date(2026, 3, 31), notice=Length(months=12)), ["since"]),
        (Variation(agreement="a", title="D", since=TODAY, made=DAY, notice=Length(months=12)), ["made"]),
    ],
)
def test_a_deed(deed: Variation, fields: list[str]) -> None:
    assert asked(deed, owner=AGREEMENT) == [(field, Weight.DOUBT) for field in fields]


def goes(to: str, share: str | None) -> Succession:
    from s75desk.domain.records.dated import Going

    return Succession(
        organisation="o", successor=to, going=Going.SPLIT, since=DAY, share=None if share is None else Decimal(share)
    )


def test_shares_of_a_split_make_the_whole_and_the_mend_is_offered() -> None:
    assert asked(goes("b", "41.7"), goes("a", "58.3")) == []
    assert asked(goes("b", None), goes("a", "58.3")) == []
    assert asked(goes("b", "41.2"), goes("a", "58.3")) == [("share", Weight.DOUBT)]
    (finding,) = findings_for(goes("b", "41.2"), Surroundings(TODAY, siblings={"succession": [goes("a", "58.3")]}))
    assert finding.fix is not None
    assert finding.fix.text == "41.7%"
    assert asked(goes("a", None), goes("a", None)) == [("successor", Weight.DOUBT)]
    assert asked(goes("o", None)) == [("successor", Weight.DOUBT)]
