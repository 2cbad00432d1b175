"""A large visit, the same for the same seed: three hundred questions, most of them answered, and sixty photos."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from PIL import Image

from s75desk.domain.records import Action, Provider, Service, Visit, VisitPhoto
from s75desk.domain.records.action import ActionKind
from s75desk.domain.visits.question_set import AreaBody, QuestionSetBody, StandardBody
from s75desk.models.desk_file import DeskFile
from s75desk.paths import resource
from s75desk.services.office import Office
from s75desk.services.question_set_file import load_question_set
from s75desk.services.workplace import Workplace

TODAY = date(2026, 2, 2)
QUESTIONS, PHOTOS = 300, 60
_WORDS = "charts read complete gaps audit weekly unit staff asked seen plan risk review signed drill training".split()


def make(path: Path, questions: int = QUESTIONS, photos: int = PHOTOS) -> str:
    """Make a desk with the visit, under way; returns the visit's uid."""
    chance = random.Random(75)
    with DeskFile.create(path) as desk:
        office = Office(Workplace(desk, "quality officer", lambda: TODAY))
        office.question_sets.load(question_set(questions), TODAY)
        provider = office.records.create(Provider(name="Northbrook Care")).uid
        service = office.records.create(Service(provider=provider, name="Northbrook House")).uid
        chosen = office.question_sets.rows()[0].uid
        visit = office.records.create(Visit(service=service, planned=TODAY, question_set=chosen)).uid
        visiting = office.visiting
        visiting.start(visit)
        book = visiting.book(visit)
        answers = []
        for question in book.body.questions[:-1]:
            seen = " ".join(chance.choices(_WORDS, k=40)).capitalize() + "."
            rating = chance.choices((1, 2, 3, 4), (1, 3, 12, 3))[0]
            answers.append(
                replace(
                    book.answer(question.code), rating=rating, seen=seen, looked_at=2, population=45, codes="CP1, CP2"
                )
            )
        visiting.keep(visit, settled=answers)
        actions = [
            Action(
                uid=f"action-{number}",
                title=f"Action {number}: audit the records of unit {number} every week",
                kind=ActionKind.CORRECTIVE,
                owner="deputy manager",
                due=date(2026, 3, 2),
                service=service,
                visit=visit,
                questions=book.body.questions[number].code,
            )
            for number in range(20)
        ]
        visiting.keep(visit, settled=actions)
        for number in range(photos):
            picture, small = _photo(chance, (1600, 1200)), _photo(chance, (320, 240))
            code = book.body.questions[number % 12].code
            photo = VisitPhoto(uid=f"photo-{number}", visit=visit, question=code, wide=1600, high=1200)
            visiting.attach(photo, picture, small)
        visiting.leave(visit)
    return visit


def question_set(questions: int) -> QuestionSetBody:
    """The house standards with their rule, and so many questions in all."""
    house = load_question_set(resource("question_sets", "house-standards-1.toml"))
    share = -(-questions // len(house.standards))
    left = questions
    areas = []
    for area in house.areas:
        standards = []
        for standard in area.standards:
            count = min(share, left)
            left -= count
            asked = tuple(
                replace(
                    standard.questions[number % len(standard.questions)],
                    code=f"{standard.code}.{number}",
                    short=f"Question {number}",
                    weight=Decimal(1 + number % 2),
                    settings=(),
                )
                for number in range(1, count + 1)
            )
            standards.append(StandardBody(standard.code, standard.title, standard.weight, asked, standard.purpose))
        areas.append(AreaBody(area.code, area.title, area.weight, tuple(standards)))
    return replace(house, title="Large standards", areas=tuple(areas))


def _photo(chance: random.Random, size: tuple[int, int]) -> bytes:
    """A picture with as much in it as a photo has, so that it is as large."""
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), chance.uniform(20, 60)).resize(size)
    colour = tuple(chance.randint(60, 200) for _ in range(3))
    image = Image.blend(Image.new("RGB", size, colour), noise.convert("RGB"), 0.4)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=85)
    return held.getvalue()
