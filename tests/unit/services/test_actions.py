"""Actions: the list in the order to deal with it, the steps an action goes through, the number on the tab."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from s75desk.domain.attention import Group
from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.records import Action, Agreement, Chaser, Kpi, Provider, Service, Visit
from s75desk.domain.records.action import ActionKind, ActionState
from s75desk.domain.records.kpi import Measure
from s75desk.domain.status import Shape
from s75desk.domain.statuses.actions import SOON, action_status
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from tests.unit.record_help import TODAY, WHO


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("values", "shape", "word", "sentence"),
    [
        ({"due": day(-12)}, Shape.ALERT, "12 days late", "It was due on 21 January 2026."),
        ({"due": day(-1)}, Shape.ALERT, "1 day late", "It was due on 1 February 2026."),
        ({"due": day(0)}, Shape.WATCH, "Due soon", "Due on 2 February 2026, today."),
        ({"due": day(1)}, Shape.WATCH, "Due soon", "Due on 3 February 2026, tomorrow."),
        ({"due": day(SOON)}, Shape.WATCH, "Due soon", "Due on 9 February 2026, 7 days left."),
        ({"due": day(SOON + 1)}, Shape.PLAN, "Open", "Due on 10 February 2026, 8 days left."),
        ({"due": None}, Shape.UNKNOWN, "No date", "It has no date to be done by."),
        (
            {"due": day(-12), "state": None},
            Shape.UNKNOWN,
            "Not known",
            "It was due on 21 January 2026; whether it was done is not recorded.",
        ),
        (
            {"state": ActionState.DONE, "done": day(-2)},
            Shape.DONE,
            "Done",
            "Done on 31 January 2026. Not yet verified.",
        ),
        ({"state": ActionState.DONE}, Shape.DONE, "Done", "Done; the date is not known. Not yet verified."),
        ({"state": ActionState.VERIFIED, "verified": TODAY}, Shape.DONE, "Verified", "Verified on 2 February 2026."),
        ({"state": ActionState.VERIFIED}, Shape.DONE, "Verified", "Verified; the date is not known."),
        ({"state": ActionState.WITHDRAWN, "due": day(-12)}, Shape.NONE, "Withdrawn", "It no longer has to be done."),
    ],
)
def test_where_an_action_stands(values: dict[str, object], shape: Shape, word: str, sentence: str) -> None:
    status = action_status(Action(title="Act", **values), TODAY)
    assert (status.shape, status.word, status.sentence) == (shape, word, sentence)


def test_the_list_has_the_latest_first_and_what_is_closed_last(office: Office) -> None:
    for title, values in {
        "No date": {},
        "Far": {"due": day(40)},
        "Late": {"due": day(-30)},
        "Later": {"due": day(-3)},
        "State not known": {"due": day(-10), "state": None},
        "Done": {"due": day(-90), "state": ActionState.DONE},
    }.items():
        office.records.create(Action(title=title, **values))
    rows = office.actions.rows()
    assert [row.title for row in rows] == ["Late", "State not known", "Later", "Far", "No date", "Done"]
    assert [row.title for row in rows if row.overdue] == ["Late", "Later"]
    assert [row.open for row in rows] == [True] * 5 + [False]
    assert office.actions.overdue() == 2


def test_the_number_on_the_tab_is_that_of_the_list_and_of_the_overview(sample: Office) -> None:
    overdue = [row for row in sample.actions.rows() if row.overdue]
    assert sample.actions.overdue() == len(overdue) == 3
    overview = sample.overview.read()
    assert sum(item.kind == "action" for item in overview.items if item.group is Group.ACTIONS) == 3
    (tile,) = (count for count in overview.counts if count.group is Group.ACTIONS)
    assert (tile.number, tile.why) == (4, "3 actions; 1 of agreements")
    with sample.place.desk.reading() as connection:
        actions = Repository(connection).all(Action)
    assert {row.uid for row in overdue} == {
        action.uid
        for action in actions
        if action.due
        and action.due < TODAY
        and action.state not in (ActionState.DONE, ActionState.VERIFIED, ActionState.WITHDRAWN)
    }


def test_what_an_action_is_about(office: Office) -> None:
    provider = office.records.create(Provider(name="Alder Care")).uid
    service = office.records.create(Service(provider=provider, name="Alder House")).uid
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    kpi = office.records.create(Kpi(title="Deliveries", measure=Measure.COUNT)).uid
    visit = office.records.create(Visit(service=service, planned=TODAY)).uid
    full = Action(title="All", service=service, provider=provider, agreement=agreement, kpi=kpi, visit=visit)
    expected = ["Alder House", "Alder Care", "Community equipment", "Deliveries", ""]
    for missing, about in zip([(), ("service",), ("provider",), ("agreement",), ("kpi",)], expected, strict=True):
        full = replace(full, **dict.fromkeys(missing))
        uid = office.records.create(full).uid
        assert office.actions.page(uid).about == about
        assert next(row.about for row in office.actions.rows() if row.uid == uid) == about
    office.records.archive("provider", provider)
    page = office.actions.page(office.actions.rows()[0].uid)
    assert page.visit is None or page.visit.archived_at is not None


def test_the_page_of_an_action(office: Office) -> None:
    provider = office.records.create(Provider(name="Alder Care")).uid
    uid = office.records.create(Action(title="Send the care plans", provider=provider, due=day(-3))).uid
    for offset, said in ((-2, "Reminded by telephone"), (-1, "Promised for Friday")):
        office.records.create(Chaser(action=uid, chased=day(offset), said=said))
    page = office.actions.page(uid)
    assert [chaser.said for chaser in page.chasers] == ["Promised for Friday", "Reminded by telephone"]
    assert (page.status.word, page.about) == ("3 days late", "Alder Care")
    assert page.provider is not None
    assert [page.agreement, page.service, page.kpi, page.visit] == [None, None, None, None]
    with pytest.raises(NotFound):
        office.actions.page("gone")


def test_an_action_is_done_verified_and_opened_again(office: Office) -> None:
    uid = office.records.create(Action(title="Send the care plans", kind=ActionKind.CORRECTIVE, due=day(-3))).uid
    done = office.actions.mark_done(uid)
    assert done.label == "Done: Send the care plans"
    action = office.records.get(Action, uid)
    assert (action.state, action.done, action.verified) == (ActionState.DONE, TODAY, None)
    assert office.actions.overdue() == 0
    verified = office.actions.verify(uid)
    assert verified.label == "Verified: Send the care plans"
    action = office.records.get(Action, uid)
    assert (action.state, action.done, action.verified, action.verified_by) == (ActionState.VERIFIED, TODAY, TODAY, WHO)
    opened = office.actions.reopen(uid)
    assert opened.label == "Opened again: Send the care plans"
    action = office.records.get(Action, uid)
    assert (action.state, action.done, action.verified, action.verified_by) == (ActionState.OPEN, None, None, None)
    for change in (opened, verified, done):
        office.records.undo(change.change_id)
    assert office.records.get(Action, uid).state is ActionState.OPEN
    assert office.actions.overdue() == 1


def test_a_step_that_breaks_a_rule_is_refused_whole(office: Office) -> None:
    with office.place.change("As an older version let it be") as change:
        uid = change.create(Action(title="", due=day(-1))).uid
    with pytest.raises(Rejected, match="is needed"):
        office.actions.mark_done(uid)
    assert office.records.get(Action, uid).state is ActionState.OPEN
    with pytest.raises(NotFound):
        office.actions.mark_done("gone")


def test_archived_actions_only_if_asked_and_never_counted(office: Office) -> None:
    uid = office.records.create(Action(title="Gone", due=day(-5))).uid
    office.records.archive("action", uid)
    assert (office.actions.rows(), office.actions.overdue()) == ((), 0)
    (row,) = office.actions.rows(archived=True)
    assert (row.archived, row.owner, row.kind) == (True, "Not known", "Not known")
