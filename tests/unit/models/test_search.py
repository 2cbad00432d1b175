"""The full-text index: any word by its beginning, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from s75desk.domain.records import Agreement, Organisation, Provider, Record
from s75desk.models import search
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository

RECORDS: tuple[Record, ...] = (
    Provider(uid="cafe", name="Café Résidence", note="Beds for Łódź and Zürich"),
    Provider(uid="apart", name="Cafe\u0301 apart"),
    Provider(uid="marks", name='O\'Brien & Sons (North) "Alder-House" q_z 50% *new*'),
    Provider(uid="order", name="AND OR NOT NEAR"),
    Organisation(uid="icb", name="East Integrated Care Board", short_name="EICB", ods_code="QE1"),
    Agreement(uid="ot", title="Occupational therapy", reference="S75-2024-OT", aims="Children seen within 28 days"),
    Agreement(uid="ce", title="Community equipment", note="Occupational therapists order it"),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskFile]:
    with DeskFile.create(tmp_path_factory.mktemp("search") / "a.s75desk") as made:
        with made.writing() as connection:
            Repository(connection).insert(RECORDS)
            search.index(connection, RECORDS)
        yield made


def found(desk: DeskFile, words: str, limit: int = 40) -> list[str]:
    with desk.reading() as connection:
        return [hit.uid for hit in search.find(connection, words, limit)]


@pytest.mark.parametrize(
    ("words", "uids"),
    [
        ("café", ["apart", "cafe"]),
        ("CAFE", ["apart", "cafe"]),
        ("cafe\u0301", ["apart", "cafe"]),
        ("re\u0301sid", ["cafe"]),
        ("resid caf", ["cafe"]),
        ("zurich", ["cafe"]),
        ("łódź", ["cafe"]),
        ("o'brien", ["marks"]),
        ("alder house", ["marks"]),
        ("Alder-House", ["marks"]),
        ("q_z", ["marks"]),
        ("_", []),
        ("_ north", ["marks"]),
        ("50%", ["marks"]),
        ("not", ["order"]),
        ("or and", ["order"]),
        ("occ ther", ["ot", "ce"]),
        ("s75-2024", ["ot"]),
        ("28 children", ["ot"]),
        ("eicb", ["icb"]),
        ("qe1 board", ["icb"]),
        ("board of", []),
        ("afe", []),
        ("", []),
        (" \t\n", []),
        ("?!", []),
    ],
)
def test_words_are_found_by_their_beginnings(desk: DeskFile, words: str, uids: list[str]) -> None:
    assert sorted(found(desk, words)) == sorted(uids)


def test_a_title_comes_before_a_note(desk: DeskFile) -> None:
    assert found(desk, "occupational") == ["ot", "ce"]
    with desk.reading() as connection:
        title, note = search.find(connection, "occupational")
    assert (title.snippet, title.title) == ("", "Occupational therapy")
    assert "Occupational therapists order it" in note.snippet


@settings(max_examples=200)
@given(st.text(max_size=40))
@example('"')
@example('"*"')
@example("*")
@example("-")
@example("a -b")
@example("OR")
@example("a OR")
@example("NOT a")
@example("NEAR(a b, 2)")
@example("title:a")
@example("^a")
@example("{a b}:c")
@example("a + b")
@example(";")
@example("'; DROP TABLE search; --")
@example("\x00")
@example("a\x00b")
@example("½ ² ٣ ⅷ ﷺ")
@example("\u0301")
def test_nothing_that_is_typed_raises(desk: DeskFile, words: str) -> None:
    assert set(found(desk, words)) <= {record.uid for record in RECORDS}


def test_a_pasted_page_raises_nothing(desk: DeskFile) -> None:
    assert found(desk, " ".join(f"word{number}" for number in range(5000))) == []


@settings(max_examples=60)
@given(st.data())
def test_any_word_of_a_title_finds_it_by_any_beginning(desk: DeskFile, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from([record for record in RECORDS if record.heading.isascii()]))
    words = [
        word for word in record.heading.replace("'", " ").replace("-", " ").replace("_", " ").split() if word.isalnum()
    ]
    word = data.draw(st.sampled_from(words))
    beginning = word[: data.draw(st.integers(1, len(word)))]
    assert record.uid in found(desk, data.draw(st.sampled_from([beginning.lower(), beginning.upper()])))


def test_no_more_than_asked_for(desk: DeskFile) -> None:
    assert len(found(desk, "a", 2)) == 2


def test_what_is_taken_out_is_not_found_and_what_is_put_in_twice_is_there_once(desk: DeskFile) -> None:
    provider = Provider(uid="twice", name="Yarrow")
    with desk.writing() as connection:
        Repository(connection).insert([provider])
        search.index(connection, [provider, provider])
    assert found(desk, "yarrow") == ["twice"]
    with desk.writing() as connection:
        search.remove(connection, "twice")
        search.remove(connection, "twice")
        search.remove(connection, "never there")
    assert found(desk, "yarrow") == []


def test_a_title_with_a_mark_like_ours_is_no_match_of_its_own(tmp_path: Path) -> None:
    with DeskFile.create(tmp_path / "b.s75desk") as desk:
        record = Provider(uid="p", name="«Guillemets»", note="therapy")
        with desk.writing() as connection:
            Repository(connection).insert([record])
            search.index(connection, [record])
        with desk.reading() as connection:
            (hit,) = search.find(connection, "therapy")
        assert hit.snippet == "therapy"
