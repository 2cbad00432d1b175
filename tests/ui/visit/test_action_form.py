"""An action entered beside its question: kept as it is typed, put right in place, and back again when taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from s75desk.domain.records import Action
from s75desk.domain.records.action import ActionKind
from s75desk.models import drafts
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.visit.action_cards import ActionCard
from tests.e2e.visit_desk import TODAY
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits, attach, sign


def click(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def kept(hand: Hand) -> tuple[Action, ...]:
    """The actions of the visit as a window would find them if it were opened now."""
    hand.mode.session.settle()
    hand.rest()
    return hand.mode.context.office.visiting.open(hand.mode.session.visit).book.actions


def cards(hand: Hand) -> list[ActionCard]:
    return [card for card in hand.mode.side.cards.findChildren(ActionCard) if card.isVisible()]


def words_beside(hand: Hand, name: str) -> str:
    label = hand.mode.side.form._messages[name]
    return label.text() if label.isVisible() else ""


def test_what_is_typed_is_a_draft_and_then_an_action(at_visit: OpenVisitMode, desk: DeskFile) -> None:
    hand = at_visit("8.3").press("2", "Alt+A")
    assert hand.name == "What is needed"
    hand.type("Audit charts every week")
    hand.mode.session.flush()
    hand.rest()
    with desk.reading() as connection:
        found = [one.typed for one in drafts.below(connection, f"visiting:{hand.mode.session.visit}:")]
    assert [typed.get("title") for typed in found] == ["Audit charts every week"]
    hand.press("Tab").type("deputy manager").press("Tab").type("in 2 weeks").press("Tab").type("Four weeks of audits")
    hand.press("Ctrl+Return")
    assert not hand.mode.side.entering
    action = kept(hand)[0]
    assert (action.title, action.owner, action.due) == ("Audit charts every week", "deputy manager", date(2026, 2, 16))
    assert (action.evidence_wanted, action.questions, action.raised) == ("Four weeks of audits", "8.3", TODAY)
    assert action.kind is ActionKind.CORRECTIVE, "a rating below good asks for one"
    assert [card.accessibleName() for card in cards(hand)] == [
        "Action: Audit charts every week, Corrective, deputy manager, due 16 Feb 2026"
    ]


def test_where_all_is_good_it_is_developmental_and_the_kind_can_be_chosen(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("3", "Alt+A").type("Share the method")
    form = hand.mode.side.form
    assert form.kinds[ActionKind.DEVELOPMENTAL].isChecked()
    assert form.kinds[ActionKind.DEVELOPMENTAL].accessibleName() == "Kind: developmental"
    hand.press("Shift+Tab")
    assert hand.name == "Kind: developmental", "Tab stops at the kind that is chosen"
    hand.press("Left", "Space", "Escape")
    assert kept(hand)[0].kind is ActionKind.CORRECTIVE


def test_a_date_that_cannot_be_read_is_said_beside_it_and_keeps_the_officer_there(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit").press("Tab", "Tab").type("31 Smarch").press("Tab")
    said = "“smarch” cannot be read as part of a date."
    assert words_beside(hand, "due") == said
    edit = hand.mode.side.form.editors["due"].findChild(QLineEdit)
    assert edit is not None
    assert edit.property("state") == "fault"
    assert edit.accessibleDescription() == said
    assert edit.height() >= 44
    for keys in ("Escape", "Ctrl+Return", "Ctrl+Down", "Ctrl+Up", "Alt+E", "Ctrl+Shift+F"):
        hand.press(keys)
        assert hand.mode.side.entering, f"{keys} would lose what was typed"
        assert hand.mode.place == "8.3"
        assert hand.at is edit
        assert edit.text() == "31 Smarch"
    assert kept(hand)[0].due is None
    hand.press("Ctrl+A").type("31 mar").press("Escape")
    assert not hand.mode.side.entering
    assert kept(hand)[0].due == date(2026, 3, 31)


def test_a_date_that_was_right_before_stays_until_another_can_be_read(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit").press("Tab", "Tab").type("31/3/26").press("Escape")
    click(cards(hand)[0])
    hand.rest()
    hand.press("Tab", "Tab").type("x")
    assert kept(hand)[0].due == date(2026, 3, 31)


def test_tab_goes_from_the_last_field_to_the_ways_out(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A")
    passed = [hand.name]
    for _ in range(5):
        hand.press("Tab")
        passed.append(hand.name)
    assert passed == ["What is needed", "Owner", "Due", "Evidence wanted", "Done", "Take it out"]
    hand.press("Shift+Tab", "Shift+Tab")
    assert hand.name == "Evidence wanted"
    hand.type("Log").press("Tab", "Space")
    assert not hand.mode.side.entering
    assert kept(hand)[0].evidence_wanted == "Log"


@pytest.mark.parametrize("key", ["Escape", "Ctrl+Return"])
def test_nothing_typed_leaves_nothing_behind(at_visit: OpenVisitMode, key: str, desk: DeskFile) -> None:
    hand = at_visit("8.3").press("Alt+A", key)
    assert not hand.mode.side.entering
    assert hand.name == "Add an action"
    assert kept(hand) == ()
    with desk.reading() as connection:
        assert list(drafts.below(connection, f"visiting:{hand.mode.session.visit}:")) == []
    hand.press("Alt+A").type("x").press("Backspace", key)
    assert kept(hand) == (), "what was typed and taken back is no action either"
    assert cards(hand) == []
    hand.press("Alt+A").press("Tab").type("manager").press(key)
    assert [action.owner for action in kept(hand)] == ["manager"], "but who does it is worth keeping"


def test_enter_goes_from_field_to_field(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit").press("Return")
    assert hand.name == "Owner"
    hand.type("manager").press("Return")
    assert hand.name == "Due"


def test_a_press_on_a_card_edits_it(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit").press("Escape")
    card = cards(hand)[0]
    assert card.accessibleDescription() == "Something of it is missing."
    hand.press("Shift+Tab")
    assert hand.at is card
    hand.press("Return")
    assert hand.mode.side.entering
    assert hand.at.text() == "Audit"
    hand.press("End").type(" weekly").press("Tab").type("deputy manager").press("Tab").type("17 Mar 2027")
    hand.press("Ctrl+Return")
    assert [action.title for action in kept(hand)] == ["Audit weekly"]
    said = "Action: Audit weekly, Developmental, deputy manager, due 17 Mar 2027"
    assert cards(hand)[0].accessibleName() == said
    assert cards(hand)[0].accessibleDescription() == ""


def test_a_card_shows_all_its_words(at_visit: OpenVisitMode) -> None:
    title = "Write down every reference to the council within the day, and tell the family the same day"
    hand = at_visit("8.3").press("Alt+A").type(title).press("Tab").type("registered manager").press("Escape")
    card = cards(hand)[0]
    assert card.height() >= card.heightForWidth(card.width())
    hand.press("Alt+A").type("Short").press("Escape")
    card, short = cards(hand)
    assert short.height() < card.height()
    assert short.height() >= 44


def test_the_keyboard_reaches_cards_in_their_order(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    for title in ("One", "Two", "Three"):
        hand.press("Alt+A").type(title).press("Escape")
    passed = []
    for _ in range(3):
        hand.press("Shift+Tab")
        passed.append(hand.at.action.title)
    assert passed == ["Three", "Two", "One"]


def test_taken_out_and_put_back(at_visit: OpenVisitMode, office: Office) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit").press("Tab").type("manager").press("Escape")
    uid = kept(hand)[0].uid
    click(cards(hand)[0])
    click(hand.mode.side.form.remove)
    hand.rest()
    assert not hand.mode.side.entering
    assert kept(hand) == ()
    assert office.records.get(Action, uid).archived_at is not None
    taken = hand.mode.side.taken
    assert taken.words == "Taken out: Audit"
    assert taken.button.accessibleName() == "Put back: Audit"
    click(taken.button)
    hand.rest()
    assert [(action.uid, action.title, action.owner) for action in kept(hand)] == [(uid, "Audit", "manager")]
    assert office.records.get(Action, uid).archived_at is None
    assert not taken.isVisible()


def test_taking_out_with_the_keyboard_in_a_field_does_not_bring_it_back(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit")
    hand.mode.side.form.remove.click()  # the keyboard is still in the title, as after a tap
    hand.rest()
    assert kept(hand) == ()
    assert cards(hand) == []


def test_what_was_taken_out_is_offered_until_the_officer_goes_on(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+A").type("Audit")
    click(hand.mode.side.form.remove)
    assert hand.mode.side.taken.isVisible()
    hand.press("Ctrl+Down")
    assert not hand.mode.side.taken.isVisible()
    hand.press("Alt+A")
    click(hand.mode.side.form.remove)
    assert not hand.mode.side.taken.isVisible(), "there was nothing in it"


def test_a_photo_is_put_back_too(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    attach(office, visits.today, "8.3", 2)
    hand = at_visit("8.3")
    gone = hand.mode.session.book.photos_of("8.3")[0]
    hand.mode.side.photos.remove_asked.emit(gone.uid)
    hand.rest()
    assert hand.mode.side.taken.words == "Taken out: 0"
    click(hand.mode.side.taken.button)
    hand.mode.session.settle()
    hand.rest()
    found = office.visiting.open(visits.today)
    assert {photo.uid for photo in found.book.photos} == {"photo-8.3-0", "photo-8.3-1"}
    assert found.thumbnails.keys() == hand.mode.session.thumbnails.keys()


def test_a_rating_below_good_asks_for_an_action_quietly(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    hint = hand.mode.side.cards._hint
    assert not hint.isVisible()
    hand.press("2")
    assert hint.isVisible()
    assert hint.text() == "Rated Requires improvement: say what has to change."
    hand.press("1")
    assert hint.text() == "Rated Poor: say what has to change."
    hand.press("3")
    assert not hint.isVisible()
    hand.press("2", "Alt+A").type("Audit").press("Escape")
    assert not hint.isVisible(), "there is one now"


def test_an_action_of_a_signed_visit_is_read_only(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    office.visiting.start(visits.plain)
    book = office.visiting.book(visits.plain)
    audit = Action(
        uid="audit", title="Audit", owner="manager", due=date(2026, 3, 2), visit=visits.plain, questions="8.3",
        kind=ActionKind.CORRECTIVE, service=book.visit.service,
    )  # fmt: skip
    office.visiting.keep(visits.plain, settled=[audit, replace(book.answer("8.3"), rating=2, seen="Gaps.")])
    sign(office, visits.plain)
    hand = at_visit("8.3", visit=visits.plain)
    side = hand.mode.side
    assert not side.cards.add.isVisible()
    hand.press("Alt+A")
    assert not side.entering, "none can be added"
    click(cards(hand)[0])
    assert side.entering
    assert hand.name == "Done"
    assert not side.form.remove.isVisible()
    for editor in side.form.editors.values():
        assert not editor.isEnabled()
    for button in side.form.kinds.values():
        click(button)
    hand.press("Escape")
    assert not side.entering
    assert kept(hand)[0].kind is ActionKind.CORRECTIVE


def test_the_form_scrolls_and_its_buttons_stay(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("8.3").press("Alt+A")
    for scale in (1.0, 1.3):
        theme.set_text_scale(scale)
        QApplication.processEvents()
        form = hand.mode.side.form
        for button in (form.finished, form.remove, *form.kinds.values()):
            assert button.isVisible()
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.height() >= round(44 * scale) - 1
        for name, editor in form.editors.items():
            for edit in editor.findChildren(QLineEdit):
                assert edit.height() >= round(44 * scale) - 1, name
