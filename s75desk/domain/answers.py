"""Answers to doubts: which doubts are answered, and which are still open, counted in one way everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from s75desk.domain.findings import Question
from s75desk.domain.records import Agreement, DoubtAnswer, Kpi, Provider
from s75desk.domain.records.doubt import Reply
from s75desk.domain.wording import date_long


@dataclass(frozen=True, slots=True)
class Owner:
    """What doubts are read and answered for: an agreement, a KPI that hangs under none, or a provider."""

    cls: type[Agreement | Kpi | Provider]
    uid: str

    @property
    def field(self) -> dict[str, Any]:
        """The field of an answer that names it, with its uid."""
        return {self.cls.KIND: self.uid}


def owner_of_kpi(kpi: Kpi) -> Owner:
    """What the doubts of a KPI are answered for: its agreement, which counts them as its own, else the KPI."""
    return Owner(Agreement, kpi.agreement) if kpi.agreement else Owner(Kpi, kpi.uid)


def told_apart(
    questions: Iterable[Question], answers: Iterable[DoubtAnswer]
) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """The doubts that are open, those to be asked of the provider among them, and those that are answered.

    Args:
        questions: Every doubt that the figures raise.
        answers: Answers as at the day, the newest last: of two to one doubt the newest counts.
    """
    given = {(each.check, each.kind, each.record, each.figures): each for each in answers}
    known = tuple(replace(each, answer=given.get(each.key)) for each in questions)
    return tuple(each for each in known if not settled(each)), tuple(each for each in known if settled(each))


def settled(question: Question) -> bool:
    """Whether somebody answered that a figure is right, or mended what was wrong with it."""
    return question.answer is not None and question.answer.reply is not None and question.answer.reply.settles


def to_be_asked(question: Question) -> bool:
    """Whether a doubt waits for what the provider says."""
    return question.answer is not None and question.answer.reply is Reply.ASK


def answer_to(question: Question, owner: Owner, reply: Reply) -> DoubtAnswer:
    """The blank record of an answer: a caller adds who gave it, when, and a note."""
    check, kind, record, figures = question.key
    return DoubtAnswer(
        **owner.field,
        title=question.title,
        reply=reply,
        check=check,
        kind=kind,
        record=record,
        figures=figures,
    )


def answer_words(answer: DoubtAnswer) -> str:
    """Answer, who gave it and when, in a phrase: "Right as stated, contract officer, 3 November 2026"."""
    parts = (
        answer.reply.word if answer.reply else "Not known",
        answer.who or "",
        date_long(answer.answered) if answer.answered else "",
    )
    return ", ".join(part for part in parts if part)
