"""The way through a visit: which place comes next, and where the next open, critical or flagged question is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from s75desk.domain.visits.book import VisitBook, on_scale
from s75desk.domain.visits.question_set import QuestionBody
from s75desk.ui.visit.outline import FINISH, PEOPLE, PRIOR


def places_of(book: VisitBook) -> list[str]:
    """Every place in the order of the visit: prior actions first, then people, then the questions, then the end."""
    return [*([PRIOR] if book.prior else []), PEOPLE, *(question.code for question in book.body.questions), FINISH]


def first_place(book: VisitBook) -> str:
    """Where a visit begins."""
    return places_of(book)[0]


def neighbour(book: VisitBook, place: str, by: int) -> str:
    """The place before (-1) or after (1); the same at either end."""
    places = places_of(book)
    if place not in places:
        return places[0]
    return places[min(len(places) - 1, max(0, places.index(place) + by))]


def is_open(book: VisitBook, question: QuestionBody) -> bool:
    """Whether a question has no answer yet."""
    answer = book.answers.get(question.code)
    if answer is None:
        return True
    return on_scale(answer.rating, book.body.scale) is None and not answer.not_applicable


def is_open_critical(book: VisitBook, question: QuestionBody) -> bool:
    """Whether a critical question has no answer yet."""
    return question.critical and is_open(book, question)


def is_flagged(book: VisitBook, question: QuestionBody) -> bool:
    """Whether a question is to be come back to."""
    answer = book.answers.get(question.code)
    return answer is not None and bool(answer.flagged)


Wanted = Callable[[VisitBook, QuestionBody], bool]


def wanted(book: VisitBook, which: Wanted) -> list[str]:
    """Codes of the questions that are wanted, in order."""
    return [question.code for question in book.body.questions if which(book, question)]


def next_wanted(book: VisitBook, place: str, which: Wanted) -> str:
    """The next question that is wanted after a place, going round; "" if there is none."""
    codes: Sequence[str] = [question.code for question in book.body.questions]
    start = codes.index(place) + 1 if place in codes else 0
    turned = [*codes[start:], *codes[:start]]
    found = set(wanted(book, which))
    return next((code for code in turned if code in found), "")


def first_of_standard(book: VisitBook, standard: str) -> str:
    """The first open question of a standard, else its first."""
    questions = next(one for one in book.body.standards if one.code == standard).questions
    return next((question.code for question in questions if is_open(book, question)), questions[0].code)


def first_of_area(book: VisitBook, area: str) -> str:
    """The first open question of an area, else its first."""
    questions = [
        question
        for one in book.body.areas
        if one.code == area
        for standard in one.standards
        for question in standard.questions
    ]
    return next((question.code for question in questions if is_open(book, question)), questions[0].code)
