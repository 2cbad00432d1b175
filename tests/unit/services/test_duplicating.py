"""A record made again: with what was agreed, without what was found, paid or decided; one change, undone as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Agreement,
    Contribution,
    Decision,
    Extension,
    Kpi,
    Measurement,
    Organisation,
    Party,
    Provider,
    Service,
    Target,
    Variation,
)
from s75desk.domain.records.agreement import ExtensionState, PartyRole, Stage
from s75desk.domain.records.kpi import Measure, TargetType
from s75desk.services.duplicating import DuplicateService
from s75desk.services.office import Office


@pytest.fixture
def agreement(office: Office) -> str:
    create = office.records.create
    of = create(Agreement(title="Equipment", reference="EQ-1", stage=Stage.AGREED, starts=date(2024, 4, 1),
                          first_term=Length(years=3), notice=Length(months=12))).uid  # fmt: skip
    body = create(Organisation(name="East Council")).uid
    create(Party(agreement=of, organisation=body, role=PartyRole.LEAD))
    create(
        Extension(
            agreement=of, number=1, length=Length(years=1), state=ExtensionState.EXERCISED, decided=date(2026, 1, 1)
        )
    )
    create(Contribution(agreement=of, year=2024, amount=Decimal(10)))
    create(Decision(agreement=of, title="Extend"))
    kpi = create(Kpi(agreement=of, title="Delivered", measure=Measure.COUNT)).uid
    create(Target(kpi=kpi, type=TargetType.AT_LEAST, value=Decimal(95)))
    create(Measurement(kpi=kpi, ends=date(2025, 3, 31), value=Decimal(90)))
    return of


def copy_of(office: Office, kind: str, uid: str) -> tuple[str, str]:
    changes = office.duplicates.duplicate(kind, uid)
    return changes.uid, changes.change_id


def test_an_agreement_takes_its_terms_parties_kpis_and_targets_along(office: Office, agreement: str) -> None:
    uid, _ = copy_of(office, "agreement", agreement)
    before, after = office.agreements.dossier(agreement), office.agreements.dossier(uid)
    assert after.agreement.title == "Copy of Equipment"
    assert (after.agreement.reference, after.agreement.stage) == (None, Stage.DRAFT)
    assert after.agreement.notice == before.agreement.notice
    assert [(p.organisation, p.role) for p in after.parties] == [(p.organisation, p.role) for p in before.parties]
    (extension,) = after.extensions
    assert (extension.state, extension.decided, extension.length) == (ExtensionState.UNDECIDED, None, Length(years=1))
    (sheet,) = after.kpis
    assert [target.value for target in sheet.targets] == [Decimal(95)]
    assert (sheet.measurements, after.contributions, after.decisions) == ((), (), ())
    assert len(before.kpis[0].measurements) == 1, "the original stays as it is"


def test_it_is_undone_as_one_and_done_again(office: Office, agreement: str) -> None:
    before = office.records.lookup("kpi")
    uid, change = copy_of(office, "agreement", agreement)
    assert len(office.records.lookup("kpi")) == len(before) + 1
    undone = office.records.undo(change)
    assert office.records.lookup("kpi") == before
    assert uid not in dict(office.records.lookup("agreement"))
    office.records.undo(undone.change_id)
    assert uid in dict(office.records.lookup("agreement"))


def test_a_provider_takes_its_services_without_what_only_one_can_have(office: Office) -> None:
    provider = office.records.create(Provider(name="Oak", cqc_provider_id="1-1")).uid
    office.records.create(Service(provider=provider, name="Oak Lodge", cqc_location_id="1-2", capacity=40))
    uid, _ = copy_of(office, "provider", provider)
    page = office.providers.page(uid)
    assert (page.provider.name, page.provider.cqc_provider_id) == ("Copy of Oak", None)
    assert [(s.name, s.cqc_location_id, s.capacity) for s in page.services] == [("Oak Lodge", None, 40)]
    again, _ = copy_of(office, "provider", provider)
    assert again != uid, "twice is no clash"


def test_a_kpi_takes_its_targets_and_no_figures(sample: Office) -> None:
    for row in sample.kpis.rows():
        uid, _ = copy_of(sample, "kpi", row.uid)
        sheet, original = sample.kpis.page(uid).sheet, sample.kpis.page(row.uid).sheet
        assert len(sheet.targets) == len(original.targets)
        assert (sheet.measurements, sheet.returns) == ((), ())
        assert sheet.kpi.agreement == original.kpi.agreement


def test_every_agreement_and_provider_of_the_sample_can_be_made_again(sample: Office) -> None:
    assert isinstance(sample.duplicates, DuplicateService)
    for kind in ("agreement", "provider"):
        for uid, _ in sample.records.lookup(kind):
            copy_of(sample, kind, uid)
    assert sample.checks.check().sound


def test_a_copy_has_the_terms_that_hold_today(office: Office, agreement: str) -> None:
    deed = Variation(agreement=agreement, title="Deed", since=office.place.today(), functions="As varied.")
    office.records.create(deed)
    made = office.duplicates.duplicate("agreement", agreement)
    assert office.records.stored(Agreement, made.uid).functions == "As varied."
