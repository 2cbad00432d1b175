"""A visit being made: a question, the actions from before, the finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from docs.studio import Scene, Studio


def _visit_mode(place: str) -> Callable[[Studio], None]:
    """The visit with most to grade from before, at a place of it, part of it answered."""

    def play(room: Studio) -> None:
        waiting = [one for one in room.office.visits.rows() if one.with_questions and not one.past]
        uid = max(waiting, key=lambda one: (one.to_grade, one.uid)).uid
        visiting = room.office.visiting
        visiting.start(uid)
        book = visiting.book(uid)
        if book.answer("8.3").rating is None:
            questions = book.body.questions[:30]
            said = [
                replace(book.answer(one.code), rating=4 if n % 7 == 0 else 3, seen="Seen and found in order.")
                for n, one in enumerate(questions)
            ]
            weak = replace(
                book.answer("8.3"),
                rating=2,
                seen="2 charts read, CP1 and CP2. CP1: two doses unsigned. CP2 complete. The weekly audit has begun, "
                "but not on unit 2.",
                sample_of="medicines charts",
                population=45,
                looked_at=2,
                codes="CP1, CP2",
            )
            visiting.keep(uid, settled=[*(one for one in said if one.question != "8.3"), weak])
        room.go("visit_mode", uid, place)
        room.view.visits.mode.go(place)
        room.settle(300)

    return play


def _leave_visit(room: Studio) -> None:
    room.view.visits.leave()
    room.settle()


VISIT_PLACES = (("question", "8.3"), ("prior", "prior"), ("finish", "finish"))
"""Names of pictures of a visit, and where in it they are taken."""

SCENES: list[Scene] = [
    *(Scene(f"visit-{name}", _visit_mode(place), tidy=_leave_visit) for name, place in VISIT_PLACES),
]
