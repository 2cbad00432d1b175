"""The large view of a photo: where it stands, its keys, its caption, and that nothing typed in it is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from s75desk.domain.errors import NotFound
from s75desk.domain.records import VisitPhoto
from s75desk.ui.theme import Theme
from s75desk.ui.visit.photo_viewer import PhotoViewer
from s75desk.ui.widgets.buttons import ToolIcon
from s75desk.ui.widgets.labels import Label
from tests.ui.visit.photo_help import packed, photos


class Told:
    """What a viewer told and asked for."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.typed: list[tuple[str, str]] = []
        self.captions: list[tuple[str, str]] = []
        self.removed: list[str] = []

    def picture(self, photo: VisitPhoto) -> bytes:
        self.read.append(photo.uid)
        if photo.uid == "u3":
            raise NotFound("That photo is not in this desk.", "Restore a backup that holds it.")
        return b"no jpeg" if photo.uid == "u4" else packed(800, 600, hue=120 * (photo.number or 0))

    def listen(self, viewer: PhotoViewer) -> None:
        viewer.caption_typed.connect(self._typed)
        viewer.caption_changed.connect(self._changed)
        viewer.remove_asked.connect(self.removed.append)

    def _typed(self, uid: str, caption: str) -> None:
        self.typed.append((uid, caption))

    def _changed(self, uid: str, caption: str) -> None:
        self.captions.append((uid, caption))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def opener(window: QMainWindow, qtbot: QtBot) -> QPushButton:
    button = QPushButton("The photo")
    QVBoxLayout(window.centralWidget()).addWidget(button)
    qtbot.waitUntil(button.isVisible)
    button.setFocus()
    return button


Opened = Callable[..., PhotoViewer]


@pytest.fixture
def opened(opener: QPushButton, told: Told) -> Opened:
    def make(uid: str = "u1", count: int = 5, **named: bool) -> PhotoViewer:
        viewer = PhotoViewer(opener, photos(count), told.picture, **named)
        told.listen(viewer)
        viewer.open_photo(uid)
        return viewer

    return make


def heading(viewer: PhotoViewer) -> str:
    return next(label.text() for label in viewer.findChildren(Label) if label.text().startswith("Photo "))


def test_it_fills_the_window_and_shows_the_photo_whole(opened: Opened, window: QMainWindow, told: Told) -> None:
    viewer = opened("u1")
    assert viewer.sheet_rect().width() > window.width() - 60
    assert told.read == ["u1"], "only the one that is shown is read"
    assert heading(viewer) == "Photo 2 of 5"
    where = viewer.view.picture_rect()
    assert viewer.view.rect().contains(where)
    assert abs(where.width() / where.height() - 4 / 3) < 0.01
    shown = viewer.view.grab().toImage()
    assert shown.pixelColor(where.center()).blue() > 180
    assert viewer.view.accessibleName() == "Photo 2 of 5: Chart 2"


def test_a_small_photo_is_not_blown_up(opened: Opened, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "picture", lambda _photo: packed(40, 30))
    viewer = opened("u0")
    assert viewer.view.picture_rect().size() == QSize(40, 30)


def test_arrow_keys_go_from_photo_to_photo_and_stop_at_the_ends(opened: Opened, qtbot: QtBot, told: Told) -> None:
    viewer = opened("u1", 3)
    assert viewer.view.hasFocus()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    assert heading(viewer) == "Photo 3 of 3"
    assert not viewer.next.isEnabled()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    qtbot.keyClick(viewer.view, Qt.Key.Key_PageUp)
    qtbot.mouseClick(viewer.previous, Qt.MouseButton.LeftButton)
    assert heading(viewer) == "Photo 1 of 3"
    assert not viewer.previous.isEnabled()
    assert told.read == ["u1", "u2", "u1", "u0"]


def test_esc_closes_and_the_keyboard_returns(opened: Opened, opener: QPushButton, qtbot: QtBot) -> None:
    viewer = opened()
    with qtbot.waitSignal(viewer.closed):
        qtbot.keyClick(viewer.view, Qt.Key.Key_Escape)
    assert opener.hasFocus()
    viewer = opened()
    close = next(part for part in viewer.findChildren(ToolIcon) if part.accessibleName() == "Close")
    with qtbot.waitSignal(viewer.closed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)


def test_a_second_viewer_takes_the_place_of_the_first(opened: Opened, qtbot: QtBot) -> None:
    first = opened("u0")
    with qtbot.waitSignal(first.closed):
        second = opened("u1")
    assert second.isVisible()


def test_a_caption_is_told_letter_by_letter_and_once_when_it_is_left(opened: Opened, qtbot: QtBot, told: Told) -> None:
    viewer = opened("u0", 3)
    qtbot.keyClick(viewer.view, Qt.Key.Key_F2)
    assert viewer.caption.hasFocus()
    qtbot.keyClicks(viewer.caption, "MAR")
    assert told.typed == [("u0", "M"), ("u0", "MA"), ("u0", "MAR")]
    qtbot.keyClick(viewer.caption, Qt.Key.Key_Left)
    assert heading(viewer) == "Photo 1 of 3", "arrow keys belong to the caption here"
    qtbot.keyClick(viewer.caption, Qt.Key.Key_PageDown)
    assert told.captions == [("u0", "MAR")]
    assert viewer.caption.text() == "Chart 2"
    qtbot.keyClick(viewer.caption, Qt.Key.Key_PageUp)
    assert viewer.caption.text() == "MAR", "what was typed is still there on the way back"
    qtbot.keyClicks(viewer.caption, "X")
    qtbot.keyClick(viewer.caption, Qt.Key.Key_Escape)
    assert told.captions == [("u0", "MAR"), ("u0", "XMAR")], "closing keeps it"


