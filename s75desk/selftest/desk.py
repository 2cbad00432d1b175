"""The desk file: created, encrypted, migrated, edited, backed up, restored."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement
from s75desk.paths import resource
from s75desk.selftest.ground import SECRET, TODAY, SelfTestFault, must
from s75desk.selftest.visit import signed_today


def create(folder: Path) -> str:
    """Create a desk, fill it from the five reports, and work out what is known of one agreement."""
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.office import Office
    from s75desk.services.sample_desk import fill
    from s75desk.services.workplace import Workplace

    with DeskFile.create(folder / "plain.s75desk") as desk:
        place = Workplace(desk, "self-test", lambda: TODAY)
        changes = fill(place, resource("sample"))
        agreement = Office(place).agreements.by_reference("S75-2024-OT")
        must(agreement is not None, "the sample agreement S75-2024-OT is missing")
        assert agreement is not None
        dossier = Office(place).agreements.dossier(agreement.uid)
        must(dossier.term.ends == date(2027, 3, 31), f"it ends {dossier.term.ends}")
        must(dossier.term.last_end == date(2029, 3, 31), f"it ends at last {dossier.term.last_end}")
        must(dossier.term.notice_by == date(2026, 3, 31), f"notice is due {dossier.term.notice_by}")
        must(dossier.value.value == 10_193_315, f"its value is {dossier.value.text}")
    return f"{len(changes.touched):,} records; S75-2024-OT ends 31 Mar 2027, worth £10,193,315"


def encrypt(folder: Path) -> str:
    """Encrypt it, and try to open it without its passphrase."""
    from s75desk.domain.errors import WrongPassphrase
    from s75desk.models.desk_file import DeskFile
    from s75desk.models.passphrase import change_passphrase

    path = folder / "secret.s75desk"
    shutil.copy(folder / "plain.s75desk", path)
    with DeskFile.open(path) as desk:
        change_passphrase(desk, SECRET)
    must(not path.read_bytes().startswith(b"SQLite format 3"), "the file can be read without its passphrase")
    try:
        DeskFile.open(path, "wrong").close()
    except WrongPassphrase:
        pass
    else:
        raise SelfTestFault("a wrong passphrase opened the desk")
    DeskFile.open(path, SECRET).close()
    return "unreadable without its passphrase, opens with it"


def migrate(folder: Path) -> str:
    """Open a desk of the first version."""
    from s75desk.models.desk_file import DeskFile
    from s75desk.models.migrations import LATEST

    path = folder / "older.s75desk"
    shutil.copy(resource("selftest", "schema-0001.s75desk"), path)
    with DeskFile.open(path, backups=folder / "backups") as desk:
        must(desk.facts.revision == LATEST, f"the desk is at version {desk.facts.revision}, not {LATEST}")
        must(desk.upgraded_from == 1, "the older desk was not upgraded")
    return f"a desk of version 1 is now of version {LATEST}, with a backup made before"


def edit(folder: Path) -> str:
    """Enter, change, archive, undo, find, and check the desk."""
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.office import Office
    from s75desk.services.workplace import Workplace

    with DeskFile.open(folder / "secret.s75desk", SECRET) as desk:
        office = Office(Workplace(desk, "self-test", lambda: TODAY))
        made = office.records.create(Agreement(title="Self-test agreement", reference="SELF-TEST"))
        stored = office.records.get(Agreement, made.uid)
        office.records.revise(
            replace(stored, starts=date(2026, 4, 1), first_term=Length(years=3), notice=Length(months=12))
        )
        archived = office.records.archive("agreement", made.uid)
        office.records.undo(archived.change_id)
        dossier = office.agreements.dossier(made.uid)
        must(dossier.term.ends == date(2029, 3, 31), f"the new agreement ends {dossier.term.ends}")
        must(office.finder.find("self-test")[0].uid == made.uid, "the finder does not find it")
        report = office.checks.check()
        must(report.sound, report.sentence)
    return f"entered, changed, archived, undone, found; {report.history_rows:,} rows of history hold together"


def back_up(folder: Path) -> str:
    """Back the desk up."""
    from s75desk.services.desk import DeskService

    desks = DeskService(folder / "data")
    desks.open(folder / "secret.s75desk", SECRET)
    made = desks.back_up()
    desks.close()
    must(made.encrypted, "the backup of an encrypted desk is not encrypted")
    return f"{made.path.name}, encrypted, {made.size // 1000:,} kB"


def restore(folder: Path) -> str:
    """Damage the desk and restore its backup."""
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
    must(office.agreements.by_reference("SELF-TEST") is not None, "the restored desk has lost the new agreement")
    must(len(office.briefings.rows()) == 3, "the restored desk has lost a briefing")
    must(signed_today(office).locked, "the restored desk has lost the signed visit")
    report = office.checks.check()
    must(report.sound, " ".join((report.sentence, *report.visits)))
    desks.close()
    must(restored.aside is not None, "what was replaced was not kept")
    return "the damaged file was set aside and the desk is as it was"
