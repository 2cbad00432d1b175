"""The program's log: one small rotating file that says what was done, never what a record holds.

Messages name operations, kinds, counts and seconds. Whatever goes wrong is written by its type and place in the
code (``fault_text``), because the words of an error can quote what an officer typed.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import time
import traceback
from pathlib import Path
from types import TracebackType

from s75desk import paths

NAME = "s75desk.log"
BIGGEST = 1_000_000
"""Bytes of one log file."""
KEPT = 3
"""Older log files beside the one that is being written."""

_SAYS_NOTHING_PERSONAL = (AttributeError, ImportError, MemoryError, NameError, NotImplementedError, RecursionError)
"""Errors whose words come from the code alone."""

_IN_QUOTES = re.compile(r'File "([^"]+)"')
_KNOWN_ROOTS = ("site-packages", "dist-packages", "s75desk", "tests", "lib")


def start(folder: Path | None = None) -> Path:
    """Begin to log everything below the logger ``s75desk`` and return the file's path.

    A second call does nothing more. A folder that cannot be written to leaves the program without a log rather
    than without a window.

    Args:
        folder: Where to write; ``paths.log_folder()`` unless given.
    """
    logger = logging.getLogger("s75desk")
    for handler in logger.handlers:
        if isinstance(handler, _LogFile):
            return handler.file
    open_streams()
    logger.setLevel(logging.INFO)
    handler = _LogFile((folder or paths.log_folder()) / NAME)
    logger.addHandler(handler)
    return handler.file


def stop() -> None:
    """Write out and close the log."""
    logger = logging.getLogger("s75desk")
    for handler in list(logger.handlers):
        if isinstance(handler, _LogFile):
            logger.removeHandler(handler)
            handler.close()


class _LogFile(logging.Handler):
    """Opens the file with the first line: most runs have nothing to say, and the library costs 15 ms at the start."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self._handler: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; it is lost where the file cannot be written."""
        if self._handler is None:
            from logging.handlers import RotatingFileHandler

            try:
                self._handler = RotatingFileHandler(self.file, maxBytes=BIGGEST, backupCount=KEPT, encoding="utf-8")
                self._handler.setFormatter(Formatter())
            except OSError:
                self._handler = logging.NullHandler()
        self._handler.handle(record)

    def close(self) -> None:
        """Write out and close the file."""
        if self._handler is not None:
            self._handler.close()
        super().close()


def open_streams() -> None:
    """Give a windowed program on Windows, which has no standard streams, ones that lead nowhere.

    Without them the first ``print`` or warning of any library ends the program.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open until the program ends
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


class Formatter(logging.Formatter):
    """Lines of UTC time, level, logger and message; an exception as type and place, without its words."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(  # noqa: N802 - overrides the library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The exception as ``fault_text`` gives it."""
        return fault_text(ei[1]) if ei[1] is not None else ""


def fault_text(error: BaseException) -> str:
    """An exception with everything that led to it, as code only: types, files, lines, functions.

    Left out are values of variables, folders of the machine and, unless they can only come from the code, the
    words of the exception: "invalid literal: 'Mrs …'" must not leave the laptop in a report.
    """
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        lines = [f'  File "{short_path(frame.filename)}", line {frame.lineno}, in {frame.name}' for frame in frames]
        parts.append("\n".join(["Traceback, latest call last:", *lines, _headline(current)]))
        if current.__cause__ is not None:
            current = current.__cause__
        else:
            current = None if current.__suppress_context__ else current.__context__
    return "\n\nthen:\n\n".join(reversed(parts))


def _headline(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, OSError):
        return f"{name}: {error.strerror} (errno {error.errno})" if error.errno else name
    if isinstance(error, _SAYS_NOTHING_PERSONAL):
        return f"{name}: {error}"
    return name


def short_path(path: str) -> str:
    """A file's place below the program or a library, without the folders of the machine.

    >>> short_path("/home/someone/.venv/lib/python3.11/site-packages/sqlalchemy/engine/base.py")
    'sqlalchemy/engine/base.py'
    """
    parts = re.split(r"[\\/]", path)
    for root in _KNOWN_ROOTS:
        if root in parts[:-1]:
            at = len(parts) - 1 - parts[::-1].index(root)
            keep = parts[at:] if root in ("s75desk", "tests") else parts[at + 1 :]
            return "/".join(keep)
    return parts[-1]


def without_folders(text: str) -> str:
    """A traceback's text with every ``File "…"`` shortened by ``short_path``."""
    return _IN_QUOTES.sub(lambda found: f'File "{short_path(found[1])}"', text)
