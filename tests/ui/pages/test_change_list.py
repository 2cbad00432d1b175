"""What versions of a visit say differently: whole, in words as they were typed, and not without end."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from s75desk.domain.visits.difference_words import Told
from s75desk.services.visits import VersionChange
from s75desk.ui.pages.visits.change_list import MOST, ChangeList
from s75desk.ui.theme import Theme


def shown(changes: ChangeList, qtbot: QtBot) -> list[QLabel]:
    """The labels on show, in the order of the rows."""
    qtbot.waitUntil(changes.isVisible)
    found = [label for label in changes.findChildren(QLabel) if label.isVisible()]
    return sorted(found, key=lambda label: (label.y(), label.x()))


def listed(qtbot: QtBot, *changes: VersionChange, width: int = 640) -> ChangeList:
    Theme.of().set_choice("light")
    made = ChangeList()
    qtbot.addWidget(made)
    made.show_changes(changes)
    made.resize(width, made.heightForWidth(width))
    made.show()
    return made


def test_a_long_note_is_there_whole_with_its_changed_words_in_bold(qtbot: QtBot) -> None:
    before = "Two of nine charts had gaps. " * 20
    made = listed(
        qtbot, VersionChange(2, "A slip.", (Told("8.3: what was seen", before, f"{before}It is < 5 & <b>."),))
    )
    first, *heads, what, old, new = shown(made, qtbot)
    assert first.text() == "Version 2. Amended because: A slip."
    assert [head.text() for head in heads] == ["What", "Version 1", "Version 2"]
    assert what.text() == "8.3: what was seen"
    assert "<b>" not in old.text()
    assert new.text().endswith("<b> It is &lt; 5 &amp; &lt;b&gt;.</b></span>"), "words are never read as markup"
    assert old.accessibleName() == f"8.3: what was seen, version 1: {before}"
    assert new.height() >= new.heightForWidth(new.width()) > 4 * what.height()


def test_each_version_has_its_reason_and_older_ones_follow(qtbot: QtBot) -> None:
    made = listed(
        qtbot,
        VersionChange(3, "", ()),
        VersionChange(2, "A chart was found.", (Told("Overall rating", "Poor", "Good"),)),
    )
    words = [label.text() for label in shown(made, qtbot)]
    assert words[:5] == [
        "Version 3. No reason is recorded.", "What", "Version 2", "Version 3", "Nothing that is printed differs.",
    ]  # fmt: skip
    assert words[5:9] == ["Version 2. Amended because: A chart was found.", "What", "Version 1", "Version 2"]
    made.show_changes(())
    assert made.told == ()
    assert not [label for label in made.findChildren(QLabel) if label.isVisible()]


def test_more_than_can_be_shown_is_counted_and_named(qtbot: QtBot) -> None:
    told = tuple(Told(f"{place}: rating", "Poor", "Good") for place in range(MOST + 3))
    made = listed(qtbot, VersionChange(2, "All anew.", told))
    assert len(made.told) == MOST
    assert shown(made, qtbot)[-1].text() == "3 more fields differ. The visit report of each version prints them all."


def test_a_version_of_which_nothing_fits_has_no_heading_and_is_counted(qtbot: QtBot) -> None:
    told = tuple(Told(f"{place}: rating", "Poor", "Good") for place in range(MOST))
    made = listed(qtbot, VersionChange(3, "All anew.", told), VersionChange(2, "A slip.", told[:1]))
    words = [label.text() for label in shown(made, qtbot)]
    assert not any("Version 2. Amended" in text for text in words)
    assert words[-1] == "1 more field differs. The visit report of each version prints them all."
