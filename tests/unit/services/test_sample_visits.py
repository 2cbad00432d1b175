"""The finished visits of the sample desk: really answered and signed, consistent with all that is said of them."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from docs.make_sample_photos import DRAWN, drawn
from s75desk.domain.errors import Rejected
from s75desk.domain.records import Rating, Service, Visit, VisitVersion
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import RatingScheme, ServiceType
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, PriorGrade
from s75desk.domain.visits.book import VisitBook, questions_of, sample_of
from s75desk.domain.visits.completeness import can_finish, missing
from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.models import blobs
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.paths import resource
from s75desk.reporting.signature import signature_drawing
from s75desk.services.office import Office
from s75desk.services.sample import SampleError, read_sample
from s75desk.services.sample_desk import fill
from s75desk.services.sample_values import sample_uid
from s75desk.services.visit_content import content_of, fingerprint_of
from tests.unit.record_help import TODAY, office_of

SAMPLE = resource("sample")
MADE = SAMPLE / "made"
PELLGATE, THORNMERE = (sample_uid(f"sample.visit.{name}.last") for name in ("pellgate", "thornmere"))
both = pytest.mark.parametrize("uid", [PELLGATE, THORNMERE], ids=["pellgate", "thornmere"])


def book_of(sample: Office, uid: str) -> VisitBook:
    return sample.visiting.book(uid)


@both
def test_every_question_of_all_sixteen_standards_is_answered(sample: Office, uid: str) -> None:
    book = book_of(sample, uid)
    rating = book.rate(sample.visiting.rater(book))
    assert (rating.overall.answered, rating.overall.total) == (74, 74)
    assert rating.overall.settled
    assert len(rating.standards) == 16
    assert not missing_blocks(book)
    for question in book.body.questions:
        answer = book.answer(question.code)
        assert bool(answer.rating) != bool(answer.not_applicable)
        if answer.rating:
            assert (answer.seen or "").strip(), question.code
            assert answer.evidence, question.code
        else:
            assert answer.reason
        kept = {part.strip() for part in (answer.evidence or "").split(",")} - {""}
        assert kept <= {source.value for source in EvidenceSource}, question.code


def missing_blocks(book: VisitBook) -> list[str]:
    found = missing(book.facts())
    assert can_finish(found)
    return [gap.title for gap in found if gap.blocks]


@both
def test_it_came_to_what_is_said_of_it_everywhere(sample: Office, uid: str) -> None:
    book = book_of(sample, uid)
    rating = book.rate(sample.visiting.rater(book))
    stated = next(record for record in read_sample(SAMPLE, TODAY).records if record.uid == uid)
    assert isinstance(stated, Visit)
    assert stated.outcome is not None
    assert rating.overall.word == stated.outcome.value == book.versions[0].overall
    assert book.visit.outcome is stated.outcome
    assert (book.visit.stage, book.visit.made) == (VisitStage.FINAL, stated.made)
    with sample.place.desk.reading() as connection:
        ratings = Repository(connection).all(Rating, service=book.visit.service, scheme=RatingScheme.OURS)
    assert [r.value for r in ratings if r.published == stated.made] == [stated.outcome], "once, made by signing"


def test_the_two_differ_and_use_the_whole_scale(sample: Office) -> None:
    pellgate, thornmere = book_of(sample, PELLGATE), book_of(sample, THORNMERE)
    for book in (pellgate, thornmere):
        ratings = [answer.rating for answer in book.answers.values() if answer.rating]
        assert set(ratings) == {2, 3, 4}
        assert len({answer.seen for answer in book.answers.values() if answer.rating}) == len(ratings), "no note twice"
    reasons = pellgate.rate(sample.visiting.rater(pellgate)).overall.reasons
    assert "8.3 Doses right and recorded" in reasons[0]
    assert "Two of five charts read had gaps" in (pellgate.answer("8.3").seen or "")


def test_questions_that_are_not_meant_for_the_service_say_so(sample: Office) -> None:
    for uid, kind, codes in (
        (PELLGATE, ServiceType.CARE_HOME, {"9.5", "12.4"}),
        (THORNMERE, ServiceType.HOME_CARE, {"7.1", "8.4", "9.1", "9.2", "9.3", "9.4"}),
    ):
        book = book_of(sample, uid)
        assert book.service is not None
        assert book.service.type is kind
        assert {code for code, answer in book.answers.items() if answer.not_applicable} == codes


@both
def test_samples_are_counted_and_coded(sample: Office, uid: str) -> None:
    samples = [found for answer in book_of(sample, uid).answers.values() if (found := sample_of(answer))]
    assert len(samples) >= 15
    assert all(found.population is not None and found.looked_at is not None and found.method for found in samples)
    assert sum(1 for found in samples if found.codes) >= 8
    if uid == PELLGATE:
        assert "2 of 45" in {found.words for found in samples}


@both
def test_it_is_signed_by_both_on_its_own_days_and_locked(sample: Office, uid: str) -> None:
    book = book_of(sample, uid)
    (version,) = book.versions
    assert version.signed is not None
    assert book.visit.made is not None
    assert version.signed.date() == book.visit.made + timedelta(days=(book.visit.days or 1) - 1)
    assert version.signed.date() < TODAY
    for party in Party:
        signature = book.signature(party)
        assert signature.role
        assert signature.signed == version.signed
        assert signature_drawing(signature, 200) is not None
        assert all(0 <= x <= 1000 and 0 <= y <= 400 for line in json.loads(signature.strokes or "") for x, y in line)
    assert book.locked
    assert version.sha256 == fingerprint_of(content_of(book, book.rate(sample.visiting.rater(book))))
    with pytest.raises(Rejected, match="This visit is signed"):
        sample.records.revise(replace(book.answer("1.1"), rating=1))
    assert sample.checks.check().sound


def test_actions_from_before_are_graded_and_those_raised_are_tied_to_questions(sample: Office) -> None:
    book = book_of(sample, PELLGATE)
    assert {book.grading(action.uid).grade for action in book.prior} == set(PriorGrade)
    for action in book.prior:
        graded = book.grading(action.uid)
        assert graded.reason
        assert (graded.grade is PriorGrade.MET) == (action.state is ActionState.VERIFIED)
        assert graded.grade is not PriorGrade.MET or action.verified == book.visit.made
    codes = {question.code for question in book.body.questions}
    assert len(book.actions) == 13
    for action in (*book.actions, *book_of(sample, THORNMERE).actions):
        assert questions_of(action), action.title
        assert set(questions_of(action)) <= codes
    low = {code for code, answer in book.answers.items() if answer.rating and answer.rating < 3}
    tied = {code for action in book.actions for code in questions_of(action)}
    assert len(low - tied) <= 1, "nearly every finding has its action"
    assert [a.state for a in book.actions].count(ActionState.OPEN) == 4


def test_the_visit_of_today_finds_answers_and_open_actions_from_before(sample: Office) -> None:
    uid = sample_uid("sample.visit.pellgate.next")
    book = book_of(sample, uid)
    assert book.visit.planned == TODAY
    assert len(book.prior) == 9
    assert (book.last["8.3"].rating, book.last["8.3"].word) == (2, "Requires improvement")
    assert book.last["8.3"].seen.startswith("Two of five charts")
    assert sample.visits.page(uid).book is not None


@both
def test_photos_are_drawings_kept_whole_and_of_the_size_that_is_said(sample: Office, uid: str) -> None:
    photos = book_of(sample, uid).photos
    assert photos
    for photo in photos:
        with sample.place.desk.reading() as connection:
            picture, small = (blobs.get(connection, name or "") for name in (photo.sha256, photo.thumbnail))
        assert picture
        assert small
        image = Image.open(io.BytesIO(picture))
        assert (image.format, image.size, len(picture)) == ("JPEG", (photo.wide, photo.high), photo.size)
        assert max(Image.open(io.BytesIO(small)).size) <= 320
        assert not image.getexif()
        assert photo.caption


@pytest.mark.parametrize("name", DRAWN)
def test_the_photos_that_are_shipped_are_those_that_are_drawn(name: str) -> None:
    picture, small = drawn(name)
    for made, suffix in ((picture, ""), (small, "-small")):
        shipped = Image.open(MADE / f"{name}{suffix}.jpg")
        again = Image.open(io.BytesIO(made))
        assert shipped.size == again.size
        # Not byte for byte: another release of the encoder may round otherwise.
        pairs = zip(shipped.convert("L").tobytes(), again.convert("L").tobytes(), strict=True)
        assert max(abs(one - other) for one, other in pairs) < 40


def test_a_signed_visit_goes_and_comes_whole(sample: Office) -> None:
    """Archived with its service, restored, and each undone; its parts alone never."""
    with sample.place.desk.reading() as connection:
        version = Repository(connection).all(VisitVersion, visit=PELLGATE)[0]
    before = book_of(sample, PELLGATE)
    for kind, uid in (("visit", PELLGATE), ("service", before.visit.service)):
        gone = sample.records.archive(kind, uid)
        back = sample.records.restore(kind, uid)
        assert book_of(sample, PELLGATE) == before
        again = sample.records.undo(back.change_id)
        assert sample.records.get(Visit, PELLGATE).archived_at is not None
        sample.records.undo(again.change_id)
        assert book_of(sample, PELLGATE) == before
        sample.records.undo(back.change_id)
        sample.records.undo(gone.change_id)
        assert book_of(sample, PELLGATE) == before
    for kind, uid in (("visit_version", version.uid), ("visit_answer", before.answer("8.3").uid)):
        with pytest.raises(Rejected):
            sample.records.archive(kind, uid)
    assert sample.records.get(Service, before.visit.service).archived_at is None


def test_the_history_of_a_visit_is_told_in_words(sample: Office) -> None:
    sample.visiting.amend(PELLGATE, "A chart was found.")
    lines = [line for line in sample.records.history("visit", PELLGATE) if line.label.startswith("Amending")]
    told = {(line.heading, line.field): (line.before, line.after) for line in lines}
    assert told["Signature of the officer", "Signature"] == ("Drawn", "")
    assert told["Signature of the provider", "Signature"] == ("Drawn", "")
    visit = next(heading for heading, _ in told if heading.startswith("Quality visit"))
    assert told[visit, "Stage"] == ("Final", "Under way")
    assert told[visit, "Why it is amended"] == ("", "A chart was found.")
    headings = {line.heading for line in sample.records.history("visit", PELLGATE)}
    assert {"Question 8.3", "Signed version 1", "Grade of Supervision every eight weeks"} <= headings
    assert not [line for line in lines if "[[" in line.before + line.after]


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 3, 31), date(2027, 1, 1)], ids=str)
def test_it_is_signed_on_any_day(tmp_path: Path, today: date) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        office = office_of(desk, today)
        fill(office.place, SAMPLE)
        for uid in (PELLGATE, THORNMERE):
            assert office.visiting.book(uid).locked
        assert office.checks.check().sound


# --- a file that breaks the format --------------------------------------------------------------------------------

TEXT = (MADE / "pellgate-last.toml").read_text(encoding="utf-8")


def replaced(before: str, after: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return change


WRONG: dict[str, tuple[Callable[[str], str], str, str]] = {
    "a date of publication": (
        replaced('note = "Sample: invented for the sample desk."', 'title = "T"\nbody = "B"\ndate = 2020-01-01\nfile = "f"'),  # noqa: E501
        "", "is not published",
    ),
    "no visit": (replaced('visit = "sample.visit.pellgate.last"\n', ""), "", "It must hold [made]"),
    "an unknown visit": (replaced("sample.visit.pellgate.last", "sample.visit.nowhere"), "", "which no file describes"),
    "a visit that was not made": (
        replaced("sample.visit.pellgate.last", "sample.visit.pellgate.next"), "", "needs a date made",
    ),
    "a time that is none": (replaced("signed = 16:20:00", 'signed = "16:20"'), "", "must be a time such as"),
    "an unknown table": (lambda text: f'{text}\n[[concern]]\nquestion = "1.1"\n', "", "A visit holds no concern."),
    "a single table": (lambda text: f'{text}\n[concern]\nquestion = "1.1"\n', "", "Write [[concern]]"),
    "an unknown question": (replaced('question = "1.1"', 'question = "99.1"'), "99.1", "has no such question"),
    "a question that is not asked": (
        lambda text: f'{text}\n[[answer]]\nquestion = "12.4"\nrating = 3\n', "12.4", "not asked of a service",
    ),
    "an answer twice": (replaced('question = "1.2"', 'question = "1.1"'), "1.1", "stands here twice"),
    "an unknown field": (replaced("rating = 4\n", 'rating = 4\nverdict = "fine"\n'), "1.1", "has no field verdict"),
    "a field the file keeps": (replaced("rating = 4\n", "rating = 4\nsample = true\n"), "1.1", "has no field sample"),
    "a value of the wrong type": (replaced("rating = 4\n", 'rating = "4"\n'), "1.1", "must be a whole number"),
    "a value out of bounds": (replaced("rating = 4\n", "rating = 12\n"), "1.1", "is outside"),
    "an unknown word": (replaced('role = "relatives and friends"', 'role = "cousins"'), "people", "must be one of"),
    "no role": (replaced('role = "relatives and friends"\n', ""), "people", "The field role is needed."),
    "a role twice": (replaced('role = "relatives and friends"', 'role = "care staff"'), "people_spoken", "twice"),
    "an unknown action": (replaced("sample.action.pellgate.2024.plans", "sample.action.none"), "graded", "refers to"),
    "no grade": (replaced('grade = "met"\n', ""), "graded", "action and grade are needed"),
    "an override without a reason": (
        lambda text: f'{text}\n[[override]]\nlevel = "standard"\ncode = "8"\nrating = 1\n', "override", "are needed",
    ),
    "a photo that is not there": (replaced("pellgate-chart.jpg", "gone.jpg"), "gone.jpg", "is not there"),
    "a photo of no question": (
        replaced('[[photo]]\nquestion = "8.3"', '[[photo]]\nquestion = "99.1"'), "pellgate-chart.jpg", "no question 99.1",  # noqa: E501
    ),
    "a party that is none": (replaced('party = "officer"', 'party = "cousin"'), "signature", "must be one of"),
    "no party": (replaced('party = "officer"\n', ""), "signature", "The field party is needed."),
}  # fmt: skip


@pytest.mark.parametrize(("change", "key", "words"), WRONG.values(), ids=WRONG)
def test_a_file_that_breaks_the_format_is_refused(
    tmp_path: Path, change: Callable[[str], str], key: str, words: str
) -> None:
    shutil.copytree(SAMPLE.parent / "question_sets", tmp_path / "question_sets")
    shutil.copytree(SAMPLE, tmp_path / "sample", ignore=shutil.ignore_patterns("thornmere-last.toml"))
    (tmp_path / "sample" / "made" / "pellgate-last.toml").write_text(change(TEXT), encoding="utf-8")
    with pytest.raises(SampleError) as caught:
        read_sample(tmp_path / "sample", TODAY)
    assert (caught.value.file, caught.value.key) == ("made/pellgate-last.toml", key)
    assert words in caught.value.reason


def test_a_visit_that_cannot_be_finished_is_not_signed_and_nothing_is_written(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE.parent / "question_sets", tmp_path / "question_sets")
    shutil.copytree(SAMPLE, tmp_path / "sample")
    path = tmp_path / "sample" / "made" / "pellgate-last.toml"
    path.write_text(replaced('question = "8.3"\nrating = 2\n', 'question = "8.3"\n')(TEXT), encoding="utf-8")
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        office = office_of(desk)
        with pytest.raises(Rejected, match=r"Not finished: 1 thing missing: 8\.3 Doses right and recorded"):
            fill(office.place, tmp_path / "sample")
        assert office.overview.read().empty


QUESTIONS = SAMPLE / "invented" / "question-set.toml"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (
            'questions = "house-standards-1.toml"',
            'questions = "gone.toml"',
            "must be one of the files house-standards-1",
        ),
        ("since = 2022-01-01\n", "", "The field since is needed."),
        ("since = 2022-01-01\n", 'since = 2022-01-01\ntitle = "Other"\n', "says besides only since and note"),
        ("since = 2022-01-01\n", 'since = "2022"\n', "must be a date"),
    ],
    ids=["an unknown file", "no date", "what the file says already", "a date that is none"],
)
def test_a_question_set_that_names_its_file_badly_is_refused(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    shutil.copytree(SAMPLE.parent / "question_sets", tmp_path / "question_sets")
    shutil.copytree(SAMPLE, tmp_path / "sample")
    text = replaced(before, after)(QUESTIONS.read_text(encoding="utf-8"))
    (tmp_path / "sample" / "invented" / "question-set.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SampleError) as caught:
        read_sample(tmp_path / "sample", TODAY)
    assert caught.value.key == "sample.house-standards"
    assert words in caught.value.reason


def test_a_question_set_whose_file_is_faulty_is_refused_with_its_reason(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE.parent / "question_sets", tmp_path / "question_sets")
    shutil.copytree(SAMPLE, tmp_path / "sample")
    path = tmp_path / "question_sets" / "house-standards-1.toml"
    path.write_text(replaced('title = "House standards"', 'title = ""')(path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(SampleError) as caught:
        read_sample(tmp_path / "sample", TODAY)
    assert "house-standards-1.toml" in caught.value.reason
