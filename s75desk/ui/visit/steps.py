"""What the officer does in visit mode, taken from the panes to the session: answers, actions, grades, signing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.records import (
    Action,
    PeopleSpoken,
    PriorGrading,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
)
from s75desk.domain.records.action import ActionKind
from s75desk.services.visiting import OpenVisit
from s75desk.ui.visit.photo_viewer import PhotoViewer
from s75desk.ui.visit.session import AGAIN_MS
from s75desk.ui.visit.turns import SIDE
from s75desk.ui.widgets.file_dialogs import PDF, Purpose, ask_save

if TYPE_CHECKING:
    from s75desk.ui.visit.mode import VisitMode

_PHOTO_COMES = "Not signed: a photo is still being added. Sign once it is there, with the photo above the signatures."


class Steps(QObject):
    """See the module.

    Args:
        mode: The visit mode whose panes tell of what is done.
    """

    def __init__(self, mode: VisitMode) -> None:
        super().__init__(mode)
        self._mode = mode
        self._session = mode.session
        self._told = self._stopped = False
        self._then = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._reread)
        question, side = mode.question, mode.side
        question.answered.connect(self._answered)
        question.typed.connect(self._answer_typed)
        side.answered.connect(self._proved)
        side.typed.connect(self._proof_typed)
        side.action_wanted.connect(self.new_action)
        side.form.typed.connect(self._action_typed)
        side.form.changed.connect(self._action_changed)
        side.form.removed.connect(self._action_removed)
        side.taken.put_back.connect(self._put_back)
        side.photos.caption_typed.connect(self._caption_typed)
        side.photos.caption_changed.connect(self._caption_changed)
        side.photos.remove_asked.connect(self._photo_removed)
        side.photos.open_asked.connect(self._photo_opened)
        mode.prior.graded.connect(self._graded)
        mode.prior.typed.connect(self._grade_typed)
        mode.people.counted.connect(self._counted)
        finishing, signed = mode.finishing, mode.signed
        finishing.commented.connect(self._commented)
        finishing.comment_typed.connect(self._comment_typed)
        finishing.signed.connect(self._signed)
        finishing.signature_typed.connect(self._signature_typed)
        finishing.sign_pressed.connect(self.sign)
        finishing.draft_pressed.connect(self.print_sheet)
        finishing.withdraw_pressed.connect(self.withdraw)
        signed.print_sheet.connect(self.print_sheet)
        signed.save_sheet.connect(self.ask_save_sheet)
        signed.save_report.connect(self.ask_save_report)
        signed.amend_pressed.connect(self.amend)
        mode.context.operations.crashed.connect(self._crashed)

    # Answers

    def _answered(self, told: VisitAnswer) -> None:
        self._session.put(self._said(told))
        self._session.answer_changed()

    def _answer_typed(self, told: VisitAnswer) -> None:
        self._session.put(self._said(told), typed=True)

    def _said(self, told: VisitAnswer) -> VisitAnswer:
        """What the middle says of an answer, beside what the right says of it."""
        return replace(
            self._session.book.answer(told.question),
            rating=told.rating,
            not_applicable=told.not_applicable,
            reason=told.reason,
            flagged=told.flagged,
            seen=told.seen,
        )

    def _proved(self, told: VisitAnswer) -> None:
        self._session.put(self._proof(told))

    def _proof_typed(self, told: VisitAnswer) -> None:
        self._session.put(self._proof(told), typed=True)

    def _proof(self, told: VisitAnswer) -> VisitAnswer:
        return replace(
            self._session.book.answer(told.question),
            evidence=told.evidence,
            sample_of=told.sample_of,
            population=told.population,
            looked_at=told.looked_at,
            method=told.method,
            codes=told.codes,
        )

    # Actions

    def new_action(self) -> None:
        """A new action from the question on show."""
        book = self._session.book
        rated = book.answer(self._mode.place).rating
        low = rated is not None and not book.body.scale.good(rated)
        self._enter(
            Action(
                uid=str(uuid4()),
                kind=ActionKind.CORRECTIVE if low else ActionKind.DEVELOPMENTAL,
                raised=book.visit.made or self._mode.context.today,
                provider=book.provider.uid if book.provider else None,
                service=book.visit.service or None,
                visit=book.visit.uid,
                questions=self._mode.place,
                sample=book.visit.sample,
            )
        )

    def open_action(self, uid: str) -> None:
        """Go to an action and enter what it lacks."""
        for action in self._session.book.actions:
            if action.uid == uid:
                questions = (action.questions or "").split(",")
                if questions[0].strip():
                    self._mode.go(questions[0].strip())
                self._enter(action)

    def _enter(self, action: Action) -> None:
        self._mode.turns.bring(SIDE)
        self._mode.side.edit_action(action)

    def _action_typed(self, action: Action) -> None:
        self._session.put(action, typed=True)

    def _action_changed(self, action: Action) -> None:
        held = any(held.uid == action.uid for held in self._session.book.actions)
        if _blank(action):
            if held:  # what was typed was taken back, letter by letter: no action without words stays behind
                self._session.take_out(action)
        elif action.title.strip() or held:
            self._session.put(action)
        self._mode.show_proof()

    def _action_removed(self, action: Action) -> None:
        self._session.take_out(action)
        self._mode.show_proof()
        self._mode.side.show_proof()
        self._mode.side.show_taken(None if _blank(action) else action)

    def _put_back(self, record: Action | VisitPhoto) -> None:
        self._session.put(record)
        self._mode.show_proof()
        self._mode.side.show_taken(None)
        self._mode.side.take_keyboard()

    # Photos

    def _photo(self, uid: str) -> VisitPhoto | None:
        return next((photo for photo in self._session.book.photos if photo.uid == uid), None)

    def _caption_changed(self, uid: str, caption: str) -> None:
        photo = self._photo(uid)
        if photo is not None:
            self._session.put(replace(photo, caption=caption.strip() or None))
            self._mode.show_proof()

    def _caption_typed(self, uid: str, caption: str) -> None:
        photo = self._photo(uid)
        if photo is not None:
            self._session.put(replace(photo, caption=caption or None), typed=True)

    def _photo_removed(self, uid: str) -> None:
        photo = self._photo(uid)
        if photo is not None:
            self._session.take_out(photo)
            self._mode.show_proof()
            self._mode.side.show_taken(photo)

    def _photo_opened(self, uid: str) -> None:
        mode = self._mode
        photos = self._session.book.photos_of(mode.place)
        viewer = PhotoViewer(mode, photos, self._read_picture, locked=self._session.locked)
        viewer.caption_typed.connect(self._caption_typed)
        viewer.caption_changed.connect(self._caption_changed)
        viewer.remove_asked.connect(self._photo_removed)
        viewer.open_photo(uid)

    def _read_picture(self, photo: VisitPhoto) -> bytes:
        return self._mode.context.office.visiting.picture(photo.sha256 or "")

    # Prior actions, people, overrides

    def _graded(self, grading: PriorGrading) -> None:
        self._session.put(grading)

    def _grade_typed(self, grading: PriorGrading) -> None:
        self._session.put(grading, typed=True)

    def _counted(self, spoken: PeopleSpoken) -> None:
        self._session.put(spoken)

    def override(self, record: VisitOverride) -> None:
        """Put an officer's judgement in the place of what was worked out."""
        self._session.put(record)
        self._session.answer_changed()

    def put_right(self, record: VisitOverride) -> None:
        """Let what was worked out stand again."""
        self._session.take_out(record)
        self._session.answer_changed()

    # The end

    def _commented(self, told: Visit) -> None:
        self._session.put(self._with_comment(told))

    def _comment_typed(self, told: Visit) -> None:
        self._session.put(self._with_comment(told), typed=True)

    def _with_comment(self, told: Visit) -> Visit:
        return replace(self._session.book.visit, comment=told.comment, no_comment=told.no_comment)

    def _signed(self, signature: VisitSignature) -> None:
        self._session.put(self._session.book.stamped(signature))

    def _signature_typed(self, signature: VisitSignature) -> None:
        self._session.put(self._session.book.stamped(signature), typed=True)

    def sign(self) -> None:
        """Sign and lock; what is still on its way to the disk goes before it."""
        mode = self._mode
        self._session.settle()
        if mode.photos.unsaved:
            mode.finishing.refuse(_PHOTO_COMES)
            return
        visit, service = self._session.visit, mode.context.office.visiting
        shown = self._session.book  # what is on the screen is what is signed, and nothing else
        mode.finishing.set_signing(True)

        def refused(trouble: DeskError | Rejected) -> None:
            mode.finishing.set_signing(False)
            mode.finishing.refuse(_words(trouble))

        mode.context.operations.write(mode, lambda: service.finish(visit, shown), self._reread, refused, silent=True)

    def _crashed(self, _: BaseException) -> None:
        """Our own fault on the way: whatever was under way can be pressed again."""
        self._mode.finishing.set_signing(False)

    def amend(self, because: str) -> None:
        """Open a signed visit for an amendment."""
        mode = self._mode
        visit, service = self._session.visit, mode.context.office.visiting

        def refused(trouble: DeskError | Rejected) -> None:
            mode.signed.refuse(_words(trouble))

        mode.context.operations.write(mode, lambda: service.amend(visit, because), self._reread, refused, silent=True)

    def withdraw(self) -> None:
        """Give an amendment up; what is still on its way to the disk goes before it, so that it is taken back too."""
        mode = self._mode
        self._session.settle()
        visit, service = self._session.visit, mode.context.office.visiting

        def refused(trouble: DeskError | Rejected) -> None:
            mode.finishing.refuse(_words(trouble))

        def done(changes: Changes) -> None:
            self._reread(changes, "The amendment is withdrawn. The version below stands as it was signed.")

        mode.context.operations.write(mode, lambda: service.withdraw(visit), done, refused, silent=True)

    def _reread(self, _: Changes | None = None, words: str = "") -> None:
        """Show the visit as the desk now has it; if it cannot be read at once, it is read as soon as it can be."""
        self._then = words or self._then
        mode = self._mode
        visit, service = self._session.visit, mode.context.office.visiting

        def take(opened: OpenVisit) -> None:
            self._told = False
            self._session.reread(opened)
            mode.finishing.set_signing(False)
            if not self._session.locked:
                mode.header.show_saved(self._session.moment())
            mode.show_place()
            mode.take_keyboard()
            if self._then:
                mode.signed.begin(self._then)
            self._then = ""

        def failed(trouble: DeskError) -> None:
            if not self._told:  # once, however often it is tried
                mode.context.operations.sort_out(trouble)
            self._told = True
            if not self._stopped:
                self._again.start()

        mode.context.operations.read(mode, lambda: service.open(visit), take, failed)

    def stop(self) -> None:
        """Run no more timers."""
        self._stopped = True
        self._again.stop()

    # Print

    def print_sheet(self) -> None:
        """Print the feedback sheet."""
        self._mode.paper.print_sheet()

    def ask_save_sheet(self) -> None:
        """Choose where, then save the feedback sheet."""
        self._ask_save("feedback sheet", self._mode.paper.save_sheet)

    def ask_save_report(self) -> None:
        """Choose where, then save the visit report."""
        self._ask_save("visit report", self._mode.paper.save_report)

    def _ask_save(self, what: str, save: Callable[[Path], None]) -> None:
        book = self._session.book
        day = book.visit.made or book.visit.planned
        name = f"{book.name}, {what}{f' {day.isoformat()}' if day else ''}.pdf"
        file = ask_save(self._mode, Purpose.PAPER, f"Save the {what}", name, PDF, ".pdf")
        if file is not None:
            save(file)


def _blank(action: Action) -> bool:
    """Whether nothing of an action was entered."""
    return not any((action.title.strip(), action.owner, action.due, action.evidence_wanted))


def _words(trouble: DeskError | Rejected) -> str:
    return trouble.reason if isinstance(trouble, Rejected) else f"{trouble.what} {trouble.remedy}"
