"""What ``s75desk check`` says: the file, the history chain, kept files, signed visits, and the figures in doubt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from s75desk.domain.errors import DeskError
from s75desk.domain.findings import Question
from s75desk.domain.lanes import Stopped
from s75desk.domain.wording import list_words, plural
from s75desk.models import blobs, history, integrity, replay
from s75desk.models.connection import Connection
from s75desk.services.agreements import AgreementService
from s75desk.services.kpis import KpiService
from s75desk.services.providers import ProviderService
from s75desk.services.visit_checks import visit_faults
from s75desk.services.workplace import Workplace

T = TypeVar("T")

_log = logging.getLogger(__name__)

_FIRST_ROW = 1


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of checking a desk.

    Attributes:
        damage: What SQLite's own checks found; () when the file is whole.
        broken_at: First row of history at which the chain does not hold, or None.
        history_rows: Length of the history.
        damaged_files: Fingerprints of kept files whose bytes have changed.
        questions: Figures in doubt, with the title of their agreement, a KPI that hangs under none, or a provider.
        answered: Those that somebody answered, likewise.
        visits: What is wrong with signed visits and the papers made of them, a sentence each.
    """

    damage: tuple[str, ...]
    broken_at: int | None
    history_rows: int
    damaged_files: tuple[str, ...]
    questions: tuple[tuple[str, Question], ...]
    visits: tuple[str, ...] = ()
    answered: tuple[tuple[str, Question], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged; figures in doubt do not count."""
        return not (self.damage or self.damaged_files or self.visits) and self.broken_at is None

    @property
    def sentence(self) -> str:
        """What was found, and what to do."""
        if self.sound:
            verb = "is" if len(self.questions) == 1 else "are"
            return (
                f"Sound: the file is whole, all {self.history_rows:,} rows of its history hold together, and "
                f"{plural(len(self.questions), 'figure')} in doubt {verb} flagged."
            )
        found = [f"{plural(len(self.damage), 'fault')} in the file"] if self.damage else []
        if self.broken_at is not None:
            found.append(f"the history chain broken at row {self.broken_at:,}")
        if self.damaged_files:
            found.append(f"{plural(len(self.damaged_files), 'kept file')} changed since it was kept")
        if self.visits:
            found.append(f"{plural(len(self.visits), 'fault')} in signed visits and their papers")
        return f"Damaged: {list_words(found)}. Restore a backup from the Desk menu."


class CheckService:
    """Checks an open desk."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    def check(self) -> CheckReport:
        """Read everything once and say what was found; nothing is changed.

        Whatever is found, the check goes on to its end. What fails although nothing is damaged is a fault of the
        program and is raised as one: nobody is sent to a backup for it.
        """
        damage: list[str] = []
        damage += self._read("the file", integrity.problems, damage) or []
        damage += self._read("its tables", integrity.strangers, damage) or []
        damage += self._read("its values", integrity.unread_cells, damage) or []
        told = len(damage)
        broken = self._read("the history", history.verify, damage)
        if len(damage) > told:
            broken = _FIRST_ROW
        rows = self._read("the history", history.length, damage) or 0
        damage += self._read("the records beside their history", replay.faults, damage) or []
        files = self._read("the kept files", blobs.damaged, damage) or []
        damage += self._read("the kept files", blobs.missing, damage) or []
        visits = _judged("signed visits", self._visits, damage)
        dossiers = _judged("agreements", AgreementService(self.place).dossiers, damage)
        kpis = _judged("KPIs", KpiService(self.place).in_doubt, damage)
        providers = _judged("providers", ProviderService(self.place).in_doubt, damage)
        in_doubt, answered = (
            (
                *((each.agreement.title, question) for each in dossiers for question in getattr(each, name)),
                *((each.kpi.title, question) for each in kpis for question in getattr(each, name)),
                *((each.provider.name, question) for each in providers for question in getattr(each, name)),
            )
            for name in ("questions", "answered")
        )
        return CheckReport(tuple(damage), broken, rows, tuple(files), in_doubt, visits, answered)

    def _visits(self) -> tuple[str, ...]:
        with self.place.desk.reading_afresh() as connection:
            return visit_faults(connection)

    def _read(self, what: str, check: Callable[[Connection], T], damage: list[str]) -> T | None:
        """What one check of the stored rows finds; whatever keeps it from reading them is damage."""
        try:
            with self.place.desk.reading_afresh() as connection:
                return check(connection)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - a damaged file may raise anything, and the check must finish
            _note(what, error, damage)
            return None


def _judged(what: str, judge: Callable[[], tuple[T, ...]], damage: list[str]) -> tuple[T, ...]:
    """What is judged of the records; where something is damaged, what cannot be judged is noted."""
    try:
        return judge()
    except Stopped:
        raise
    except Exception as error:
        if not (damage or isinstance(error, DeskError)):
            raise
        _note(what, error, damage)
        return ()


def _note(what: str, error: Exception, damage: list[str]) -> None:
    _log.warning("Could not check %s: %s", what, type(error).__name__)
    said = error.what if isinstance(error, DeskError) else "what is held there is not what this program writes."
    damage.append(f"Could not read all of {what}: {said}")
