"""Killed at every statement of signing, amending, keeping, printing and backing up: all of it is there, or none of it.

What is killed is a real process (``visit_killed.py``), at each moment it could die. Afterwards the desk holds, to the
last value, either what it held before or what it holds when nothing goes wrong; it is sound; and the thing is done
again as if nothing had happened.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from s75desk.domain.errors import Rejected
from s75desk.domain.records import Agreement, Briefing, DatedValue, VisitPhoto
from s75desk.domain.records.visit_work import Party
from s75desk.models import blobs, history, integrity, restore
from s75desk.models.backup import folder_of, list_backups, make_backup
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.visit_content import fields_of
from s75desk.services.visit_left_open import left_open
from tests.e2e.visit_killed import DEEDS, PAPERS, made_of
from tests.unit import rich_visit
from tests.unit.models.desk_help import ROOT, chance
from tests.unit.record_help import office_of
from tests.unit.services.visit_desks import AT, everything, signatures, signed_content

HAND = Path(__file__).with_name("visit_killed.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks"),
    pytest.mark.timeout(600),  # some hundred deaths
]

Essence = dict[str, list[tuple[Any, ...]]]

Ready = tuple[Path, str]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ready]:
    """Closed desks with a rich visit: ready to be signed, with a few words still being typed; signed; being amended."""
    folder = tmp_path_factory.mktemp("ready")
    found = {}
    for name in ("open", "signed", "amending", "encrypted"):
        path = folder / f"{name}.s75desk"
        with DeskFile.create(path, "correct horse" if name == "encrypted" else None) as desk:
            office = office_of(desk)
            office.records.create(Agreement(title="Community equipment"))
            visit = rich_visit.plan(office)
            rich_visit.record(office, visit)
            book = office.visiting.book(visit.uid)
            if name in ("open", "encrypted"):
                office.visiting.keep(
                    visit.uid, typed=[replace(book.answer("8.4"), seen="To the last let")], place="8.4"
                )
            office.visiting.keep(visit.uid, settled=signatures(office, visit.uid))
            if name in ("signed", "amending"):
                office.visiting.finish(visit.uid)
            if name == "amending":
                office.visiting.amend(visit.uid, "To be sure.")
                DEEDS["attach"](office, folder, {"visit": visit.uid})
                DEEDS["keep"](office, folder, {"visit": visit.uid})
        found[name] = (path, visit.uid)
    return found


PASSING = {
    "history": ("change_id", "hash", "replica", "parent"),
    "draft": ("kept_at",),
    "briefing": ("uid",),
    "dated_value": ("uid",),
}
"""What is made by chance, or tells the time of a draft."""


def essence(desk: DeskFile) -> Essence:
    """Everything in a desk but what differs from one time to the next."""
    found = everything(desk)
    for table, passing in PASSING.items():
        with desk.reading() as connection:
            names = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info('{table}')")]
        rows = [dict(zip(names, row, strict=True)) for row in found[table]]
        for row in rows:
            row.update(dict.fromkeys(passing))
            if row.get("kind") in (Briefing.KIND, DatedValue.KIND):  # its uid in the history
                row["uid"] = None
        found[table] = [tuple(row.values()) for row in rows]
    found["setting"] = [row for row in found["setting"] if row[0] not in ("history_end", "replica")]
    return found


def sound(desk: DeskFile) -> None:
    """The file is whole, the history too, and every photo has its picture."""
    with desk.reading() as connection:
        assert integrity.problems(connection) == []
        assert history.verify(connection) is None
        assert blobs.damaged(connection) == []
    assert office_of(desk).checks.check().sound


def killed(deed: str, source: Ready, folder: Path, **rest: Any) -> int:
    """Let the deed be done and die at every moment, until it is done first; the number of that moment."""
    path, visit = source
    command = [sys.executable, str(HAND), deed, str(path), str(folder), json.dumps({"visit": visit, **rest})]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def each(
    deed: str, source: Ready, folder: Path, look: Callable[[Office, Path, bool], None], **rest: Any
) -> Counter[bool]:
    """Look at the desk after every death, and do the deed again. How often it was done, and how often it was not.

    Args:
        deed: What was being done.
        source: The desk and the visit.
        folder: Where the copies lie.
        look: Takes the office after a death, the folder of the desk, and whether the deed was done.
        rest: For the deed.
    """
    secret = rest.get("secret")
    last = killed(deed, source, folder, **rest)
    with DeskFile.open(source[0], secret) as desk:
        before = essence(desk)
    with DeskFile.open(folder / f"{last:04}" / "desk.s75desk", secret) as desk:
        after = essence(desk)
        sound(desk)
    found: Counter[bool] = Counter()
    for at in range(1, last, rest.get("step", 1)):
        place = folder / f"{at:04}"
        with DeskFile.open(place / "desk.s75desk", secret) as desk:
            now = essence(desk)
            assert now in (before, after), f"killed at moment {at}: half of it is there"
            done = now == after and after != before
            found[done] += 1
            sound(desk)
            look(office_of(desk), place, done)
        shutil.rmtree(place)
    assert found[False] > 5, "it was never killed in the middle"
    return found


def test_the_essence_of_a_desk_sees_every_value(ready: dict[str, Ready], tmp_path: Path) -> None:
    """What the comparison rests on: any change of any record, draft or setting is seen."""
    path, visit = ready["open"]
    copy = tmp_path / "copy.s75desk"
    shutil.copyfile(path, copy)
    with DeskFile.open(copy) as desk:
        office = office_of(desk)
        seen = [essence(desk)]
        book = office.visiting.book(visit)
        for do in (
            lambda: office.visiting.keep(visit, typed=[replace(book.answer("8.4"), seen="To the last lett")]),
            lambda: office.visiting.keep(visit, place="8.5"),
            lambda: office.visiting.keep(visit, settled=[replace(book.answer("8.3"), rating=2)]),
            lambda: office.visiting.keep(visit, removed=[book.photos[0]]),
            lambda: office.visiting.start(visit),
            lambda: office.visiting.keep(visit, settled=signatures(office, visit)),
            lambda: office.visiting.finish(visit),
        ):
            do()
            seen.append(essence(desk))
        assert all(seen[one] != seen[other] for one in range(len(seen)) for other in range(one))


# --- the visit ----------------------------------------------------------------------------------------------------


def test_a_kill_while_signing_leaves_it_signed_or_as_it_was(ready: dict[str, Ready], tmp_path: Path) -> None:
    visit = ready["open"][1]

    def look(office: Office, _: Path, done: bool) -> None:
        book = office.visiting.book(visit)
        assert (book.locked, len(book.versions)) == (done, int(done))
        if done:
            with pytest.raises(Rejected, match="This visit is signed already"):
                office.visiting.finish(visit)
        else:
            assert [one.uid for one in office.visiting.open(visit).unsettled] == [book.answer("8.4").uid]
            office.visiting.finish(visit)
        version = office.visiting.version(visit, 1)
        assert version.answer("8.4").seen == "To the last let"
        assert version.signature(Party.PROVIDER).signed == AT
        assert office.visiting.open(visit).unsettled == ()
        assert office.checks.check().sound

    found = each("finish", ready["open"], tmp_path, look)
    assert found[False] > 20
    assert found[True] >= 1


def test_a_kill_while_amending_leaves_it_open_or_signed_as_it_was(ready: dict[str, Ready], tmp_path: Path) -> None:
    visit = ready["signed"][1]

    def look(office: Office, _: Path, done: bool) -> None:
        first = signed_content(office, visit)
        assert office.visiting.book(visit).locked is not done
        if done:
            with pytest.raises(Rejected, match="This visit is not signed"):
                office.visiting.amend(visit, "Again.")
        else:
            office.visiting.amend(visit, "Again.")
        office.visiting.keep(visit, settled=signatures(office, visit))
        office.visiting.finish(visit)
        assert signed_content(office, visit)[:1] == first
        assert [version.number for version in office.visiting.book(visit).versions] == [1, 2]

    assert each("amend", ready["signed"], tmp_path, look)[True] >= 1


def test_a_kill_while_an_amendment_is_withdrawn_leaves_all_of_it_or_the_version_as_it_was_signed(
    ready: dict[str, Ready], tmp_path: Path
) -> None:
    visit = ready["amending"][1]

    def look(office: Office, _: Path, done: bool) -> None:
        assert office.visiting.book(visit).locked is done
        if not done:
            assert {one.uid for one in office.visiting.open(visit).unsettled} >= {"action-typed"}
            office.visiting.withdraw(visit)
        book, version = office.visiting.book(visit), office.visiting.version(visit, 1)
        assert {one.uid: fields_of(one) for one in book.answers.values()} == {
            one.uid: fields_of(one) for one in version.answers.values()
        }
        assert [one.uid for one in book.photos] == [one.uid for one in version.photos]
        assert office.visiting.open(visit).unsettled == ()
        assert office.checks.check().sound

    assert each("withdraw", ready["amending"], tmp_path, look)[True] >= 1


def test_a_kill_while_a_photo_is_attached_leaves_a_whole_photo_or_none(ready: dict[str, Ready], tmp_path: Path) -> None:
    visit = ready["open"][1]

    def look(office: Office, _: Path, done: bool) -> None:
        photos = {photo.uid: photo for photo in office.visiting.book(visit).photos}
        assert ("photo-new" in photos) is done
        DEEDS["attach"](office, tmp_path, {"visit": visit})
        photo = office.records.get(VisitPhoto, "photo-new")
        assert photo.number == 4
        assert office.visiting.picture(photo.sha256 or "") == b"picture" * 20_000
        assert office.visiting.open(visit).thumbnails[photo.thumbnail or ""] == b"small" * 2_000
        for other in photos.values():
            if other.uid != "photo-new":
                Image.open(io.BytesIO(office.visiting.picture(other.sha256 or ""))).load()

    assert each("attach", ready["open"], tmp_path, look)[True] >= 1


@pytest.mark.parametrize(("name", "secret"), [("open", None), ("encrypted", "correct horse")])
def test_a_kill_while_keeping_leaves_all_that_was_said_together_or_nothing_of_it(
    ready: dict[str, Ready], tmp_path: Path, name: str, secret: str | None
) -> None:
    visit = ready[name][1]

    def look(office: Office, _: Path, done: bool) -> None:
        if not done:
            DEEDS["keep"](office, tmp_path, {"visit": visit})
        found = office.visiting.open(visit)
        assert [found.book.answer(code).rating for code in ("1.1", "8.3", "8.4")] == [2, 2, 2]
        assert {one.uid for one in found.unsettled} == {found.book.answer("9.1").uid, "action-typed"}
        assert (found.place, found.book.visit.comment) == ("8.4", "We accept it.")
        assert [one.uid for one in found.book.actions][-2:] == ["action-new", "action-typed"]
        assert (len(found.book.photos), "action-1" in {one.uid for one in found.book.actions}) == (2, False)

    # Each opening of an encrypted desk costs the tenth of a second that its key is made to cost.
    found = each("keep", ready[name], tmp_path, look, secret=secret, step=4 if secret else 1)
    assert secret or found[True] >= 1


def test_kills_at_any_moment_of_signing_again_and_again_leave_a_chain_of_whole_versions(
    ready: dict[str, Ready], tmp_path: Path
) -> None:
    """Not between statements but anywhere, also inside a commit: one desk, amended and signed and killed ten times."""
    source, visit = ready["signed"]
    path = tmp_path / "desk.s75desk"
    shutil.copyfile(source, path)
    luck, before, signed = chance(7), 1, []
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, str(HAND), "again", str(path), visit],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT,
        )  # fmt: skip
        assert process.stdout is not None
        # After so many signings, at once: where in the next one the kill falls is for the machine to say.
        for _ in range(luck.randint(1, 8)):
            assert process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate(timeout=60)
        with DeskFile.open(path) as desk:
            sound(desk)
            office = office_of(desk)
            book = office.visiting.book(visit)
            now = signed_content(office, visit)
            assert now[: len(signed)] == signed, "a signed version was changed"
            assert [version.number for version in book.versions] == list(range(1, len(book.versions) + 1))
            assert len(book.versions) > before + rest.count("\n")
            assert book.locked or book.visit.amends == len(book.versions)
            before, signed = len(book.versions), now


# --- printing -----------------------------------------------------------------------------------------------------


def papers_beside(place: Path) -> list[Path]:
    """What lies beside a paper and the desk."""
    ours = {"paper.pdf"}
    return [path for path in place.iterdir() if path.name not in ours and not path.name.startswith("desk.s75desk")]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_kill_while_a_paper_is_saved_leaves_the_old_one_or_the_new_one(
    ready: dict[str, Ready], tmp_path: Path, paper: str
) -> None:
    visit = ready["open"][1]
    seen: Counter[str] = Counter()

    def look(office: Office, place: Path, done: bool) -> None:
        there = (place / "paper.pdf").read_bytes()
        whole = there.startswith(b"%PDF-") and there.rstrip().endswith(b"%%EOF")
        assert there == b"last month's" or whole
        seen["new" if whole else "old"] += 1
        assert whole or not done, "what is filed is there"
        beside = papers_beside(place)
        seen["left"] += len(beside)
        assert len(beside) <= 1
        assert not any(path.suffix == ".pdf" for path in beside)
        made = made_of(office, paper, visit)
        saved = office.briefings.save_as(made, place / "paper.pdf")
        assert (place / "paper.pdf").read_bytes() == made.data == office.briefings.bytes_of(saved.uid)
        assert whole is False or there == made.data
        assert papers_beside(place) == [], "what the kill left is cleared away by the next time"
        assert office.records.get(Briefing, saved.uid).how == "saved as paper.pdf"

    found = each("save_as", ready["open"], tmp_path, look, paper=paper)
    assert found[True] >= 1
    assert min(seen["old"], seen["new"], seen["left"]) >= 1, (
        "it was killed before, while and after the file was written"
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_a_kill_while_a_paper_is_filed_leaves_it_whole_or_not_there(
    ready: dict[str, Ready], tmp_path: Path, paper: str
) -> None:
    def look(office: Office, _: Path, done: bool) -> None:
        rows = office.briefings.rows()
        assert len(rows) == int(done)
        for row in rows:
            assert office.briefings.bytes_of(row.uid).startswith(b"%PDF-")

    assert each("file", ready["open"], tmp_path, look, paper=paper)[True] >= 1


# --- backing up ---------------------------------------------------------------------------------------------------


def test_a_kill_while_backing_up_leaves_the_desk_with_its_drafts_and_no_half_backup(
    ready: dict[str, Ready], tmp_path: Path
) -> None:
    visit = ready["open"][1]
    typed = fields_of_drafts(ready["open"])

    def look(office: Office, place: Path, _: bool) -> None:
        assert {one.uid: fields_of(one) for one in office.visiting.open(visit).unsettled} == typed
        desk = office.place.desk
        assert isinstance(desk, DeskFile)
        root = place / "backups"
        for backup in list_backups(folder_of(root, desk.desk_id)):
            restored_holds(backup.path, place, visit, typed)
        made = make_backup(desk, root, AT, even_if_unchanged=True)
        assert made is not None
        restored_holds(made.path, place, visit, typed)

    each("back_up", ready["open"], tmp_path, look)


def fields_of_drafts(source: Ready) -> dict[str, dict[str, str]]:
    with DeskFile.open(source[0]) as desk:
        return {one.uid: fields_of(one) for one in office_of(desk).visiting.open(source[1]).unsettled}


def restored_holds(backup: Path, place: Path, visit: str, typed: dict[str, dict[str, str]]) -> None:
    target = place / "restored.s75desk"
    target.unlink(missing_ok=True)
    restore.restore(backup, target, None, now=AT)
    with DeskFile.open(target) as desk:
        found = office_of(desk).visiting.open(visit)
        assert {one.uid: fields_of(one) for one in found.unsettled} == typed
        assert found.place == "8.4"
        sound(desk)


def test_a_backup_made_while_words_are_being_typed_holds_those_that_were_there(
    ready: dict[str, Ready], tmp_path: Path
) -> None:
    """The officer goes on typing into the open visit while the copy is made."""
    source, visit = ready["open"]
    path = tmp_path / "desk.s75desk"
    shutil.copyfile(source, path)
    with DeskFile.open(path) as desk:
        office = office_of(desk)
        office.visiting.start(visit)
        # Large enough to be copied in several steps.
        for number in range(6):
            photo = VisitPhoto(uid=f"large-{number}", visit=visit, question="8.3")
            office.visiting.attach(photo, chance(number).randbytes(4 << 20), b"small")
        answer = office.visiting.book(visit).answer("9.2")
        office.visiting.keep(visit, typed=[replace(answer, seen="before the backup")])
        steps: list[float] = []

        def typing_on(share: float) -> None:
            steps.append(share)
            office.visiting.keep(visit, typed=[replace(answer, seen=f"letter {len(steps)}")])

        made = make_backup(desk, tmp_path / "backups", AT, advance=typing_on)
        assert made is not None
        assert len(steps) > 2
        assert office.visiting.open(visit).book.answer("9.2").seen == f"letter {len(steps)}"
        assert left_open(office.place) == visit
    restore.restore(made.path, tmp_path / "restored.s75desk", None, now=AT)
    with DeskFile.open(tmp_path / "restored.s75desk") as desk:
        office = office_of(desk)
        found = office.visiting.open(visit)
        assert found.book.answer("9.2").seen == "before the backup"
        assert found.book.answer("8.4").seen == "To the last let"
        assert left_open(office.place) == visit, "and the window comes back to the visit"
        sound(desk)
