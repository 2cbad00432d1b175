"""The evidence: every standard with every question, its rating, what was seen, where, in which sample, with photos."""

from __future__ import annotations

from collections.abc import Iterator

from s75desk.domain.records import VisitAnswer, VisitPhoto
from s75desk.domain.visits.book import evidence_of
from s75desk.domain.visits.difference_words import photo_words
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.found import answer_status
from s75desk.domain.visits.levels import Level
from s75desk.domain.visits.question_set import AreaBody, QuestionBody, StandardBody
from s75desk.domain.visits.standing import standing
from s75desk.domain.wording import list_words
from s75desk.reporting.content import Block, Entry, Exhibit, Gallery, Paragraph, Rich, Section, Words, bold, rich
from s75desk.reporting.jpeg import NotAJpeg, size_of
from s75desk.reporting.part import sentences, stopped
from s75desk.reporting.visit.findings import NO_NOTE, mark_of, sample_words


def evidence_sections(dossier: VisitDossier) -> tuple[Section, ...]:
    """A section an area, and one for photos of questions that the set does not have."""
    sections = [
        Section(f"area.{area.code}", f"Evidence: {area.title}", tuple(_area(area, dossier)))
        for area in dossier.book.body.areas
    ]
    known = {question.code for question in dossier.book.body.questions}
    others = [photo for photo in dossier.book.photos if photo.question not in known]
    if others:
        sections.append(Section("area.other", "Evidence: other photos", tuple(_photos(others, dossier))))
    return tuple(sections)


def _area(area: AreaBody, dossier: VisitDossier) -> Iterator[Block]:
    level = dossier.rating.area(area.code)
    status = standing(level, signed=dossier.version is not None)
    if level.rating or level.reasons:  # else the table of ratings says that nothing is known
        yield Paragraph(rich(bold(f"Rated {status.word}." if level.rating else f"{status.word}."), *_reasons(level)))
    for standard in area.standards:
        yield from _standard(standard, dossier)


def _standard(standard: StandardBody, dossier: VisitDossier) -> Iterator[Block]:
    level = dossier.rating.standard(standard.code)
    texts = [rich(sentences(*level.reasons))] if level.reasons else []
    if standard.purpose:
        texts.insert(0, (Words(stopped(standard.purpose), muted=True),))
    untouched = [question for question in standard.questions if _untouched(question, dossier)]
    names = "; ".join(question.heading for question in untouched)
    whole = len(untouched) == len(standard.questions)
    if untouched and not whole:
        texts.append((Words(f"Not looked at: {names}.", muted=True),))
    yield Entry(standard.heading, standing(level, signed=dossier.version is not None), tuple(texts), opens=True)
    if whole:
        # A paragraph, which the heading stays with: standards that only open would all stay with one another.
        yield Paragraph((Words(f"No question was looked at: {names}.", muted=True),))
    for question in standard.questions:
        if question not in untouched:
            yield _question(question, dossier)
            yield from _photos(dossier.book.photos_of(question.code), dossier)


def _untouched(question: QuestionBody, dossier: VisitDossier) -> bool:
    """Whether nothing at all stands with a question, so that its name is all there is to print."""
    answer = dossier.book.answer(question.code)
    if answer.rating is not None or answer.not_applicable or (answer.seen or "").strip() or _grounds(answer):
        return False
    return not dossier.book.photos_of(question.code)


def _question(question: QuestionBody, dossier: VisitDossier) -> Entry:
    answer = dossier.book.answer(question.code)
    texts: list[Rich] = [(Words(question.text, muted=True),)]
    if answer.not_applicable and answer.rating is None:
        texts.append(rich(sentences("Why it does not apply: " + ((answer.reason or "").strip() or "not known"))))
    seen = (answer.seen or "").strip()
    if seen:
        texts.append(rich(seen))
    elif answer.rating is not None and not dossier.book.body.scale.good(answer.rating):
        texts.append(rich(NO_NOTE))
    if line := _grounds(answer):
        texts.append((Words(line, muted=True),))
    return Entry(
        question.heading, answer_status(answer, dossier.book.body.scale), tuple(texts), level=4, mark=mark_of(question)
    )


def _grounds(answer: VisitAnswer) -> str:
    sources = [source.value for source in evidence_of(answer)]
    flagged = "Flagged to come back to" if answer.flagged else ""
    return sentences(f"Evidence from: {list_words(sources)}" if sources else "", sample_words(answer), flagged)


def _reasons(level: Level) -> tuple[str, ...]:
    return (f" {sentences(*level.reasons)}",) if level.reasons else ()


def _photos(photos: tuple[VisitPhoto, ...] | list[VisitPhoto], dossier: VisitDossier) -> Iterator[Block]:
    """Photos two to a row; one that is not there or cannot be printed is named in words."""
    exhibits, lost = [], []
    for photo in photos:
        data = dossier.pictures.get(photo.sha256 or "")
        name, said = photo_words(photo), (photo.caption or "").strip()
        try:
            size_of(data or b"")
        except NotAJpeg:
            why = "It is not in this desk" if data is None else "Its picture cannot be printed"
            lost.append(Paragraph(rich(bold(f"{name}."), f" {sentences(said or 'No caption', why)}")))
            continue
        caption = rich(bold(name), f": {said}" if said else ": no caption")
        exhibits.append(Exhibit(data or b"", caption, f"{name}: {said or 'no caption'}"))
    if exhibits:
        yield Gallery(tuple(exhibits))
    yield from lost
