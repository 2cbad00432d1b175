"""The check of signed visits: whatever is changed behind the program's back is told in plain words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from s75desk.domain.records import Briefing, Visit
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.records.visit import VisitStage
from s75desk.services.briefings import VISIT_KINDS, VisitWish
from s75desk.services.office import Office
from tests.unit.rich_visit import RichVisit, finish, plan, record, rich_visit

NAME = "Quality visit, Fernbank House, 2 Feb 2026"
AS_AT = date(2026, 2, 4)


@pytest.fixture
def visit(office: Office) -> RichVisit:
    """A visit with two signed versions."""
    return rich_visit(office)


def tamper(office: Office, *statements: str, **values: object) -> None:
    """Change the file behind the program's back, as someone who is in earnest would: without its triggers."""
    with office.place.desk.writing() as connection:
        found = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'visit_version'"
        for name in connection.execute(text(found)).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            assert connection.execute(text(statement), values).rowcount != 0, "nothing was changed"


def told(office: Office) -> tuple[str, ...]:
    """What the check says of visits; the desk is sound only if it says nothing, of them or of anything else."""
    report = office.checks.check()
    assert report.sound is not bool(report.visits or report.damaged_files or report.damage)
    return report.visits


def test_what_was_signed_and_not_touched_is_sound_whatever_goes_on_after_it(office: Office, visit: RichVisit) -> None:
    assert told(office) == ()
    action = office.visiting.book(visit.uid).actions[0]
    office.records.revise(replace(action, owner="someone else"))
    office.records.revise(replace(office.records.get(Visit, visit.uid), stage=VisitStage.FINAL))
    assert told(office) == ()
    office.visiting.amend(visit.uid, "Once more.")
    answer = office.visiting.book(visit.uid).answer("8.3")
    office.visiting.keep(visit.uid, settled=[replace(answer, rating=4, seen="Amended.")])
    assert told(office) == (), "it is being amended"
    finish(office, visit)
    assert told(office) == ()


def test_a_visit_that_is_not_signed_is_none_of_its_business(office: Office) -> None:
    other = plan(office)
    record(office, other)
    tamper(office, "UPDATE visit_answer SET rating = 4 WHERE question = '8.3'")
    assert told(office) == ()


