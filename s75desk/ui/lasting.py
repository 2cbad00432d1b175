"""Keeps None, True and False alive under Python 3.11, where this PySide6 gives back references it never took.

WORKAROUND(PySide6 6.12.0 wheels, Python below 3.12): a Qt call that returns nothing, or a signal that is emitted,
hands out None or True without taking a reference, as is right from Python 3.12 on, where these objects cannot die.
On 3.11 each call takes one reference off the count, and after some hundred screens the interpreter stops with
"none_dealloc: deallocating None". ``tests/ui/kit/test_lasting.py`` says when this is no longer needed.
"""

from __future__ import annotations

import ctypes
import sys

_FIRST_IMMORTAL = (3, 12)
_ENOUGH = 1 << 40


def make_lasting() -> None:
    """Raise the counts so far that no program can use them up; nothing from Python 3.12 on. Safe to repeat."""
    if sys.version_info >= _FIRST_IMMORTAL or sys.implementation.name != "cpython":
        return
    for single in (None, True, False, NotImplemented):
        if sys.getrefcount(single) < _ENOUGH:
            # In CPython 3.11 the count is the first word of every object, and id() is its address.
            ctypes.c_ssize_t.from_address(id(single)).value += _ENOUGH
