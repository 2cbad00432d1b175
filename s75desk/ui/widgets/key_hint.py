"""A key as it looks on the keyboard: "Ctrl K"."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class KeyHint(QLabel):
    """Shows a key in a small frame. ``key`` is a portable sequence such as "Ctrl+K", or plain words with ``raw``."""

    def __init__(self, key: str, *, raw: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(key if raw else key_words(key).replace("+", " "), parent)
        self.setObjectName("kbd")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Key: {key}")


def key_words(key: str) -> str:
    """A portable key sequence as this computer writes it: "Ctrl+K", "⌘K" on macOS."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