def test_an_archived_visit_is_still_what_was_signed(office: Office, visit: RichVisit) -> None:
    office.records.archive("visit", visit.uid)
    assert told(office) == ()
    tamper(office, "UPDATE visit_answer SET seen = 'Nothing.' WHERE question = '9.1'")
    (fault,) = told(office)
    assert "9.1 Fire safety that would work tonight: what was seen was signed as “The evacuation plan" in fault


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE visit_answer SET rating = 4 WHERE question = '8.3'",
            f"{NAME}: 8.3 Doses right and recorded: rating was signed as “Requires improvement” and now reads "
            "“Excellent”.",
        ),
        (
            "UPDATE visit_answer SET archived_at = '2026-02-03T00:00:00.000000+00:00' WHERE question = '16.1'",
            f"{NAME}: 16.1 True and made at the time: rating was signed as “Requires improvement” and now reads "
            "“Not looked at”.",
        ),
        (
            "UPDATE visit SET comment = 'We agree with all of it.'",
            f"{NAME}: Provider’s comment was signed as “We accept the finding on medicines. The night drill was…” and "
            "now reads “We agree with all of it.”.",
        ),
        (
            "UPDATE visit SET made = '2025-01-01'",
            "Quality visit, Fernbank House, 1 Jan 2025: The visit: made on was signed as “2 Feb 2026” and now reads "
            "“1 Jan 2025”.",
        ),
        (
            "UPDATE visit SET outcome = 'Good'",
            f"{NAME}: its outcome was signed as “Requires improvement” and now reads “Good”.",
        ),
        (
            "UPDATE visit SET outcome = NULL",
            f"{NAME}: its outcome was signed as “Requires improvement” and now reads “Not known”.",
        ),
        (
            "UPDATE visit_override SET reason = 'No reason.'",
            f"{NAME}: Officer’s judgement of the rating of standard 13 Supporting staff was signed as “Requires "
            "improvement: A third of the care staff went half…” and now reads “Requires improvement: No reason.”.",
        ),
        (
            "UPDATE people_spoken SET count = 60 WHERE count = 6",
            f"{NAME}: People spoken to: people who use the service was signed as “6” and now reads “60”.",
        ),
        (
            "UPDATE prior_grading SET grade = 'met' WHERE grade = 'not met'",
            f"{NAME}: Action from before, “Offer activities at weekends”: how far it is done was signed as “Not met” "
            "and now reads “Met”.",
        ),
        (
            "DELETE FROM visit_photo WHERE number = 2",
            f"{NAME}: Photo 2, question 8.3 was signed as “No caption” and now reads “Not there”.",
        ),
        (
            "UPDATE visit_signature SET strokes = '[[[1, 1]]]' WHERE party = 'provider'",
            f"{NAME}: it was changed after it was signed: signature.",
        ),
        (
            "UPDATE visit_signature SET signed = NULL WHERE party = 'officer'",
            f"{NAME}: Signature of the officer was signed as “Quality officer, signed 3 February 2026, 10:42” and now "
            "reads “Not signed”.",
        ),
        ("UPDATE visit SET amends = 2", f"{NAME}: it says that it is being amended, and its history does not."),
        (
            "UPDATE visit_version SET overall = 'Good' WHERE number = 1",
            f"{NAME}, version 1: its record was changed after it was signed: overall rating.",
        ),
    ],
)
def test_what_is_changed_behind_the_programs_back_is_told(
    office: Office, visit: RichVisit, statement: str, fault: str
) -> None:
    tamper(office, statement)
    faults = told(office)
    assert faults[0] == fault
    assert len(faults) == (3 if "archived_at" in statement else 1)


def test_much_that_was_changed_is_not_all_told(office: Office, visit: RichVisit) -> None:
    tamper(office, "UPDATE visit_answer SET rating = 1 WHERE rating = 3")
    faults = told(office)
    assert len(faults) == 6
    assert faults[-1].endswith(" other things differ from what was signed.")


def test_an_amendment_that_was_hidden_is_told(office: Office, visit: RichVisit) -> None:
    office.visiting.amend(visit.uid, "Once more.")
    tamper(office, "UPDATE visit SET amends = NULL")
    assert f"{NAME}: its history says that version 2 is being amended, and it does not." in told(office)


def content(office: Office, visit: RichVisit, number: int) -> str:
    return office.visiting.book(visit.uid).versions[number - 1].sha256 or ""


def test_content_that_was_changed_or_is_gone_is_told(office: Office, visit: RichVisit) -> None:
    one = content(office, visit, 1)
    tamper(office, "UPDATE blob SET data = CAST(data || ' ' AS BLOB) WHERE sha256 = :one", one=one)
    assert told(office) == (f"{NAME}, version 1: what was signed has been changed: it does not match its fingerprint.",)
    tamper(office, "DELETE FROM blob WHERE sha256 = :one", one=one)
    assert told(office) == (f"{NAME}, version 1: what was signed is not in this desk.",)


def test_content_swapped_with_its_fingerprint_is_caught_by_the_history(office: Office, visit: RichVisit) -> None:
    tamper(office, "UPDATE visit_version SET sha256 = :two WHERE number = 1", two=content(office, visit, 2))
    assert told(office) == (f"{NAME}, version 1: its fingerprint is not the one noted when it was signed.",)


