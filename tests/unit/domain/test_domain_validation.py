"""The messages beside a form's fields, in the words of the picture of the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.fields import FieldType
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.lengths import Length
from s75desk.domain.parsing import parse_field
from s75desk.domain.records import (
    KINDS,
    Action,
    Agreement,
    Breakdown,
    Contribution,
    Decision,
    Extension,
    Kpi,
    KpiReturn,
    Link,
    Measurement,
    Meeting,
    Membership,
    Milestone,
    Option,
    Organisation,
    Part,
    Party,
    Rating,
    Record,
    Service,
    Standard,
    Target,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.agreement import ExtensionState, LinkType, Outcome, PartyRole, Progress
from s75desk.domain.records.kpi import Adding, Better, Measure, Period, TargetType
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.records.provider import ManagerState, RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitKind, VisitStage
from s75desk.domain.validation import Surroundings, findings_for

TODAY = date(2026, 2, 2)
AROUND = Surroundings(TODAY)
NEW = Agreement(
    title="Community equipment, Section 75",
    starts=date(2026, 4, 1),
    first_term=Length(years=3),
    notice=Length(months=12),
)
OPTIONS = (Extension(number=1, length=Length(years=1)), Extension(number=2, length=Length(years=1)))
SHARE = Kpi(uid="k", title="Share", measure=Measure.PERCENTAGE, period=Period.QUARTER)


def among(*siblings: Record, owner: Record | None = None, today: date = TODAY) -> Surroundings:
    by_kind: dict[str, list[Record]] = {}
    for record in siblings:
        by_kind.setdefault(record.KIND, []).append(record)
    return Surroundings(today, siblings=by_kind, owner=owner)


def said(record: Record, around: Surroundings = AROUND, field: str | None = None) -> list[tuple[str, str, str]]:
    return [
        (each.weight.value, each.field, each.text)
        for each in findings_for(record, around)
        if field is None or each.field == field
    ]


def only(record: Record, field: str, around: Surroundings = AROUND) -> Finding:
    found = [each for each in findings_for(record, around) if each.field == field]
    assert len(found) == 1, found
    return found[0]


# --- the form of the pictures --------------------------------------------------------------------------------------


def test_the_form_of_the_picture():
    record = replace(NEW, reference="S75-2024-OT", stated_end=date(2026, 3, 31))
    taken = {"reference": {"s75-2024-ot": "Occupational therapy, Section 75"}}
    found = findings_for(record, Surroundings(TODAY, taken, {"extension": OPTIONS}))
    assert [(each.weight, each.field, each.text) for each in found] == [
        (
            Weight.FAULT,
            "reference",
            "Already used by Occupational therapy, Section 75. Change the year or the letters.",
        ),
        (Weight.DOUBT, "stated_end", "This is before the start, 1 April 2026."),
        (Weight.NOTE, "first_term", "Ends 31 March 2029; with extensions 2030 and 2031."),
        (Weight.NOTE, "notice", "Last day to give notice for the first end: 31 March 2028."),
    ]
    fix = found[1].fix
    assert (fix.label, fix.field) == ("Use 31 March 2029", "stated_end")
    assert parse_field(Agreement.fields()["stated_end"], fix.text, TODAY) == date(2029, 3, 31)


def test_a_needed_field_that_is_empty():
    assert said(Agreement(), field="title") == [("fault", "title", "Title is needed.")]
    assert said(Agreement(title="  "), field="title") == [("fault", "title", "Title is needed.")]
    assert said(replace(NEW, title="x"), field="title") == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_checked_while_empty(kind):
    needed = {field.name for field in KINDS[kind].fields().values() if field.required and not field.parent}
    faults = {each.field for each in findings_for(KINDS[kind](), AROUND) if each.weight is Weight.FAULT}
    defaults = {name for name in needed if getattr(KINDS[kind](), name) not in (None, "")}
    assert needed - defaults <= faults


def test_ranges_in_their_units():
    assert said(replace(NEW, first_term=Length(months=0)), field="first_term") == [
        ("fault", "first_term", "A day at the least; leave it empty if it is not known.")
    ]
    assert said(replace(NEW, notice=Length(months=121)), field="notice") == [("fault", "notice", "At most 10 years.")]
    assert only(replace(NEW, yearly_value=Decimal(-1)), "yearly_value").text == "At least 0."


def test_a_date_outside_the_centuries():
    assert only(replace(NEW, starts=date(204, 4, 1)), "starts").text == "The year must lie between 1900 and 2199."


def test_totals_and_values():
    record = replace(
        NEW, yearly_value=Decimal(2038663), stated_total=Decimal(10193351), stated_total_basis="five years"
    )
    around = among(*OPTIONS)
    assert only(record, "yearly_value", around).text == "£10,193,315 over five years."
    wrong = only(record, "stated_total", around)
    assert (wrong.weight, wrong.text) == (Weight.DOUBT, "2,038,663 × 5 = 10,193,315, not 10,193,351.")
    assert (wrong.fix.label, wrong.fix.text) == ("Use £10,193,315", "£10,193,315")


def test_a_yearly_total_against_what_the_partners_pay():
    money = (
        Contribution(partner="a", year=2026, amount=Decimal(372000)),
        Contribution(partner="b", year=2026, amount=Decimal(374000)),
    )
    record = replace(NEW, stated_total=Decimal(764000), stated_total_basis="a year")
    wrong = only(record, "stated_total", among(*money))
    assert (wrong.text, wrong.fix.label) == ("372,000 + 374,000 = 746,000, not 764,000.", "Use £746,000")
    assert said(replace(record, stated_total=Decimal(746000)), among(*money), "stated_total") == []


def test_stated_end_that_does_not_follow_offers_the_one_that_does():
    found = only(replace(NEW, stated_end=date(2029, 3, 30)), "stated_end")
    assert found.weight is Weight.DOUBT
    assert found.fix.label == "Use 31 March 2029"


def test_notice_longer_than_the_term():
    assert only(replace(NEW, notice=Length(months=48)), "notice").text == "The notice is longer than the first term."


def test_roles_not_names():
    action = Action(title="Audit", owner="manager@example.org")
    assert only(action, "owner").text == "Roles, not names: this holds an e-mail address."
    assert only(replace(action, owner="manager, 07700 900123"), "owner").text.endswith("a telephone number.")
    assert only(replace(action, owner="Mrs Example"), "owner").text.endswith("looks like a person.")
    assert said(replace(action, owner="registered manager"), field="owner") == []


# --- under an agreement --------------------------------------------------------------------------------------------


def test_party():
    lead = Party(agreement="a", organisation="x", role=PartyRole.LEAD, since=date(2020, 1, 1))
    assert only(replace(lead, until=date(2019, 1, 1)), "until").text == "This is before the start, 1 January 2020."
    other = replace(lead, organisation="y", since=date(2021, 1, 1))
    assert only(other, "role", among(lead)).text.startswith("Another lead commissioner is recorded")
    assert said(other, among(replace(lead, until=date(2020, 12, 31)))) == []


def test_extension():
    around = among(OPTIONS[1], owner=NEW)
    assert only(OPTIONS[0], "length", around).text == "Runs from 1 April 2029 to 31 March 2030."
    twice = only(replace(OPTIONS[0], number=2), "number", around)
    assert (twice.weight, twice.fix.label) == (Weight.DOUBT, "Use 3")
    exercised = replace(OPTIONS[0], state=ExtensionState.EXERCISED)
    assert only(exercised, "decided", around).text.startswith("Say when it was decided")
    late = replace(exercised, decided=date(2029, 4, 10))
    found = only(late, "decided", among(owner=NEW, today=date(2029, 5, 1)))
    assert found.text == (
        "Extension 1 was decided on 10 April 2029, after the term it extends had ended on 31 March 2029."
    )
    assert only(replace(OPTIONS[0], decided=date(2026, 1, 1)), "state", around).weight is Weight.DOUBT


def test_contribution_share_and_repeats():
    first = Contribution(agreement="a", partner="council", year=2026, amount=Decimal(372000))
    second = Contribution(agreement="a", partner="nhs", year=2026, amount=Decimal(374000))
    assert only(second, "amount", among(first)).text == "50.13% of the pool of £746,000."
    again = only(replace(first, amount=Decimal(370000)), "amount", among(first))
    assert again.text == (
        "2026/27 is recorded already: £372,000. If both are right, say which state each is in, or what each is for."
    )
    assert only(replace(first, amount=None), "amount").weight is Weight.NOTE
    assert only(replace(first, year=2024), "year", among(owner=NEW)).text == "This is before the start, 1 April 2026."
    spend = replace(first, type=MoneyType.SPEND, amount=Decimal(-1))
    assert only(spend, "amount").weight is Weight.DOUBT
    assert said(replace(first, line=MoneyLine.ALIGNED), among(second)) == []


def test_link():
    link = Link(agreement="a", type=LinkType.RELATED)
    assert only(link, "other").text == "Choose an agreement, or name one that is not in this desk."
    assert only(replace(link, other="a"), "other").weight is Weight.FAULT
    assert said(replace(link, other_title="Better Care Fund")) == []


def test_milestone_meeting_option_decision():
    step = Milestone(title="x", starts=date(2026, 3, 1), due=date(2026, 2, 1))
    assert only(step, "due").text == "This is before the start, 1 March 2026."
    done = only(Milestone(title="x", done=date(2026, 1, 1)), "progress")
    assert done.fix.text == "Done"
    assert parse_field(Milestone.fields()["progress"], done.fix.text, TODAY) is Progress.DONE
    assert only(Meeting(title="x", at="half past"), "at").text == "A time such as 09:30 or 2pm."
    assert said(Meeting(title="x", at="09:30")) == []
    chosen = Option(number=2, title="New model", chosen=True)
    assert only(Option(number=4, title="Same", chosen=True), "chosen", among(chosen)).text == (
        "Already chosen: New model."
    )
    taken = Decision(title="x", taken=date(2026, 1, 1))
    assert only(taken, "outcome").weight is Weight.DOUBT
    late = replace(taken, outcome=Outcome.APPROVED, due=date(2025, 12, 1))
    assert only(late, "taken").text == "This is after the day it was needed by, 1 December 2025."
    future = Decision(title="x", taken=date(2026, 3, 1), outcome=Outcome.APPROVED)
    assert only(future, "taken").text == "This is in the future; today is 2 February 2026."


# --- KPIs ----------------------------------------------------------------------------------------------------------


def test_kpi():
    within = Kpi(title="x", measure=Measure.PERCENT_WITHIN, adding=Adding.FLOW)
    assert {each.field for each in findings_for(within, AROUND)} == {"adding", "limit_days", "clock"}
    assert said(Kpi(title="x", measure=Measure.COUNT, adding=Adding.FLOW)) == []


def test_target():
    band = Target(type=TargetType.TOLERANCE, value=Decimal(3500), tolerance=Decimal(5))
    counted = Kpi(title="x", measure=Measure.COUNT, better=Better.MORE)
    assert only(band, "tolerance", among(owner=counted)).text == "On target: 3,325 to 3,675."
    assert only(replace(band, tolerance=None), "tolerance").weight is Weight.DOUBT
    upside = Target(type=TargetType.BAND, lower=Decimal(10), upper=Decimal(5))
    assert said(upside, field="upper") == [
        ("doubt", "upper", "This is below the lower edge, 10."),
        ("note", "upper", "On target: 5 to 10."),
    ]
    point = Target(type=TargetType.AT_LEAST, value=Decimal(3500), as_stated="3,500 (plus or minus 5%)")
    assert only(point, "type", among(owner=counted)).fix.text == "Plus or minus"
    assert only(replace(point, as_stated=None, tolerance=Decimal(5)), "tolerance").fix.field == "type"
    less = replace(counted, better=Better.LESS)
    assert only(replace(point, as_stated=None), "type", among(owner=less)).text == (
        "Here less is better, but this target says “at least”."
    )
    mean = Target(type=TargetType.AT_LEAST, value=Decimal(95), measure=Measure.MEAN)
    assert "will not be compared" in only(mean, "measure", among(owner=counted)).text
    rival = only(replace(point, as_stated=None), "year", among(band, owner=counted))
    assert rival.text == "There is already a target for every year: 3,500 ± 5%."


def test_measurement_n_and_base():
    around = among(owner=SHARE)
    figure = Measurement(ends=date(2023, 9, 30), n=Decimal(633), base=Decimal(805))
    assert only(figure, "base", around).text == "633 of 805 is 78.6%."
    assert said(replace(figure, value=Decimal(79)), around)[0][0] == "note"
    over = only(replace(figure, n=Decimal(806)), "n", around)
    assert over.weight is Weight.DOUBT
    wrong = only(replace(figure, n=Decimal(15), value=Decimal("2.5")), "value", around)
    assert (wrong.weight, wrong.text, wrong.fix.label) == (Weight.DOUBT, "15 of 805 is 1.9%, not 2.5%.", "Use 1.9%")
    implied = only(replace(figure, base=None, n=Decimal(15), value=Decimal("2.5")), "base", around)
    assert implied.text == "15 at 2.5% implies a base of 589 to 612."
    assert only(replace(figure, n=None, base=None), "value", around).text.startswith("Not known")
    assert only(replace(figure, value=Decimal(101)), "value", around).text == "More than 100%."


def test_measurement_beside_others():
    held = Measurement(starts=date(2023, 7, 1), ends=date(2023, 9, 30), value=Decimal(72), base=Decimal(666))
    twice = only(replace(held, value=Decimal(75)), "value", among(held, owner=SHARE))
    assert twice.text == ("Already recorded for July to September 2023: 72%. Withdraw one, or give each its scope.")
    later = Measurement(starts=date(2023, 10, 1), ends=date(2023, 12, 31), value=Decimal(80), base=Decimal(805))
    assert only(later, "base", among(held, owner=SHARE)).text.startswith(
        "The base is 805 from October to December 2023"
    )
    flow = Kpi(title="x", measure=Measure.COUNT, adding=Adding.FLOW)
    april = Measurement(starts=date(2016, 4, 1), ends=date(2016, 11, 30), value=Decimal(2133))
    part = Measurement(starts=date(2016, 11, 1), ends=date(2016, 12, 31), value=Decimal(5))
    assert only(part, "starts", among(april, owner=flow)).weight is Weight.DOUBT
    inside = replace(part, ends=date(2016, 11, 30))
    assert only(inside, "starts", among(april, owner=flow)).weight is Weight.NOTE
    assert only(replace(april, ends=date(2016, 3, 1)), "ends", among(owner=flow)).weight is Weight.DOUBT
    assert only(replace(april, measure=Measure.MEAN), "measure", among(owner=flow)).weight is Weight.DOUBT
    future = replace(april, starts=date(2026, 1, 1), ends=date(2026, 3, 31))
    assert only(future, "ends", among(owner=flow)).text.startswith("This is in the future")


def test_returns_and_breakdowns():
    early = KpiReturn(title="Q3", ends=date(2025, 12, 31), received=date(2025, 12, 1))
    assert only(early, "received").weight is Weight.DOUBT
    assert only(KpiReturn(title="Q3", ends=date(2025, 12, 31), due=date(2025, 12, 1)), "due").weight is Weight.DOUBT
    parts = tuple(Part(label=str(count), count=Decimal(count)) for count in (71, 192, 105, 127, 58))
    total = Breakdown(title="Terminated contacts", total=Decimal(550))
    last = Part(label="Moved", count=Decimal(1))
    assert only(total, "total", among(*parts, last)).text.endswith("= 554; the paper says 550.")
    assert only(last, "count", among(*parts, owner=total)).text.endswith("= 554; the paper says 550.")
    assert only(Part(label="x", percent=Decimal(120)), "percent").weight is Weight.DOUBT


# --- providers, visits, actions ----------------------------------------------------------------------------------


def test_codes_are_doubted_not_refused():
    assert only(Organisation(name="x", company_number="123"), "company_number").weight is Weight.DOUBT
    assert said(Organisation(name="x", company_number="01234567", ods_code="RT1", cqc_provider_id="1-101234567")) == []
    assert only(Service(name="x", postcode="nowhere"), "postcode").weight is Weight.DOUBT
    assert said(Service(name="x", postcode="PE29 3TN", cqc_location_id="1-101234567")) == []
    vacant = Service(name="x", manager=ManagerState.VACANT, manager_since=date(2026, 1, 12))
    assert only(vacant, "manager_since").text == "Vacant for 21 days."
    assert only(replace(vacant, manager_since=None), "manager_since").weight is Weight.DOUBT


def test_rating():
    good = Rating(service="s", scheme=RatingScheme.CQC_OVERALL, value=RatingValue.GOOD, published=date(2024, 5, 3))
    assert said(good) == []
    hygiene = only(replace(good, scheme=RatingScheme.FOOD_HYGIENE), "value")
    assert hygiene.text == "The food hygiene rating is 5, 4, 3, 2, 1 or 0."
    assert only(replace(good, published=date(2027, 1, 1)), "published").text.startswith("This is in the future")
    assert only(good, "published", among(replace(good, value=RatingValue.INADEQUATE))).weight is Weight.DOUBT


def test_membership():
    place = Membership(provider="p", agreement="a", lot="l", admitted=date(2020, 4, 1))
    assert (
        only(replace(place, left=date(2019, 1, 1)), "left").text == "This is before the day of admission, 1 April 2020."
    )
    assert only(place, "admitted", among(place)).weight is Weight.DOUBT
    assert said(place, among(replace(place, left=date(2020, 3, 31), admitted=None))) == []


def test_visit():
    visit = Visit(service="s", kind=VisitKind.ANNOUNCED, planned=date(2026, 2, 7))
    assert only(visit, "planned").text == "This is a Saturday."
    assert only(replace(visit, planned=date(2026, 1, 30)), "planned").text.startswith("This day has passed")
    assert only(replace(visit, stage=VisitStage.FINAL), "made").weight is Weight.DOUBT
    made = replace(visit, stage=VisitStage.FINAL, made=date(2026, 2, 7))
    assert only(made, "made").text.startswith("This is in the future")
    assert only(replace(visit, at="25:00"), "at").weight is Weight.FAULT


def test_action():
    action = Action(title="Audit", owner="registered manager", raised=date(2025, 10, 14), due=date(2026, 1, 21))
    assert only(action, "due").text == "12 days late."
    assert only(replace(action, done=date(2025, 10, 1)), "done").text.startswith("This is before the day it was raised")
    closed = replace(action, state=ActionState.DONE)
    assert {each.field for each in findings_for(closed, AROUND)} == {"done", "evidence"}
    assert said(replace(closed, done=date(2026, 1, 5), evidence="Audit sheets of January")) == []


def test_standard_numbers():
    assert only(Standard(number=1, title="Consent"), "number", among(Standard(number=1, title="Respect"))).text == (
        "Already the number of Respect."
    )


# --- properties --------------------------------------------------------------------------------------------------


def _values(field):
    dates = st.dates(min_value=date(1990, 1, 1), max_value=date(2050, 1, 1))
    numbers = st.integers(min_value=-10, max_value=1000)
    known = {
        FieldType.DATE: dates,
        FieldType.MONEY: numbers.map(Decimal),
        FieldType.NUMBER: numbers.map(Decimal),
        FieldType.WHOLE: numbers,
        FieldType.YEAR: st.integers(min_value=2000, max_value=2040),
        FieldType.YES_NO: st.booleans(),
        FieldType.TEXT: st.text(max_size=12),
        FieldType.LONG_TEXT: st.text(max_size=12),
        FieldType.REFERENCE: st.sampled_from(["a", "b"]),
    }
    if field.type is FieldType.CHOICE:
        return st.none() | st.sampled_from(list(field.choices))
    return st.none() | known.get(field.type, st.none())


def _records(kind):
    return st.builds(kind, **{name: _values(field) for name, field in kind.fields().items()})


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_record_however_odd_breaks_its_checks(data):
    kind = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    record = data.draw(_records(kind))
    siblings = data.draw(st.lists(_records(kind), max_size=2))
    owner_field = (
        kind.owner_field()
        if hasattr(kind, "owner_field")
        else next((field for field in kind.fields().values() if field.parent), None)
    )
    owner = data.draw(_records(KINDS[owner_field.refers_to])) if owner_field else None
    found = findings_for(record, among(*siblings, owner=owner))
    weights = [each.weight for each in found]
    assert weights == sorted(weights, key=[Weight.FAULT, Weight.DOUBT, Weight.NOTE].index)
    for each in found:
        assert each.field in ("", *kind.fields())
        assert each.text[-1] in ".?"
        if each.fix is not None:
            parse_field(kind.fields()[each.fix.field], each.fix.text, TODAY)