def test_a_caption_is_kept_when_the_keyboard_goes_elsewhere(
    opened: Opened, opener: QPushButton, qtbot: QtBot, told: Told
) -> None:
    viewer = opened("u0")
    viewer.caption.setFocus()
    qtbot.keyClicks(viewer.caption, "kept")
    with qtbot.waitSignal(viewer.closed):
        opener.setFocus()
    assert told.captions == [("u0", "kept")]


def test_taking_out_goes_on_with_the_next_and_closes_after_the_last(
    opened: Opened, opener: QPushButton, qtbot: QtBot, told: Told
) -> None:
    viewer = opened("u1", 3)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Delete)
    assert told.removed == ["u1"]
    assert (heading(viewer), viewer.photo.uid) == ("Photo 2 of 2", "u2")
    viewer.caption.setFocus()
    qtbot.keyClick(viewer.caption, Qt.Key.Key_Delete)
    assert told.removed == ["u1"], "Delete in the caption is the caption's"
    qtbot.mouseClick(viewer.remove, Qt.MouseButton.LeftButton)
    assert (heading(viewer), viewer.photo.uid) == ("Photo 1 of 1", "u0")
    with qtbot.waitSignal(viewer.closed):
        qtbot.keyClick(viewer.view, Qt.Key.Key_Delete)
    assert told.removed == ["u1", "u2", "u0"]
    assert told.captions == []
    assert opener.hasFocus()


def test_a_photo_that_cannot_be_read_says_so_and_the_others_are_shown(
    opened: Opened, qtbot: QtBot, theme: Theme
) -> None:
    viewer = opened("u3")
    assert viewer.view.words == "That photo is not in this desk. Restore a backup that holds it."
    assert viewer.view.accessibleName() == f"Photo 4 of 5: {viewer.view.words}"
    shown = viewer.view.grab().toImage()
    assert any(shown.pixelColor(x, shown.height() // 2) != theme.colour("raised") for x in range(shown.width()))
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    assert viewer.view.words == (
        "This photo cannot be shown: its picture is damaged. Add it again, or restore a backup that holds it."
    )
    qtbot.keyClick(viewer.view, Qt.Key.Key_Left)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Left)
    assert viewer.view.words == ""


def test_locked_it_can_only_be_looked_at_large(opened: Opened, qtbot: QtBot, told: Told) -> None:
    viewer = opened("u1", locked=True)
    assert viewer.remove.isHidden()
    assert viewer.caption.isReadOnly()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Delete)
    qtbot.keyClick(viewer.view, Qt.Key.Key_F2)
    assert viewer.view.hasFocus()
    viewer.caption.setFocus()
    qtbot.keyClicks(viewer.caption, "x")
    assert (told.removed, told.typed) == ([], [])


def test_a_photo_that_is_gone_opens_nothing(opened: Opened) -> None:
    assert not opened("another").isVisible()
    assert QApplication.focusWidget() is not None


def test_plus_minus_and_0_say_how_large_it_is_and_arrows_move_it(opened: Opened, qtbot: QtBot) -> None:
    viewer = opened("u1")
    whole = viewer.view.scale
    assert viewer.larger.isEnabled()
    assert not viewer.smaller.isEnabled()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Plus)
    scale, where = viewer.view.scale, viewer.view.picture_rect()
    assert scale > whole
    assert f"{scale:.0%}" in [label.text() for label in viewer.findChildren(Label)]
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    assert heading(viewer) == "Photo 2 of 5", "the arrows move it now"
    assert viewer.view.picture_rect().left() < where.left()
    qtbot.keyClick(viewer.view, Qt.Key.Key_PageDown)
    assert heading(viewer) == "Photo 3 of 5"
    assert viewer.view.scale == whole, "the next one is whole"
    qtbot.mouseClick(viewer.larger, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(viewer.smaller, Qt.MouseButton.LeftButton)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Equal)
    qtbot.keyClick(viewer.view, Qt.Key.Key_0)
    assert viewer.view.scale == whole
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    assert heading(viewer) == "Photo 4 of 5"


def test_signs_typed_into_the_caption_do_not_enlarge(opened: Opened, qtbot: QtBot) -> None:
    viewer = opened("u1")
    viewer.caption.clear()
    viewer.caption.setFocus()
    qtbot.keyClicks(viewer.caption, "30+ = -0")
    assert viewer.caption.text() == "30+ = -0"
    assert not viewer.view.enlarged


@pytest.mark.parametrize("uid", ["u3", "u4"])
def test_a_photo_that_cannot_be_shown_has_no_size_and_cannot_be_enlarged(
    opened: Opened, qtbot: QtBot, uid: str
) -> None:
    viewer = opened(uid)
    assert not [label for label in viewer.findChildren(Label) if label.text().endswith("%")]
    qtbot.keyClick(viewer.view, Qt.Key.Key_Plus)
    assert not viewer.larger.isEnabled()
    assert not viewer.view.enlarged
