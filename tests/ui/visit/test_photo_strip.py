"""The photo strip by real keys, pointer, pastes and drops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QStandardPaths, Qt
from PySide6.QtGui import QClipboard, QColor, QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from s75desk.ui.theme import Theme
from s75desk.ui.visit.photo_strip import PhotoStrip
from s75desk.ui.visit.photo_tile import AddingTile, PhotoTile
from s75desk.ui.widgets.buttons import ToolIcon
from s75desk.ui.widgets.labels import Label
from tests.ui.visit.photo_help import drag_onto, files, image, packed, photos, thumbnails

WIDE = 302
"""The room visit mode has for it at b = 14."""


class Asked:
    """What a strip told, by signal."""

    def __init__(self, strip: PhotoStrip) -> None:
        self.given: list[object] = []
        self.typed: list[tuple[str, str]] = []
        self.captions: list[tuple[str, str]] = []
        self.removed: list[str] = []
        self.opened: list[str] = []
        strip.pictures_given.connect(self._given)
        strip.caption_typed.connect(self._typed)
        strip.caption_changed.connect(self._caption)
        strip.remove_asked.connect(self.removed.append)
        strip.open_asked.connect(self.opened.append)

    def _given(self, pictures: list[object]) -> None:
        self.given += pictures

    def _typed(self, uid: str, caption: str) -> None:
        self.typed.append((uid, caption))

    def _caption(self, uid: str, caption: str) -> None:
        self.captions.append((uid, caption))


@pytest.fixture
def strip(window: QMainWindow, qtbot: QtBot) -> PhotoStrip:
    """A strip between two buttons, in a column as wide as the right of visit mode."""
    made = PhotoStrip()
    side = QWidget(window.centralWidget())
    side.setFixedWidth(WIDE)
    side.setFixedHeight(600)
    layout = QVBoxLayout(side)
    layout.setContentsMargins(0, 0, 0, 0)
    for part in (QPushButton("Before"), made, QPushButton("After")):
        layout.addWidget(part)
    layout.addStretch(1)
    side.show()
    qtbot.waitUntil(made.isVisible)
    return made


@pytest.fixture
def asked(strip: PhotoStrip) -> Asked:
    return Asked(strip)


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., str]:
    """Press keys where the keyboard is; gives the name of what has it afterwards."""

    def do(*keys: Qt.Key) -> str:
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget(), key)
        return at()

    return do


def at() -> str:
    held = QApplication.focusWidget()
    assert held is not None
    return held.accessibleName() or held.property("text") or type(held).__name__


def tile(strip: PhotoStrip, number: int) -> PhotoTile:
    found = [one for one in strip.findChildren(PhotoTile) if one.photo.uid == f"u{number}" and not one.isHidden()]
    assert len(found) == 1
    return found[0]


def before(strip: PhotoStrip) -> QPushButton:
    return next(part for part in strip.window().findChildren(QPushButton) if part.text() == "Before")


def words(strip: PhotoStrip) -> list[str]:
    return [label.text() for label in strip.findChildren(Label) if label.isVisible()]


# What is shown


def test_it_says_how_many_and_that_the_place_is_removed(strip: PhotoStrip) -> None:
    assert words(strip) == ["Photos", "none yet"]
    strip.show_photos(photos(2), thumbnails(2))
    assert words(strip) == ["Photos", "2, place removed"]
    assert strip.accessibleName() == "Photos: 2, place removed"
    assert tile(strip, 0).accessibleName() == "Photo 1 of 2: no caption"
    assert tile(strip, 1).accessibleName() == "Photo 2 of 2: Chart 2"
    assert tile(strip, 1).toolTip() == "Chart 2"


def test_a_tile_shows_its_picture_with_round_corners(strip: PhotoStrip, theme: Theme) -> None:
    strip.show_photos(photos(2), {"t0": packed(hue=0), "t1": b"no picture"})
    shown = tile(strip, 0).grab().toImage()
    assert shown.pixelColor(shown.rect().center()).red() > 180
    assert shown.pixelColor(shown.rect().center()).blue() < 80
    assert shown.pixelColor(0, 0) == theme.colour("canvas"), "outside the corner"
    missing = tile(strip, 1).grab().toImage()
    assert theme.colour("muted") in colours(missing), "words in the place of a picture that is not in the desk"
    assert theme.colour("muted") not in colours(shown)


def colours(picture: QImage) -> list[QColor]:
    return [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]


def test_a_picture_that_arrives_later_is_shown_when_it_is_there(strip: PhotoStrip) -> None:
    held: dict[str, bytes] = {}
    strip.show_photos(photos(1), held)
    tile(strip, 0).grab()
    held["t0"] = packed(hue=0)
    assert tile(strip, 0).grab().toImage().pixelColor(42, 32).red() > 180


def test_sixty_photos_stand_in_two_rows_and_each_is_made_once(
    strip: PhotoStrip, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    made: list[bytes] = []
    from_data = QImage.fromData

    def counted(data: bytes) -> QImage:
        made.append(data)
        return from_data(data)

    monkeypatch.setattr(QImage, "fromData", counted)
    strip.show_photos(photos(60), thumbnails(60))
    area = tile(strip, 0).parentWidget().parentWidget()
    qtbot.waitUntil(lambda: area.height() == 2 * tile(strip, 0).height() + 8)
    strip.window().grab()
    assert len(made) <= 6, "only those in view"
    for _ in range(3):
        strip.window().grab()
        strip.show_photos([*photos(59), replace(photos(60)[-1], caption="another")], thumbnails(60))
    assert len(made) <= 6
    for number in range(60):
        tile(strip, number).setFocus()
        strip.window().grab()
    assert len(made) == 60


def test_the_newest_and_the_way_to_one_more_are_in_view(strip: PhotoStrip, qtbot: QtBot) -> None:
    strip.show_photos(photos(12), thumbnails(12))
    newest = tile(strip, 11)
    qtbot.waitUntil(lambda: not newest.visibleRegion().isEmpty())
    assert not strip.add.visibleRegion().isEmpty()
    assert tile(strip, 0).visibleRegion().isEmpty()


def test_one_row_is_as_high_as_one_row(strip: PhotoStrip) -> None:
    empty = strip.sizeHint().height()
    strip.show_photos(photos(2), thumbnails(2))
    one_row = strip.layout().totalHeightForWidth(WIDE)
    strip.show_photos(photos(3), thumbnails(3))
    assert strip.layout().totalHeightForWidth(WIDE) == one_row + tile(strip, 0).height() + 8
    assert empty <= one_row


def test_tiles_are_larger_than_a_finger_and_grow_with_the_text(strip: PhotoStrip, theme: Theme, qtbot: QtBot) -> None:
    strip.show_photos(photos(1), thumbnails(1))
    assert (tile(strip, 0).width(), tile(strip, 0).height()) == (84, 64)
    assert (strip.add.width(), strip.add.height()) == (84, 64)
    theme.set_text_scale(1.5)
    qtbot.waitUntil(lambda: (tile(strip, 0).width(), tile(strip, 0).height()) == (126, 96))


def test_photos_on_their_way_have_an_outline_and_a_word(strip: PhotoStrip) -> None:
    strip.show_photos(photos(1), thumbnails(1))
    strip.set_adding(2)
    outlines = [part for part in strip.findChildren(AddingTile) if part.isVisible()]
    assert [part.accessibleName() for part in outlines] == ["Adding a photo"] * 2
    assert outlines[0].x() > tile(strip, 0).x()
    assert strip.add.y() > tile(strip, 0).y(), "it stands last"
    strip.set_adding(0)
    assert not any(part.isVisible() for part in strip.findChildren(AddingTile))


def test_trouble_is_said_beside_the_photos_until_it_is_dismissed(strip: PhotoStrip, qtbot: QtBot) -> None:
    said = "Not added: IMG_1.HEIC is a HEIC photo, which cannot be read here. On the phone choose “Most Compatible”."
    strip.set_trouble(said)
    assert said in words(strip)
    dismiss = next(part for part in strip.findChildren(ToolIcon) if part.accessibleName() == "Dismiss")
    qtbot.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert said not in words(strip)
    assert at() == "Add photos"
    strip.set_trouble(said)
    assert said in words(strip), "the same trouble again is said again"
    strip.set_trouble("")
    assert said not in words(strip)


# Keyboard


def test_tab_goes_to_the_photos_then_to_the_way_to_add_then_on(strip: PhotoStrip, press: Callable[..., str]) -> None:
    strip.show_photos(photos(3), thumbnails(3))
    strip.show_photos(photos(4), thumbnails(4))
    before(strip).setFocus()
    assert press(Qt.Key.Key_Tab) == "Photo 1 of 4: no caption"
    assert press(Qt.Key.Key_Tab) == "Add photos"
    assert press(Qt.Key.Key_Tab) == "After"
    assert press(Qt.Key.Key_Backtab, Qt.Key.Key_Backtab) == "Photo 1 of 4: no caption"
    assert press(Qt.Key.Key_Backtab) == "Before"


def test_arrow_keys_reach_every_photo(strip: PhotoStrip, press: Callable[..., str]) -> None:
    strip.show_photos(photos(5), thumbnails(5))
    strip.set_adding(1)
    before(strip).setFocus()
    press(Qt.Key.Key_Tab)
    assert [press(Qt.Key.Key_Right) for _ in range(6)] == [
        "Photo 2 of 5: Chart 2",
        "Photo 3 of 5: no caption",
        "Photo 4 of 5: Chart 4",
        "Photo 5 of 5: no caption",
        "Add photos",
        "Add photos",
    ]
    assert press(Qt.Key.Key_Home) == "Photo 1 of 5: no caption"
    assert press(Qt.Key.Key_Down) == "Photo 4 of 5: Chart 4"
    assert press(Qt.Key.Key_Up) == "Photo 1 of 5: no caption"
    assert press(Qt.Key.Key_Left) == "Photo 1 of 5: no caption"
    assert press(Qt.Key.Key_End) == "Add photos"
    assert press(Qt.Key.Key_Left) == "Photo 5 of 5: no caption"
    assert press(Qt.Key.Key_Backtab, Qt.Key.Key_Tab) == "Photo 5 of 5: no caption", "Tab comes back to it"


def test_a_photo_that_has_the_keyboard_is_scrolled_to(strip: PhotoStrip, press: Callable[..., str]) -> None:
    strip.show_photos(photos(30), thumbnails(30))
    strip.setFocus()
    press(Qt.Key.Key_Home)
    assert not tile(strip, 0).visibleRegion().isEmpty()
    press(*[Qt.Key.Key_Down] * 5)
    assert at() == "Photo 16 of 30: Chart 16"
    assert not tile(strip, 15).visibleRegion().isEmpty()


def test_the_keyboard_opens_and_takes_out(strip: PhotoStrip, asked: Asked, press: Callable[..., str]) -> None:
    strip.show_photos(photos(3), thumbnails(3))
    strip.setFocus()
    press(Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter)
    assert asked.opened == ["u1", "u1", "u1"]
    press(Qt.Key.Key_Delete)
    assert asked.removed == ["u1"]
    strip.show_photos([photos(3)[0], photos(3)[2]], thumbnails(3))
    assert at() == "Photo 2 of 2: no caption", "the next one has the keyboard"
    strip.show_photos(photos(1), thumbnails(3))
    assert at() == "Photo 1 of 1: no caption"
    strip.show_photos((), {})
    assert at() == "Add photos"


def test_the_ring_is_for_the_keyboard_alone(strip: PhotoStrip, theme: Theme, qtbot: QtBot) -> None:
    strip.show_photos(photos(2), thumbnails(2))
    focus = theme.colour("focus")

    def ringed(number: int) -> bool:
        shown = tile(strip, number).grab().toImage()
        return shown.pixelColor(0, shown.height() // 2) == focus

    qtbot.mouseClick(tile(strip, 0), Qt.MouseButton.LeftButton)
    assert not ringed(0)
    qtbot.keyClick(tile(strip, 0), Qt.Key.Key_Right)
    assert ringed(1)
    assert not ringed(0)


# Captions


def test_a_caption_is_written_in_place_and_told_letter_by_letter(
    strip: PhotoStrip, asked: Asked, press: Callable[..., str], qtbot: QtBot
) -> None:
    strip.show_photos(photos(2), thumbnails(2))
    strip.setFocus()
    press(Qt.Key.Key_Home, Qt.Key.Key_F2)
    assert at() == "Caption of photo 1 of 2"
    assert strip.rect().contains(strip.caption.geometry())
    qtbot.keyClicks(strip.caption, "MAR")
    assert asked.typed == [("u0", "M"), ("u0", "MA"), ("u0", "MAR")]
    assert asked.captions == []
    strip.show_photos([replace(photos(2)[0], caption="MAR"), photos(2)[1]], thumbnails(2))
    assert strip.caption.text() == "MAR", "what the session shows meanwhile disturbs nobody"
    assert strip.caption.hasFocus()
    press(Qt.Key.Key_Return)
    assert asked.captions == [("u0", "MAR")]
    assert strip.caption.isHidden()
    assert at() == "Photo 1 of 2: MAR"
    assert asked.opened == [], "Enter in the caption does not open the photo"


def test_esc_takes_the_caption_back(strip: PhotoStrip, asked: Asked, press: Callable[..., str], qtbot: QtBot) -> None:
    strip.show_photos(photos(2), thumbnails(2))
    strip.edit_caption("u1")
    assert strip.caption.text() == "Chart 2"
    qtbot.keyClicks(strip.caption, "oops")
    press(Qt.Key.Key_Escape)
    assert asked.captions == [("u1", "Chart 2")]
    assert at() == "Photo 2 of 2: Chart 2"


def test_a_caption_that_was_only_looked_at_is_not_told(
    strip: PhotoStrip, asked: Asked, press: Callable[..., str]
) -> None:
    strip.show_photos(photos(2), thumbnails(2))
    strip.edit_caption("u1")
    press(Qt.Key.Key_Return)
    strip.edit_caption("u1")
    before(strip).setFocus()
    assert asked.captions == []
    assert strip.caption.isHidden()


def test_going_elsewhere_keeps_the_caption(strip: PhotoStrip, asked: Asked, qtbot: QtBot) -> None:
    strip.show_photos(photos(3), thumbnails(3))
    strip.edit_caption("u0")
    qtbot.keyClicks(strip.caption, "first")
    before(strip).setFocus()
    strip.edit_caption("u2")
    qtbot.keyClicks(strip.caption, "third")
    strip.show_photos(photos(1, start=9), thumbnails(10))  # another question
    assert asked.captions == [("u0", "first"), ("u2", "third")]
    assert strip.caption.isHidden()


# Pointer and finger


def test_a_press_opens_and_the_menu_does_the_rest(
    strip: PhotoStrip, asked: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip.show_photos(photos(2), thumbnails(2))
    qtbot.mouseClick(tile(strip, 1), Qt.MouseButton.LeftButton)
    assert asked.opened == ["u1"]
    menus: list[QMenu] = []
    # A menu that pops up takes the keyboard, which the offscreen platform cannot give it.
    monkeypatch.setattr(QMenu, "popup", lambda menu, _where: menus.append(menu))
    one = tile(strip, 0)
    where = one.rect().center()
    QApplication.sendEvent(one, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, one.mapToGlobal(where)))
    actions = {action.text(): action for action in menus[0].actions() if action.text()}
    assert list(actions) == ["Open", "Caption", "Take it out"]
    actions["Take it out"].trigger()
    assert asked.removed == ["u0"]
    actions["Caption"].trigger()
    assert strip.caption.isVisible()
    actions["Open"].trigger()
    assert asked.opened == ["u1", "u0"]


# Adding


def test_files_are_chosen_and_the_folder_is_remembered(
    strip: PhotoStrip, asked: Asked, press: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = [tmp_path / "camera" / "a.jpg", tmp_path / "camera" / "b.HEIC"]
    begun: list[str] = []
    own = tmp_path / "own pictures"
    for folder in (own, tmp_path / "camera"):
        folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(own))

    def choose(_parent: QWidget, _title: str, folder: str, filters: str) -> tuple[list[str], str]:
        begun.append(folder)
        assert "*.jpg *.JPG" in filters
        return [str(name) for name in names], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    strip.setFocus()
    assert at() == "Add photos"
    press(Qt.Key.Key_Return)
    assert asked.given == names
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *given: (begun.append(given[2]), ([], ""))[1])
    press(Qt.Key.Key_Space)
    assert asked.given == names, "nothing chosen, nothing added"
    assert begun == [str(own), str(tmp_path / "camera")]


def test_pasting_adds_while_the_keyboard_is_here(
    strip: PhotoStrip, asked: Asked, clipboard: QClipboard, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.show_photos(photos(1), thumbnails(1))
    control = Qt.KeyboardModifier.ControlModifier
    clipboard.setImage(image())
    qtbot.keyClick(tile(strip, 0), Qt.Key.Key_V, control)
    assert len(asked.given) == 1
    assert isinstance(asked.given[0], bytes)
    clipboard.setMimeData(files([tmp_path / "a.jpg", tmp_path / "b.jpg"]))
    qtbot.keyClick(strip.add, Qt.Key.Key_V, control)
    assert asked.given[1:] == [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    clipboard.setText("words")
    qtbot.keyClick(strip.add, Qt.Key.Key_V, control)
    assert len(asked.given) == 3
    assert "Nothing added: what was copied last is no picture." in " ".join(words(strip))


def test_dropped_files_are_copied_never_moved_here(strip: PhotoStrip, asked: Asked, tmp_path: Path) -> None:
    strip.show_photos(photos(2), thumbnails(2))
    names = [tmp_path / "a.jpg", tmp_path / "notes.txt"]
    drop = drag_onto(strip, files(names), QPoint(5, 5))
    assert drop is not None
    assert drop.isAccepted()
    assert drop.dropAction() == Qt.DropAction.CopyAction
    assert asked.given == names
    plain = QMimeData()
    plain.setText("words")
    assert drag_onto(strip, plain) is None
    picture = QMimeData()
    picture.setImageData(image())
    assert drag_onto(strip, picture) is not None
    assert isinstance(asked.given[-1], bytes)


def test_where_to_drop_is_shown_while_something_is_dragged_over_it(strip: PhotoStrip, tmp_path: Path) -> None:
    plain = strip.add.grab().toImage()
    data = files([tmp_path / "a.jpg"])
    enter = QDragEnterEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(strip, enter)
    assert strip.add.grab().toImage() != plain
    QApplication.sendEvent(strip, QDragLeaveEvent())
    assert strip.add.grab().toImage() == plain


# Locked


def test_locked_it_can_only_be_looked_at(
    strip: PhotoStrip, asked: Asked, press: Callable[..., str], clipboard: QClipboard, qtbot: QtBot, tmp_path: Path
) -> None:
    strip.show_photos(photos(2), thumbnails(2))
    strip.edit_caption("u0")
    qtbot.keyClicks(strip.caption, "kept")
    strip.set_locked(True)
    assert asked.captions == [("u0", "kept")]
    assert strip.locked
    assert strip.add.isHidden()
    strip.setFocus()
    assert at() == "Photo 1 of 2: no caption"
    press(Qt.Key.Key_F2, Qt.Key.Key_Delete)
    clipboard.setImage(image())
    QTest.keyClick(tile(strip, 0), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert drag_onto(strip, files([tmp_path / "a.jpg"])) is None
    strip.choose()
    assert (asked.given, asked.removed, strip.caption.isHidden()) == ([], [], True)
    assert [action.text() for action in tile(strip, 0).menu().actions()] == ["Open"]
    press(Qt.Key.Key_Return)
    assert asked.opened == ["u0"]
    strip.show_photos((), {})
    assert words(strip) == ["Photos", "none"]
    strip.set_locked(False)
    assert strip.add.isVisible()
