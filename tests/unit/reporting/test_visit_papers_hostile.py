"""Papers on a visit into which anything was pasted: any characters, far too long texts, far too many of everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest

from s75desk.domain.fields import FieldType
from s75desk.domain.records import Action, Record, VisitPhoto
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.difference_words import Told
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.reporting.content import Briefing
from s75desk.reporting.feedback_sheet import feedback_sheet
from s75desk.reporting.visit_report import visit_report
from tests.unit.reporting.pdf_reading import assert_conforms, failures, text_of
from tests.unit.reporting.test_agreement_briefing import NASTY
from tests.unit.reporting.visit_papers import made, rewritten, stages

R = TypeVar("R", bound=Record)
Paper = Callable[[VisitDossier], Briefing]
PAPERS = pytest.mark.parametrize("paper", [feedback_sheet, visit_report], ids=["sheet", "report"])

KEPT = frozenset({"question", "codes", "questions", "evidence", "strokes", "sha256", "thumbnail", "code"})
"""Texts that the program writes itself."""


def filled(record: R, text: str) -> R:
    """The record with every text that an officer types replaced."""
    typed = {
        name: text
        for name, field in record.fields().items()
        if field.type in (FieldType.TEXT, FieldType.LONG_TEXT) and name not in KEPT
    }
    return replace(record, **typed)  # type: ignore[arg-type]


def everywhere(text: str) -> Callable[[VisitBook], VisitBook]:
    """A book with ``text`` wherever an officer can type."""

    def change(book: VisitBook) -> VisitBook:
        for record in tuple(book.records()):
            book = book.holding(filled(record, text))
        assert book.service is not None
        assert book.provider is not None
        return replace(
            book,
            service=filled(book.service, text),
            provider=filled(book.provider, text),
            prior=tuple(filled(action, text) for action in book.prior),
        )

    return change


def hostile(text: str) -> VisitDossier:
    """The second version with ``text`` everywhere, in what changed too."""
    dossier = rewritten(stages().second, everywhere(text))
    return replace(dossier, because=text, changed=(Told(text, text, text), Told("Short", "a", "b")), prepared_by=text)


@PAPERS
def test_any_characters_are_printed_and_what_the_font_lacks_is_named(paper: Paper) -> None:
    result = made(paper(hostile(NASTY)))
    assert any(warning.startswith("Emoji") for warning in result.warnings)
    text = text_of(result.data)
    assert "Ŵyth tŷ & <gŵyl>" in text
    assert "â" in text, "composed"
    assert failures(result.data) == []


@PAPERS
def test_texts_of_many_pages_are_split_and_nothing_of_them_is_lost(paper: Paper) -> None:
    words = " ".join(f"word{number}" for number in range(2400))
    assert len(words) > 20_000

    def change(book: VisitBook) -> VisitBook:
        book = book.holding(replace(book.answer("8.3"), seen=words))
        book = book.holding(replace(book.visit, comment=words.replace("word", "said")))
        return book.holding(replace(book.grading(book.prior[0].uid), reason=words.replace("word", "why")))

    dossier = replace(
        rewritten(stages().second, change), changed=(Told("8.3 Doses", words.replace("word", "old"), "new"),)
    )
    result = made(paper(dossier))
    text = text_of(result.data)
    for name in ("word", "said", "why", *(["old"] if paper is visit_report else [])):
        for number in range(2400):
            assert f"{name}{number}" in text
    assert failures(result.data) == []


@PAPERS
@pytest.mark.parametrize("text", ["x" * 4000, "word " * 800, "a\n" * 100, "   ", "\u0000\u0007", "<b>&amp;</b>" * 50])
def test_long_texts_in_every_field_still_make_pages(paper: Paper, text: str) -> None:
    result = made(paper(hostile(text)))
    assert result.pages > 1
    assert failures(result.data) == []


def test_far_too_many_photos_actions_and_people() -> None:
    dossier = stages().first
    picture = dossier.book.photos[0].sha256

    def change(book: VisitBook) -> VisitBook:
        photos = tuple(
            VisitPhoto(uid=f"p{n}", visit="v", question="8.3", number=n, caption=f"Photo of {n}", sha256=picture)
            for n in range(1, 61)
        )
        actions = tuple(
            Action(
                uid=f"a{n}", title=f"Do thing {n}", owner="registered manager", due=date(2026, 3, 1), questions="8.3"
            )
            for n in range(1, 81)
        )
        return replace(book, photos=photos, actions=actions, prior=tuple(replace(a, uid=f"o{a.uid}") for a in actions))

    result = made(visit_report(rewritten(dossier, change)))
    assert result.data.count(dossier.pictures[picture or ""]) == 1
    assert result.data.count(b"/Alt(Photo") == 60
    assert_conforms(result.data, allowed=("PAG-001", "TBL-014"))


def test_a_question_set_with_long_names_of_its_own() -> None:
    def named(body: QuestionSetBody) -> QuestionSetBody:
        long = "A very long name of a thing that somebody thought must be said in full " * 12
        areas = tuple(
            replace(
                area,
                title=f"{area.title} {long}",
                standards=tuple(
                    replace(
                        standard,
                        title=long,
                        purpose=long,
                        questions=tuple(replace(q, short=long, text=long * 5) for q in standard.questions),
                    )
                    for standard in area.standards
                ),
            )
            for area in body.areas
        )
        return replace(body, title=long, areas=areas)

    dossier = rewritten(stages().first, lambda book: replace(book, body=named(book.body)))
    for paper in (feedback_sheet, visit_report):
        assert failures(made(paper(dossier)).data) == []
