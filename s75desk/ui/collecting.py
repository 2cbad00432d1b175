"""Python's garbage collector, kept to the window's thread.

The collector runs on whichever thread happens to make the object that is one too many. On the database worker it would
take apart widgets that nobody holds any more, off the thread that owns them, and Qt answers that with a crash. So it
is switched off while a worker lives and run by a timer of the window instead.
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000
"""How often it is looked whether anything is to be collected."""


class Collecting(QObject):
    """Collects on the thread it lives in from ``start`` to ``stop``; several may be at it at once."""

    _at_it: ClassVar[int] = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Switch the automatic collector off and look after it from here. A second call does nothing."""
        if not self._timer.isActive():
            Collecting._at_it += 1
            gc.disable()
            self._timer.start()

    def stop(self) -> None:
        """Switch the automatic collector on again, once nobody needs it off. A second call does nothing."""
        if self._timer.isActive():
            self._timer.stop()
            Collecting._at_it -= 1
            if Collecting._at_it == 0:
                gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as the automatic collector would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
