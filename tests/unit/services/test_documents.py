"""Papers kept in the desk: whole, once, and known by their fingerprint."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import tempfile
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
from s75desk.services.opened_copies import OpenedCopies, safe_name, sweep_left_behind
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
    for wrong, why in ((tmp_path / "gone.pdf", "cannot be read"), (tmp_path, "is a folder or a device")):
        with pytest.raises(DeskError, match=rf"^Not added: {wrong.name} {why}\."):
            office.documents.attach(Document(title="Paper"), wrong)
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


# --- several at once, opened elsewhere, hostile names --------------------------------------------------------------


def test_several_files_are_one_change(office: Office, tmp_path: Path) -> None:
    provider = office.records.create(Provider(name="Alder"))
    files = [tmp_path / name for name in ("one.pdf", "two.txt", "three")]
    for file in files:
        file.write_bytes(file.name.encode())
    made = office.documents.attach(Document(provider=provider.uid), *files)
    assert made.label == "Added: 3 documents"
    assert sorted(page.title for page in office.providers.page(provider.uid).documents) == ["one", "three", "two"]
    office.records.undo(made.change_id)
    assert office.providers.page(provider.uid).documents == ()


def test_one_bad_file_among_several_keeps_none(office: Office, paper: Path, tmp_path: Path) -> None:
    with pytest.raises(DeskError):
        office.documents.attach(Document(), paper, tmp_path / "gone.pdf")
    assert counts(office) == (0, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", [b"\xff\xfe.pdf", b" .pdf", b"a\nb.pdf", "in\u202efdp.exe".encode()])
def test_hostile_names_are_kept_harmless(office: Office, tmp_path: Path, name: bytes) -> None:
    file = tmp_path / os.fsdecode(name)
    file.write_bytes(b"x")
    made = office.documents.attach(Document(), file)
    kept = office.records.get(Document, made.uid)
    assert kept.title.strip()
    assert safe_name(kept.filename) == kept.filename
    assert kept.filename.isprintable()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "-.-etc-passwd"),
        ("C:\\Windows\\x.pdf", "C--Windows-x.pdf"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("COM0.pdf", "_COM0.pdf"),
        ("what?*.pdf. . ", "what--.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("nul\x00l.pdf", "null.pdf"),
        ("...", "document"),
        ("", "document"),
        ("a" * 300 + ".pdf", "a" * 97 + ".pdf"),
    ],
)
def test_names_are_safe_on_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_copy_is_read_only_private_and_swept(office: Office, paper: Path) -> None:
    made = office.documents.attach(Document(), paper)
    documents = office.documents
    first = documents.open_copy(office.records.get(Document, made.uid))
    second = documents.open_copy(office.records.get(Document, made.uid))
    assert first != second
    assert first.read_bytes() == PAPER
    assert first.name == "Signed agreement.pdf"
    if sys.platform != "win32":
        assert stat.S_IMODE(first.stat().st_mode) == stat.S_IRUSR
        assert stat.S_IMODE(first.parent.parent.stat().st_mode) == stat.S_IRWXU
    documents.opened.sweep()
    assert not first.parent.parent.exists()
    assert documents.open_copy(office.records.get(Document, made.uid)).read_bytes() == PAPER
    documents.opened.sweep()


@pytest.mark.parametrize("name", ["run.exe", "macro.docm", "RUN.BAT", "a.pdf.lnk", "x.hta.", "page.url"])
def test_what_runs_is_not_opened(office: Office, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"x")
    made = office.documents.attach(Document(), file)
    with pytest.raises(DeskError, match="can run commands"):
        office.documents.open_copy(office.records.get(Document, made.uid))


def test_copies_of_a_program_that_ended_are_swept_and_those_of_a_living_one_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"s75desk-open-{ended.pid}-abc" / "x"
    left.mkdir(parents=True)
    (left / "paper.pdf").write_bytes(b"x")
    (left / "paper.pdf").chmod(0o400)
    living = OpenedCopies()
    kept = living.put("paper.pdf", b"x")
    sweep_left_behind()
    assert not left.parent.exists()
    assert kept.exists()
    living.sweep()


def test_a_title_is_given_its_file_once_and_undo_takes_it_back(tmp_path: Path, paper: Path) -> None:
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        office = office_of(desk)
        agreement = office.records.create(Agreement(title="Community equipment"))
        made = office.records.create(Document(agreement=agreement.uid, title="Equality impact assessment"))
        title = office.records.get(Document, made.uid)
        given = office.documents.attach_to(title, paper)
        kept = office.records.get(Document, made.uid)
        assert (kept.title, kept.filename) == ("Equality impact assessment", "Signed agreement.pdf")
        assert office.documents.bytes_of(kept) == PAPER
        assert counts(office)[1] == 1, "no second document is made"
        with pytest.raises(DeskError):
            office.documents.attach_to(title, paper)  # as it was read before
        office.records.undo(given.change_id)
        assert office.records.get(Document, made.uid).sha256 is None
