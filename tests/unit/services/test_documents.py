"""Papers kept in the desk: whole, once, and known by their fingerprint."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from s75desk.domain.errors import DeskError, NotFound, Rejected
from s75desk.domain.records import Agreement, Document, Provider
from s75desk.models import blobs
from s75desk.models.desk_file import DeskFile
from s75desk.services import documents
from s75desk.services.office import Office
from tests.unit.record_help import office_of

PAPER = b"%PDF-1.7 \x00\xff paper" * 1000


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "Signed agreement.pdf"
    file.write_bytes(PAPER)
    return file


def counts(office: Office) -> tuple[int, int]:
    with office.place.desk.reading() as connection:
        kept = connection.execute(text("SELECT count(*) FROM blob")).scalar_one()
        papers = connection.execute(text("SELECT count(*) FROM document")).scalar_one()
    return kept, papers


@pytest.mark.parametrize("secret", [None, "correct horse"], ids=["plain", "encrypted"])
def test_a_file_is_kept_whole_and_read_back(tmp_path: Path, paper: Path, secret: str | None) -> None:
    with DeskFile.create(tmp_path / "a.s75desk", secret) as desk:
        office = office_of(desk)
        agreement = office.records.create(Agreement(title="Community equipment"))
        made = office.documents.attach(Document(agreement=agreement.uid), paper)
        assert made.label == "Added: Signed agreement.pdf"
    paper.unlink()
    with DeskFile.open(tmp_path / "a.s75desk", secret) as desk:
        office = office_of(desk)
        kept = office.records.get(Document, made.uid)
        assert (kept.title, kept.filename, kept.media_type) == (
            "Signed agreement",
            "Signed agreement.pdf",
            "application/pdf",
        )
        assert (kept.size, kept.sha256) == (len(PAPER), hashlib.sha256(PAPER).hexdigest())
        assert office.documents.bytes_of(kept) == PAPER
        assert office.checks.check().sound


def test_a_title_of_its_own_is_kept_and_an_unknown_type_said_so(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "notes.unheard-of"
    file.write_bytes(b"")
    made = office.documents.attach(Document(title="Minutes"), file)
    kept = office.records.get(Document, made.uid)
    assert (kept.title, kept.media_type, kept.size) == ("Minutes", "application/octet-stream", 0)
    assert made.label == "Added: Minutes"
    assert office.documents.bytes_of(kept) == b""


def test_the_same_file_twice_is_kept_once(office: Office, paper: Path) -> None:
    first, second = (office.documents.attach(Document(title=title), paper) for title in ("One", "Two"))
    assert counts(office) == (1, 2)
    office.records.archive("document", first.uid)
    assert office.documents.bytes_of(office.records.get(Document, second.uid)) == PAPER


def test_a_file_that_is_too_large_or_gone_is_refused_whole(
    office: Office, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_BYTES", len(PAPER) - 1)
    with pytest.raises(
        DeskError, match=r"^Not added: Signed agreement\.pdf is larger than 0 MB\. Attach a smaller copy\.$"
    ):
        office.documents.attach(Document(title="Paper"), paper)
    monkeypatch.setattr(documents, "MOST_BYTES", len(PAPER))
    office.documents.attach(Document(title="Paper"), paper)
    for gone in (tmp_path / "gone.pdf", tmp_path):
        with pytest.raises(
            DeskError, match=rf"^Not added: {gone.name} cannot be read\. Check that it is still there\.$"
        ):
            office.documents.attach(Document(title="Paper"), gone)
    assert counts(office) == (1, 1)


def test_the_limit_is_fifty_megabytes() -> None:
    assert documents.MOST_BYTES == 50_000_000


def test_bytes_are_not_kept_without_their_record(office: Office, paper: Path) -> None:
    provider = office.records.create(Provider(name="Alder"))
    office.records.archive("provider", provider.uid)
    with pytest.raises(Rejected, match="Alder is archived"):
        office.documents.attach(Document(provider=provider.uid, title="Paper"), paper)
    assert counts(office) == (0, 0)


def test_a_title_alone_has_no_file(office: Office) -> None:
    made = office.records.create(Document(title="Forward plan"))
    kept = office.records.get(Document, made.uid)
    for paper in (kept, replace(kept, sha256=""), replace(kept, sha256="0" * 64)):
        with pytest.raises(NotFound, match=r"^No file is kept for Forward plan\. Attach it, then open it again\.$"):
            office.documents.bytes_of(paper)


def test_attaching_can_be_undone_and_done_again(office: Office, paper: Path) -> None:
    made = office.documents.attach(Document(title="Paper"), paper)
    undone = office.records.undo(made.change_id)
    assert office.records.get(Document, made.uid).archived_at is not None
    office.records.undo(undone.change_id)
    assert office.documents.bytes_of(office.records.get(Document, made.uid)) == PAPER


def test_a_file_changed_inside_the_desk_is_found(office: Office, paper: Path) -> None:
    made = office.documents.attach(Document(title="Paper"), paper)
    fingerprint = office.records.get(Document, made.uid).sha256
    with office.place.desk.writing() as connection:
        assert blobs.damaged(connection) == []
        connection.execute(text("UPDATE blob SET data = substr(data, 1, 500) || x'00' || substr(data, 502)"))
    report = office.checks.check()
    assert (report.damaged_files, report.sound) == ((fingerprint,), False)
