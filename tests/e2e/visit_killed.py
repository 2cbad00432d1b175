"""Does one thing to a desk again and again, and is killed at a later moment each time: run as a process of its own.

Each time a fresh copy of the desk is opened in a child of this process, and the thing is done. The child counts the
moments at which it could die (each statement before it is run, each commit before and after, each step of writing a
file) and kills itself at the first, then at the second, and so on, until the thing is done before its moment comes.
The copies are left for the test to look at; how many there are is said on standard output.

Arguments: what to do, the desk, a folder for the copies, and the rest as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from s75desk.domain.records import Action, VisitPhoto
from s75desk.domain.records.briefing import BriefingKind
from s75desk.models.backup import make_backup
from s75desk.models.desk_file import DeskFile
from s75desk.services.briefings import Made, VisitWish, Wish
from s75desk.services.office import Office
from tests.unit.record_help import TODAY, office_of
from tests.unit.signing import stamped

Rest = dict[str, Any]
Do = Callable[[Office, Path, Rest], object]

PAPERS = ("agreement", "sheet", "report")


class Moments:
    """Counts the moments at which the process could die, and dies at one of them."""

    def __init__(self, at: int) -> None:
        self._left = at

    def __call__(self, *_: object, **__: object) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, module: Any, name: str) -> None:
        """A moment before a function and one after it."""
        real = getattr(module, name)

        def between(*args: Any, **named: Any) -> Any:
            self()
            done = real(*args, **named)
            self()
            return done

        setattr(module, name, between)


# --- what is done -------------------------------------------------------------------------------------------------


def finish(office: Office, _: Path, rest: Rest) -> object:
    return office.visiting.finish(rest["visit"])


def amend(office: Office, _: Path, rest: Rest) -> object:
    return office.visiting.amend(rest["visit"], "The chart was found.")


def withdraw(office: Office, _: Path, rest: Rest) -> object:
    return office.visiting.withdraw(rest["visit"])


def attach(office: Office, _: Path, rest: Rest) -> object:
    photo = VisitPhoto(uid="photo-new", visit=rest["visit"], question="8.3")
    return office.visiting.attach(photo, b"picture" * 20_000, b"small" * 2_000)


def keep(office: Office, _: Path, rest: Rest) -> object:
    """Everything that a keep can do, in one: settled, put back, typed, taken out, and the place."""
    visit = rest["visit"]
    book = office.visiting.book(visit)
    action = Action(uid="action-new", title="Audit charts", visit=visit, service=book.visit.service)
    return office.visiting.keep(
        visit,
        settled=[
            *(replace(book.answer(code), rating=2, seen="Two charts read.") for code in ("1.1", "8.3", "8.4")),
            replace(book.visit, comment="We accept it."),
            action,
        ],
        typed=[replace(book.answer("9.1"), seen="Half a sent"), replace(action, uid="action-typed", title="")],
        removed=[book.photos[0], book.actions[0]],
        place="8.4",
    )


def save_as(office: Office, folder: Path, rest: Rest) -> object:
    made: Made = rest["made"]
    return office.briefings.save_as(made, folder / "paper.pdf")


def file(office: Office, _: Path, rest: Rest) -> object:
    return office.briefings.file(rest["made"], "printed")


def back_up(office: Office, folder: Path, rest: Rest) -> object:
    desk = office.place.desk
    assert isinstance(desk, DeskFile)
    return make_backup(desk, folder / "backups", office.place.now(), advance=rest["moments"])


DEEDS: dict[str, Do] = {
    "finish": finish,
    "amend": amend,
    "withdraw": withdraw,
    "attach": attach,
    "keep": keep,
    "save_as": save_as,
    "file": file,
    "back_up": back_up,
}


def made_of(office: Office, paper: str, visit: str) -> Made:
    """A paper ready to be saved or filed."""
    wish: Wish | VisitWish
    if paper == "agreement":
        agreement = office.agreements.rows()[0].uid
        wish = Wish(agreement, TODAY, sections=("position",))
    else:
        kind = {"sheet": BriefingKind.FEEDBACK_SHEET, "report": BriefingKind.VISIT_REPORT}[paper]
        wish = VisitWish(visit, kind, TODAY)
    return office.briefings.make(wish)


# --- again and again ----------------------------------------------------------------------------------------------


def once(do: Do, path: Path, folder: Path, rest: Rest, at: int) -> None:
    """In a child: open the copy, do it, and die at a moment."""
    moments = Moments(at)
    desk = DeskFile.open(path, rest.get("secret"))
    event.listen(desk.engine, "before_cursor_execute", moments)
    event.listen(desk.engine, "commit", moments)
    for module, name in ((os, "fsync"), (os, "replace"), (os, "link"), (os, "open"), (os, "unlink")):
        moments.around(module, name)
    do(office_of(desk, date(2026, 2, 2)), folder, rest | {"moments": moments})
    moments()  # done, and killed before anything else


def main(deed: str, desk: str, results: str, rest_text: str) -> int:
    """See the module."""
    rest: Rest = json.loads(rest_text)
    source, folder = Path(desk), Path(results)
    if "paper" in rest:
        copy = folder / "paper.s75desk"
        shutil.copyfile(source, copy)
        with DeskFile.open(copy, rest.get("secret")) as opened:
            rest["made"] = made_of(office_of(opened), rest["paper"], rest["visit"])
        copy.unlink()
    for at in count(1, rest.get("step", 1)):
        place = folder / f"{at:04}"
        place.mkdir()
        shutil.copyfile(source, place / "desk.s75desk")
        if "paper" in rest:
            (place / "paper.pdf").write_bytes(b"last month's")
        child = os.fork()
        if child == 0:
            try:
                once(DEEDS[deed], place / "desk.s75desk", place, rest, at)
            except BaseException as trouble:  # noqa: BLE001 - told by the parent
                print(repr(trouble), file=sys.stderr, flush=True)
                os._exit(3)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            continue
        if os.waitstatus_to_exitcode(status) != 0:
            return 1
        print(at, flush=True)
        break
    return 0


def again_for_ever(desk: str, visit: str) -> int:
    """Amend, sign and finish one visit until the process is killed; says so before each begins."""
    with DeskFile.open(Path(desk)) as opened:
        office = office_of(opened)
        number = 0
        while True:
            number += 1
            book = office.visiting.book(visit)
            if book.locked:
                office.visiting.amend(visit, f"Amendment {number}.")
                book = office.visiting.book(visit)
            now = office.place.now()
            settled = [
                replace(book.answer("8.3"), seen=f"As seen at amendment {number}. " * 20),
                *(replace(one, strokes="[[[1, 2]]]", signed=now) for one in book.signatures.values()),
            ]
            typed = [replace(book.answer("8.4"), seen=f"Typed at amendment {number}.")]
            office.visiting.keep(visit, settled=stamped(book, settled, typed), typed=typed)
            office.visiting.finish(visit)
            print(number, flush=True)


if __name__ == "__main__":
    sys.exit(again_for_ever(*sys.argv[2:]) if sys.argv[1] == "again" else main(*sys.argv[1:]))
