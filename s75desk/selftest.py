"""``--self-test``: tries on a throw-away desk, offscreen, all that an installation has to be able to do.

It runs in the frozen program too, where there is no test suite. It says what it did, a line a step, and exits 1 at
the first step that fails. Part of the composition root: it may see every room.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from s75desk import __version__
from s75desk.domain.records import Agreement
from s75desk.paths import resource

TODAY = date(2026, 2, 2)
"""The as-at date of the self-test, so that every figure it looks for is known."""

SECRET = "correct horse battery staple"  # noqa: S105 - of a throw-away desk


class SelfTestFault(Exception):
    """A step did not come out as it must."""


def self_test() -> int:
    """Run every step; returns the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"s75desk {__version__} self-test", flush=True)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="s75desk-self-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with _own_folders(folder):
            for number, (words, step) in enumerate(_STEPS, start=1):
                try:
                    said = step(folder)
                except Exception as fault:  # noqa: BLE001 - whatever it is, it is said and ends the test
                    print(f"{number}. {words}: FAILED. {fault}", flush=True)
                    traceback.print_exc(file=sys.stdout)
                    return 1
                print(f"{number}. {words}: {said}", flush=True)
    print(f"Self-test passed: {len(_STEPS)} steps in {time.perf_counter() - started:.1f} s", flush=True)
    return 0


@contextmanager
def _own_folders(folder: Path) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ("S75DESK_DATA", "S75DESK_LOGS")}
    os.environ["S75DESK_DATA"] = str(folder / "data")
    os.environ["S75DESK_LOGS"] = str(folder / "logs")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _must(holds: bool, words: str) -> None:
    if not holds:
        raise SelfTestFault(words)


def _create(folder: Path) -> str:
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.office import Office
    from s75desk.services.sample_desk import fill
    from s75desk.services.workplace import Workplace

    with DeskFile.create(folder / "plain.s75desk") as desk:
        place = Workplace(desk, "self-test", lambda: TODAY)
        changes = fill(place, resource("sample"))
        agreement = Office(place).agreements.by_reference("S75-2024-OT")
        _must(agreement is not None, "the sample agreement S75-2024-OT is missing")
        assert agreement is not None
        dossier = Office(place).agreements.dossier(agreement.uid)
        _must(dossier.term.ends == date(2027, 3, 31), f"it ends {dossier.term.ends}")
        _must(dossier.term.last_end == date(2029, 3, 31), f"it ends at last {dossier.term.last_end}")
        _must(dossier.term.notice_by == date(2026, 3, 31), f"notice is due {dossier.term.notice_by}")
        _must(dossier.value.text == "£10,193,315", f"its value is {dossier.value.text}")
    return f"{len(changes.touched):,} records; S75-2024-OT ends 31 Mar 2027, worth £10,193,315"


def _encrypt(folder: Path) -> str:
    from s75desk.domain.errors import WrongPassphrase
    from s75desk.models.desk_file import DeskFile
    from s75desk.models.passphrase import change_passphrase

    path = folder / "secret.s75desk"
    shutil.copy(folder / "plain.s75desk", path)
    with DeskFile.open(path) as desk:
        change_passphrase(desk, SECRET)
    _must(not path.read_bytes().startswith(b"SQLite format 3"), "the file can be read without its passphrase")
    try:
        DeskFile.open(path, "wrong").close()
    except WrongPassphrase:
        pass
    else:
        raise SelfTestFault("a wrong passphrase opened the desk")
    DeskFile.open(path, SECRET).close()
    return "unreadable without its passphrase, opens with it"


def _migrate(folder: Path) -> str:
    from s75desk.models.desk_file import DeskFile
    from s75desk.models.migrations import LATEST

    path = folder / "older.s75desk"
    shutil.copy(resource("selftest", "schema-0001.s75desk"), path)
    with DeskFile.open(path, backups=folder / "backups") as desk:
        _must(desk.facts.revision == LATEST, f"the desk is at version {desk.facts.revision}, not {LATEST}")
        _must(desk.upgraded_from == 1, "the older desk was not upgraded")
    return f"a desk of version 1 is now of version {LATEST}, with a backup made before"


