"""What tests of the parts of visit mode stand on: the theme and window of the kit, and a clipboard left empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.ui.kit.conftest import theme, window

__all__ = ["theme", "window"]


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """The clipboard, which is shared by all tests."""
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()
