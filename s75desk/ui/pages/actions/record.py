"""One action: what is needed and why, its chasers, the evidence, and its way to done and verified."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.records import Action, Chaser
from s75desk.domain.records.action import ActionState
from s75desk.domain.statuses.actions import action_state, is_open
from s75desk.domain.wording import date_long, date_short, plural
from s75desk.services.actions import ActionPage, ActionRow
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import FieldSheet, noted
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit, wish_for_new
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.record_view import ManyStep, RecordView, Step, SubPage


class ActionRecord(RecordView):
    """The page of one action."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "action", ("chaser", "provider", "service", "agreement", "kpi", "visit"), parent)
        self.page: ActionPage | None = None
        self.about = FieldSheet(parent=self)
        self.chasers = ChildSection(
            context,
            "Chasers",
            columns_of(Chaser, Names({}, context.today)),
            name="action chasers",
            make=lambda: Chaser(action=self.uid, chased=context.today),
            add="Add a chaser",
            of=lambda: self._action().title,
            empty="Not chased yet.",
            parent=self,
        )
        self.chasers.form_asked.connect(self.form_asked)
        self.history = HistoryPage(context, self)
        main = SubPage(parent=self)
        main.put(self.about, self.chasers)
        self.add_sub_page("Action", main)
        self.add_sub_page("History", self.history)

    def read(self, uid: str) -> ActionPage:
        """The action with the records it refers to."""
        return self.context.office.actions.page(uid)

    def show_page(self, page: ActionPage) -> None:
        """Show it."""
        self.page = page
        action = page.action
        parts = (page.about, action.kind.value if action.kind else "", f"owner: {action.owner}" if action.owner else "")
        last = next((chaser.chased for chaser in page.chasers if chaser.chased), None)
        status = page.status
        if is_open(action, self.context.today) and last:
            status = replace(status, sentence=f"{status.sentence} Last chased {date_long(last)}.")
        self.set_header(action.title, "  ·  ".join(part for part in parts if part), status)
        self.set_steps(self._steps(action))
        self.about.set_pairs(_pairs(page))
        self.chasers.set_rows(page.chasers)
        self.history.show_history("action", action.uid)

    def edit_wish(self) -> FormWish | None:
        """The form of this action."""
        return wish_for_edit(self.page.action) if self.page else None

    def more_actions(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Go to the record it is about."""
        if self.page is None:
            return ()
        found: list[tuple[str, Callable[[], None]]] = []
        for record in (self.page.service or self.page.provider, self.page.agreement, self.page.kpi, self.page.visit):
            if record is not None:
                kind, uid = record.KIND, record.uid
                if kind == "service" and self.page.provider:
                    kind, uid = "provider", self.page.provider.uid
                found.append((f"Open {record.NOUN}", self._opener(kind, uid)))
        return found

    def _opener(self, kind: str, uid: str) -> Callable[[], None]:
        return lambda: self.context.navigator.open(kind, uid)

    def _action(self) -> Action:
        return self.page.action if self.page else Action(uid=self.uid)

    def many_steps(self, rows: Sequence[ActionRow]) -> Sequence[ManyStep]:
        """Done, chased, another date, verified, opened again: each for as many of the marked as it fits."""
        actions = self.context.office.actions
        open_ = [row.uid for row in rows if row.open]
        done = [row.uid for row in rows if row.state is ActionState.DONE]
        closed = [row.uid for row in rows if not row.open]
        steps: list[ManyStep] = []
        if open_:
            steps += [
                ManyStep(f"Mark {len(open_)} as done", "tick", lambda: self._do_all(actions.mark_done, open_)),
                ManyStep(f"Chase {len(open_)}", "chat", lambda: self._chase_all(open_)),
                ManyStep(
                    f"Change {len(open_)} dates" if len(open_) > 1 else "Change 1 date",
                    "calendar",
                    lambda: self._put_off(open_),
                ),
            ]
        if done:
            steps.append(ManyStep(f"Verify {len(done)}", "tick", lambda: self._do_all(actions.verify, done)))
        if closed:
            steps.append(ManyStep(f"Open {len(closed)} again", "undo", lambda: self._do_all(actions.reopen, closed)))
        return steps

    def _do_all(self, method: Callable[..., Changes], uids: Sequence[str]) -> None:
        self.context.operations.write(self, lambda: method(*uids))

    def _chase_all(self, uids: Sequence[str]) -> None:
        chaser = Chaser(action=uids[0], chased=self.context.today)
        actions = self.context.office.actions
        self.form_asked.emit(
            FormWish(
                chaser,
                f"Chase {plural(len(uids), 'action')}",
                "The chaser is noted at each of them.",
                save=lambda one: actions.chase(uids, one),
                about=",".join(sorted(uids)),
            )
        )

    def _put_off(self, uids: Sequence[str]) -> None:
        actions = self.context.office.actions
        self.form_asked.emit(
            FormWish(
                Action(title=f"{plural(len(uids), 'action')}"),
                f"Another date for {plural(len(uids), 'action')}",
                "All of them are to be done by it.",
                save=lambda one: actions.put_off(uids, one.due),
                about=",".join(sorted(uids)),
                only=("due",),
            )
        )

    def _steps(self, action: Action) -> Sequence[Step]:
        state = action_state(action, self.context.today)
        if state is ActionState.DONE:
            return (
                ("Verify", "tick", "", lambda: self._do(self.context.office.actions.verify)),
                ("Open again", "undo", "", lambda: self._do(self.context.office.actions.reopen)),
            )
        if state in (ActionState.VERIFIED, ActionState.WITHDRAWN):
            return (("Open again", "undo", "", lambda: self._do(self.context.office.actions.reopen)),)
        return (
            ("Mark as done", "tick", "", lambda: self._do(self.context.office.actions.mark_done)),
            ("Chase", "chat", "", self._chase),
            ("Change the date", "calendar", "F2", self.ask_edit),
        )

    def _do(self, method: Callable[[str], object]) -> None:
        uid = self.uid
        self.context.operations.write(self, lambda: method(uid))  # type: ignore[arg-type,return-value]

    def _chase(self) -> None:
        self.form_asked.emit(wish_for_new(Chaser(action=self.uid, chased=self.context.today), self._action().title))


def _pairs(page: ActionPage) -> list[tuple[str, str]]:
    action = page.action
    origin = ""
    if page.visit:
        day = page.visit.made or page.visit.planned
        origin = f"Quality visit, {date_long(day)}" if day else "Quality visit"
    elif page.kpi:
        origin = f"KPI: {page.kpi.title}"
    elif page.agreement:
        origin = f"Agreement: {page.agreement.title}"
    verified = (
        f"{action.verified_by or 'Not known'}, {date_short(action.verified)}" if action.verified else "Not yet verified"
    )
    return [
        ("What is needed", action.title),
        ("Why", action.why or ""),
        ("From", origin),
        ("Owner", action.owner or ""),
        ("Raised", date_long(action.raised) if action.raised else ""),
        ("Due", date_long(action.due) if action.due else ""),
        ("Evidence wanted", action.evidence_wanted or ""),
        ("Evidence seen", action.evidence or "None yet"),
        ("Done", date_long(action.done) if action.done else "Not yet done"),
        ("Verified", verified),
        *noted(action),
    ]
