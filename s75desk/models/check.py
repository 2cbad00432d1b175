"""A thorough look at an open desk: its pages, the links between its records, its history and its papers."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from s75desk.domain.wording import plural
from s75desk.models import history
from s75desk.models.backup import Advance, unseen
from s75desk.models.desk_file import DeskFile
from s75desk.models.tables import BLOB

_MOST = 20  # Lines of SQLite's own report.


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found.

    Attributes:
        pages: SQLite's own lines about pages and indexes; empty when whole.
        orphans: How many records refer to one that is not there, by kind.
        history_rows: Length of the history.
        history_broken_at: First row of the history that does not follow from the one before; None when all do.
        papers: How many papers are kept.
        changed_papers: Fingerprints of papers whose bytes are no longer those that were put in.
    """

    pages: tuple[str, ...]
    orphans: dict[str, int]
    history_rows: int
    history_broken_at: int | None
    papers: int
    changed_papers: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.pages or self.orphans or self.changed_papers) and self.history_broken_at is None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, one plain sentence each; what holds is said too."""
        said = [
            "The file is damaged. Restore a backup." if self.pages else "The file is whole.",
            *(
                f"Links to records that are not there: {count} in the table {kind}."
                for kind, count in self.orphans.items()
            ),
        ]
        if self.history_broken_at is None:
            said.append(f"The history holds from its first row to its last, {plural(self.history_rows, 'row')}.")
        else:
            said.append(
                f"The history was changed from outside at row {self.history_broken_at} of {self.history_rows}. "
                "What it says from there on is not certain."
            )
        if self.changed_papers:
            said.append(f"Papers kept: {self.papers}; not as they were put in: {len(self.changed_papers)}.")
        else:
            said.append(f"Papers kept: {self.papers}, each as it was put in.")
        return tuple(said)


def examine(desk: DeskFile, *, advance: Advance = unseen) -> Examination:
    """Look at everything; nothing is changed. Takes seconds on a large desk.

    Args:
        desk: The desk.
        advance: Told the share that is done; what it raises ends the look.

    Raises:
        DeskDamaged: The damage is such that the desk cannot be read to the end.
        DiskTrouble: The disk is failing.
    """
    with desk.reading() as connection:
        report = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars().all()
        advance(0.4)
        loose = Counter(str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check"))
        advance(0.5)
        broken = history.verify(connection)
        rows = history.length(connection)
        advance(0.7)
        changed, papers = [], 0
        for row in connection.execute(select(BLOB.c.sha256, BLOB.c.data).execution_options(yield_per=4)):
            papers += 1
            if hashlib.sha256(row.data).hexdigest() != row.sha256:
                changed.append(row.sha256)
        advance(1.0)
    pages = () if list(report) == ["ok"] else tuple(str(line) for line in report)
    return Examination(pages, dict(loose), rows, broken, papers, tuple(changed))
