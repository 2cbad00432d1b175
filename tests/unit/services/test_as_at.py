"""Everything that services read is of the as-at day: the one chosen, else the clock's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from s75desk.domain.dated import FromDay
from s75desk.domain.errors import NotFound
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Agreement,
    Contribution,
    DatedValue,
    Extension,
    Kpi,
    Measurement,
    Organisation,
    Party,
    Provider,
    Rating,
    Service,
    Target,
    Variation,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.agreement import ExtensionState, PartyRole
from s75desk.domain.records.kpi import Absent, Adding, Measure, TargetType
from s75desk.domain.records.money import MoneyState
from s75desk.domain.records.organisation import OrganisationType
from s75desk.domain.records.provider import ManagerState, RatingScheme, RatingValue
from s75desk.domain.status import Shape
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from tests.unit.record_help import office_of

TODAY = date(2026, 11, 30)
BEFORE = date(2025, 6, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        yield office_of(desk, TODAY)


def test_a_deed_of_variation_changes_a_term_from_its_day(office: Office) -> None:
    agreement = Agreement(
        title="Community OT", starts=date(2024, 4, 1), first_term=Length(years=3), notice=Length(months=6)
    )
    uid = office.records.create(agreement).uid
    deed = Variation(
        agreement=uid, title="First deed", since=date(2026, 4, 1), made=date(2026, 3, 2), notice=Length(months=12)
    )
    deed_uid = office.records.create(deed).uid
    days = (BEFORE, date(2026, 3, 31), date(2026, 4, 1), TODAY)
    assert [office.agreements.dossier(uid, on).term.notice_by for on in days] == [
        date(2026, 9, 30), date(2026, 3, 31), date(2026, 3, 31), date(2026, 3, 31)
    ]  # fmt: skip
    office.place.looks_at(BEFORE)
    assert office.agreements.terms()[0].term.notice_by == date(2026, 9, 30)
    assert office.records.get(Agreement, uid).notice == Length(months=6)
    office.place.looks_at(None)
    assert office.records.get(Agreement, uid).notice == Length(months=12)
    office.records.archive("variation", deed_uid)
    assert office.records.get(Agreement, uid).notice == Length(months=6)


def test_a_deed_that_was_made_later_than_it_holds_was_not_known_before(office: Office) -> None:
    uid = office.records.create(Agreement(title="A", notice=Length(months=6))).uid
    deed = Variation(
        agreement=uid, title="Deed", since=date(2025, 4, 1), made=date(2025, 9, 1), notice=Length(months=12)
    )
    office.records.create(deed)
    days = (BEFORE, date(2025, 8, 31), date(2025, 9, 1))
    known = [office.agreements.dossier(uid, on).agreement.notice for on in days]
    assert known == [Length(months=months) for months in (6, 6, 12)]


def test_correcting_what_holds_now_leaves_what_held_before(office: Office) -> None:
    uid = office.records.create(Agreement(title="A", notice=Length(months=6), people="Everyone")).uid
    office.records.create(
        DatedValue(kind="agreement", record=uid, field="notice", value="12 months", since=date(2026, 4, 1))
    )
    shown = office.records.get(Agreement, uid)
    assert shown.notice == Length(months=12)
    changed = office.records.save(Agreement(uid=uid, title="B", notice=Length(months=9), people="Everyone"), shown)
    assert office.records.get(Agreement, uid).notice == Length(months=9)
    assert office.agreements.dossier(uid, BEFORE).agreement.notice == Length(months=6)
    assert office.records.stored(Agreement, uid).title == "B"
    office.records.undo(changed.change_id)
    assert office.records.get(Agreement, uid) == shown


def test_a_value_at_a_day_to_come_holds_from_then(tmp_path: Path) -> None:
    clock = [TODAY]
    with DeskFile.create(tmp_path / "b.s75desk") as desk:
        office = office_of(desk, TODAY)
        place = office.place.__class__(desk, "officer", lambda: clock[0])
        office = Office(place)
        uid = office.records.create(Agreement(title="A", notice=Length(months=6))).uid
        tomorrow = TODAY + timedelta(days=1)
        office.records.create(
            DatedValue(kind="agreement", record=uid, field="notice", value="12 months", since=tomorrow)
        )
        assert office.records.get(Agreement, uid).notice == Length(months=6)
        clock[0] = tomorrow
        assert office.records.get(Agreement, uid).notice == Length(months=12)


def test_a_change_from_a_day_keeps_what_held_before_and_is_undone_in_one(office: Office) -> None:
    uid = office.records.create(Organisation(name="East CCG", short_name="CCG")).uid
    shown = office.records.get(Organisation, uid)
    renamed = replace(shown, name="East ICB", short_name="ICB", ods_code="QX1")
    order = FromDay(date(2022, 7, 1), reason="Order of 2022", source="Establishment Order")
    changed = office.records.save(renamed, shown, {"name": order, "short_name": order})
    assert office.records.get(Organisation, uid) == renamed
    newest, first = office.records.spans(Organisation, uid, "name")
    assert (newest.value, newest.since, newest.until, newest.reason) == ("East ICB", order.since, None, order.reason)
    assert (first.value, first.since, first.until) == ("East CCG", None, date(2022, 6, 30))
    office.place.looks_at(date(2022, 6, 30))
    assert [row.name for row in office.organisations.rows()] == ["East CCG"]
    assert [d.field.name for d in office.records.differences(Organisation, uid)] == ["name", "short_name"]
    assert {office.finder.find(f"East {word}")[0].title for word in ("CCG", "ICB")} == {"East CCG"}
    office.place.looks_at(None)
    assert {office.finder.find(f"East {word}")[0].title for word in ("CCG", "ICB")} == {"East ICB"}
    assert office.records.days_of_change(Organisation, uid) == (order.since,)
    again = FromDay(order.since, reason="Mended")
    office.records.save(replace(renamed, name="East and West ICB"), renamed, {"name": again})
    assert len(office.records.spans(Organisation, uid, "name")) == 2, "one value a day"
    office.records.undo(office.records.save(replace(renamed, name="X"), None, {"name": FromDay(TODAY)}).change_id)
    assert office.records.get(Organisation, uid).name == "East and West ICB"
    undone = office.records.save(
        replace(office.records.get(Organisation, uid), type=OrganisationType.NHS_COMMISSIONER), None,
        {"type": FromDay(date(2023, 1, 1))},
    )  # fmt: skip
    office.records.undo(undone.change_id)
    assert office.records.get(Organisation, uid).type is None
    assert changed.undoable


def test_lists_pages_and_exports_are_of_the_day(office: Office) -> None:
    records = office.records
    provider = records.create(Provider(name="Invented Care")).uid
    home = Service(provider=provider, name="Home", manager=ManagerState.VACANT, manager_since=date(2026, 1, 5))
    service = records.create(home).uid
    rated = Rating(
        service=service, scheme=RatingScheme.CQC_OVERALL, value=RatingValue.INADEQUATE, published=date(2026, 2, 1)
    )
    records.create(rated)
    action = records.create(
        Action(title="Fill the post", provider=provider, raised=date(2025, 5, 1), due=date(2025, 5, 20),
               state=ActionState.DONE, done=date(2026, 3, 1), evidence="Seen.")
    ).uid  # fmt: skip
    later = records.create(Action(title="Later", provider=provider, raised=date(2026, 5, 1))).uid
    kpi = records.create(Kpi(title="Seen in time", provider=provider, measure=Measure.COUNT)).uid
    records.create(Measurement(kpi=kpi, ends=date(2025, 3, 31), value=1))
    records.create(Measurement(kpi=kpi, ends=date(2025, 4, 30), known=date(2025, 7, 1), value=2))
    now = (office.actions.overdue(), office.providers.rows()[0].cqc.word, office.providers.rows()[0].manager.word)
    assert now == (0, "Inadequate", "Vacant")

    office.place.looks_at(BEFORE)
    row = office.providers.rows()[0]
    assert (row.cqc.word, row.manager.word, row.open_actions, row.overdue_actions) == ("Not known", "Not known", 1, 1)
    assert [r.uid for r in office.actions.rows()] == [action]
    assert office.actions.page(action).action.evidence is None
    assert office.actions.overdue() == 1
    assert [m.value for m in office.kpis.page(kpi).sheet.measurements] == [1]
    assert len(office.exports.table("action").rows) == 1
    assert [found.uid for found in office.finder.find("later")] == []
    with pytest.raises(NotFound, match="was not there on 1 June 2025"):
        office.actions.page(later)

    office.place.looks_at(TODAY)
    assert office.place.another_day is None
    assert [found.uid for found in office.finder.find("later")] == [later]


def test_what_is_dated_after_today_is_in_the_lists_and_in_no_figure(office: Office) -> None:
    tomorrow = TODAY + timedelta(days=1)
    body = office.records.create(Organisation(name="North")).uid
    agreement = office.records.create(Agreement(title="A", notice=Length(months=6))).uid
    party = office.records.create(Party(agreement=agreement, organisation=body, role=PartyRole.LEAD, since=tomorrow))
    deed = Variation(agreement=agreement, title="Deed", since=tomorrow, made=TODAY, notice=Length(months=12))
    office.records.create(deed)
    kpi = office.records.create(Kpi(title="Seen in time", measure=Measure.COUNT)).uid
    office.records.create(Measurement(kpi=kpi, ends=tomorrow, value=1))
    action = office.records.create(Action(title="Later", raised=tomorrow)).uid
    dossier = office.agreements.dossier(agreement)
    assert (dossier.parties, dossier.variations, dossier.agreement.notice) == ((), (), Length(months=6))
    assert [one.uid for one in dossier.listed(dossier.parties, Party)] == [party.uid]
    assert [one.title for one in dossier.listed(dossier.variations, Variation)] == ["Deed"]
    page = office.kpis.page(kpi)
    assert (len(page.sheet.measurements), [one.ends for one in page.ahead]) == (0, [tomorrow])
    assert [row.uid for row in office.actions.rows()] == [action]
    assert office.agreements.dossier(agreement, TODAY).ahead == ()
    office.place.looks_at(BEFORE)
    assert (office.agreements.dossier(agreement).ahead, office.actions.rows()) == ((), ())


def test_forms_and_notices_use_the_name_of_today(office: Office) -> None:
    uid = office.records.create(Organisation(name="East CCG")).uid
    shown = office.records.get(Organisation, uid)
    office.records.save(replace(shown, name="East ICB"), shown, {"name": FromDay(date(2022, 7, 1))})
    assert office.records.lookup("organisation") == [(uid, "East ICB")]
    agreement = office.records.create(Agreement(title="A")).uid
    made = office.records.create(Party(agreement=agreement, organisation=uid, role=PartyRole.LEAD))
    assert made.label == "Added: East ICB, lead commissioner"


def test_a_target_from_a_day_to_come_judges_nothing_and_stands_in_the_list(office: Office) -> None:
    kpi = office.records.create(Kpi(title="Seen in time", measure=Measure.PERCENTAGE)).uid
    ends = date(2026, 9, 30)
    now = Target(kpi=kpi, type=TargetType.AT_LEAST, value=Decimal(80), until=date(2027, 3, 31))
    office.records.create(now)
    later = office.records.create(
        Target(kpi=kpi, type=TargetType.AT_LEAST, value=Decimal(85), since=date(2027, 4, 1))
    ).uid
    office.records.create(Measurement(kpi=kpi, starts=date(2026, 7, 1), ends=ends, value=Decimal(83)))
    page = office.kpis.page(kpi)
    assert [target.value for target in page.sheet.targets] == [80]
    assert [target.uid for target in page.targets_ahead] == [later]


@pytest.mark.parametrize(("waiver", "before"), [(True, []), (False, [1]), (None, [1])])
def test_an_extension_by_waiver_was_no_option_before_it_was_decided(
    waiver: bool | None, before: list[int], office: Office
) -> None:
    cap = date(2025, 3, 31)
    uid = office.records.create(
        Agreement(title="OT", starts=date(2022, 4, 1), first_term=Length(years=3), ends_at_latest=cap)
    ).uid
    decided = date(2025, 1, 15)
    extension = Extension(
        agreement=uid, number=1, length=Length(years=1), state=ExtensionState.EXERCISED, waiver=waiver, decided=decided
    )
    office.records.create(extension)
    then = office.agreements.dossier(uid, date(2024, 6, 1))
    assert [each.number for each in then.extensions] == before
    assert then.term.ends == cap
    if waiver:
        assert not then.term.findings
        assert office.agreements.dossier(uid, decided).term.ends == date(2026, 3, 31)


GOES_ON = {
    "a figure": (Kpi(title="Seen", measure=Measure.COUNT, adding=Adding.FLOW), {}, True),
    "people there are": (Kpi(title="People", measure=Measure.COUNT, adding=Adding.STOCK), {}, False),
    "a prediction": (Kpi(title="Seen", measure=Measure.COUNT), {"about": True}, False),
    "known beforehand": (Kpi(title="Seen", measure=Measure.COUNT), {"known": date(2024, 4, 1)}, False),
    "awaited": (Kpi(title="Seen", measure=Measure.COUNT), {"value": None, "absent": Absent.AWAITED}, False),
    "suppressed": (Kpi(title="Seen", measure=Measure.COUNT), {"value": None, "absent": Absent.SUPPRESSED}, True),
}


@pytest.mark.parametrize("what", GOES_ON)
def test_only_figures_of_what_was_done_show_that_an_ended_agreement_goes_on(what: str, office: Office) -> None:
    kpi, values, goes_on = GOES_ON[what]
    uid = office.records.create(
        Agreement(title="OT", starts=date(2022, 4, 1), first_term=Length(years=3), notice=Length())
    ).uid
    series = office.records.create(replace(kpi, agreement=uid)).uid
    figure = Measurement(kpi=series, starts=date(2025, 7, 1), ends=date(2025, 9, 30), value=Decimal(5))
    office.records.create(replace(figure, **values))
    assert (office.agreements.dossier(uid).term.status.shape is Shape.WATCH) is goes_on


@pytest.mark.parametrize("state", [None, *MoneyState])
def test_only_money_that_is_not_a_plan_shows_that_an_ended_agreement_goes_on(
    state: MoneyState | None, office: Office
) -> None:
    uid = office.records.create(
        Agreement(title="OT", starts=date(2022, 4, 1), first_term=Length(years=3), notice=Length())
    ).uid
    office.records.create(Contribution(agreement=uid, year=2025, amount=Decimal(5), state=state))
    goes_on = state in (None, MoneyState.PROVISIONAL, MoneyState.FINAL)
    assert (office.agreements.dossier(uid).term.status.shape is Shape.WATCH) is goes_on
