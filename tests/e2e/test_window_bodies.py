"""A body is split in its form: shares to 100, every amount to the penny, one undo takes it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from s75desk.domain.records import Contribution, Succession
from s75desk.domain.records.money import MoneyState
from tests.e2e.driver import Officer


def form_of_council(officer: Officer) -> str:
    records = officer.office.records
    party = officer.office.agreements.dossier(officer.agreement()).parties[0]
    body = party.organisation
    records.create(
        Contribution(
            agreement=party.agreement, partner=body, year=2028, amount=Decimal("1204517.01"), state=MoneyState.PLANNED
        )
    )
    page = officer.go("organisations", body)
    page.record.sheet.successions.add()
    officer.wait(lambda: page.form.form is not None)
    return body


def test_a_council_is_split_between_two_bodies_that_are_not_in_the_desk_yet(officer: Officer) -> None:
    body = form_of_council(officer)
    assert officer.focus.accessibleName() == "On"
    officer.type("1 April 2028")
    officer.press("Tab")
    officer.fill("Successor", "North Wexshire Council")
    officer.fill("Second successor", "South Wexshire Council")
    form = officer.form
    line = form.editor_row("second_share")
    officer.wait(line.isVisible)
    form.editor_row("share").editor.set_text("58.3")
    form.editor_row("second_share").editor.set_text("41.2")
    officer.press("Ctrl+Return")
    assert officer.page.form.form is not None, "shares that do not make the whole are not saved"
    assert "Use 41.7." in line.messages.words
    form.editor_row("second_share").editor.set_text("41.7")
    form._check()
    assert "£1,204,517.01 = £702,233.42 + £502,283.59" in line.messages.words
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    records = officer.office.records
    made = officer.office.organisations.page(body).successions
    assert sorted((one.share, one.since) for one in made) == [
        (Decimal("41.7"), date(2028, 4, 1)),
        (Decimal("58.3"), date(2028, 4, 1)),
    ]
    names = {name for _, name in records.choices("organisation", Succession())}
    assert {"North Wexshire Council", "South Wexshire Council"} <= names
    officer.press("Ctrl+Z")
    officer.settle()
    assert not officer.office.organisations.page(body).successions, "one undo takes all of it back"


def test_a_draft_of_it_goes_on_in_its_own_form(officer: Officer) -> None:
    form_of_council(officer)
    officer.type("1 April 2028")
    officer.press("Tab")
    officer.fill("Successor", "North Wexshire Council")
    officer.fill("Second successor", "South Wexshire Council")
    officer.press("Esc")
    officer.settle()
    drafts = officer.page.record.drafts
    officer.wait(lambda: drafts.drafts)
    drafts.go_on(drafts.drafts[0])
    officer.wait(lambda: officer.page.form.form is not None)
    assert officer.form.editor_row("second").editor.words() == "South Wexshire Council"