def _edit(folder: Path) -> str:
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.office import Office
    from s75desk.services.workplace import Workplace

    with DeskFile.open(folder / "secret.s75desk", SECRET) as desk:
        office = Office(Workplace(desk, "self-test", lambda: TODAY))
        made = office.records.create(Agreement(title="Self-test agreement", reference="SELF-TEST"))
        stored = office.records.get(Agreement, made.uid)
        office.records.revise(replace(stored, starts=date(2026, 4, 1), initial_months=36, notice_months=12))
        archived = office.records.archive("agreement", made.uid)
        office.records.undo(archived.change_id)
        dossier = office.agreements.dossier(made.uid)
        _must(dossier.term.ends == date(2029, 3, 31), f"the new agreement ends {dossier.term.ends}")
        _must(office.finder.find("self-test")[0].uid == made.uid, "the finder does not find it")
        report = office.checks.check()
        _must(report.sound, report.sentence)
    return f"entered, changed, archived, undone, found; {report.history_rows:,} rows of history hold together"


def _print(folder: Path) -> str:
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.briefings import Wish
    from s75desk.services.office import Office
    from s75desk.services.workplace import Workplace

    with DeskFile.open(folder / "secret.s75desk", SECRET) as desk:
        office = Office(Workplace(desk, "self-test", lambda: TODAY))
        agreement = office.agreements.by_reference("S75-2024-OT")
        assert agreement is not None
        wish = Wish(agreement.uid, TODAY, "Adults and Health Committee")
        made = office.briefings.make(wish)
        _must(made.data == office.briefings.make(wish).data, "two prints of the same briefing differ")
        office.briefings.save_as(made, folder / "briefing.pdf")
        sheet = office.exports.table("agreement")
        office.exports.write(sheet, folder / "agreements.xlsx")
        office.exports.write(sheet, folder / "agreements.csv")
    return f"{made.pages} pages, the same bytes twice; {len(sheet.rows)} agreements as .xlsx and .csv"


def _read_back(folder: Path) -> str:
    from s75desk.ui.self_check import read_pdf

    pages, text = read_pdf(folder / "briefing.pdf")
    for words in ("Occupational therapy, Section 75", "£10,193,315", "31 March 2026"):
        _must(words in text, f"the PDF does not say {words}")
    return f"{pages} pages say what they must"


def _back_up(folder: Path) -> str:
    from s75desk.services.desk import DeskService

    desks = DeskService(folder / "data")
    desks.open(folder / "secret.s75desk", SECRET)
    made = desks.back_up()
    desks.close()
    _must(made.encrypted, "the backup of an encrypted desk is not encrypted")
    return f"{made.path.name}, encrypted, {made.size // 1000:,} kB"


def _restore(folder: Path) -> str:
    from s75desk.services.desk import DeskService
    from s75desk.services.office import Office
    from s75desk.services.workplace import Workplace

    desks = DeskService(folder / "data")
    path = folder / "secret.s75desk"
    (backup,) = desks.backups_of(path)
    path.write_bytes(b"not a desk any more")
    restored = desks.restore(backup.path, path, SECRET)
    desk = desks.open(path, SECRET)
    office = Office(Workplace(desk, "self-test", lambda: TODAY))
    _must(office.agreements.by_reference("SELF-TEST") is not None, "the restored desk has lost the new agreement")
    _must(len(office.briefings.rows()) == 1, "the restored desk has lost the briefing")
    desks.close()
    _must(restored.aside is not None, "what was replaced was not kept")
    return "the damaged file was set aside and the desk is as it was"


def _window(folder: Path) -> str:
    from s75desk.app import Program
    from s75desk.ui.self_check import application, close_window, draw_pages

    program = Program(application(), folder / "window", lambda: TODAY)
    program.window.start()
    program.open_demo()
    try:
        pages = draw_pages(program.window)
    finally:
        close_window(program.window)
        program.clear_away()
    return f"{pages} pages of the sample desk drawn"


_STEPS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("Create a desk from the five reports", _create),
    ("Encrypt it", _encrypt),
    ("Migrate a desk of an older version", _migrate),
    ("Edit", _edit),
    ("Print", _print),
    ("Read the PDF back", _read_back),
    ("Back up", _back_up),
    ("Restore", _restore),
    ("Open the window", _window),
)
