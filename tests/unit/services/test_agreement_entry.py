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
    extension_lengths,
    extensions_of,
    findings_for_entry,
    parties_of,
)
from s75desk.domain.dates import NotUnderstood
from s75desk.domain.findings import Weight
from s75desk.domain.records import Extension
from s75desk.domain.records.agreement import AgreementKind, PartyRole
from s75desk.domain.validation import Surroundings, findings_for
from s75desk.domain.wording import months_words

TODAY = date(2026, 2, 2)
AROUND = Surroundings(TODAY)
ENTRY = AgreementEntry(
    title="Occupational therapy",
    kind=AgreementKind.POOLED_FUND,
    starts=date(2024, 4, 1),
    initial_months=36,
    extensions="1 + 1",
    notice_months=12,
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


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        (None, []),
        ("", []),
        ("  ", []),
        ("1 + 1", [12, 12]),
        ("1+1", [12, 12]),
        ("2", [24]),
        ("1, 1", [12, 12]),
        ("1 and 1", [12, 12]),
        ("1 year then 6 months", [12, 6]),
        ("6 months + 6 months", [6, 6]),
        ("18 months", [18]),
        ("1.5 years", [18]),
        ("20", [240]),
        ("+ 1 +", [12]),
        (" + ".join(["1"] * 20), [12] * 20),
    ],
)
def test_extensions_as_they_are_typed(typed: str | None, months: list[int]) -> None:
    assert extension_lengths(typed) == months


READ = "Lengths such as 1 + 1 (years) or 6 months + 6 months can be read here."
RUNS = "Each extension runs from 1 month to 20 years; a bare number is years."


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("a while", READ),
        ("1 + soon", READ),
        ("²", READ),
        ("-1", READ),
        ("1.3 months", READ),
        ("0", RUNS),
        ("21", RUNS),
        ("24", RUNS),
        ("99999 months", RUNS),
        ("123456789", RUNS),
        ("9" * 5000, READ),
        (" + ".join(["1"] * 21), "At most 20 extensions."),
    ],
)
def test_what_cannot_be_an_extension(typed: str, reason: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        extension_lengths(typed)
    assert caught.value.reason == reason
    assert faults(replace(ENTRY, extensions=typed)) == [("extensions", reason)]


@given(st.lists(st.integers(1, 240), max_size=20), st.sampled_from([" + ", ", ", " then ", ";"]))
def test_lengths_in_words_are_read_back(months: list[int], joiner: str) -> None:
    assert extension_lengths(joiner.join(months_words(length) for length in months)) == months


@given(st.text(max_size=20))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    refused = faults(replace(ENTRY, extensions=typed))
    assert all(field == "extensions" and text.endswith(".") for field, text in refused)
    if not refused:
        for extension in extensions_of(extension_lengths(typed), "a"):
            assert not [each for each in findings_for(extension, AROUND) if each.weight is Weight.FAULT]


def test_what_is_entered_becomes_records() -> None:
    agreement = agreement_of(ENTRY)
    assert (agreement.title, agreement.starts, agreement.initial_months) == (
        "Occupational therapy",
        date(2024, 4, 1),
        36,
    )
    assert agreement.yearly_value == Decimal(2038663)
    assert extensions_of([12, 12], "a") == (
        Extension(agreement="a", number=1, months=12), Extension(agreement="a", number=2, months=12),
    )  # fmt: skip
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
        ({"stated_yearly": Decimal(2000000)}, Decimal(2000000)),
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
    assert said(ENTRY, "initial_months") == [("note", "Ends 31 March 2027; with extensions 2028 and 2029.")]
    assert said(ENTRY, "notice_months") == [("note", "Last day to give notice for the first end: 31 March 2026.")]
    assert said(ENTRY, "first_pays") == [("note", "88.80% of the pool.")]
    assert said(ENTRY, "second_pays") == [("note", "11.20% of the pool.")]
    assert said(ENTRY, "kind") == [("note", "A pooled fund owes its partners a quarterly report and an annual return.")]


def test_a_stated_total_that_does_not_follow_is_doubted_with_a_way_out() -> None:
    entry = replace(ENTRY, first_pays=Decimal(372000), second_pays=Decimal(374000), stated_yearly=Decimal(764000))
    (finding,) = [each for each in findings_for_entry(entry, AROUND) if each.field == "stated_yearly"]
    assert (finding.weight, finding.text) == (Weight.DOUBT, "£372,000 + £374,000 = £746,000, not £764,000.")
    assert finding.fix is not None
    assert (finding.fix.field, finding.fix.text) == ("stated_yearly", "£746,000")
    assert said(replace(entry, stated_yearly=Decimal(746000)), "stated_yearly") == []


@pytest.mark.parametrize(
    ("values", "field", "text"),
    [
        ({"title": " "}, "title", "Title is needed."),
        ({"stated_end": date(2024, 3, 31)}, "stated_end", "This is before the start, 1 April 2024."),
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
        ({"initial_months": 0}, "initial_months", "At least 1 month."),
        ({"notice_months": 121}, "notice_months", "At most 120 months."),
    ],
)
def test_faults_of_an_entry(values: dict[str, object], field: str, text: str) -> None:
    assert faults(replace(ENTRY, **values)) == [(field, text)]


def test_a_start_is_not_needed_while_no_money_is_typed() -> None:
    assert faults(replace(ENTRY, starts=None, first_pays=None, second_pays=None)) == []


def test_extensions_without_a_first_term_cannot_end() -> None:
    assert said(replace(ENTRY, initial_months=None), "extensions") == [
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
    entry = replace(ENTRY, stated_end=date(2024, 1, 1), extensions="soon", lead=Lead.SECOND, second_partner=None)
    weights = [each.weight for each in findings_for_entry(entry, AROUND)]
    assert weights == sorted(weights, key=[Weight.FAULT, Weight.DOUBT, Weight.NOTE].index)
    assert {each.field for each in findings_for_entry(entry, AROUND)} <= set(AgreementEntry.fields())
