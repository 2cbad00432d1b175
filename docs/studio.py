"""The studio of the pictures: a window with the sample desk on a fixed day, hands to work it, and a camera.

It stands outside the program and drives it as an officer would, by keys and by going to places. Nothing of the
machine it runs on is in a picture: desks lie in made-up folders and the clock stands still.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

_SCREEN = Path(tempfile.gettempdir()) / "s75desk-screen.json"
"""Without it the offscreen platform has a screen of 800 x 800, and menus are pushed about to fit."""
_SCREEN.write_text(
    json.dumps({"screens": [{"name": "studio", "x": 0, "y": 0, "width": 2200, "height": 1300, "logicalDpi": 96}]})
)
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_SCREEN}"
os.environ["TZ"] = "Europe/London"
time.tzset()

from PIL import Image  # noqa: E402 - after the environment is set
from PySide6.QtCore import QBuffer, QEvent, QEventLoop, QIODevice, QPoint, Qt, QTimer  # noqa: E402
from PySide6.QtGui import QCursor, QPainter, QPixmap  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget  # noqa: E402

from s75desk import paths  # noqa: E402
from s75desk.app import Program  # noqa: E402
from s75desk.domain.records import Agreement, Kpi, Milestone  # noqa: E402
from s75desk.domain.records.agreement import Progress  # noqa: E402
from s75desk.services.briefings import Wish  # noqa: E402
from s75desk.services.office import Office  # noqa: E402
from s75desk.services.sample_desk import fill  # noqa: E402
from s75desk.services.workplace import Workplace  # noqa: E402
from s75desk.ui.navigation import Destination  # noqa: E402

TODAY = date(2026, 2, 2)
WHO = "contract compliance officer"
SECRET = "four quiet wooden boats"  # noqa: S105 - of a made-up desk
_EXACT = 176
MADE_UP = Path("/home/officer/Documents")
"""Where pictures say that desks lie."""


def _few_colours(image: Image.Image) -> Image.Image:
    """The picture in 256 colours: those of the grounds, lines and shapes exactly, the edges of letters nearly."""
    import numpy as np

    counted = sorted(image.getcolors(image.width * image.height), reverse=True)
    exact = [colour for _, colour in counted[:_EXACT]]
    rest = [colour for _, colour in counted[_EXACT:]]
    if rest:
        line = Image.new("RGB", (len(rest), 1))
        line.putdata(rest)
        mixed = line.quantize(256 - len(exact), method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat = mixed.getpalette()[: 3 * (256 - len(exact))]
        exact += [tuple(flat[place : place + 3]) for place in range(0, len(flat), 3)]
    # Pillow's own mapping rounds colours off, which turns white a little grey.
    table = np.array(exact, dtype=np.int32)
    pixels, back = np.unique(np.asarray(image).reshape(-1, 3), axis=0, return_inverse=True)
    nearest = ((pixels[:, None, :].astype(np.int32) - table[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    small = Image.fromarray(nearest[back.reshape(-1)].astype(np.uint8).reshape(image.height, image.width), "P")
    small.putpalette([part for colour in exact for part in colour])
    return small


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.at = datetime(2026, 2, 2, 9, 41, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    @contextmanager
    def set(self, hour: int, minute: int, *, day: int = 2, month: int = 2) -> Iterator[None]:
        """Another moment for as long as it lasts."""
        was, self.at = self.at, datetime(2026, month, day, hour, minute, tzinfo=UTC)
        yield
        self.at = was


class Studio:
    """One window on one desk. ``make_pictures`` hands it to every scene.

    Args:
        application: The Qt application.
        folder: A fresh folder for everything that has to be a file.
        theme: "light" or "dark".
        size: Of the window.
    """

    def __init__(self, application: QApplication, folder: Path, theme: str, size: tuple[int, int]) -> None:
        self.application = application
        self.folder = folder
        self.size = size
        self.clock = Clock()
        self.program = Program(application, folder / "data", lambda: TODAY, self.clock)
        self.program.theme.set_choice(theme)  # type: ignore[arg-type]
        self.window = self.program.window
        self.window.resize(*size)
        self.theme = theme
        self.wide = size[0] >= 1800
        self.window.start(None)
        QCursor.setPos(size[0] + 50, size[1] + 50)

    # Desks

    def sample(self) -> Path:
        """A file with the sample desk, encrypted, backed up twice, worked in since; made once."""
        path = self.folder / "East.s75desk"
        if path.exists():
            return path
        desks = self.program.desks
        with self.clock.set(15, 20, day=30, month=1):
            desk = desks.create(path, SECRET)
            place = Workplace(desk, WHO, lambda: TODAY, self.clock)
            fill(place, paths.resource("sample"))
            desks.back_up()
        office = Office(place)
        with self.clock.set(8, 58):
            desks.back_up()
        with self.clock.set(9, 12):
            self._work(office)
        desks.close()
        return path

    def _work(self, office: Office) -> None:
        """A morning's changes, so that histories and filed briefings have something to show."""
        from dataclasses import replace

        agreement = office.agreements.by_reference("S75-2024-OT")
        dossier = office.agreements.dossier(agreement.uid)
        if dossier.milestones:
            office.records.save(replace(dossier.milestones[0], progress=Progress.DONE))
        office.records.save(replace(office.records.get(Agreement, agreement.uid), note="Kept with the signed copy."))
        extra = office.records.create(Milestone(agreement=agreement.uid, title="Copy of the work plan"))
        office.records.archive("milestone", extra.uid)
        for title, audience in (("S75-2024-OT", "Adults and Health Committee"), ("S75-2012-COT", "Governance Board")):
            found = office.agreements.by_reference(title)
            made = office.briefings.make(Wish(found.uid, TODAY, audience))
            office.briefings.file(made, "printed")

    def open_sample(self) -> None:
        """Open the sample desk."""
        path = self.sample()
        self.window.on_worker(lambda: self.program.desks.open(path, SECRET), self.window.opener.opened.emit)
        self.settle()

    def open_empty(self) -> None:
        """Open a desk with nothing in it."""
        path = self.folder / "New.s75desk"
        desks = self.program.desks
        take = desks.open if path.exists() else desks.create
        self.window.on_worker(lambda: take(path), self.window.opener.opened.emit)
        self.settle()

    def close_desk(self) -> None:
        """Close the desk and show the welcome page."""
        self.window.close_desk()
        self.settle()

    @property
    def office(self) -> Office:
        """The services of the open desk."""
        return self.view.operations.office

    @property
    def view(self) -> Any:
        """The open desk in the window."""
        return self.window.view

    @property
    def page(self) -> Any:
        """The page on show."""
        return self.view.current()

    def agreement(self, reference: str = "S75-2024-OT") -> str:
        """Uid of an agreement."""
        return self.office.agreements.by_reference(reference).uid

    def kpi(self, beginning: str) -> str:
        """Uid of the first KPI whose title begins so."""
        found = [row for row in self.office.kpis.rows(archived=False) if row.title.startswith(beginning)]
        return found[0].uid

    def record(self, cls: type[Kpi], uid: str) -> Kpi:
        """One record."""
        return self.office.records.get(cls, uid)

    # Hands

    def pump(self, milliseconds: int) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def settle(self, more: int = 60) -> None:
        """Wait until every answer has come and been painted."""
        self.pump(10)
        for _ in range(600):
            if not self.window.worker.busy:
                self.pump(15)
                if not self.window.worker.busy:
                    break
            self.pump(15)
        self.pump(more)

    def go(self, page: str, uid: str = "", sub: str = "", **rest: str) -> Any:
        """Go to a place."""
        self.view.go(Destination(page, uid, sub, **rest))
        self.settle()
        return self.page

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self.focus(), text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focus(), key, modifier)
        self.settle()

    def fill_in(self, form: Any, **typed: str) -> None:
        """Type into fields of a form by their names."""
        for name, text in typed.items():
            form.editor_row(name).editor.setFocus(Qt.FocusReason.TabFocusReason)
            self.pump(5)
            self.type(text)
        self.pump(5)

    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        return self.application.focusWidget() or self.window

    def clear(self) -> None:
        """Close whatever floats and let the notice go."""
        for top in self.application.topLevelWidgets():
            if isinstance(top, (QDialog, QMenu)) and top.isVisible():
                top.close()
        if self.view is not None:
            self.view.notice.dismiss()
            self.view.finder.close_sheet()
        self.window.notice.dismiss()
        from s75desk.ui.widgets.floating import FloatingSheet

        for sheet in self.window.findChildren(FloatingSheet):
            sheet.close_sheet()
        self.window.resize(*self.size)
        self.window.activateWindow()
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.pump(20)

    # Camera

    def take(self, file: Path) -> None:
        """Save what the window and whatever lies over it show, in as few colours as it needs."""
        self.pump(150)
        shot = self.window.grab()
        self._lay_over(shot)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.ReadWrite)
        shot.save(buffer, "PNG")
        image = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
        file.parent.mkdir(parents=True, exist_ok=True)
        _few_colours(image).save(file, optimize=True)

    def _lay_over(self, shot: QPixmap) -> None:
        """Dialogs in the middle with a thin edge, menus where they stand: offscreen each is a window of its own."""
        painter = QPainter(shot)
        for top in self.application.topLevelWidgets():
            if top is self.window or not top.isVisible() or top.parent() is None:
                continue
            if isinstance(top, QDialog):
                veil = self.program.theme.colour("scrim").toRgb()
                veil.setAlpha(70)
                painter.fillRect(shot.rect(), veil)
                place = QPoint((shot.width() - top.width()) // 2, (shot.height() - top.height()) // 2)
                painter.drawPixmap(place, top.grab())
                painter.setPen(self.program.theme.colour("line_strong"))
                painter.drawRect(place.x() - 1, place.y() - 1, top.width() + 1, top.height() + 1)
            else:
                painter.drawPixmap(self.window.mapFromGlobal(top.mapToGlobal(QPoint())), top.grab())
        painter.end()

    # Leaving

    def close(self) -> None:
        """Close window, desk and thread."""
        self.clear()
        self.window.close()
        self.settle()
        self.program.clear_away()
        self.window.deleteLater()
        self.application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@dataclass(frozen=True)
class Scene:
    """One picture.

    Attributes:
        name: Of the file, without theme and size.
        play: Brings the window there.
        desk: "sample", "empty" or "" for none.
        wide: Whether it is taken at 1920 too.
        tidy: Clears away what the play left, or None.
    """

    name: str
    play: Callable[[Studio], None]
    desk: str = "sample"
    wide: bool = True
    tidy: Callable[[Studio], None] | None = None


@contextmanager
def studio(application: QApplication, theme: str, size: tuple[int, int]) -> Iterator[Studio]:
    """A studio that clears up after itself."""
    with tempfile.TemporaryDirectory(prefix="s75desk-pictures-") as name:
        made = Studio(application, Path(name), theme, size)
        with _no_place_of_this_machine():
            yield made
        made.close()


@contextmanager
def _no_place_of_this_machine() -> Iterator[None]:
    """About shows folders: made-up ones in pictures."""
    from s75desk.ui.window import about

    was: tuple[Callable[[], Path], Callable[[], Path]] = (about.log_folder, about.data_folder)
    about.log_folder = lambda: Path("/home/officer/.local/state/s75desk/log")
    about.data_folder = lambda: Path("/home/officer/.local/share/s75desk")
    yield
    about.log_folder, about.data_folder = was
