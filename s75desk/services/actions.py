"""Actions of every origin: the list, one action with its chasers, and the steps an action goes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from s75desk.domain.changes import Changes
from s75desk.domain.records import Action, Agreement, Chaser, Kpi, Provider, Service, Visit
from s75desk.domain.records.action import ActionState
from s75desk.domain.status import Status
from s75desk.domain.statuses.actions import action_state, action_status, is_open
from s75desk.domain.wording import plural
from s75desk.models.queries.actions import overdue_actions
from s75desk.services.headings import Names
from s75desk.services.records import RecordService, named_together


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One row of the Actions list; ``about`` is "" when nothing is recorded."""

    uid: str
    title: str
    about: str
    owner: str
    due: date | None
    raised: date | None
    kind: str
    state: ActionState | None
    status: Status
    open: bool
    overdue: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action with the records it refers to."""

    action: Action
    status: Status
    about: str
    chasers: tuple[Chaser, ...]
    agreement: Agreement | None
    provider: Provider | None
    service: Service | None
    kpi: Kpi | None
    visit: Visit | None


class ActionService(RecordService):
    """Reads actions and moves them on."""

    def rows(self, *, archived: bool = False) -> tuple[ActionRow, ...]:
        """Every live action (archived ones too if asked): overdue first, then by date, those without one last."""
        today = self.place.day()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            actions = repository.all(Action, archived=archived)
            actions += self.ahead(connection, actions, Action, archived=archived)
            names = Names(repository)
            names.read(actions)
        rows = [_row(action, names.about(action), today) for action in actions]
        return tuple(sorted(rows, key=lambda r: (not r.open, r.due or date.max, r.title.casefold())))

    def page(self, uid: str) -> ActionPage:
        """One action.

        Raises:
            NotFound: If it is not in this desk.
        """
        action = self.seen(Action, uid)
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            names = Names(repository)
            names.read([action])
            return ActionPage(
                action=action,
                status=action_status(action, self.place.day()),
                about=names.about(action),
                chasers=tuple(reversed(repository.all(Chaser, action=uid, order=("chased",)))),
                agreement=repository.by_uid(Agreement, [action.agreement]).get(action.agreement or ""),
                provider=repository.by_uid(Provider, [action.provider]).get(action.provider or ""),
                service=repository.by_uid(Service, [action.service]).get(action.service or ""),
                kpi=repository.by_uid(Kpi, [action.kpi]).get(action.kpi or ""),
                visit=repository.by_uid(Visit, [action.visit]).get(action.visit or ""),
            )

    def overdue(self) -> int:
        """How many open actions are past their date; the number on the tab."""
        today = self.place.day()
        with self.place.desk.reading() as connection:
            return overdue_actions(connection, today)

    def mark_done(self, *uids: str) -> Changes:
        """Mark open actions as done today."""
        return self._move(uids, "Done", state=ActionState.DONE, done=self.place.today())

    def verify(self, *uids: str) -> Changes:
        """Mark done actions as verified today by whoever keeps the desk."""
        today, who = self.place.today(), self.place.who
        return self._move(uids, "Verified", state=ActionState.VERIFIED, verified=today, verified_by=who)

    def reopen(self, *uids: str) -> Changes:
        """Open done, verified or withdrawn actions again."""
        return self._move(uids, "Opened again", state=ActionState.OPEN, done=None, verified=None, verified_by=None)

    def put_off(self, uids: Sequence[str], due: date | None) -> Changes:
        """Give several actions another date to be done by."""
        return self._move(uids, "Date changed", due=due)

    def chase(self, uids: Sequence[str], chaser: Chaser) -> Changes:
        """Note one chaser of several actions at each of them."""
        with self.place.change("") as change:
            made = [replace(chaser, uid="", action=uid) for uid in uids]
            for one in made:
                self._check(change.records, one)
            change.create_many(made)
            actions = change.records.by_uid(Action, uids).values()
            change.label = f"Chased: {named_together(list(actions), change.records)}"
        return change.result

    def _move(self, uids: Sequence[str], word: str, **values: object) -> Changes:
        with self.place.change("") as change:
            moved = []
            for uid in uids:
                stored = change.records.get(Action, uid) or self.get(Action, uid)
                moved.append(replace(stored, **values))  # type: ignore[arg-type]
                self._check(change.records, moved[-1])
                change.revise(moved[-1])
            change.label = f"{word}: {moved[0].title if len(moved) == 1 else plural(len(moved), Action.NOUN)}"
        return change.result


def _row(action: Action, about: str, today: date) -> ActionRow:
    status = action_status(action, today)
    return ActionRow(
        uid=action.uid,
        title=action.title,
        about=about,
        owner=action.owner or "Not known",
        due=action.due,
        raised=action.raised,
        kind=action.kind.word if action.kind else "Not known",
        state=action_state(action, today),
        status=status,
        open=is_open(action, today),
        overdue=status.overdue,
        archived=action.archived_at is not None,
    )
