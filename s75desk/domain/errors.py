"""The two kinds of trouble: the environment's (a plain sentence and a remedy) and bad input (a field and a reason).

Anything else that is raised is our own fault and ends in a crash report.
"""

from __future__ import annotations


class DeskError(Exception):
    """The environment is to blame: a full disk, a wrong passphrase, a file that is not a desk.

    Attributes:
        what: One sentence that says what happened and what has not changed.
        remedy: One sentence that says what to do next; may be empty.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class NotADesk(DeskError):
    """The file is something else, or is damaged beyond its first page."""


class WrongPassphrase(DeskError):
    """The file is encrypted and the passphrase given does not open it (or none was given)."""


class NewerDesk(DeskError):
    """The file was written by a later version of the program."""


class DeskInUse(DeskError):
    """Another window holds the desk's lock."""


class DeskDamaged(DeskError):
    """SQLite's own check found damage; a backup should be restored."""


class DiskTrouble(DeskError):
    """The disk is full, read-only, gone or failing; the transaction was undone."""


class ReadOnlyPlace(DiskTrouble):
    """The desk lies where nothing can be written; it can still be opened to read."""


class NotFound(DeskError):
    """A record that was asked for is not in this desk."""


class Rejected(Exception):
    """Bad input: a change that would break a rule of the records.

    Attributes:
        field: Name of the field at fault, or "" for the record as a whole.
        reason: One plain sentence.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason
