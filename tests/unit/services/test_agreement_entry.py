"""A new agreement as it is entered: term, extensions, money and lead on one form, and what it says as one types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.agreement_entry import (
    AgreementEntry,
    Lead,
    agreement_of,
    contributions_of,
    extensions_after,
    extensions_of,
    findings_for_entry,
    lengths_of,
    parties_of,
    term_words,
)
from s75desk.domain.findings import Weight
from s75desk.domain.lengths import Length
from s75desk.domain.records import Extension
from s75desk.domain.records.agreement import AgreementKind, ExtensionState, PartyRole
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.validation import Surroundings, findings_for

TODAY = date(2026, 2, 2)
AROUND = Surroundings(TODAY)
ENTRY = AgreementEntry(
    title="Occupational therapy",
    kind=AgreementKind.POOLED_FUND,
    starts=date(2024, 4, 1),
    term="3 + 1 + 1 years",
    notice=Length(months=12),
    first_partner="council",
    first_pays=Decimal(1810426),
    second_partner="icb",
    second_pays=Decimal(228237),
    lead=Lead.FIRST,
)


def said(entry: AgreementEntry, field: str, around: Surroundings = AROUND) -> list[tuple[str, str]]:
    return [(each.weight.value, each.text) for each in findings_for_entry(entry, around) if each.field == field]


def faults(entry: AgreementEntry, around: Surroundings = AROUND) -> list[tuple[str, str]]:
    return [(each.field, each.text) for each in findings_for_entry(entry, around) if each.weight is Weight.FAULT]


MANY = " + ".join(["1 year"] * 22)


@pytest.mark.parametrize("typed", ["a while", "1 year + soon", "1 + 1", "1 year + 21 years", MANY])
def test_what_cannot_be_an_extension(typed: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        lengths_of(typed)
    assert faults(replace(ENTRY, term=typed)) == [("term", caught.value.reason)]


@given(st.text(max_size=20))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    refused = faults(replace(ENTRY, term=typed))
    assert all(field == "term" and text.endswith((".", "?")) for field, text in refused)
    if not refused:
        for extension in extensions_of(lengths_of(typed)[1], "a"):
            assert not [each for each in findings_for(extension, AROUND) if each.weight is Weight.FAULT]


def test_what_is_entered_becomes_records() -> None:
    agreement = agreement_of(ENTRY)
    assert (agreement.title, agreement.starts, agreement.first_term) == (
        "Occupational therapy",
        date(2024, 4, 1),
        Length(years=3),
    )
    assert agreement.yearly_value == Decimal(2038663)
    assert extensions_of([Length(years=1), Length(years=1)], "a") == (
        Extension(agreement="a", number=1, length=Length(years=1)),
        Extension(agreement="a", number=2, length=Length(years=1)),
    )
    parties = parties_of(replace(ENTRY, provider="trust"), "a")
    assert [(party.organisation, party.role, party.since) for party in parties] == [
        ("council", PartyRole.LEAD, date(2024, 4, 1)),
        ("icb", PartyRole.PARTNER, date(2024, 4, 1)),
        ("trust", PartyRole.PROVIDER, date(2024, 4, 1)),
    ]
    money = contributions_of(ENTRY, "a")
    assert [(entry.partner, entry.year, entry.amount) for entry in money] == [
        ("council", 2024, Decimal(1810426)), ("icb", 2024, Decimal(228237)),
    ]  # fmt: skip


def test_a_year_of_money_is_that_of_the_start() -> None:
    assert {entry.year for entry in contributions_of(replace(ENTRY, starts=date(2024, 3, 31)), "a")} == {2023}


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ({}, Decimal(2038663)),
        ({"yearly_value": Decimal(2000000)}, Decimal(2000000)),
        ({"second_pays": None}, None),
        ({"second_pays": None, "second_partner": None}, Decimal(1810426)),
        ({"first_pays": None, "second_pays": None}, None),
        ({"first_pays": Decimal(0), "second_pays": Decimal(0)}, Decimal(0)),
    ],
)
def test_a_total_is_not_known_while_a_part_is_not(values: dict[str, Decimal | None], total: Decimal | None) -> None:
    assert agreement_of(replace(ENTRY, **values)).yearly_value == total


def test_a_sound_entry_explains_what_follows() -> None:
    assert faults(ENTRY) == []
    assert said(ENTRY, "term") == [("note", "Ends 31 March 2027; with extensions 2028 and 2029.")]
    assert said(ENTRY, "notice") == [("note", "Last day to give notice for the first end: 31 March 2026.")]
    assert said(ENTRY, "first_pays") == [("note", "88.80% of the pool.")]
    assert said(ENTRY, "second_pays") == [("note", "11.20% of the pool.")]
    assert said(ENTRY, "kind") == [("note", "A pooled fund owes its partners a quarterly report and an annual return.")]


def test_a_stated_total_that_does_not_follow_is_doubted_with_a_way_out() -> None:
    entry = replace(ENTRY, first_pays=Decimal(372000), second_pays=Decimal(374000), yearly_value=Decimal(764000))
    (finding,) = [each for each in findings_for_entry(entry, AROUND) if each.field == "yearly_value" and each.fix]
    assert (finding.weight, finding.text) == (Weight.DOUBT, "£372,000 + £374,000 = £746,000, not £764,000.")
    assert finding.fix is not None
    assert (finding.fix.field, finding.fix.text) == ("yearly_value", "£746,000")
    assert not [each for each in findings_for_entry(replace(entry, yearly_value=Decimal(746000)), AROUND) if each.fix]


@pytest.mark.parametrize(
    ("values", "field", "text"),
    [
        ({"title": " "}, "title", "Title is needed."),
        (
            {"second_partner": "council"},
            "second_partner",
            "This is the first partner. Choose another, or leave it empty.",
        ),
        (
            {"lead": Lead.SECOND, "second_partner": None},
            "lead",
            "There is no second partner yet. Choose one, or leave the lead empty.",
        ),
        ({"first_partner": None}, "lead", "There is no first partner yet. Choose one, or leave the lead empty."),
        ({"starts": None}, "starts", "Give the start: it says for which year the partners pay."),
        ({"term": "60 years"}, "term", "At most 50 years."),
        ({"notice": Length(months=121)}, "notice", "At most 10 years."),
    ],
)
def test_faults_of_an_entry(values: dict[str, object], field: str, text: str) -> None:
    assert faults(replace(ENTRY, **values)) == [(field, text)]


def test_a_start_is_not_needed_while_no_money_is_typed() -> None:
    assert faults(replace(ENTRY, starts=None, first_pays=None, second_pays=None)) == []


def test_extensions_without_a_first_term_cannot_end() -> None:
    assert said(replace(ENTRY, term="not known + 1 + 1 years"), "term") == [
        ("doubt", "Without the first term, no end can be worked out.")
    ]


def test_money_without_a_name_says_that_it_has_none() -> None:
    assert ("note", "Not known: the money is kept without a name.") in said(
        replace(ENTRY, second_partner=None), "second_partner"
    )


def test_a_reference_that_is_taken() -> None:
    around = Surroundings(TODAY, {"reference": {"s75-2024-ot": "Occupational therapy"}})
    assert faults(replace(ENTRY, reference="S75-2024-OT"), around) == [
        ("reference", "Already used by Occupational therapy. Change the year or the letters.")
    ]


def test_faults_come_first_and_nothing_is_said_of_fields_that_the_form_has_not() -> None:
    entry = replace(ENTRY, stated_end=date(2024, 1, 1), term="soon", lead=Lead.SECOND, second_partner=None)
    weights = [each.weight for each in findings_for_entry(entry, AROUND)]
    assert weights == sorted(weights, key=[Weight.FAULT, Weight.DOUBT, Weight.NOTE].index)
    assert {each.field for each in findings_for_entry(entry, AROUND)} <= set(AgreementEntry.fields())


def test_value_of_one_partner_is_offered_while_the_other_is_not_known() -> None:
    entry = replace(ENTRY, first_pays=Decimal(2038663), second_pays=None)
    (finding,) = [each for each in findings_for_entry(entry, AROUND) if each.fix]
    assert (finding.weight, finding.fix and finding.fix.text) == (Weight.DOUBT, "£2,038,663")


@pytest.mark.parametrize("term", ["3 + 1 + 1 years", "18 months", "12 weeks + 1 year", "not known + 1 + 1 years", None])
def test_a_term_in_one_line_is_read_back(term: str | None) -> None:
    assert term_words(*lengths_of(term)) == term


def test_what_was_decided_of_an_extension_is_not_changed_by_the_term() -> None:
    decided = Extension(uid="e", agreement="a", number=1, length=Length(years=1), state=ExtensionState.EXERCISED)
    kept, gone = extensions_after((Length(years=1), Length(years=2)), (decided,), "a")
    assert ([each.length for each in kept], gone) == ([Length(years=1), Length(years=2)], [])
    for lengths in ((), (Length(years=2),)):
        with pytest.raises(NotUnderstood):
            extensions_after(lengths, (decided,), "a")
