"""Doubts are gone through by keys: F8 to the next one, an answer with its note, undone as anything is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from s75desk.domain.records import Kpi, Measurement, Milestone, Provider, Rating, Service
from s75desk.domain.records.doubt import Reply
from s75desk.domain.records.kpi import Measure
from s75desk.domain.records.provider import RatingScheme, RatingValue
from tests.e2e.driver import Officer


def test_doubts_are_answered_by_keys(officer: Officer) -> None:
    uid = next(row.uid for row in officer.office.agreements.rows() if row.doubts > 2)
    before = officer.office.agreements.dossier(uid).questions
    officer.go("agreements", uid)
    officer.press("F8")
    page = officer.page.record.doubts
    assert officer.page.record.sub_page() == "Doubts"
    assert page.table.current_row().key == before[0].key
    officer.press("F8")
    assert page.table.current_row().key == before[1].key
    page.note.setText("As the minutes have it")
    officer.press("Ctrl+Alt+R")
    officer.settle()
    dossier = officer.office.agreements.dossier(uid)
    assert [each.key for each in dossier.questions] == [before[0].key, *(each.key for each in before[2:])]
    (answered,) = dossier.answered
    assert answered.answer is not None
    assert (answered.answer.reply, answered.answer.note) == (Reply.RIGHT, "As the minutes have it")
    assert [each.key for each in page.answered.visible_rows()] == [before[1].key]
    assert page.table.current_row().key == before[2].key, "the next one has taken its place"
    officer.press("Ctrl+Alt+K")
    officer.settle()
    assert officer.office.agreements.dossier(uid).questions[1].answer is not None
    officer.press("Ctrl+Z")
    officer.settle()
    assert officer.office.agreements.dossier(uid).questions[1].answer is None


def test_mending_opens_what_is_in_doubt_and_the_doubt_goes_with_the_fault(officer: Officer) -> None:
    records = officer.office.records
    agreement = officer.agreement()
    wrong = Milestone(agreement=agreement, title="Sign", starts=date(2025, 6, 1), due=date(2025, 5, 1))
    uid = records.create(wrong).uid
    officer.go("agreements", agreement, "Doubts")
    page = officer.page.record.doubts
    officer.settle()
    (row,) = [each for each in page.table.visible_rows() if each.uid == uid]
    page.table.select_uid("\x1f".join((*row.key, row.title)))
    page.table.setFocus()
    officer.press("Ctrl+Alt+M")
    officer.wait(lambda: officer.page.form.form is not None)
    assert officer.form.record().uid == uid
    officer.fill("By", "1 July 2025")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    officer.settle()
    assert records.get(Milestone, uid).due == date(2025, 7, 1)
    dossier = officer.office.agreements.dossier(agreement)
    assert uid not in {each.uid for each in (*dossier.questions, *dossier.answered)}
    assert uid not in {each.uid for each in page.table.visible_rows()}


def test_doubts_of_a_kpi_and_of_a_provider_are_answered_by_the_same_keys(officer: Officer) -> None:
    create = officer.office.records.create
    kpi = create(Kpi(title="Zz reviews", measure=Measure.PERCENTAGE)).uid
    create(Measurement(kpi=kpi, ends=date(2025, 10, 31), n=Decimal(201), base=Decimal(200)))
    provider = create(Provider(name="Zz Pellgate")).uid
    service = create(Service(provider=provider, name="Zz Pellgate at Home")).uid
    create(Rating(service=service, scheme=RatingScheme.CQC_OVERALL, value=RatingValue.POOR, published=date(2025, 3, 1)))
    for page, uid, read in (
        ("kpis", kpi, officer.office.kpis.page),
        ("providers", provider, officer.office.providers.page),
    ):
        officer.go(page, uid)
        officer.press("F8")
        assert officer.page.record.sub_page() == "Doubts"
        assert not officer.page.record.doubts.add_button.isVisible()
        officer.press("Ctrl+Alt+R")
        officer.settle()
        assert (len(read(uid).questions), len(read(uid).answered)) == (0, 1)
