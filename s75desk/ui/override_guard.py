"""Catches what goes wrong inside our overrides of Qt's methods, at one place, before it reaches Qt.

An exception that leaves an override is printed by the binding and leaves Qt with a value that was never made, or with
a painter that still holds its device; the next paint or collection then ends the program. Every class of this package
that stands below a Qt class is therefore guarded when it is made: the fault is reported once (``crash.tell``), and Qt
gets what its own class would have answered.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import FunctionType, TracebackType
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QSize
from PySide6.QtGui import QPainter

from s75desk import crash

GUARDED = "s75desk.ui"
"""Classes of this package are guarded, and of no other: a test says itself what it expects."""

_NEUTRAL: dict[str, Callable[[], Any]] = {
    "rowCount": int,
    "columnCount": int,
    "index": QModelIndex,
    "parent": QModelIndex,
    "event": bool,
    "eventFilter": bool,
    "sizeHint": QSize,
    "minimumSizeHint": QSize,
    "heightForWidth": int,
    "hasHeightForWidth": bool,
    "count": int,
}
"""What is answered where Qt's own method has no answer, as it is abstract. For all others: nothing."""


_FAILED_TO_CLOSE = "failed_to_close"

_NOT_QTS = {"paintEvent", "run", "accept", "closeEvent"}
"""Where Qt's own answer would do harm: wipe what was drawn so far, begin an event loop, close what was not kept."""


def guard_overrides() -> None:
    """Guard every class that is made from now on. A second call does nothing."""
    if "__init_subclass__" not in vars(QObject):
        QObject.__init_subclass__ = classmethod(_made)  # type: ignore[assignment, method-assign]  # a class is open


def _made(cls: type[QObject], /, **options: Any) -> None:
    super(QObject, cls).__init_subclass__(**options)
    if cls.__module__.startswith(GUARDED):
        guard(cls)


def guard(cls: type[QObject]) -> None:
    """Guard the methods that a class itself overrides."""
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and not name.startswith("__") and _is_qts(cls, name):
            setattr(cls, name, _guarded(cls, name, method))


def _is_qts(cls: type[QObject], name: str) -> bool:
    """Whether a method of this name stands in one of Qt's own classes below ``cls``."""
    return any(name in vars(base) for base in cls.__mro__ if base.__module__.startswith("PySide6"))


def _guarded(cls: type[QObject], name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: QObject, *args: Any, **options: Any) -> Any:
        try:
            return method(self, *args, **options)
        except Exception as error:  # noqa: BLE001 - whatever it is, Qt must not see it
            end_painters(error.__traceback__)
            crash.tell(error)
            return _answer_of_qt(cls, name, self, args)

    return call


def _answer_of_qt(cls: type[QObject], name: str, receiver: QObject, args: tuple[Any, ...]) -> Any:
    if name == "closeEvent" and not receiver.property(_FAILED_TO_CLOSE):
        receiver.setProperty(_FAILED_TO_CLOSE, True)  # the second time it closes, or nobody could leave
        args[0].ignore()
    if name not in _NOT_QTS:
        for base in cls.__mro__[1:]:
            own = vars(base).get(name)
            if own is None or isinstance(own, FunctionType):
                continue
            try:
                return own(receiver, *args)
            except Exception:  # noqa: BLE001 - abstract there, or in the same trouble
                break
    neutral = _NEUTRAL.get(name)
    return None if neutral is None else neutral()


def end_painters(trace: TracebackType | None) -> None:
    """End the painters that the frames of a traceback hold: else Qt cannot destroy what they paint on."""
    while trace is not None:
        for value in list(trace.tb_frame.f_locals.values()):
            if isinstance(value, QPainter) and value.isActive():
                value.end()
        trace = trace.tb_next
