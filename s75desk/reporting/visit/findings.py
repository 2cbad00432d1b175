"""What was found: every question rated below good with what was seen, and what was rated best."""

from __future__ import annotations

from collections.abc import Iterator

from s75desk.domain.records import VisitAnswer
from s75desk.domain.visits.book import sample_of
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.found import answer_status
from s75desk.domain.visits.question_set import QuestionBody
from s75desk.reporting.content import Block, Bullets, Entry, Paragraph, Rich, Words, bold, rich
from s75desk.reporting.part import stopped

NO_NOTE = "No note was made of what was seen."


def findings(dossier: VisitDossier) -> tuple[Block, ...]:
    """Questions rated below good, the lowest first, critical ones before others, then in the order of the set."""
    found = [each for each in rated(dossier) if not dossier.book.body.scale.good(each[1].rating or 0)]
    if not found:
        looked = any(True for _ in rated(dossier))
        text = "No question was rated below good." if looked else "No question has been rated."
        return (Paragraph(rich(text)),)
    found.sort(key=lambda each: (each[1].rating or 0, not each[0].critical))
    return tuple(_finding(question, answer, dossier) for question, answer in found)


def rated(dossier: VisitDossier) -> Iterator[tuple[QuestionBody, VisitAnswer]]:
    """Questions that are rated, with their answers, in the order of the set."""
    for question in dossier.book.body.questions:
        answer = dossier.book.answer(question.code)
        if answer.rating is not None:
            yield question, answer


def _finding(question: QuestionBody, answer: VisitAnswer, dossier: VisitDossier) -> Entry:
    texts: list[Rich] = [rich(_seen(answer))]
    if sample := sample_words(answer):
        texts.append((Words(sample, muted=True),))
    return Entry(question.heading, answer_status(answer, dossier.book.body.scale), tuple(texts), mark=mark_of(question))


def mark_of(question: QuestionBody) -> str:
    """What is said beside the name of a question."""
    return "critical" if question.critical else ""


def _seen(answer: VisitAnswer) -> str:
    return (answer.seen or "").strip() or NO_NOTE


def sample_words(answer: VisitAnswer) -> str:
    """What was sampled: "Sample: 2 of 45 medicines charts, at random: CP1 and CP2."; "" for nothing."""
    sample = sample_of(answer)
    return "" if sample is None else f"Sample: {stopped(sample.sentence)}"


def good_practice(dossier: VisitDossier) -> tuple[Block, ...]:
    """Questions with the best rating: those with a note of what was seen, then the others by name. () for none."""
    top = dossier.book.body.scale.top
    best = [(question, answer) for question, answer in rated(dossier) if answer.rating == top]
    noted = [
        rich(bold(f"{question.heading}."), f" {seen}")
        for question, answer in best
        if (seen := (answer.seen or "").strip())
    ]
    others = [question.heading for question, answer in best if not (answer.seen or "").strip()]
    blocks: list[Block] = [Bullets(tuple(noted))] if noted else []
    if others:
        word = dossier.book.body.scale.word(top)
        also = "Also rated" if noted else "Rated"
        blocks.append(Paragraph(rich(f"{also} {word}, without a note: {'; '.join(others)}.")))
    return tuple(blocks)
