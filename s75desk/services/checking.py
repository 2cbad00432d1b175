"""What ``s75desk check`` says: the file, the history chain, kept files, signed visits, and the figures in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from s75desk.domain.findings import Question
from s75desk.domain.wording import list_words, plural
from s75desk.models import blobs, history, integrity
from s75desk.services.agreements import AgreementService
from s75desk.services.kpis import KpiService
from s75desk.services.providers import ProviderService
from s75desk.services.visit_checks import visit_faults
from s75desk.services.workplace import Workplace


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
        """Read everything once and say what was found; nothing is changed."""
        with self.place.desk.reading() as connection:
            damage = integrity.problems(connection)
            broken = history.verify(connection)
            rows = history.length(connection)
            files = blobs.damaged(connection)
            visits = visit_faults(connection)
        dossiers, kpis = AgreementService(self.place).dossiers(), KpiService(self.place).in_doubt()
        providers = ProviderService(self.place).in_doubt()
        in_doubt, answered = (
            tuple((each.agreement.title, question) for each in dossiers for question in getattr(each, name))
            for name in ("questions", "answered")
        )
        of_others, settled = (
            (
                *((each.kpi.title, question) for each in kpis for question in getattr(each, name)),
                *((each.provider.name, question) for each in providers for question in getattr(each, name)),
            )
            for name in ("questions", "answered")
        )
        in_doubt, answered = (*in_doubt, *of_others), (*answered, *settled)
        return CheckReport(tuple(damage), broken, rows, tuple(files), in_doubt, visits, answered)
