"""A record that names others which are not in the desk yet: all are written together, or nothing is."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.agreement_entry import AgreementEntry, TermSaid, agreement_of, term_said
from s75desk.domain.errors import Rejected
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Organisation
from s75desk.domain.refusals import NotUnderstood
from s75desk.services.office import Office

TRUST = {"uid-of-the-trust": ("organisation", "NHS trust")}


def names(office: Office) -> set[str]:
    return {name for _, name in office.records.lookup("organisation")}


def test_it_is_one_change_about_the_record_that_was_saved(office: Office) -> None:
    entry = AgreementEntry(title="Equipment", first_partner="uid-of-the-trust")
    changes = office.records.with_newcomers(TRUST, lambda: office.agreements.enter(entry))
    assert changes.label == "Added: Equipment, and NHS trust"
    assert office.records.get(Agreement, changes.uid).title == "Equipment"
    assert "NHS trust" in names(office)
    office.records.undo(changes.change_id)
    assert "NHS trust" not in names(office)
    assert office.records.get(Agreement, changes.uid).archived_at is not None


def test_refused_it_leaves_nothing_behind(office: Office) -> None:
    office.agreements.enter(AgreementEntry(title="One", reference="EQ-1"))
    entry = AgreementEntry(title="Two", reference="EQ-1", first_partner="uid-of-the-trust")
    with pytest.raises(Rejected):
        office.records.with_newcomers(TRUST, lambda: office.agreements.enter(entry))
    assert "NHS trust" not in names(office)
    office.agreements.enter(AgreementEntry(title="Three"))
    assert "NHS trust" not in names(office), "the next change is one of its own"


def test_a_change_after_one_that_failed_is_kept_whole(office: Office) -> None:
    with pytest.raises(Rejected):
        office.records.with_newcomers(
            {"x": ("organisation", "")}, lambda: office.records.create(Organisation(name="A"))
        )
    assert names(office) == set()


YEAR = Length(years=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("3 + 1 + 1 years", TermSaid(Length(years=3), (YEAR, YEAR))),
        ("until 31 March 2027", TermSaid(end=date(2027, 3, 31))),
        ("to 31/3/27 + 1 year", TermSaid(options=(YEAR,), end=date(2027, 3, 31))),
        ("ends 2027-03-31", TermSaid(end=date(2027, 3, 31))),
        ("31st March 2027", TermSaid(end=date(2027, 3, 31))),
        ("until ended", TermSaid(rolling=True)),
        ("1 year, then until ended", TermSaid(YEAR, rolling=True)),
        ("rolling 1 year", TermSaid(YEAR, rolling=True)),
        ("1 year, then rolls over", TermSaid(YEAR, rolling=True)),
        ("open-ended", TermSaid(None, rolling=True)),
        ("no end date", TermSaid(None, rolling=True)),
        ("indefinite, until terminated", TermSaid(None, rolling=True)),
        ("year to year until ended on notice", TermSaid(rolling=True)),
        ("rolling", TermSaid(rolling=True)),
        ("until further notice", TermSaid(rolling=True)),
        ("not known + 1 year", TermSaid(options=(YEAR,))),
        ("", TermSaid()),
    ],
)
def test_one_line_says_a_term_as_papers_write_it(words: str, said: TermSaid) -> None:
    assert term_said(words) == said
    made = agreement_of(AgreementEntry(title="T", term=words))
    assert (made.first_term, made.stated_end, made.rolling) == (said.first, said.end, said.rolling)


@pytest.mark.parametrize("words", ["until 31 March", "12 months from 2026", "3 + 1", "until Friday", "March 2027"])
def test_what_could_be_more_than_one_term_is_asked(words: str) -> None:
    with pytest.raises(NotUnderstood):
        term_said(words)


def test_an_end_further_down_holds_and_the_line_that_says_another_is_doubted() -> None:
    from s75desk.domain.agreement_entry import findings_for_entry
    from s75desk.domain.findings import Weight
    from s75desk.domain.surroundings import Surroundings

    entry = AgreementEntry(title="T", term="until 31 March 2027", stated_end=date(2028, 3, 31))
    assert agreement_of(entry).stated_end == date(2028, 3, 31)
    around = Surroundings(today=date(2026, 2, 2))
    doubted = [each for each in findings_for_entry(entry, around) if each.field == "term"]
    assert [each.weight for each in doubted] == [Weight.DOUBT]


def test_a_term_does_not_begin_with_an_option() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        term_said("+ 13 months")
    assert refusal.value.meant == ("not known + 13 months",)
    assert term_said(refusal.value.meant[0]).first is None
    assert term_said("until 31 March 2027 + 1 year").options
