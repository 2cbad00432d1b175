"""Question sets as files: the one that comes with the program, and every way in which one can be wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from s75desk.domain.errors import DeskError
from s75desk.domain.ratings import rating_status, scale
from s75desk.domain.records.provider import RatingScheme, ServiceType
from s75desk.domain.visits.question_set import EvidenceSource, QuestionSetBody
from s75desk.paths import resource
from s75desk.services.question_set_file import (
    QuestionSetError,
    content_hash,
    load_question_set,
    question_set_data,
    question_set_of_text,
    question_set_text,
    read_question_set,
)
from s75desk.services.question_sets import records_of_set
from tests.unit.domain.visits.visit_help import bodies

HOUSE = resource("question_sets", "house-standards-1.toml")


@pytest.fixture(scope="module")
def house() -> QuestionSetBody:
    return load_question_set(HOUSE)


# --- the set that comes with the program --------------------------------------------------------------------------


def test_its_records_have_its_areas_standards_and_weights(house: QuestionSetBody) -> None:
    found, standards = records_of_set(house, date(2026, 2, 2), uid="set")
    assert (found.uid, found.title, found.version) == ("set", "House standards", "1")
    assert found.scale == "Excellent, Good, Requires improvement, Poor"
    assert found.content == content_hash(house)
    assert [(each.question_set, each.number, each.area, each.title, each.weight) for each in standards] == [
        ("set", int(standard.code), area.title, standard.title, standard.weight)
        for area in house.areas
        for standard in area.standards
    ]
    assert (len(house.areas), len(standards)) == (5, 16)
    assert len({each.uid for each in standards}) == 16


def test_its_scale_is_our_scale(house: QuestionSetBody) -> None:
    for step, value in zip(house.scale.steps, scale(RatingScheme.OURS), strict=True):
        status = rating_status(value)
        assert (step.word, step.shape) == (status.word, status.shape)


def test_every_question_can_be_asked_anywhere(house: QuestionSetBody) -> None:
    assert all(len(standard.questions) >= 4 for standard in house.standards)
    assert len(house.questions) == 74
    for question in house.questions:
        assert question.text.endswith("?")
        assert len(question.text) <= 140
        assert len(question.short) <= 40
        assert question.guidance.endswith(".")
        assert question.look.endswith(".")
        assert question.evidence
        assert question.sources
    for field in ("text", "short", "guidance", "look"):
        said = Counter(getattr(question, field) for question in house.questions)
        assert said.most_common(1)[0][1] == 1
    used = {source for question in house.questions for source in question.evidence}
    assert used == set(EvidenceSource)


def test_critical_questions_are_few_weigh_more_and_say_why(house: QuestionSetBody) -> None:
    critical = [question for question in house.questions if question.critical]
    assert 8 <= len(critical) <= 15
    assert all(question.critical_because and question.weight == 2 for question in critical)


@pytest.mark.parametrize("service", [ServiceType.CARE_HOME, ServiceType.NURSING_HOME, ServiceType.HOME_CARE])
def test_each_kind_of_service_has_questions_in_every_standard(house: QuestionSetBody, service: ServiceType) -> None:
    for standard in house.standards:
        assert any(question.meant_for(service) for question in standard.questions), standard.title
    meant = sum(question.meant_for(service) for question in house.questions)
    assert 64 <= meant < 74
    assert all(question.meant_for(None) for question in house.questions)


def test_sources_say_whether_they_are_confirmed(house: QuestionSetBody) -> None:
    assert any(source.confirmed for source in house.sources)
    assert any(not source.confirmed for source in house.sources)
    for source in house.sources:
        assert bool(source.seen) is source.confirmed
        assert ("not confirmed" in source.words) is not source.confirmed


def test_its_words_are_the_words_of_the_house(house: QuestionSetBody) -> None:
    never = re.compile(r"\b(please|oops|N/A|TBC|service user|organiz\w+|recogniz\w+|behavior)\b|!", re.IGNORECASE)
    said = [house.about, house.rule.explanation, *(step.meaning for step in house.scale.steps)]
    for question in house.questions:
        said += [question.text, question.short, question.guidance, question.look, question.critical_because]
    assert [text for text in said if never.search(text) or "  " in text] == []


# --- reading and writing ------------------------------------------------------------------------------------------


def test_it_is_the_same_after_writing_and_reading(house: QuestionSetBody) -> None:
    assert read_question_set(question_set_data(house), "again") == house
    assert question_set_of_text(question_set_text(house), "again") == house


@given(bodies())
def test_any_sound_set_is_the_same_after_writing_and_reading(body: QuestionSetBody) -> None:
    whole = replace(body, rule=replace(body.rule, explanation="As it is."), areas=_told(body))
    assert question_set_of_text(question_set_text(whole), "again") == whole


def _told(body: QuestionSetBody) -> tuple:
    return tuple(
        replace(
            area,
            standards=tuple(
                replace(
                    standard,
                    questions=tuple(
                        replace(question, guidance="It is so.", evidence=(EvidenceSource.FILE,))
                        for question in standard.questions
                    ),
                )
                for standard in area.standards
            ),
        )
        for area in body.areas
    )


def test_the_hash_is_of_the_content(house: QuestionSetBody, tmp_path: Path) -> None:
    text = HOUSE.read_text(encoding="utf-8")
    same = tmp_path / "same.toml"
    same.write_text("# Another comment\r\n" + text.replace('weight = "1"', 'weight = "1.00"'), encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text(
        text.replace("Are people treated with kindness", "Is everyone treated with kindness"), encoding="utf-8"
    )
    assert re.fullmatch(r"[0-9a-f]{64}", content_hash(house))
    assert content_hash(load_question_set(same)) == content_hash(house)
    assert content_hash(load_question_set(other)) != content_hash(house)


# --- what is refused ----------------------------------------------------------------------------------------------


def _swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "place", "reason"),
    [
        (_swap("format = 1", "format = 2"), "format", "must be 1"),
        (_swap("format = 1\n", ""), "format", "missing"),
        (_swap('version = "1"', 'version = "1"\nauthor = "x"'), "author", "not known here"),
        (_swap('version = "1"', 'version = " "'), "version", "empty"),
        (_swap('version = "1"', "version = 1"), "version", "text in quotes"),
        (_swap('code = "8.3"', 'code = "9.9"'), "question 9.9", "begin with 8 and a dot"),
        (_swap('code = "8.3"', 'code = "8.2"'), "question 8.2", "used twice"),
        (_swap('code = "8.3"\n', ""), "standard 8, question 3, code", "missing"),
        (_swap('short = "Doses right and recorded"', 'short = ""'), "question 8.3, short", "empty"),
        (_swap('short = "Doses right and recorded"\n', ""), "question 8.3, short", "missing"),
        (_swap('evidence = ["observation", "person", "relative"]', "evidence = []"), "question 1.1, evidence", "empty"),
        (
            _swap('evidence = ["observation", "person", "relative"]', 'evidence = ["hearsay"]'),
            "question 1.1, evidence",
            "one of: file, observation, person, staff, relative, document; not 'hearsay'",
        ),
        (
            _swap('sources = ["reg-10"]', 'sources = ["reg-99"]'),
            "question 1.1, sources",
            "No source has the key reg-99",
        ),
        (_swap('sources = ["reg-10"]', 'sources = ["reg-10", "reg-10"]'), "question 1.1, sources", "twice"),
        (_swap('key = "reg-9"', 'key = "Reg 9"'), "source 3, key", "small letters"),
        (_swap('key = "reg-10"', 'key = "reg-9"'), "source 4, key", "used twice"),
        (_swap('sources = ["insurance", "reg-20a", "reg-17"]', 'sources = ["reg-20a"]'), "source insurance", "Nothing"),
        (_swap("confirmed = false", "confirmed = true"), "source 2, seen", "say where it was read"),
        (_swap("confirmed = false", 'confirmed = "no"'), "source 2, confirmed", "true or false"),
        (_swap('percent = "88"', "percent = 88"), "rule, threshold 1, percent", "a number in quotes"),
        (_swap('percent = "88"', 'percent = "eighty"'), "rule, threshold 1, percent", "figures with at most one point"),
        (_swap('percent = "88"', 'percent = "60"'), "rule", "lower than the one before"),
        (_swap('counted = "standard"', 'counted = "question"'), "rule, limit 4, counted", "one of: critical question"),
        (_swap("places = 0", "places = true"), "rule, places", "a whole number"),
        (_swap('halves = "down"', 'halves = "even"'), "rule, halves", "one of: down, up"),
        (_swap('shape = "star"', 'shape = "sun"'), "scale, step 1, shape", "one of: star, good"),
        (_swap('weight = "2"', 'weight = "200"'), "question 1.1", "0 to 100"),
        (_swap('weight = "2"', "weight = 2.5"), "", "Write 2.5 in quotes"),
        (_swap("critical = true\n", ""), "question 2.3", "not marked so"),
        (_swap('settings = ["care home"', 'settings = ["hospital"'), "question 7.1, settings", "not 'hospital'"),
        (_swap("[scale]", "[scales]"), "scale, not_applicable", "missing"),
        (_swap("[rule]", "[[rule]]"), "rule", "a table [rule]"),
        (lambda text: text.partition("[[area]]")[0], "area", "missing"),
        (_swap("format = 1", "format = "), "", "It is not TOML"),
    ],
)
def test_each_mistake_is_told_with_file_and_place(
    change: Callable[[str], str], place: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(change(HOUSE.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(QuestionSetError) as told:
        load_question_set(path)
    assert told.value.file == "ours.toml"
    assert told.value.place == place
    assert reason in told.value.reason
    assert told.value.what.startswith(f"ours.toml, {place}: " if place else "ours.toml: ")
    assert isinstance(told.value, DeskError)
    assert told.value.remedy.endswith("Nothing was loaded.")


def test_files_that_are_no_question_sets(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_question_set(tmp_path / "gone.toml")
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_question_set(tmp_path)
    (tmp_path / "latin.toml").write_bytes("title = 'Caf\xe9'".encode("latin-1"))
    with pytest.raises(QuestionSetError, match="not UTF-8"):
        load_question_set(tmp_path / "latin.toml")
    with (tmp_path / "huge.toml").open("wb") as huge:
        huge.truncate(5_000_000)
    with pytest.raises(QuestionSetError, match="too large"):
        load_question_set(tmp_path / "huge.toml")
    for text, reason in (("{", "not JSON"), ("[]", "not a question set"), ('{"format": 1.0}', "whole number")):
        with pytest.raises(QuestionSetError, match=reason):
            question_set_of_text(text, "the desk")


def test_several_faults_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    text = HOUSE.read_text(encoding="utf-8").replace('code = "8.3"', 'code = "9.9"')
    path.write_text(text.replace('code = "8.4"', 'code = "9.8"'), encoding="utf-8")
    with pytest.raises(QuestionSetError, match="1 more fault"):
        load_question_set(path)
