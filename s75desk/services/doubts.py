"""Answers to figures in doubt: right as stated, mended, or to be asked of the provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from s75desk.domain.answers import Owner, answer_to
from s75desk.domain.changes import Changes
from s75desk.domain.errors import Rejected
from s75desk.domain.findings import Question
from s75desk.domain.records import DoubtAnswer
from s75desk.domain.records.doubt import Reply
from s75desk.domain.wording import plural
from s75desk.services.records import RecordService

MOST_LETTERS = 60
"""Of the title of a doubt as the history shows it."""


class DoubtService(RecordService):
    """Answers doubts."""

    def answer(
        self, owner: Owner, questions: Sequence[Question], reply: Reply, *, note: str = "", who: str = ""
    ) -> Changes:
        """Answer doubts alike, in one change; an answer that was given before gives way.

        Args:
            owner: What they were read for.
            questions: The doubts.
            reply: What they came to.
            note: Why, in the officer's words; "" leaves a note that stands already.
            who: Whose answer it is; the hand that the history shows if "".

        Raises:
            Rejected: If there is nothing to answer, or what they are about is archived.
        """
        if not questions:
            raise Rejected("", "Choose a doubt to answer.")
        if self.get(owner.cls, owner.uid).archived_at is not None:
            raise Rejected("", "The doubts of what is archived are not answered. Restore it first.")
        what = questions[0].title if len(questions) == 1 else plural(len(questions), "doubt")
        with self.place.change(f"{reply.word}: {_short(what)}") as change:
            given = {
                (each.check, each.kind, each.record, each.figures): each
                for each in change.records.all(DoubtAnswer, **owner.field)
            }
            for question in questions:
                before = given.get(question.key)
                answer = replace(
                    before or answer_to(question, owner, reply),
                    title=question.title,
                    reply=reply,
                    who=who.strip() or self.place.who,
                    answered=self.place.today(),
                )
                answer = replace(answer, note=note.strip() or answer.note)
                change.create(answer) if before is None else change.revise(answer, before)
        return change.result


def _short(title: str) -> str:
    return title if len(title) <= MOST_LETTERS else f"{title[: MOST_LETTERS - 1].rstrip()}…"
