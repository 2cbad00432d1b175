"""The check of a desk: what is damaged, what is in doubt, and that it changes nothing."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from s75desk.domain.records import Agreement, Breakdown, Document, Part
from s75desk.models import history
from s75desk.models.cipher import connect
from s75desk.models.desk_file import DeskFile
from s75desk.services.agreements import AgreementService
from s75desk.services.checking import CheckReport
from s75desk.services.office import Office
from tests.unit.record_help import fill_estate, office_of

Estate = tuple[Office, dict[str, str]]


def tamper(office: Office, *statements: str) -> None:
    """Change the file behind the program's back."""
    with office.place.desk.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))


def of_the_file(report: CheckReport) -> tuple[str, ...]:
    """Its damage without the kept files that the records of these tests only name."""
    return tuple(one for one in report.damage if "is not in the desk any more" not in one)


def test_a_sound_desk_says_so_and_is_as_it_was(sample: Office) -> None:
    office = sample
    with office.place.desk.reading() as connection:
        rows = history.length(connection)
    report = office.checks.check()
    assert (report.sound, report.damage, report.broken_at, report.damaged_files) == (True, (), None, ())
    assert report.history_rows == rows
    assert report.sentence.startswith(f"Sound: the file is whole, all {rows:,} rows of its history hold together, and ")
    with office.place.desk.reading() as connection:
        assert history.length(connection) == rows


def test_figures_in_doubt_are_told_and_are_no_damage(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community OT")).uid
    breakdown = office.records.create(Breakdown(agreement=agreement, title="Ended contacts", total=Decimal(550))).uid
    for number, count in enumerate((71, 192, 105, 127, 58), 1):
        office.records.create(Part(breakdown=breakdown, number=number, label=f"Reason {number}", count=Decimal(count)))
    report = office.checks.check()
    assert report.sound
    ((title, question),) = report.questions
    assert title == "Community OT"
    assert "550" in question.text
    assert "553" in question.text
    assert report.sentence.endswith("1 figure in doubt is flagged.")


def test_the_sample_flags_what_the_papers_contradict(sample: Office) -> None:
    report = sample.checks.check()
    assert report.sound
    asked = "\n".join(question.text for _, question in report.questions)
    for sum_in_doubt in ("554", "15 of 805 is 1.9%, not 2.5%", "= 100.6, not 100"):
        assert sum_in_doubt in asked
    assert len(report.questions) == sum(len(dossier.questions) for dossier in sample.agreements.dossiers())
    assert report.sentence.endswith(f"{len(report.questions)} figures in doubt are flagged.")


def test_a_broken_history_is_found(estate: Estate) -> None:
    office, _ = estate
    tamper(office, "DROP TRIGGER history_is_append_only_update", "UPDATE history SET who = 'someone' WHERE seq = 5")
    report = office.checks.check()
    assert (report.sound, report.broken_at) == (False, 5)
    assert of_the_file(report) == ("The safeguard history_is_append_only_update is missing.",)
    assert report.sentence.endswith("the history chain broken at row 5. Restore a backup from the Desk menu.")


def test_a_reference_to_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.s75desk"
    with DeskFile.create(path) as desk:
        places = fill_estate(office_of(desk))
    with closing(connect(path, None)) as raw:  # Without PRAGMA foreign_keys, as another program would write.
        raw.execute("DELETE FROM forum WHERE uid = ?", (places["forum"],))
    with DeskFile.open(path) as desk:
        report = office_of(desk).checks.check()
    assert not report.sound
    assert of_the_file(report) == (
        "meeting refers to a forum that is not there",
        f"A forum was removed past the program: {places['forum']}.",
    )


def test_several_kinds_of_damage_are_told_together() -> None:
    report = CheckReport(("one", "two"), 1234, 2000, ("0" * 64,), ())
    assert report.sentence == (
        "Damaged: 2 faults in the file, the history chain broken at row 1,234 and 1 kept file changed since it was "
        "kept. Restore a backup from the Desk menu."
    )


def test_a_damaged_file_is_told_beside_sound_ones(office: Office, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(name.encode() * 100)
        office.documents.attach(Document(title=name), tmp_path / name)
    tamper(office, "UPDATE blob SET data = x'00' WHERE size = (SELECT max(size) FROM blob) AND rowid = 1")
    report = office.checks.check()
    assert len(report.damaged_files) == 1
    assert report.sentence == "Damaged: 1 kept file changed since it was kept. Restore a backup from the Desk menu."


def test_a_fault_of_the_program_sends_nobody_to_a_backup(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(AgreementService, "dossiers", fails)
    with pytest.raises(ZeroDivisionError):
        office.checks.check()
    tamper(office, "CREATE TABLE of_somebody_else (uid TEXT)")
    report = office.checks.check()
    assert len(report.damage) == 2
    assert "of_somebody_else" in report.damage[0]
    assert "agreements" in report.damage[1]
