"""Briefings: made from a dossier, shown, filed in the desk with their fingerprint, and found again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from s75desk.domain.changes import Changes
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.errors import NotFound
from s75desk.domain.findings import Question
from s75desk.domain.records import Agreement, Briefing
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.wording import plural
from s75desk.models import blobs
from s75desk.models.repository import Repository
from s75desk.services.agreements import AgreementService
from s75desk.services.exporting import write_whole
from s75desk.services.records import RecordService
from s75desk.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer asks for.

    Attributes:
        agreement: uid of the agreement.
        as_at: The day the figures are worked out for.
        audience: For whom; "" is left out.
        sections: Keys of the sections to print, in order; () means all, in the usual order.
        show_workings: Whether the working of every computed figure is printed.
    """

    agreement: str
    as_at: date
    audience: str = ""
    sections: tuple[str, ...] = ()
    show_workings: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """A briefing as bytes, not yet filed.

    Attributes:
        wish: What was asked for.
        title: Title of the briefing.
        data: The PDF.
        pages: Number of pages.
        sha256: Fingerprint of ``data``.
        warnings: What could not be printed as it stands.
        questions: Figures in doubt that are printed as stated, with a note.
    """

    wish: Wish
    title: str
    data: bytes
    pages: int
    sha256: str
    warnings: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class BriefingRow:
    """One row of the Briefings list."""

    uid: str
    title: str
    kind: str
    agreement: str
    audience: str
    as_at: date | None
    printed: datetime | None
    how: str
    pages: int | None
    sha256: str
    archived: bool


class BriefingService(RecordService):
    """Makes and keeps briefings."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._agreements = AgreementService(place)

    def sections(self) -> tuple[tuple[str, str], ...]:
        """Key and title of every section an agreement briefing can have, in the usual order."""
        from s75desk.reporting.agreement_briefing import SECTION_TITLES

        return tuple(SECTION_TITLES.items())

    def make(self, wish: Wish) -> Made:
        """The PDF of an agreement briefing. Same records, same wish: same bytes.

        Raises:
            NotFound: If the agreement is not in this desk.
        """
        from s75desk.reporting.agreement_briefing import SECTION_TITLES, BriefingOptions, agreement_briefing
        from s75desk.reporting.layout import render

        dossier: AgreementDossier = self._agreements.dossier(wish.agreement, wish.as_at)
        options = BriefingOptions(
            audience=wish.audience,
            sections=wish.sections or tuple(SECTION_TITLES),
            show_workings=wish.show_workings,
            prepared_by=self.place.who,
        )
        briefing = agreement_briefing(dossier, options)
        made = render(briefing, as_at=wish.as_at)
        return Made(wish, briefing.title, made.data, made.pages, made.sha256, tuple(made.warnings), dossier.questions)

    def save_as(self, made: Made, file: Path) -> Changes:
        """Write the PDF to a file and file it in the desk.

        Raises:
            DeskError: If the file or the desk cannot be written. If only the desk cannot, the file is there.
        """
        write_whole(file, made.data, "saved")
        return self.file(made, f"saved as {file.name}")

    def file(self, made: Made, how: str) -> Changes:
        """Keep the PDF and the record of its making.

        Args:
            made: The briefing.
            how: "printed", or "saved as NAME".
        """
        options = {"sections": list(made.wish.sections), "show_workings": made.wish.show_workings}
        with self.place.change(f"Filed: {made.title}, {plural(made.pages, 'page')}") as change:
            fingerprint = blobs.put(change.connection, made.data)
            change.create(
                Briefing(
                    title=made.title,
                    kind=BriefingKind.AGREEMENT,
                    agreement=made.wish.agreement,
                    audience=made.wish.audience or None,
                    as_at=made.wish.as_at,
                    printed=change.at,
                    how=how,
                    options=json.dumps(options),
                    pages=made.pages,
                    sha256=fingerprint,
                )
            )
        return change.result

    def rows(self, *, archived: bool = False) -> tuple[BriefingRow, ...]:
        """Every briefing that was printed or saved, newest first."""
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            found = repository.all(Briefing, archived=archived, order=("printed",))
            agreements = repository.by_uid(Agreement, [briefing.agreement for briefing in found])
        return tuple(_row(briefing, agreements.get(briefing.agreement or "")) for briefing in reversed(found))

    def bytes_of(self, uid: str) -> bytes:
        """The PDF as it was printed.

        Raises:
            NotFound: If the desk does not hold it.
        """
        briefing = self.get(Briefing, uid)
        with self.place.desk.reading() as connection:
            found = blobs.get(connection, briefing.sha256 or "")
        if found is None:
            raise NotFound(f"The PDF of {briefing.title} is not in this desk.", "Print the briefing again.")
        return found


def _row(briefing: Briefing, agreement: Agreement | None) -> BriefingRow:
    return BriefingRow(
        uid=briefing.uid,
        title=briefing.title,
        kind=briefing.kind.word if briefing.kind else "Not known",
        agreement=agreement.title if agreement else "Not known",
        audience=briefing.audience or "Not stated",
        as_at=briefing.as_at,
        printed=briefing.printed,
        how=briefing.how or "Not known",
        pages=briefing.pages,
        sha256=briefing.sha256 or "",
        archived=briefing.archived_at is not None,
    )
