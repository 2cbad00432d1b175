"""Buttons of a page, found by what they say."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton


def button(owner: Any, words: str) -> QPushButton:
    found = [b for b in owner.findChildren(QPushButton) if b.accessibleName() == words and b.isVisible()]
    assert found, f"no button says {words!r}"
    return found[0]
