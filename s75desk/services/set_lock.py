"""The questions of a set are not changed: the one check that stands before every write to a set that has questions.

A visit keeps the version it was made with, so a version is fixed as soon as it is here: its title, version, scale, rule
and standards say what its content says. Whether it is in use, and notes about it, may change. And a visit with answers
keeps its question set, or they would answer nothing. It lies in the writer, so that no way in goes round it.
"""

from __future__ import annotations

from s75desk.domain.errors import Rejected
from s75desk.domain.records import QuestionSet, Record, Standard, Visit, VisitAnswer, VisitOverride
from s75desk.models.repository import Repository

FIXED = frozenset({"title", "version", "scale", "rule", "content"})
"""Fields of a question set with questions that are the same for good."""

_WORDS = "This version has questions, and visits keep them: its {what} stays as it is. Add another version instead."

_ANSWERED = "This visit has answers to the questions of its set. To use another set, plan another visit."


class SetLock:
    """Knows, for the length of one change, which question sets are being taken in or put away as a whole."""

    def __init__(self, records: Repository) -> None:
        self._records = records
        self._whole: set[str] = set()

    def refuse(self, record: Record, changed: frozenset[str] | None = None) -> None:
        """Refuse a write to what is fixed.

        Args:
            record: As it would be written, or as it is.
            changed: The fields that change; None when it is created.

        Raises:
            Rejected: If it belongs to a question set with questions.
        """
        if isinstance(record, QuestionSet):
            if changed is None:
                self._whole.add(record.uid)
            elif (fixed := sorted(changed & FIXED)) and (record.content or "content" in changed):
                raise Rejected(fixed[0], _WORDS.format(what=record.fields()[fixed[0]].label.lower()))
        elif isinstance(record, Standard):
            self._refuse(record)
        elif isinstance(record, Visit) and "question_set" in (changed or ()) and self._answered(record.uid):
            raise Rejected("question_set", _ANSWERED)

    def refuse_hiding(self, record: Record) -> None:
        """Refuse to archive, or to bring back, a standard by itself. With its whole set it may go.

        Raises:
            Rejected: If it belongs to a question set with questions that stays where it is.
        """
        if isinstance(record, QuestionSet):
            self._whole.add(record.uid)
        elif isinstance(record, Standard):
            self._refuse(record)

    def _answered(self, visit: str) -> bool:
        return any(self._records.all(cls, visit=visit) for cls in (VisitAnswer, VisitOverride))

    def _refuse(self, standard: Standard) -> None:
        if standard.question_set not in self._whole:
            found = self._records.get(QuestionSet, standard.question_set)
            if found is not None and found.content:
                raise Rejected("", _WORDS.format(what="list of standards"))
