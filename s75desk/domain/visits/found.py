"""What was found at a visit, from its answers: what was rated below good, and what was rated best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from s75desk.domain.records import Action, VisitAnswer
from s75desk.domain.records.visit_work import PriorGrade, SpokenRole
from s75desk.domain.status import Shape, Status
from s75desk.domain.visits.book import VisitBook, sample_of
from s75desk.domain.visits.question_set import QuestionBody
from s75desk.domain.visits.scale import Scale
from s75desk.domain.wording import number, plural

GRADES = {
    PriorGrade.MET: Status(Shape.GOOD, "Met"),
    PriorGrade.PARTLY: Status(Shape.WATCH, "Partly met"),
    PriorGrade.NOT_MET: Status(Shape.ALERT, "Not met"),
}
UNGRADED = Status(Shape.UNKNOWN, "Not graded")


@dataclass(frozen=True, slots=True)
class FoundAnswer:
    """One rated question.

    Attributes:
        question: The question.
        answer: Its answer.
        status: Its rating as shape and word.
        actions: Actions raised from it.
        photos: How many photos show it.
    """

    question: QuestionBody
    answer: VisitAnswer
    status: Status
    actions: tuple[Action, ...]
    photos: int

    @property
    def seen(self) -> str:
        """What was seen, or that no note was made."""
        return (self.answer.seen or "").strip() or "No note was made of what was seen."

    @property
    def proof(self) -> str:
        """What it rests on: sample and photos; "" for neither."""
        sample = sample_of(self.answer)
        parts = [f"Sample: {sample.sentence}"] if sample is not None else []
        if self.photos:
            parts.append(plural(self.photos, "photo"))
        return ". ".join(parts)


def findings(book: VisitBook) -> tuple[FoundAnswer, ...]:
    """Questions rated below good: the lowest first, critical ones before others, then in the order of the set."""
    found = [each for each in _rated(book) if not book.body.scale.good(each.answer.rating or 0)]
    return tuple(sorted(found, key=lambda each: (each.answer.rating or 0, not each.question.critical)))


def good_practice(book: VisitBook) -> tuple[FoundAnswer, ...]:
    """Questions rated best, in the order of the set; those with a note before those without."""
    found = [each for each in _rated(book) if each.answer.rating == book.body.scale.top]
    return tuple(sorted(found, key=lambda each: not (each.answer.seen or "").strip()))


def people_words(book: VisitBook) -> str:
    """Whom was spoken to: "people who use the service (7), registered manager (1)"; "" for nobody recorded."""
    counts = [(role, book.spoken(role).count or 0) for role in SpokenRole]
    return ", ".join(f"{role.value} ({number(count)})" for role, count in counts if count)


def grade_status(book: VisitBook, action: Action) -> Status:
    """How far an action from before was found done, as shape and word."""
    grade = book.grading(action.uid).grade
    return GRADES[grade] if grade else UNGRADED


def answer_status(answer: VisitAnswer, scale: Scale) -> Status:
    """The rating of an answer, or why it has none, as shape and word."""
    if answer.rating is not None:
        return scale.status(answer.rating)
    return scale.not_applicable_status if answer.not_applicable else scale.unanswered_status


def _rated(book: VisitBook) -> Iterator[FoundAnswer]:
    for question in book.body.questions:
        answer = book.answer(question.code)
        if answer.rating is not None:
            status = answer_status(answer, book.body.scale)
            yield FoundAnswer(
                question, answer, status, book.actions_of(question.code), len(book.photos_of(question.code))
            )
