"""Briefings: made from a dossier, shown, filed in the desk with their fingerprint, and found again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from s75desk.domain.changes import Changes
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.errors import NotFound
from s75desk.domain.findings import Question
from s75desk.domain.records import Agreement, Briefing, Kpi, Provider, Record
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.wording import plural
from s75desk.models import blobs
from s75desk.models.repository import Repository
from s75desk.services.agreements import AgreementService
from s75desk.services.exporting import write_whole
from s75desk.services.paper_wishes import ListWish, PaperWish
from s75desk.services.records import RecordService
from s75desk.services.visit_dossiers import VisitDossiers
from s75desk.services.workplace import Workplace

VISIT_KINDS = (BriefingKind.FEEDBACK_SHEET, BriefingKind.VISIT_REPORT)
"""The kinds of briefing that are of a visit."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer asks for: a briefing of an agreement.

    Attributes:
        agreement: uid of the agreement.
        as_at: The day the figures are worked out for.
        audience: For whom; "" is left out.
        sections: Keys of the sections to print, in order; () means the one page and what it must be checked with.
        show_workings: Whether the working of every computed figure is printed.
    """

    agreement: str
    as_at: date
    audience: str = ""
    sections: tuple[str, ...] = ()
    show_workings: bool = False


@dataclass(frozen=True, slots=True)
class VisitWish:
    """What the officer asks for: a paper on a visit.

    Attributes:
        visit: uid of the visit.
        kind: The feedback sheet or the report.
        as_at: The day it is printed for.
        number: The signed version; None for the newest if the visit is signed, else for the visit as it stands.
        audience: For whom; "" is left out.
        show_workings: Whether a report shows how every rating was worked out.
    """

    visit: str
    kind: BriefingKind
    as_at: date
    number: int | None = None
    audience: str = ""
    show_workings: bool = False


AnyWish = Wish | VisitWish | PaperWish


@dataclass(frozen=True, slots=True)
class Made:
    """A briefing as bytes, not yet filed.

    Attributes:
        wish: What was asked for.
        kind: Which kind it is.
        title: Title of the briefing.
        data: The PDF.
        pages: Number of pages.
        sha256: Fingerprint of ``data``.
        warnings: What could not be printed as it stands.
        questions: Figures in doubt that are printed as stated, with a note.
        content: Fingerprint of the visit it was made from, which stands at the foot of its pages; "" for others.
        version: Number of the signed version of a visit; None for a draft, and for others.
    """

    wish: AnyWish
    kind: BriefingKind
    title: str
    data: bytes
    pages: int
    sha256: str
    warnings: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    content: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class BriefingRow:
    """One row of the Briefings list.

    Attributes:
        kind: What it is; of a paper on a visit also which version, or that it is a draft.
        of: The agreement, or the visit, that it is of.
    """

    uid: str
    title: str
    kind: str
    of: str
    audience: str
    as_at: date | None
    printed: datetime | None
    how: str
    pages: int | None
    sha256: str
    archived: bool


class BriefingService(RecordService):
    """Makes and keeps briefings.

    Attributes:
        visits: The visits that papers are made of.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._agreements = AgreementService(place)
        self.visits = VisitDossiers(place)

    def sections(self) -> tuple[tuple[str, str], ...]:
        """Key and title of every section an agreement briefing can have, in the usual order."""
        from s75desk.reporting.agreement_briefing import SECTION_TITLES

        return tuple(SECTION_TITLES.items())

    def essentials(self) -> tuple[str, ...]:
        """Keys of the sections that are printed unless others are asked for."""
        from s75desk.reporting.agreement_briefing import ESSENTIALS

        return ESSENTIALS

    def make(self, wish: AnyWish, typed: Sequence[Record] = ()) -> Made:
        """The PDF of a briefing. Same records, same wish: same bytes.

        Args:
            wish: What is asked for.
            typed: Records of the visit that are being typed and are not kept yet.

        Raises:
            NotFound: If the agreement, the visit or its version is not in this desk.
            DeskError: If the visit cannot be printed: it has no questions, or what was signed is damaged.
        """
        if isinstance(wish, PaperWish):
            return self._of_paper(wish)
        return self._of_visit(wish, typed) if isinstance(wish, VisitWish) else self._of_agreement(wish)

    def _of_agreement(self, wish: Wish) -> Made:
        from s75desk.domain.small_numbers import small_numbers
        from s75desk.reporting.agreement_briefing import ESSENTIALS, BriefingOptions, agreement_briefing
        from s75desk.reporting.layout import render

        dossier: AgreementDossier = self._agreements.dossier(wish.agreement, wish.as_at)
        options = BriefingOptions(
            audience=wish.audience,
            sections=wish.sections or ESSENTIALS,
            show_workings=wish.show_workings,
            prepared_by=self.place.who,
        )
        briefing = agreement_briefing(dossier, options)
        made = render(briefing, as_at=wish.as_at)
        figures = {"summary", "performance", "demand"} & set(options.sections)
        warnings = small_numbers(dossier.kpis, wish.as_at, dossier.breakdowns) if figures else ()
        return Made(
            wish,
            BriefingKind.AGREEMENT,
            briefing.title,
            made.data,
            made.pages,
            made.sha256,
            (*warnings, *made.warnings),
            dossier.questions,
        )

    def _of_visit(self, wish: VisitWish, typed: Sequence[Record]) -> Made:
        from s75desk.reporting.feedback_sheet import feedback_sheet
        from s75desk.reporting.layout import render
        from s75desk.reporting.visit_report import visit_report

        dossier = self.visits.dossier(wish.visit, wish.as_at, wish.number, typed)
        if wish.kind is BriefingKind.FEEDBACK_SHEET:
            briefing = feedback_sheet(dossier, wish.audience)
        else:
            briefing = visit_report(dossier, wish.audience, show_workings=wish.show_workings)
        made = render(briefing, as_at=wish.as_at)
        return Made(
            wish,
            wish.kind,
            briefing.title,
            made.data,
            made.pages,
            made.sha256,
            tuple(made.warnings),
            content=dossier.content,
            version=dossier.version,
        )

    def _of_paper(self, wish: PaperWish) -> Made:
        from s75desk.reporting.layout import render
        from s75desk.services.papers import PaperService

        papers = PaperService(self.place)
        paper = papers.content(wish)
        made = render(paper, as_at=wish.as_at)
        warnings = (*papers.warnings(wish), *made.warnings)
        return Made(wish, wish.kind, paper.title, made.data, made.pages, made.sha256, warnings)

    def save_as(self, made: Made, file: Path) -> Changes:
        """Write the PDF to a file and file it in the desk; a list is only written.

        Raises:
            DeskError: If the file or the desk cannot be written. If only the desk cannot, the file is there.
        """
        write_whole(file, made.data, "saved")
        if isinstance(made.wish, ListWish):
            return Changes(f"Saved: {file.name}")
        return self.file(made, f"saved as {file.name}")

    def file(self, made: Made, how: str) -> Changes:
        """Keep the PDF and the record of its making.

        Args:
            made: The briefing.
            how: "printed", or "saved as NAME".
        """
        if self.place.desk.read_only:
            return Changes(f"{made.title}: {how}. This desk is open to read, so no copy is filed in it")
        wish = made.wish
        options: dict[str, Any] = {"version": made.version}
        if isinstance(wish, VisitWish):
            options["show_workings"] = wish.show_workings
        elif isinstance(wish, Wish):
            options = {"sections": list(wish.sections), "show_workings": wish.show_workings}
        with self.place.change(f"Filed: {made.title}, {plural(made.pages, 'page')}") as change:
            fingerprint = blobs.put(change.connection, made.data)
            change.create(
                Briefing(
                    title=made.title,
                    kind=made.kind,
                    agreement=getattr(wish, "agreement", None),
                    visit=wish.visit if isinstance(wish, VisitWish) else None,
                    provider=getattr(wish, "provider", None),
                    kpi=getattr(wish, "kpi", None),
                    audience=wish.audience or None,
                    as_at=wish.as_at,
                    printed=change.at,
                    how=how,
                    options=json.dumps(options),
                    pages=made.pages,
                    sha256=fingerprint,
                    content=made.content or None,
                )
            )
        return change.result

    def rows(self, *, archived: bool = False) -> tuple[BriefingRow, ...]:
        """Every briefing that was printed or saved, newest first; as at another day, those of that day and before."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            found = repository.all(Briefing, archived=archived, order=("printed",))
            if (day := self.place.another_day) is not None:
                found = [one for one in found if one.printed is None or one.printed.date() <= day]
            titles = _titles(repository, found)
        titles |= self.visits.titles(briefing.visit for briefing in found)
        return tuple(_row(briefing, titles) for briefing in reversed(found))

    def of(self, briefing: Briefing) -> str:
        """The title of what a briefing is of; "Not known" where that is in the desk no longer."""
        if briefing.visit:
            return self.visits.titles([briefing.visit]).get(briefing.visit, "Not known")
        with self.place.desk.reading() as connection:
            return _of(briefing, _titles(self.place.records(connection), [briefing]))

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


def version_words(briefing: Briefing) -> str:
    """Which version of a visit a briefing was made of: "version 2", "draft"; "" for one that is of no visit."""
    if briefing.kind not in VISIT_KINDS:
        return ""
    number = version_of(briefing)
    return f"version {number}" if number is not None else "draft"


def version_of(briefing: Briefing) -> int | None:
    """The signed version that a paper on a visit says it was made of; None for a draft."""
    try:
        number = json.loads(briefing.options or "{}").get("version")
    except (ValueError, AttributeError):
        return None
    return number if isinstance(number, int) else None


def _titles(repository: Repository, briefings: Sequence[Briefing]) -> dict[str, str]:
    """Titles of the agreements, providers and KPIs that briefings are of, by uid."""
    found: dict[str, Record] = {}
    found |= repository.by_uid(Agreement, [briefing.agreement for briefing in briefings])
    found |= repository.by_uid(Provider, [briefing.provider for briefing in briefings])
    found |= repository.by_uid(Kpi, [briefing.kpi for briefing in briefings])
    return {uid: record.heading for uid, record in found.items()}


def _of(briefing: Briefing, titles: Mapping[str, str]) -> str:
    if briefing.kind is BriefingKind.ACTION_PLAN:
        return "Actions"
    of = briefing.visit or briefing.agreement or briefing.provider or briefing.kpi
    return titles.get(of or "", "Not known")


def _row(briefing: Briefing, titles: Mapping[str, str]) -> BriefingRow:
    kind = briefing.kind.word if briefing.kind else "Not known"
    return BriefingRow(
        uid=briefing.uid,
        title=briefing.title,
        kind=", ".join(part for part in (kind, version_words(briefing)) if part),
        of=_of(briefing, titles),
        audience=briefing.audience or "Not stated",
        as_at=briefing.as_at,
        printed=briefing.printed,
        how=briefing.how or "Not known",
        pages=briefing.pages,
        sha256=briefing.sha256 or "",
        archived=briefing.archived_at is not None,
    )
