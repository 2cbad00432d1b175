"""Briefings: the same records and day give the same bytes, and what left the desk stays in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from s75desk.domain.errors import DeskError, NotFound
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Briefing
from s75desk.services.briefings import Made, Wish
from s75desk.services.office import Office
from tests.unit.models.desk_help import names
from tests.unit.record_help import TODAY

R1 = "S75-2024-OT"


def wish_for(office: Office, **values: object) -> Wish:
    agreement = office.agreements.by_reference(R1)
    assert agreement is not None
    return Wish(**({"agreement": agreement.uid, "as_at": TODAY, "sections": ("position", "term")} | values))


def kept(office: Office) -> int:
    """How many different files the desk keeps."""
    with office.place.desk.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM blob")).scalar_one())


@pytest.fixture
def made(sample: Office) -> Made:
    """A short briefing of R1, not filed."""
    return sample.briefings.make(wish_for(sample))


def test_the_same_wish_gives_the_same_bytes(sample: Office, made: Made) -> None:
    again = sample.briefings.make(wish_for(sample))
    assert again == made
    assert made.data.startswith(b"%PDF-")
    assert made.sha256 == hashlib.sha256(made.data).hexdigest()
    assert made.title == "Occupational therapy, Section 75"
    assert made.pages >= 1
    assert made.questions == sample.agreements.dossier(made.wish.agreement, TODAY).questions


def test_filing_or_printing_changes_no_later_briefing(sample: Office, made: Made) -> None:
    sample.briefings.file(made, "printed")
    assert sample.briefings.make(wish_for(sample)).data == made.data


@pytest.mark.parametrize(
    "other",
    [
        {"as_at": date(2026, 2, 3)},
        {"audience": "Adults and Health Committee"},
        {"sections": ("position",)},
        {"show_workings": True},
    ],
)
def test_another_wish_gives_other_bytes(sample: Office, made: Made, other: dict[str, object]) -> None:
    assert sample.briefings.make(wish_for(sample, **other)).sha256 != made.sha256


def test_a_changed_record_gives_other_bytes(sample: Office, made: Made) -> None:
    agreement = sample.records.get(Agreement, made.wish.agreement)
    changed = sample.records.revise(replace(agreement, notice=Length(months=6)))
    assert sample.briefings.make(wish_for(sample)).sha256 != made.sha256
    sample.records.undo(changed.change_id)
    assert sample.briefings.make(wish_for(sample)).sha256 == made.sha256


def test_the_whole_briefing_has_every_section_and_is_the_usual_order(sample: Office) -> None:
    keys = [key for key, _ in sample.briefings.sections()]
    assert keys[:4] == ["summary", "position", "parties", "term"]
    usual = sample.briefings.make(wish_for(sample, sections=()))
    assert usual.data == sample.briefings.make(wish_for(sample, sections=sample.briefings.essentials())).data
    whole = sample.briefings.make(wish_for(sample, sections=tuple(keys)))
    assert usual.pages <= 4 < whole.pages


def test_what_was_made_is_filed_with_its_bytes_and_fingerprint(sample: Office, made: Made) -> None:
    filed = sample.briefings.file(made, "printed")
    pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
    assert filed.label == f"Filed: Occupational therapy, Section 75, {pages}"
    assert sample.briefings.bytes_of(filed.uid) == made.data
    record = sample.records.get(Briefing, filed.uid)
    assert (record.sha256, record.pages, record.as_at, record.how) == (made.sha256, made.pages, TODAY, "printed")
    assert record.audience is None
    assert json.loads(record.options or "") == {"sections": ["position", "term"], "show_workings": False}
    (row,) = sample.briefings.rows()
    assert (row.uid, row.title, row.kind) == (filed.uid, made.title, "Agreement briefing")
    assert (row.of, row.audience, row.sha256) == (made.title, "Not stated", made.sha256)
    assert row.printed is not None
    assert sample.checks.check().sound


def test_it_is_written_to_a_file_and_filed(sample: Office, made: Made, tmp_path: Path) -> None:
    target = tmp_path / "R1 for the board.pdf"
    target.write_bytes(b"last month's")
    done = sample.briefings.save_as(made, target)
    assert target.read_bytes() == made.data == sample.briefings.bytes_of(done.uid)
    assert sample.records.get(Briefing, done.uid).how == "saved as R1 for the board.pdf"


def test_a_file_that_cannot_be_written_files_nothing(sample: Office, made: Made, tmp_path: Path) -> None:
    before = names(tmp_path)
    with pytest.raises(DeskError, match=r"^Not saved: out\.pdf could not be written"):
        sample.briefings.save_as(made, tmp_path / "gone" / "out.pdf")
    assert sample.briefings.rows() == ()
    assert names(tmp_path) == before


def test_the_newest_comes_first_and_the_same_bytes_are_kept_once(sample: Office, made: Made) -> None:
    before = kept(sample)
    first, second = (sample.briefings.file(made, "printed").uid for _ in range(2))
    assert [row.uid for row in sample.briefings.rows()] == [second, first]
    assert kept(sample) == before + 1
    sample.records.archive("briefing", second)
    assert [row.uid for row in sample.briefings.rows()] == [first]
    assert [row.archived for row in sample.briefings.rows(archived=True)] == [True, False]
    assert sample.briefings.bytes_of(second) == made.data


def test_what_is_not_there(sample: Office) -> None:
    with pytest.raises(NotFound, match="That agreement is not in this desk"):
        sample.briefings.make(Wish("gone", TODAY))
    with pytest.raises(NotFound, match="That briefing is not in this desk"):
        sample.briefings.bytes_of("gone")
    lost = sample.records.create(Briefing(title="From another desk", sha256="0" * 64)).uid
    with pytest.raises(
        NotFound, match=r"^The PDF of From another desk is not in this desk\. Print the briefing again\.$"
    ):
        sample.briefings.bytes_of(lost)


def test_an_agreement_of_which_next_to_nothing_is_known_can_be_printed(office: Office) -> None:
    uid = office.records.create(Agreement(title="Community equipment")).uid
    made = office.briefings.make(Wish(uid, TODAY))
    assert made.data.startswith(b"%PDF-")
    assert made.questions == ()
