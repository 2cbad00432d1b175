"""Providers, services and ratings entered, edited and archived on the Providers tab, by keyboard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from s75desk.domain.records import Rating
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.services.office import Office
from s75desk.ui.pages.providers.page import ProvidersPage
from tests.ui.pages.buttons import button
from tests.ui.pages.providers_help import Settle, names, open_at

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def test_a_provider_with_service_and_rating_is_entered_by_keyboard_alone(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    page.start_new()
    settle()
    keyboard.type("Fernholme Grange").walk_to("Postcode").type("ZZ99 8AA").press("Ctrl+Return")
    row = page.table.current_row()
    assert row.name == "Fernholme Grange"
    assert page.record.page.provider.postcode == "ZZ99 8AA"

    page.table.setFocus()
    keyboard.press("Return")
    assert keyboard.at.accessibleName() == "Add a service"
    keyboard.press("Space")
    typed = page.form.form.record()
    assert (typed.name, typed.postcode) == ("Fernholme Grange", "ZZ99 8AA")
    keyboard.walk_to("Type").type("Care").walk_to("Capacity").type("32").press("Ctrl+Return")
    (service,) = page.record.page.services
    assert (service.capacity, service.type.value) == (32, "care home")

    page.table.setFocus()
    keyboard.press("Return").walk_to("Add a rating").press("Space")
    keyboard.walk_to("Rating").type("Good").walk_to("Published").type("5 jan 26").press("Ctrl+Return")
    (rating,) = page.record.page.ratings
    assert rating.scheme is RatingScheme.CQC_OVERALL
    assert rating.value is RatingValue.GOOD
    assert rating.published == date(2026, 1, 5)
    assert page.table.current_row().cqc.word == "Good"
    assert office.providers.page(row.uid).latest(RatingScheme.CQC_OVERALL) == rating


def test_a_new_provider_is_shown_although_filters_would_hide_it(
    page_factory: Any, settle: Settle, keyboard: Any
) -> None:
    page = page_factory(ProvidersPage)
    page._cqc.set_value("Requires improvement")
    page.filter_row.search.setText("saltern")
    page.start_new()
    settle()
    keyboard.type("Fernholme Grange").press("Ctrl+Return")
    assert page.table.current_row().name == "Fernholme Grange"
    assert page.record.page.provider.name == "Fernholme Grange"
    assert len(names(page)) == 11


def test_one_of_several_services_is_chosen_in_the_rating_form(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Thornmere Care at Home", settle, "Ratings")
    before = {rating.uid for rating in page.record.page.ratings}
    button(page.record, "Add a rating").click()
    settle()
    assert keyboard.at.accessibleName() == "Service"
    keyboard.type("Millrace").press("Tab").walk_to("Rating").type("Requires")
    keyboard.walk_to("Published").type("12/1/26").press("Ctrl+Return")
    (new,) = [rating for rating in page.record.page.ratings if rating.uid not in before]
    assert page.record.page.service_name(new.service) == "Millrace Court"
    assert new.value is RatingValue.REQUIRES_IMPROVEMENT
    assert office.records.draft("rating", "", page.record.uid) is None


def test_a_draft_about_one_provider_is_not_offered_for_another(
    page_factory: Any, settle: Settle, keyboard: Any, qtbot: Any
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Thornmere Care at Home", settle)
    button(page.record, "Add an action").click()
    settle()
    keyboard.type("Send the rota").press("Escape")
    open_at(page, "Quillhaven Support", settle)
    button(page.record, "Add an action").click()
    settle()
    assert page.form.form.record().title == ""
    keyboard.press("Escape")
    open_at(page, "Thornmere Care at Home", settle)
    button(page.record, "Add an action").click()
    settle()
    assert page.form.form.record().title == "Send the rota"


def test_editing_is_saved_with_history(page_factory: Any, settle: Settle, keyboard: Any, office: Office) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Lindle Homecare", settle)
    page.edit_current()
    settle()
    keyboard.walk_to("Local authority").press("Ctrl+A").type("Barnsley").press("Ctrl+Return")
    assert page.record.page.provider.local_authority == "Rotherham", "whether it changed or was wrong is not said yet"
    keyboard.press("Down", "Space", "Ctrl+Return")  # It was wrong all along.
    assert page.record.page.provider.local_authority == "Barnsley"
    line = office.records.history("provider", page.record.uid)[0]
    assert (line.field, line.before, line.after) == ("Local authority", "Rotherham", "Barnsley")
    page.record.tabs.set_current("History")
    settle()
    assert page.record.history.table.visible_rows()[0].after == "Barnsley"


def test_archiving_takes_the_row_and_restoring_brings_it_back(
    page_factory: Any, settle: Settle, recorder: Any, office: Office
) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Pellgate House", settle)
    uid = page.record.uid
    page.archive_current()
    settle()
    assert "Pellgate House" not in names(page)
    assert recorder.said[-1].label == "Archived: Pellgate House. Its history is kept."
    assert recorder.said[-1].undoable
    assert page.record.uid != uid
    page.context.operations.write(page, lambda: office.records.restore("provider", uid))
    settle()
    assert "Pellgate House" in names(page)
    assert len(office.providers.page(uid).ratings) == 15


def test_a_rating_written_elsewhere_shows_at_once(page_factory: Any, settle: Settle, office: Office) -> None:
    page = page_factory(ProvidersPage)
    open_at(page, "Corven Court", settle)
    service = page.record.page.services[0].uid
    rating = Rating(
        service=service, scheme=RatingScheme.CQC_OVERALL, value=RatingValue.INADEQUATE, published=date(2026, 1, 30)
    )
    page.context.operations.write(page, lambda: office.records.create(rating))
    settle()
    assert page.record.page.status.word == "Inadequate"
    assert page.table.current_row().cqc.word == "Inadequate"
