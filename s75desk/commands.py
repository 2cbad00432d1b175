"""The verbs of the command line: each opens a desk, does one thing, says what it did and closes the desk.

Part of the composition root: like ``app.py`` it may see every room, but nothing may see it.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from s75desk.domain.errors import DeskError, WrongPassphrase
from s75desk.domain.parsing import NotUnderstood, parse_date
from s75desk.domain.passphrases import too_short
from s75desk.domain.wording import plural
from s75desk.models.desk_file import DeskFile
from s75desk.models.files import remove_database
from s75desk.paths import data_folder, resource
from s75desk.services.keeper import WHO, keeper_of
from s75desk.services.office import Office
from s75desk.services.workplace import Workplace

if TYPE_CHECKING:
    from s75desk.domain.findings import Question
    from s75desk.services.briefings import AnyWish

T = TypeVar("T")

PASSPHRASE = "S75DESK_PASSPHRASE"  # noqa: S105 - the name of the variable, not what it holds
"""Environment variable that a passphrase is read from."""


@contextmanager
def open_office(path: Path, today: Callable[[], date] = date.today) -> Iterator[Office]:
    """The services of a desk, opened for one command and closed after it.

    Raises:
        DeskError: If it cannot be opened.
    """
    desk = _open(path)
    try:
        yield Office(Workplace(desk, keeper_of(desk), today))
    finally:
        desk.close()


def _open(path: Path) -> DeskFile:
    from s75desk.services.desk import DeskService

    return _unlocked(lambda given: DeskService(data_folder()).open(path, given, remember=False))


def _unlocked(do: Callable[[str | None], T]) -> T:
    """Do something with the passphrase of the environment; without one, ask for it if it turns out to be needed."""
    given = os.environ.get(PASSPHRASE)
    try:
        return do(given)
    except WrongPassphrase as trouble:
        if given is not None:
            raise
        if not sys.stdin or not sys.stdin.isatty():
            raise WrongPassphrase(trouble.what, f"Put it into the environment variable {PASSPHRASE}.") from trouble
    return do(getpass.getpass("Passphrase: "))


def new(options: Namespace) -> str:
    """``new DESK [--sample]``."""
    from s75desk.services.sample_desk import fill

    path = Path(options.desk)
    given = os.environ.get(PASSPHRASE)
    if given and too_short(given):
        raise DeskError(f"{path.name} was not made: the passphrase in {PASSPHRASE} is too short.", too_short(given))
    with DeskFile.create(path, given) as desk:
        if not options.sample:
            return f"Made {path.name}, an empty desk{_kept(desk)}."
        try:
            changes = fill(Workplace(desk, WHO), resource("sample"))
        except BaseException:
            desk.close()
            remove_database(desk.path)  # Half of a sample is no desk.
            raise
        return f"Made {path.name} with {len(changes.touched):,} records from the five reports{_kept(desk)}."


def brief(options: Namespace) -> str:
    """``brief agreement|sheet|report|provider|kpi|actions --desk DESK ... [--as-of DATE] -o OUT.pdf``."""
    out = Path(options.out)
    if out.suffix.lower() != ".pdf":
        # Any other file of that name, a desk for one, would be written over.
        raise DeskError(f"Not saved: {out.name} does not end in .pdf.", "Give it that ending.")
    with open_office(Path(options.desk)) as office:
        _look_at(options, office)
        made = office.briefings.make(_WISHES[options.kind](options, office, office.place.day()))
        office.briefings.save_as(made, out)
    content = f" Content {made.content}." if made.content else ""
    draft = " It is a draft that is not signed." if made.content and made.version is None else ""
    missing = "".join(f" {warning}" for warning in made.warnings)
    return f"Saved {options.out}: {plural(made.pages, 'page')}, SHA-256 {made.sha256}.{content}{draft}{missing}"


def _look_at(options: Namespace, office: Office) -> None:
    """Work everything out as at the day that was asked for; today if none was."""
    as_of = getattr(options, "as_of", None)
    office.place.looks_at(_day(as_of) if as_of else None)


def _of_agreement(options: Namespace, office: Office, as_at: date) -> AnyWish:
    from s75desk.services.briefings import Wish

    agreement = office.agreements.by_reference(options.agreement)
    if agreement is None:
        raise DeskError(
            f"No agreement has the reference {options.agreement}.", "“s75desk export agreement” lists them."
        )
    offered = [key for key, _ in office.briefings.sections()]
    unheard = [key for key in options.section or () if key not in offered]
    if unheard:
        raise DeskError(f"There is no section called {unheard[0]}.", f"Use one of: {', '.join(offered)}.")
    sections = tuple(offered) if options.all else tuple(options.section or ())
    return Wish(agreement.uid, as_at, options.audience or "", sections, options.workings)


def _of_visit(options: Namespace, office: Office, as_at: date) -> AnyWish:
    from s75desk.domain.records.briefing import BriefingKind
    from s75desk.services.briefings import VisitWish

    visit = office.briefings.visits.find(options.visit, _day(options.on) if options.on else None)
    kind = BriefingKind.FEEDBACK_SHEET if options.kind == "sheet" else BriefingKind.VISIT_REPORT
    return VisitWish(visit, kind, as_at, options.version, options.audience or "", getattr(options, "workings", False))


def _of_provider(options: Namespace, office: Office, as_at: date) -> AnyWish:
    from s75desk.services.paper_wishes import ProviderWish

    return ProviderWish(_named(office, "provider", options.provider), as_at, options.audience or "")


def _of_kpi(options: Namespace, office: Office, as_at: date) -> AnyWish:
    from s75desk.services.paper_wishes import KpiWish

    return KpiWish(_named(office, "kpi", options.kpi), as_at, options.audience or "")


def _of_actions(options: Namespace, office: Office, as_at: date) -> AnyWish:
    from s75desk.domain.printed import PlanBy
    from s75desk.services.paper_wishes import PlanWish

    return PlanWish(PlanBy[options.by.upper()], as_at, audience=options.audience or "")


def _named(office: Office, kind: str, name: str) -> str:
    """Uid of the one live record of a kind that has this uid or this title.

    Raises:
        DeskError: If there is none, or several have the title.
    """
    wanted = " ".join(name.split()).casefold()
    names = {uid: " ".join(title.split()).casefold() for uid, title in office.records.lookup(kind)}
    found = [uid for uid, title in names.items() if wanted in (uid, title)]
    namesakes = [uid for uid, title in names.items() if title.startswith(f"{wanted}, ")]
    if not found and len(namesakes) > 1:
        found = namesakes
    if len(found) != 1:
        what = f"{plural(len(found), 'record')} have the name {name}" if found else f"No {kind} is called {name}"
        raise DeskError(f"{what}.", f"Use the id: “s75desk export {kind}” lists them.")
    return found[0]


_WISHES: dict[str, Callable[[Namespace, Office, date], AnyWish]] = {
    "agreement": _of_agreement,
    "sheet": _of_visit,
    "report": _of_visit,
    "provider": _of_provider,
    "kpi": _of_kpi,
    "actions": _of_actions,
}


def export(options: Namespace) -> str:
    """``export TABLE --desk DESK [--as-of DATE] -o OUT.xlsx|OUT.csv``."""
    with open_office(Path(options.desk)) as office:
        _look_at(options, office)
        sheet = office.exports.table(options.table)
        office.exports.write(sheet, Path(options.out))
    return f"Exported {options.out}: {plural(len(sheet.rows), 'row')} of {sheet.name}."


def calendar(options: Namespace) -> str:
    """``calendar DESK -o OUT.ics``."""
    with open_office(Path(options.desk)) as office:
        return office.calendars.save(Path(options.out)).label


def check(options: Namespace) -> str:
    """``check DESK [--json]``; exits 1 if anything is damaged."""
    with open_office(Path(options.desk)) as office:
        report = office.checks.check()
    if options.json:
        text = json.dumps(
            {
                "sound": report.sound,
                "damage": list(report.damage),
                "history_rows": report.history_rows,
                "history_broken_at": report.broken_at,
                "damaged_files": list(report.damaged_files),
                "signed_visits": list(report.visits),
                "questions": [_in_doubt(title, question) for title, question in report.questions],
                "answered": [_in_doubt(title, question) for title, question in report.answered],
            },
            indent=2,
        )
    else:
        lines = [f"Damaged: {damage}" for damage in report.damage]
        if report.broken_at is not None:
            lines.append(f"The history chain is broken at row {report.broken_at} of {report.history_rows}.")
        lines += [f"A kept file does not match its fingerprint: {name}" for name in report.damaged_files]
        lines += [f"Not as it was signed: {fault}" for fault in report.visits]
        if report.sound:
            lines.append(f"Sound: the file is whole and all {report.history_rows:,} rows of history hold together.")
        lines += [f"In doubt: {q.title} ({title}; {q.source})" for title, q in report.questions]
        text = "\n".join(lines)
    if not report.sound:
        print(text)
        raise DeskError(f"{Path(options.desk).name} is damaged.", "Restore a backup: s75desk restore BACKUP -o DESK.")
    return text


def _in_doubt(agreement: str, question: Question) -> dict[str, object]:
    """A doubt with its answer, if it has one."""
    found: dict[str, object] = {
        "agreement": agreement,
        "check": question.check,
        "title": question.title,
        "text": question.text,
        "source": question.source,
    }
    if (answer := question.answer) is not None:
        found["answer"] = answer.reply.value if answer.reply else None
        found["answered_by"] = answer.who
        found["answered_on"] = answer.answered.isoformat() if answer.answered else None
        found["note"] = answer.note
    return found


def backup(options: Namespace) -> str:
    """``backup DESK [-o FILE]``."""
    from s75desk.services.desk import back_up_to

    made = _unlocked(lambda given: back_up_to(Path(options.desk), options.out and Path(options.out), given))
    return f"Backed up to {made}."


def restore(options: Namespace) -> str:
    """``restore BACKUP -o DESK``."""
    from s75desk.services.desk import restore_from

    return _unlocked(lambda given: restore_from(Path(options.backup), Path(options.out), given))


def _kept(desk: DeskFile) -> str:
    return ", encrypted" if desk.encrypted else ""


def _day(text: str) -> date:
    try:
        return parse_date(text, datetime.now().astimezone().date())
    except NotUnderstood as trouble:
        raise DeskError(f"“{text}” is not a date that can be read.", trouble.reason) from trouble
