"""The visit report: the sheet, every question with its evidence and, if asked for, how the rating was worked out."""

from __future__ import annotations

from s75desk.domain.visits.dossier import VisitDossier
from s75desk.reporting.content import Briefing
from s75desk.reporting.feedback_sheet import ending_sections, summary_sections
from s75desk.reporting.visit.changes import change_section
from s75desk.reporting.visit.evidence import evidence_sections
from s75desk.reporting.visit.opening import paper
from s75desk.reporting.visit.ratings import ratings
from s75desk.reporting.visit.working import working_section

KIND = "Visit report"


def visit_report(dossier: VisitDossier, audience: str = "", *, show_workings: bool = False) -> Briefing:
    """The report of a visit, signed or not, for someone in particular or for anyone.

    Args:
        dossier: The visit.
        audience: For whom; "" leaves it out.
        show_workings: Whether an appendix shows how every rating was worked out.
    """
    sections = (
        *change_section(dossier),
        *summary_sections(dossier, ratings(dossier)),
        *ending_sections(dossier),
        *evidence_sections(dossier),
        *((working_section(dossier),) if show_workings else ()),
    )
    return paper(KIND, dossier, sections, audience=audience, contents=True)
