"""The window: welcome, restore or an open desk, with its shortcuts and status bar. It only assembles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from s75desk import crash
from s75desk.domain.errors import DeskError
from s75desk.domain.lanes import Lane
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.enter import presses
from s75desk.ui.window import passphrase_change
from s75desk.ui.window.desk_files import DeskFiles
from s75desk.ui.window.desk_lock import DeskLock
from s75desk.ui.window.desk_opener import DeskOpener
from s75desk.ui.window.looks import Looks
from s75desk.ui.window.opening_page import OpeningPage
from s75desk.ui.window.settings import ViewSettings
from s75desk.ui.window.status_bar import StatusBar
from s75desk.ui.worker import Worker

if TYPE_CHECKING:
    from s75desk.domain.kept_overview import KeptOverview
    from s75desk.services.desk import Advance, Backup, DeskFile, DeskService, DeskStatus
    from s75desk.services.office import Office
    from s75desk.services.preferences import Preferences
    from s75desk.services.recent import RecentDesks
    from s75desk.ui.widgets.notice import Notice
    from s75desk.ui.window.desk_view import DeskView
    from s75desk.ui.window.restore_page import RestorePage
    from s75desk.ui.window.welcome import WelcomePage

UNSEEN_MS = 500
"""A window that is not painted, as one that starts as an icon, opens its desk after this time all the same."""

OPEN_TO_READ = (
    "Nothing can be written where this desk lies, so it is open to read: look, print, export and check. To change it, "
    "back it up to a file in a folder of yours (Desk, Back up to a file) and work in that."
)


class MainWindow(QMainWindow):
    """See the module.

    Signals:
        demo_wanted: The officer wants the sample desk.
        painted: The window has been painted for the first time; what is heavy is loaded from then on.
        desk_ready: A desk is open and its first page is on show.
        desk_left: No desk is open any more.

    Args:
        desks: What opens, makes, backs up and restores desks, made when it is first asked for.
        recent: The desks opened lately.
        preferences: What the window remembers.
        office_for: Makes the services of an open desk.
        today: The as-at date.
    """

    demo_wanted = Signal()
    painted = Signal()
    desk_ready = Signal()
    desk_left = Signal()

    def __init__(
        self,
        desks: Callable[[], DeskService],
        recent: RecentDesks,
        preferences: Preferences,
        office_for: Callable[[DeskFile], Office],
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self._desks = desks
        self._recent = recent
        self.preferences = preferences
        self._office_for = office_for
        self.today = today
        self._closing = False
        self._was_painted = False
        self._kept: KeptOverview | None = None
        self._alt_alone = False
        self.worker = Worker(self)
        self.opener = DeskOpener(desks, self.worker, self)
        self.view: DeskView | None = None
        self.setWindowTitle("s75desk")
        self.stack = QStackedWidget(self)
        self.opening = OpeningPage(self)
        self.lock = DeskLock(self)
        self.stack.addWidget(self.opening)
        self.setCentralWidget(self.stack)
        self.bar = StatusBar(self)
        self.setStatusBar(self.bar)
        self.files = DeskFiles(self)
        self.looks = Looks(self, preferences)
        self._connect()
        self.setMinimumSize(Theme.of(self).metrics.px(46), Theme.of(self).metrics.px(34))
        self.resize(1366, 768)

    @property
    def desks(self) -> DeskService:
        """What opens, makes, backs up and restores desks."""
        return self._desks()

    @cached_property
    def notice(self) -> Notice:
        """What is said where no desk is open."""
        from s75desk.ui.widgets.notice import Notice

        return Notice(self)

    @cached_property
    def welcome(self) -> WelcomePage:
        """The desks opened lately, and ways to others; made when it is first needed."""
        from s75desk.ui.window.welcome import WelcomePage

        page = WelcomePage(self)
        page.new_wanted.connect(self.files.make)
        page.open_wanted.connect(self.files.choose)
        page.demo_wanted.connect(self.demo_wanted)
        page.recent_wanted.connect(self.open_desk)
        page.forget_wanted.connect(self._forget)
        self.stack.addWidget(page)
        return page

    @cached_property
    def restore(self) -> RestorePage:
        """Why a desk did not open, and its backups; made when it is first needed."""
        from s75desk.ui.window.restore_page import RestorePage

        page = RestorePage(self)
        page.restore_wanted.connect(self._restore)
        page.retry_wanted.connect(self._retry)
        page.elsewhere_wanted.connect(self.show_welcome)
        page.choose_wanted.connect(self.files.choose_backup)
        self.stack.addWidget(page)
        return page

    # Starting

    def start(self, path: Path | None = None, kept: KeptOverview | None = None) -> None:
        """Show the window, and once it is painted open the desk that is named; else the welcome page.

        Args:
            path: The desk.
            kept: Its Overview as it was last, to be shown until it has been read anew.
        """
        if path is None:
            self.show_welcome()
        else:
            self.painted.connect(partial(self.opener.open, path))
            self.opening.say("Opening the desk")
            self._kept = kept
            if kept is not None:
                self.opening.show_kept(kept)
            self.stack.setCurrentWidget(self.opening)
        self.show()

        QTimer.singleShot(UNSEEN_MS, self, self._say_painted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once that the window has been painted."""
        super().paintEvent(event)
        if not self._was_painted:
            QTimer.singleShot(0, self, self._say_painted)

    def _say_painted(self) -> None:
        if not self._was_painted:
            from s75desk.ui.widgets.focus_ring import FocusRing
            from s75desk.ui.window.keys import add_keys

            self._was_painted = True
            FocusRing(self)
            add_keys(self)
            self.painted.emit()

    def show_welcome(self) -> None:
        """Show the welcome page with the desks opened lately."""
        self.welcome.show_recent(self._recent.all())
        self.stack.setCurrentWidget(self.welcome)
        self.bar.clear_desk()

    # Desk commands

    def open_desk(self, path: Path) -> None:
        """Close the desk that is open and open another."""
        self.leave(lambda: self.opener.open(path))

    def close_desk(self) -> None:
        """Back up if anything changed, close, and show the welcome page."""
        self.leave(self.show_welcome)

    def change_passphrase(self) -> None:
        """Give the desk a passphrase, another, or none."""
        passphrase_change.ask_for_passphrase(self)

    def set_passphrase(self, present: str, new: str) -> None:
        """Change the passphrase if the present one is right."""
        passphrase_change.change(self, present, new)

    def about(self) -> None:
        """Show versions and folders."""
        from s75desk.ui.window.about import AboutSheet

        if self.desks.is_open:
            self.on_worker(self.desks.status, lambda status: AboutSheet(self, status).open_centred())
        else:
            AboutSheet(self, None).open_centred()

    def help_here(self) -> None:
        """Say what this page is for and which keys there are."""
        from s75desk.ui.window.help_sheet import open_help

        if self.view is not None:
            open_help(self, self.view)

    # A desk is open

    def _opened(self, desk: DeskFile) -> None:
        from s75desk.ui.window.desk_commands import desk_commands
        from s75desk.ui.window.desk_view import DeskView

        self._drop_view()
        office = self._office_for(desk)
        commands, kept = partial(desk_commands, self), ViewSettings(self.preferences)
        self.view = DeskView(office, self.worker, kept, commands, self.demo_wanted.emit, self)
        self.view.wrote.connect(self._wrote)
        self.view.crashed.connect(self.told_crash)
        self.bar.follow(self.view.day, self.show_status)
        self.stack.addWidget(self.view)
        self.stack.setCurrentWidget(self.view)
        self.name_desk()
        self.lock.begin()
        # A visit has a bar of its own that says when it was saved.
        self.view.visits.filled.connect(self.bar.setHidden)
        overview = self.view.page("overview")
        if self._kept is not None:
            overview.show_kept(self._kept)
            self._kept = None
            self.opening.drop_kept()
        self.view.show_page("overview")
        self.view.visits.reopen()
        self.view.count_overdue()
        self.show_status()
        self.files.begin()
        if desk.read_only:
            self.say(OPEN_TO_READ, lasting=True)
        overview.ready.connect(self.desk_ready)

    def name_desk(self) -> None:
        """Put the name of the open desk into the title."""
        desk = self.desks.desk
        self.setWindowTitle(f"{desk.origin.stem}{' (open to read)' if desk.read_only else ''} – s75desk")

    def _wrote(self) -> None:
        if self.view is not None:
            self.bar.show_saved(self.view.operations.office.place.now())

    def show_status(self) -> None:
        if self.desks.is_open:
            self.on_desk(self.desks.status, self._take_status)

    def _take_status(self, status: DeskStatus) -> None:
        if self.view is not None:
            self.bar.show_desk(status, self.view.operations.office.place)

    def _failed(self, path: Path, trouble: DeskError, backups: Sequence[Backup]) -> None:
        self._drop_view()
        self.show_restore(path, trouble, backups)

    def show_restore(self, path: Path, trouble: DeskError | None, backups: Sequence[Backup]) -> None:
        self.restore.show_trouble(path, trouble, backups)
        self.stack.setCurrentWidget(self.restore)
        self.bar.clear_desk()

    def _refused(self, trouble: DeskError | None) -> None:
        if self.view is None:
            self.show_welcome()
        self.welcome.show_trouble(trouble)

    def _step(self, words: str) -> None:
        if self.view is None:
            self.opening.say(words)
            self.stack.setCurrentWidget(self.opening)

    def _restore(self, backup: Backup) -> None:
        if self.restore.path is not None:
            self.opener.restore(backup.path, self.restore.path, backup.encrypted)

    def _retry(self) -> None:
        if self.restore.path is not None:
            self.opener.open(self.restore.path)

    def _forget(self, path: Path) -> None:
        self._recent.forget(path)
        self.welcome.show_recent(self._recent.all())

    # Leaving

    def tell(self, words: str) -> None:
        """Say something that stays until it is dismissed."""
        self.say(words, lasting=True)

    def leave(self, then: Callable[[], None]) -> None:
        """Back the open desk up if anything changed, close it, then go on; asks where it cannot be backed up."""
        if self.view is None:
            self._leave(then)
        else:
            self.view.visits.before_closing(lambda: self._leave(then))

    def _leave(self, then: Callable[[], None]) -> None:
        if self.view is not None:
            self.view.put_away()

        def back_up() -> None:
            if self.desks.is_open:
                self.desks.back_up_if_changed()

        def close(_: object = None) -> None:
            self.on_worker(self.desks.close, gone, not_closed, Lane.ALONE)

        def gone(_: object) -> None:
            self._drop_view()
            then()

        def not_closed(trouble: DeskError) -> None:
            self._drop_view()
            self._say_trouble(trouble)
            then()

        def ask(trouble: DeskError) -> None:
            self.files.ask_without_backup(trouble, try_it, close)

        def try_it() -> None:
            self.on_worker(back_up, close, ask, Lane.ALONE)

        try_it()

    def stay(self) -> None:
        """Go on with the desk that was about to be closed."""
        self._opened(self.desks.desk)

    def _drop_view(self) -> None:
        self.files.end()
        self.lock.end()
        view, self.view = self.view, None
        self.bar.show()
        if view is not None:
            view.visits.close()
            self.stack.removeWidget(view)
            for floating in (view.finder.scrim, view.finder, view.notice):
                floating.deleteLater()
            view.hide()
            view.deleteLater()
            self.desk_left.emit()
        self.setWindowTitle("s75desk")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Back up if anything changed, close the desk, end the thread; then the window goes."""
        self.preferences.keep("window", [self.width(), self.height()])
        if self._closing or not self.desks.is_open:
            self.worker.stop()
            self.desks.close()
            return
        event.ignore()
        self.leave(self._close_now)

    def _close_now(self) -> None:
        self._closing = True
        self.close()

    # Trouble

    def told_crash(self, error: BaseException) -> None:
        """Our own fault: note it, say so, go on."""
        crash.tell(error)
        self.say(crash.SENTENCE, lasting=True)

    def _say_trouble(self, trouble: DeskError) -> None:
        self.say(f"{trouble.what} {trouble.remedy}".strip(), lasting=True)

    def say(self, words: str, *, lasting: bool = False) -> None:
        notice = self.view.notice if self.view is not None else self.notice
        notice.say(words, icon="warning" if lasting else "tick", lasting=lasting)

    def on_desk(self, job: Callable[[], object], done: Callable[..., None], lane: Lane = Lane.READ) -> None:
        if self.desks.is_open:
            self.on_worker(job, done, lane=lane)

    def on_worker(
        self,
        job: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[DeskError], None] | None = None,
        lane: Lane = Lane.READ,
    ) -> None:
        """Run a job in a lane; trouble of the environment goes to ``failed`` or a notice, our own to a report."""

        def answer(trouble: BaseException) -> None:
            if isinstance(trouble, DeskError):
                (failed or self._say_trouble)(trouble)
            else:
                self.told_crash(trouble)

        self.worker.submit(self, job, done, answer, lane=lane)

    def slowly(
        self,
        title: str,
        job: Callable[[Advance], object],
        done: Callable[..., None],
        stopped: str,
        icon: str = "backup",
        lane: Lane = Lane.OUT,
    ) -> None:
        """Work that may take long: with progress and a way to stop it."""
        from s75desk.ui.window.long_work import LongWork

        assurance = "The desk stays as it is until this is done."
        work = LongWork(self, title, assurance, stopped, icon)
        work.run(partial(self.on_worker, lane=lane), job, done, self._say_trouble)

    # Keys

    def _connect(self) -> None:
        self.opener.opened.connect(self._opened)
        self.opener.failed.connect(self._failed)
        self.opener.refused.connect(self._refused)
        self.opener.step.connect(self._step)
        self.opener.crashed.connect(self.told_crash)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt by itself opens the menu when it is let go; Enter presses the button that has the keyboard."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        if not presses(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt by itself opens the menu."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone and self.view is not None and not self.lock.locked:
            self.view.top_bar.open_menu()
        self._alt_alone = False
        super().keyReleaseEvent(event)
