"""What the papers of the sample first said is not known in the sample desk before their day."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.records import Agreement, Contribution, Forum, Kpi, Risk, Target
from s75desk.models.repository import Repository
from s75desk.reporting.agreement.summary import summary
from s75desk.services.office import Office


@pytest.mark.parametrize(
    ("cls", "before", "on"),
    [
        (Risk, date(2015, 11, 2), date(2015, 11, 3)),
        (Agreement, date(2016, 12, 1), date(2024, 3, 7)),
        (Contribution, date(2015, 11, 2), date(2015, 11, 3)),
    ],
)
def test_nothing_is_known_before_the_paper_that_says_it(sample: Office, cls: type, before: date, on: date) -> None:
    def there(day: date) -> list[str]:
        with sample.place.desk.reading() as connection:
            return [one.source for one in sample.place.at(day).records(connection).all(cls) if not one.sample]

    assert len(there(before)) < len(there(on))
    if cls is Risk:
        assert there(before) == []
    if cls is Agreement:
        assert not [one for one in there(before) if "7 March 2024" in (one or "")]


def test_spending_of_a_paper_is_in_its_briefing(sample: Office) -> None:
    on = date(2015, 11, 3)
    (r3,) = [each for each in sample.agreements.dossiers(on) if each.agreement.reference == "S75-2016-HTLAH"]
    assert [str(fund.spend.text) for fund in r3.funds if fund.spend.known.valued] == ["about £36,000,000"]


def test_what_an_agreement_owns_is_not_there_before_it(sample: Office) -> None:
    r1 = sample.agreements.by_reference("S75-2024-OT")
    assert r1 is not None
    with sample.place.desk.reading() as connection:
        every = Repository(connection)
        then = sample.place.at(date(2017, 1, 1)).records(connection)
        kpis = [kpi.uid for kpi in every.all(Kpi, agreement=r1.uid)]
        assert kpis
        assert then.all(Kpi, agreement=r1.uid) == []
        assert then.all(Forum, agreement=r1.uid) == []
        assert every.all(Target, kpi=kpis)
        assert then.all(Target, kpi=kpis) == []
    assert r1.title not in {row.agreement for row in Office(sample.place.at(date(2017, 1, 1))).kpis.rows()}


def test_an_agreement_that_lapsed_is_dated_by_its_end(sample: Office) -> None:
    (r1,) = [each for each in sample.agreements.dossiers(date(2028, 6, 1)) if each.agreement.reference == "S75-2024-OT"]
    (part,) = [each for each in summary(r1) if each.title == "What needs attention"]
    (row,) = [row for block in part.blocks for row in getattr(block, "rows", ()) if "31 March 2027 with" in str(row)]
    assert "31 Mar 2027" in str(row.cells[2])
