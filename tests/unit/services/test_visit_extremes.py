"""What people write at visits, in any script and at any length, and a visit as large as they come."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from benchmarks.large_visit import question_set as large_set
from s75desk.domain.records import (
    Provider,
    Service,
    Visit,
    VisitPhoto,
    VisitVersion,
)
from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.book import uid_for
from s75desk.services.office import Office
from tests.unit import rich_visit
from tests.unit.record_help import TODAY
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import (
    AT,
    STROKES,
    Planned,
    sign,
    signatures,
    small,
)

files, planned, recorded, signed = visit_desks.files, visit_desks.planned, visit_desks.recorded, visit_desks.signed


# --- what people write, and how much ---------------------------------------------------------------------------------

WORDS = {
    "right to left": "התרופות נבדקו. ‏(8.3) — تم فحص الأدوية ١٢٣",
    "combining": "Cafe\u0301 \u0130stanbul Zalg\u0335\u0321\u0488o n\u0303",
    "emoji": "🩺👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿 “quoted” – gaps on unit 2 \u2028 next \u2029 end",
    "controls": "tab\there\nline\r\nreturn\rbell\x07 escape\x1b[0m nbsp\u00a0 bom\ufeff",
    "sql and html": "'; DROP TABLE visit; -- <b>bold</b> &amp; %s {0} \\ \" %_",
    "long word": "x" * 20_000,
    "a very long note": "Two charts read, CP1 complete. " * 6_500,
}


@pytest.mark.parametrize("words", WORDS.values(), ids=list(WORDS))
def test_words_of_any_kind_come_back_as_they_were_written(recorded: Planned, words: str) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    answer = replace(book.answer("8.3"), seen=words, reason=words[:50])
    office.visiting.keep(visit.uid, typed=[answer])
    assert office.visiting.open(visit.uid).book.answer("8.3") == answer
    action = replace(book.actions[0], title=words[:200], why=words)
    comment = replace(book.visit, comment=words)
    office.visiting.keep(visit.uid, settled=[answer, action, comment])
    kept = office.visiting.book(visit.uid)
    assert (kept.answer("8.3"), kept.actions[0], kept.visit) == (answer, action, comment)
    sign(office, visit.uid)
    version = office.visiting.version(visit.uid, 1)
    assert (version.answer("8.3").seen, version.actions[0].why, version.visit.comment) == (words,) * 3
    assert office.checks.check().sound
    assert next(row.title for row in office.actions.rows() if row.uid == action.uid) == words[:200]


def test_what_no_file_can_hold_is_kept_without_it(recorded: Planned) -> None:
    """Half of an emoji, as some keyboards hand over for a moment, and NUL, which is no sign."""
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    odd = "half \ud83e and \0nothing"
    office.visiting.keep(
        visit.uid,
        [replace(book.answer("8.3"), seen=odd)],
        [replace(book.answer("8.4"), seen=odd), replace(book.actions[0], title=odd)],
    )
    found = office.visiting.open(visit.uid).book
    said = {found.answer("8.3").seen, found.answer("8.4").seen, found.actions[0].title}
    assert said == {"half \ufffd and nothing"}
    sign(office, visit.uid)
    assert office.checks.check().sound


def test_a_visit_of_three_hundred_questions_and_sixty_photos_is_whole(
    office: Office, record_property: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    office.question_sets.load(large_set(300))
    provider = office.records.create(Provider(name="Northbrook Care")).uid
    service = office.records.create(Service(provider=provider, name="Northbrook House")).uid
    chosen = office.question_sets.rows()[0].uid
    visit = office.records.create(Visit(service=service, planned=TODAY, question_set=chosen)).uid
    office.visiting.start(visit)
    book = office.visiting.book(visit)
    codes = [question.code for question in book.body.questions]
    assert len(codes) == 300
    note = "Two charts read, CP1 complete. " * 20
    office.visiting.keep(visit, settled=[replace(book.answer(code), rating=3, seen=note) for code in codes])
    for number in range(60):
        photo = VisitPhoto(uid=f"photo-{number}", visit=visit, question=codes[number * 5])
        office.visiting.attach(photo, small(f"large {number}"), small(f"small {number}"))
    begin = time.perf_counter()
    found = office.visiting.open(visit)
    took = time.perf_counter() - begin
    record_property("open_ms", round(took * 1000, 1))  # type: ignore[operator]  # reported, never a reason to fail
    with capsys.disabled():
        print(f"\nopen() of 300 answers and 60 photos: {took * 1000:.1f} ms")
    assert (len(found.book.answers), len(found.book.photos), len(found.thumbnails)) == (300, 60, 60)
    assert found.book.rate(office.visiting.rater(found.book)).overall.word == "Good"
    office.visiting.keep(visit, settled=signatures(office, visit))
    office.visiting.finish(
        visit, found.book.holding(signatures(office, visit)[0]).holding(signatures(office, visit)[1])
    )
    assert len(office.visiting.version(visit, 1).photos) == 60


def test_a_signature_is_the_lines_that_were_drawn(recorded: Planned) -> None:
    office, visit = recorded
    sign(office, visit.uid)
    drawn = office.visiting.version(visit.uid, 1).signature(Party.PROVIDER)
    assert (drawn.strokes, drawn.signed, drawn.role) == (STROKES, AT, "manager")


def test_a_version_is_named_by_its_visit_and_number(signed: Planned) -> None:
    office, visit = signed
    rich_visit.amend(office, visit)
    assert [office.records.get(VisitVersion, uid_for(visit.uid, "version", str(n))).number for n in (1, 2)] == [1, 2]