def test_a_version_that_is_gone_or_of_which_the_history_knows_nothing_is_told(office: Office, visit: RichVisit) -> None:
    tamper(office, "UPDATE visit_version SET uid = 'another' WHERE number = 1")
    assert told(office) == (
        f"{NAME}, version 1: it was signed and is gone.",
        f"{NAME}, version 1: the history does not tell of its signing.",
    )
    tamper(office, "DELETE FROM visit_version")
    assert told(office) == (
        f"{NAME}, version 1: it was signed and is gone.",
        f"{NAME}, version 2: it was signed and is gone.",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visit_answer SET rating = 'much' WHERE question = '8.3'",
        "UPDATE visit_signature SET signed = 'yesterday' WHERE party = 'officer'",
        "UPDATE visit SET stage = 'somewhere'",
        "UPDATE visit_version SET signed = 'long ago' WHERE number = 1",
        "UPDATE briefing SET kind = 'poem'",
    ],
)
def test_what_cannot_be_read_any_more_is_told_and_does_not_end_the_check(
    office: Office, visit: RichVisit, statement: str
) -> None:
    office.briefings.file(office.briefings.make(VisitWish(visit.uid, VISIT_KINDS[0], AS_AT)), "printed")
    tamper(office, statement)
    report = office.checks.check()
    if "poem" in statement:
        return  # a briefing of no known kind is no paper on a visit
    assert not report.sound
    assert report.visits or any("cannot be read" in one for one in report.damage)


# --- papers ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def filed(office: Office, visit: RichVisit) -> str:
    """Uid of a filed feedback sheet of version 2; one of version 1 and a report are filed too."""
    for kind, number in ((BriefingKind.FEEDBACK_SHEET, 1), (BriefingKind.VISIT_REPORT, None)):
        office.briefings.file(office.briefings.make(VisitWish(visit.uid, kind, AS_AT, number)), "printed")
    made = office.briefings.make(VisitWish(visit.uid, BriefingKind.FEEDBACK_SHEET, AS_AT))
    return office.briefings.file(made, "printed").uid


PAPER = "Visit feedback sheet filed as “Fernbank House, 2 February 2026”"


def test_papers_of_every_version_and_of_drafts_are_sound(office: Office, visit: RichVisit, filed: str) -> None:
    office.visiting.amend(visit.uid, "Once more.")
    draft = office.briefings.make(VisitWish(visit.uid, BriefingKind.FEEDBACK_SHEET, AS_AT))
    assert draft.version is None
    office.briefings.file(draft, "printed")
    office.records.archive("briefing", filed)
    assert told(office) == ()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE briefing SET content = NULL WHERE uid = :uid", "it does not say what it was made of"),
        ("UPDATE briefing SET content = :zeros WHERE uid = :uid", "it was not made of what was signed as version 2"),
        ("UPDATE briefing SET options = :one WHERE uid = :uid", "it was not made of what was signed as version 1"),
        ("UPDATE briefing SET options = :nine WHERE uid = :uid", "it was made of version 9, which is not there"),
        ("UPDATE briefing SET sha256 = :zeros WHERE uid = :uid", "its PDF is not in this desk"),
        (
            "UPDATE briefing SET sha256 = (SELECT sha256 FROM briefing WHERE options = :one) WHERE uid = :uid",
            "its PDF does not name what it was made of",
        ),
    ],
)
def test_a_paper_that_names_something_else_is_told(
    office: Office, visit: RichVisit, filed: str, statement: str, fault: str
) -> None:
    values = {
        "uid": filed,
        "zeros": "0" * 64,
        "one": json.dumps({"version": 1, "show_workings": False}),
        "nine": json.dumps({"version": 9}),
    }
    tamper(office, statement, **{name: value for name, value in values.items() if f":{name}" in statement})
    assert told(office) == (f"{PAPER}: {fault}.",)


def test_the_sentence_counts_them(office: Office, visit: RichVisit) -> None:
    tamper(office, "UPDATE visit SET outcome = 'Good'", "UPDATE visit_answer SET rating = 4 WHERE question = '8.3'")
    assert office.checks.check().sentence.endswith(
        " and 2 faults in signed visits and their papers. Restore a backup from the Desk menu."
    )


def test_a_briefing_of_an_agreement_needs_no_content(office: Office) -> None:
    office.records.create(Briefing(title="A briefing", kind=BriefingKind.AGREEMENT))
    assert told(office) == ()
