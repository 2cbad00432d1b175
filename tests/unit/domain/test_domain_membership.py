"""Places in a lot by date."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.membership import is_member
from s75desk.domain.records import Membership

DAY = date(2026, 2, 2)


@pytest.mark.parametrize(
    ("admitted", "left", "holds"),
    [
        (None, None, True),
        (DAY, None, True),
        (date(2026, 2, 3), None, False),
        (None, DAY, True),
        (None, date(2026, 2, 1), False),
        (date(2020, 4, 1), date(2026, 2, 1), False),
    ],
)
def test_a_place_runs_from_admission_to_the_day_of_leaving(
    admitted: date | None, left: date | None, holds: bool
) -> None:
    assert is_member(Membership(admitted=admitted, left=left), DAY) is holds
